"""Shares and counts of issues, the backlog, and promises kept."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from kpis import wording
from kpis.answers import Absent, Reason, Value
from kpis.asking import Answers, ask
from kpis.service_backlog import STRETCHES, flow_of
from kpis.service_figures import Span
from kpis.service_rows import Filter, Request, read_rows
from storage.database import Database
from storage.tables import instant_number
from tests.service.conftest import NOW, Asking
from tests.service.issues_drawn import draw_issues, track

LIFE = """
    opened           | answered | solved | reopened | solved_again | by   | responses
    -----------------+----------+--------+----------+--------------+------+----------
    2026-11-02 09:00 | +1 h     | +2 h   |          |              | mark | 1
    2026-11-03 09:00 | +1 h     | +2 h   | +1 d     | +2 d         | mark | 2
    2026-11-04 09:00 | +1 h     | +2 d   |          |              | auto | 1
    2026-11-05 09:00 |          | +1 h   |          |              | mark | 0
    2026-11-20 09:00 | +1 h     | +2 h   |          |              | mark | 1
    2026-11-21 09:00 | +1 h     |        |          |              |      | 1
    2026-11-21 10:00 |          |        |          |              |      | 0
"""


@pytest.mark.parametrize(
    ("words", "headline", "said"),
    [
        ("issues", "7", "2 of them still open, oldest 27 h 00 m."),
        ("issues resolved", "6", "2 still open, oldest 27 h 00 m."),
        ("reopened", "1", "2 still open, oldest 27 h 00 m."),
        ("response rate", "71.4 %", "5 of 7 answered, 1 still waiting, oldest 26 h 00 m."),
        ("resolution rate", "71.4 %", "5 of 7 solved, 2 still open, oldest 27 h 00 m."),
        ("reopen rate", "25.0 %", "1 of 4 reopened."),
        ("one touch rate", "25.0 %", "1 of 4 solved with one answer."),
        ("zero touch", "25.0 %", "1 of 4 solved without an answer."),
    ],
)
def test_counts_and_shares(asked: Asking, words: str, headline: str, said: str) -> None:
    """Seven issues: one reopened, one closed by silence, one without an answer, one too new."""
    answer = asked(words, LIFE)
    assert wording.headline(answer) == headline
    assert said in wording.details(answer)


def test_too_recent_a_resolution_is_provisional(asked: Asking) -> None:
    """Solved two days ago: it may still be reopened, so it is not counted as settled."""
    answer = asked("reopen rate", LIFE)
    assert (
        "Provisional: 1 issue solved too recently to count, 0 of them reopened so far."
        in answer.notes
    )
    nothing = asked("reopen rate 2026-11-20")
    assert nothing.main.value == Absent(
        Reason.UNDEFINED, "n/a: no issue solved in this period has settled."
    )


def test_a_resolution_by_silence_is_told_apart(asked: Asking) -> None:
    """Closed without a word from the customer is no person's work."""
    notes = asked("issues resolved", LIFE).notes
    assert "1 of them closed without a word from the customer." in notes
    assert "6 resolutions of 5 issues." in notes
    times = asked("resolution time")
    assert "Closed without a word from the customer: 1." in times.notes
    assert wording.headline(times) == "1 h 00 m, 2 h 00 m, 2 h 00 m and 2 d 00 h"


def test_the_first_resolution_is_never_overwritten(asked: Asking) -> None:
    """Solved after 2 h, reopened, solved again after two days: 2 h first, 48 h in full."""
    issues = """
        opened           | solved | reopened | solved_again
        -----------------+--------+----------+-------------
        2026-11-03 09:00 | +2 h   | +1 d     | +2 d
    """
    assert wording.headline(asked("resolution time", issues)) == "2 d 00 h"
    first = asked("first resolution time")
    assert wording.headline(first) == "2 h 00 m"
    assert first.title == "First resolution time · all 2 channels · last 28 days"
    assert first.receipt.repeat.startswith("resolution time first 2026-10-25")


