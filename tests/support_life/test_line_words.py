"""What the one confirmation line says: a function of the timeline, the time and the names."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from commands.support.line_words import Line, Setting, compose_line, say_span
from commands.support.moments import moment_of
from support.entries import MICROSECONDS
from support.rules import Rules
from support.timeline import IssueKey, Pause, Spell, State, Step, Timeline, Wait

OPENED = int(datetime(2026, 3, 4, 12, 0, tzinfo=UTC).timestamp()) * MICROSECONDS
NAMES = {"U0OMAR": "Omar", "U0MIA": "Mia", "U0LENA": "Lena"}
SETTING = Setting(NAMES, ZoneInfo("UTC"), Rules())


def after(minutes: float) -> int:
    return OPENED + round(minutes * 60) * MICROSECONDS


def solved(**more: object) -> Timeline:
    """An issue of lena_k on X, answered after 12 minutes and solved by Omar after 48."""
    made = Timeline(
        IssueKey("C1", "1.0"), OPENED, "relay", customer="x:lena_k", handle="lena_k", platform="x"
    )
    made.state, made.responded, made.responded_by = State.RESOLVED, after(12), "U0OMAR"
    made.waits = [Wait(OPENED, after(12), "response", "U0OMAR")]
    made.spells = [Spell(OPENED, "opened", after(48), "resolved", "U0OMAR", "mark", "solved")]
    for name, value in more.items():
        setattr(made, name, value)
    return made


def reopened(why: str, minutes: float = 122, **more: object) -> Timeline:
    made = solved(state=State.OPEN, reopens=[(after(minutes), why)])
    made.spells.append(Spell(after(minutes), "reopened"))
    if why == "customer":
        made.waits.append(Wait(after(minutes)))
    for name, value in more.items():
        setattr(made, name, value)
    return made


def say(timeline: Timeline, minutes: float = 49, setting: Setting = SETTING) -> Line | None:
    return compose_line(timeline, after(minutes), setting)


def test_it_says_who_solved_it_and_how_long_answer_and_solution_took() -> None:
    """The sentence of what-people-see §5."""
    said = say(solved())
    assert said == Line(
        "Solved by Omar. First answer 12 min, solved in 48 min.", ("undo",), after(48)
    )


@pytest.mark.parametrize(
    ("minutes", "buttons"),
    [
        (48, ("undo",)),
        (58, ("undo",)),
        (58.02, ("reopen",)),
        (48 + 168 * 60, ("reopen",)),
        (49 + 168 * 60, ()),
    ],
)
def test_undo_becomes_reopen_after_ten_minutes(minutes: float, buttons: tuple[str, ...]) -> None:
    """Never both, and neither once the issue cannot be reopened any more."""
    said = say(solved(), minutes)
    assert said is not None
    assert said.buttons == buttons


def test_a_reopened_issue_says_who_wrote_and_that_they_wait() -> None:
    """Marks from before do not count any more, so there is a button that solves."""
    assert say(reopened("customer")) == Line(
        "Reopened, lena_k wrote at 14:02. Still waiting.", ("resolve",), after(122)
    )


def test_times_are_those_of_the_workspace() -> None:
    """14:02 in London is 15:02 in Stockholm."""
    stockholm = Setting(NAMES, ZoneInfo("Europe/Stockholm"), Rules())
    said = say(reopened("customer"), setting=stockholm)
    assert said is not None
    assert "at 15:02." in said.text


def test_a_reopening_on_another_day_names_the_day() -> None:
    said = say(reopened("customer", 24 * 60))
    assert said is not None
    assert said.text == "Reopened, lena_k wrote at 12:00 on 5 Mar. Still waiting."


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("mark-removed", "Reopened at 14:02, the mark was taken back."),
        ("ticket", "Reopened at 14:02, it was marked again."),
        ("button", "Reopened by Mia at 14:02."),
        ("command", "Reopened by Mia at 14:02."),
    ],
)
def test_other_reopenings_say_how(why: str, words: str) -> None:
    step = Step(after(122), "reopened", "U0MIA")
    said = say(reopened(why, state=State.RESPONDED, steps=[step]))
    assert said is not None
    assert said.text == words


def test_an_answer_after_the_reopening_takes_the_place_of_still_waiting() -> None:
    again = reopened("customer", state=State.RESPONDED)
    again.waits[-1] = Wait(after(122), after(140), "response", "U0MIA")
    said = say(again)
    assert said is not None
    assert said.text == "Reopened, lena_k wrote at 14:02. Mia answered in 18 min."


def test_a_second_solution_owns_up_to_the_reopening() -> None:
    again = reopened("customer", state=State.RESOLVED)
    again.spells[-1] = Spell(after(122), "reopened", after(180), "resolved", "U0MIA", "mark")
    said = say(again, 181)
    assert said is not None
    assert said.text == "Solved by Mia. First answer 12 min, solved in 3 h, reopened once."


def test_a_solution_without_an_answer_says_so() -> None:
    said = say(solved(responded=None, waits=[Wait(OPENED, after(48), "resolve")]))
    assert said is not None
    assert said.text == "Solved by Omar. No answer here, solved in 48 min."


def test_a_customer_of_this_workspace_may_solve_it_themselves() -> None:
    mine = solved(customer="slack:U0LENA", handle="")
    mine.spells[-1].by = "U0LENA"
    said = say(mine)
    assert said is not None
    assert said.text.startswith("Solved, says Lena. ")


def test_what_closed_by_itself_says_that_the_customer_did_not_answer() -> None:
    alone = solved(pauses=[Pause(after(12), after(48))])
    alone.spells[-1].by, alone.spells[-1].reason = "", "no_customer_reply"
    said = say(alone)
    assert said is not None
    assert said.text == (
        "Closed: the customer did not answer. First answer 12 min, closed after 48 min."
    )


def test_a_solution_that_was_found_after_an_outage_claims_no_more_than_is_known() -> None:
    late = solved()
    late.spells[-1].low = after(12)
    said = say(late)
    assert said is not None
    assert said.text == (
        "Solved by Omar. First answer 12 min, solved in 48 min at most (I was offline)."
    )


def test_an_unclear_order_is_asked_about() -> None:
    """A mark and a customer's message in one outage (support-spec §6.4)."""
    unclear = solved(state=State.OPEN, asked=after(60), spells=[Spell(OPENED)])
    assert say(unclear) == Line(
        "This was marked as solved while I was offline, and lena_k wrote as well. Is it solved?",
        ("yes", "still-open"),
        after(60),
    )


@pytest.mark.parametrize("state", [State.OPEN, State.ACKNOWLEDGED, State.RESPONDED, State.WAITING])
def test_opening_and_answering_are_silent(state: State) -> None:
    """Also after an undo: a resolution that never was leaves nothing to say."""
    assert say(solved(state=state, spells=[Spell(OPENED)])) is None


@pytest.mark.parametrize("state", [State.DISMISSED, State.MERGED])
def test_dismissing_is_quiet(state: State) -> None:
    assert say(reopened("customer", state=state)) is None


def test_a_name_that_is_not_known_is_a_colleague() -> None:
    said = say(solved(), setting=Setting({}, ZoneInfo("UTC"), Rules()))
    assert said is not None
    assert said.text.startswith("Solved by a colleague. ")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (11_400, "3 h 10 min"),
        (86_400, "1 d"),
        (183_600, "2 d 3 h"),
        (-5, "0 s"),
    ],
)
def test_stretches_are_said_in_the_units_that_matter(seconds: int, words: str) -> None:
    assert say_span(seconds * MICROSECONDS) == words


def test_instants_keep_their_microseconds() -> None:
    assert moment_of(OPENED + 1).microsecond == 1