def test_the_backlog_tells_ages_and_flow(asked: Asking) -> None:
    """Without a period it is told as it stands now."""
    answer = asked("open issues", LIFE)
    assert wording.headline(answer) == "2 open now"
    assert wording.details(answer) == [
        "2 under 3 d, oldest 27 h 00 m.",
        "2 unassigned, 1 unanswered.",
        "0 at the start, 7 opened, 1 reopened, 6 solved.",
    ]
    assert wording.footnote(answer).endswith("2 issues live now")
    past = asked("open issues 2026-11-04")
    assert wording.footnote(past).endswith("2 issues live at the end")
    assert wording.headline(past) == "2 open at the end, +2 (0 before)"
    assert past.receipt.repeat.startswith("open issues 2026-11-04 as of")


def test_the_backlog_always_adds_up(database: Database) -> None:
    """backlog(end) = backlog(start) + opened + reopened − solved − dismissed − merged, anywhere."""
    rng = random.Random(3)
    start = datetime(2026, 10, 1, tzinfo=UTC)
    rows = []
    for _ in range(120):
        opened = start + timedelta(minutes=rng.randrange(60_000))
        solved = f"+{rng.randrange(1, 9000)} min" if rng.random() < 0.7 else ""
        again = reopened = dismissed = merged = state = ""
        if solved and rng.random() < 0.3:
            reopened = f"+{rng.randrange(9000, 12_000)} min"
            again = f"+{rng.randrange(12_000, 20_000)} min" if rng.random() < 0.6 else ""
        elif not solved and rng.random() < 0.5:
            gone = f"+{rng.randrange(1, 9000)} min"
            if rng.random() < 0.5:
                dismissed = gone
            else:
                merged, state = gone, "merged"
        cells = (f"{opened:%Y-%m-%d %H:%M}", solved, reopened, again, dismissed, merged, state)
        rows.append(" | ".join(cells))
    workspace = track(database)
    draw_issues(
        database,
        "opened|solved|reopened|solved_again|dismissed|merged|state\n---+---\n" + "\n".join(rows),
    )
    every = Request(workspace, Filter(), 0, 2**62, 2**62, 2**62)
    with database.read() as connection:
        stretches = read_rows(connection, STRETCHES, every)
    for _ in range(200):
        first, last = sorted(start + timedelta(minutes=rng.randrange(80_000)) for _ in range(2))
        flow = flow_of(stretches, Span(instant_number(first), instant_number(last)))
        then = flow_of(stretches, Span(instant_number(last), instant_number(last)))
        assert flow.after == then.before
        assert min(flow.opened, flow.before) >= 0
    whole = flow_of(stretches, Span(0, 2**61))
    assert whole.opened == 120
    assert min(whole.dismissed, whole.merged, whole.reopened) > 0


PROMISES = """
    opened           | answered | dismissed | due   | kind
    -----------------+----------+-----------+-------+---------------
    2026-11-10 09:00 | +30 min  |           | +1 h  |
    2026-11-10 10:00 | +1 h     |           | +1 h  |
    2026-11-10 11:00 | +2 h     |           | +1 h  |
    2026-11-10 12:00 |          |           | +1 h  |
    2026-11-10 13:00 |          | +10 min   | +1 h  |
    2026-11-10 14:00 | +1 min   |           | +1 h  | acknowledge
"""


def test_a_missed_promise_counts_when_it_falls_due(asked: Asking) -> None:
    """Met at the last second is met; unanswered is missed; dismissed in time is cancelled."""
    answer = asked("sla attainment", PROMISES)
    assert wording.headline(answer) == "60.0 %"
    assert wording.details(answer) == [
        "3 of 5 targets met, 0 running, 1 cancelled.",
        "Acknowledged: 100.0 % of 1.",
        "First answer: 50.0 % of 4.",
    ]
    assert "5 targets by when decided" in wording.footnote(answer)


def test_a_late_answer_belongs_to_the_day_its_promise_fell_due(asked: Asking) -> None:
    """Due at 23:30, answered after midnight: a miss of the old day, and of that one alone."""
    issues = "opened | answered | due\n---+---+---\n2026-11-10 22:30 | +3 h | +1 h"
    assert wording.headline(asked("sla 2026-11-10", issues)) == "0.00 %"
    assert isinstance(asked("sla 2026-11-11").main.value, Absent)


def test_nothing_decided_is_not_a_hundred_percent(asked: Asking) -> None:
    """A promise that still runs is neither kept nor broken."""
    issues = "opened | due | now\n---+---+---\n2026-11-21 09:00 | +9 d | 2026-11-22 12:00"
    answer = asked("sla attainment", issues)
    assert answer.main.value == Absent(
        Reason.UNDEFINED, "n/a: no target was decided in this period, 1 running."
    )


def test_without_a_target_there_is_nothing_to_attain(asked: Asking) -> None:
    """It says what would work."""
    answer = asked("sla attainment", LIFE)
    assert isinstance(answer.main.value, Absent)
    assert answer.main.value.reason is Reason.REFUSED
    assert "/support setup" in answer.main.value.words


@pytest.mark.parametrize(
    ("words", "headline"),
    [
        ("acknowledge time", "5 min"),
        ("customer wait time", "30 min"),
        ("relay lag", "7 s"),
        ("responses to resolve", "3"),
    ],
)
def test_the_other_times(asked: Asking, words: str, headline: str) -> None:
    """Seen, waited in all, relayed, answered so often: each from its own column."""
    issues = """
        opened           | acknowledged | answered | solved | lag | via   | responses
        -----------------+--------------+----------+--------+-----+-------+----------
        2026-11-10 09:00 | +5 min       | +30 min  | +2 h   | 7   | relay | 3
    """
    assert wording.headline(asked(words, issues)) == headline


def test_several_kpis_make_a_small_table(database: Database) -> None:
    """Times, rates and counts side by side, each with its own sign."""
    workspace = track(database)
    draw_issues(database, LIFE)
    reply = ask("issues, frt, response rate", database=database, workspace=workspace, now=NOW)
    assert isinstance(reply, Answers)
    assert [wording.row(it)[1] for it in reply.answers] == ["7", "Median 1 h 00 m", "71.4 %"]


def test_a_value_is_there_for_machines_too(asked: Asking) -> None:
    """``--json`` and the data file read the exact number."""
    assert asked("reopen rate", LIFE).main.value == Value(0.25, 0.25, 4)


RATINGS = """
    opened           | answered | asked  | rated  | score
    -----------------+----------+--------+--------+------
    2026-11-10 09:00 | +1 h     | +2 h   | +3 h   | 5
    2026-11-10 10:00 | +1 h     | +2 h   | +3 h   | 4
    2026-11-10 11:00 | +1 h     | +2 h   | +3 h   | 2
    2026-11-10 12:00 | +1 h     | +2 h   |        |
    2026-11-10 13:00 | +1 h     |        | +3 h   | 5
"""


def test_customers_who_gave_four_or_five_were_content(asked: Asking) -> None:
    """Four ratings, one of them never asked for; one who was asked said nothing."""
    answer = asked("csat", RATINGS, choices=("csat",))
    assert wording.headline(answer) == "75.0 %"
    assert wording.details(answer) == [
        "3 of 4 rated 4 or 5.",
        "Mean 4.0 of 5.",
        "3 of 4 asked have answered.",
    ]
    assert "4 ratings by when rated" in wording.footnote(answer)


def test_ratings_are_off_until_an_admin_turns_them_on(asked: Asking) -> None:
    """As figures by person are."""
    value = asked("customer satisfaction", RATINGS).main.value
    assert isinstance(value, Absent)
    assert value.reason is Reason.REFUSED
    assert (
        value.words == "Customer ratings are off here. An admin turns them on: /support ratings on"
    )
