"""The words of an issue's one confirmation line, made from its timeline alone (what-people-see §5).

What the line should say is a function of timeline, time and names: whoever wants it up to date
makes it again, so neither a crash nor a second delivery can leave it saying something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from commands.support.moments import moment_of
from support.entries import MICROSECONDS
from support.rules import DAY, HOUR, MINUTE, Rules, span
from support.timeline import Spell, State, Timeline

SLACK = "slack:"
"""Before a customer's Slack user id (support-spec §2.1)."""


@dataclass(frozen=True)
class Line:
    """What is said, unescaped, and the buttons under it by what they do."""

    text: str
    buttons: tuple[str, ...] = ()
    """Words of ``BUTTONS``."""
    at: int = 0
    """When it happened (µs): what is long ago is not announced."""


BUTTONS: Mapping[str, str] = {
    "undo": "Undo",
    "reopen": "Reopen",
    "resolve": "Solved",
    "yes": "Yes, solved",
    "still-open": "Still open",
    "claim": "I’m on it",
    "restore": "Restore",
    "attach": "Attach to #{number}",
    "relay": "Track posts like this…",
}
"""Names of acts on buttons, and their labels."""


@dataclass(frozen=True)
class Setting:
    """What a line is read in: names of people by Slack user id, the reader's zone, the rules."""

    names: Mapping[str, str]
    zone: tzinfo
    rules: Rules


def compose_line(timeline: Timeline, now: int, setting: Setting) -> Line | None:
    """Return what the line should say at ``now``; ``None`` where there should be none."""
    if timeline.orphaned is not None and timeline.is_live:
        return None
    if timeline.state is State.RESOLVED and timeline.resolution is not None:
        return say_solved(timeline, timeline.resolution, now, setting)
    if timeline.is_live and timeline.asked is not None:
        return say_asked(timeline, setting)
    if timeline.is_live and timeline.reopens:
        return say_reopened(timeline, setting)
    return None


def say_solved(timeline: Timeline, spell: Spell, now: int, setting: Setting) -> Line:
    """Return “Solved by Omar. First answer 12 min, solved in 48 min.”"""
    ended = spell.ended or timeline.opened
    if spell.reason == "no_customer_reply":
        first = "Closed: the customer did not answer"
    elif spell.by and spell.by == slack_id(timeline.customer):
        first = f"Solved, says {name_of(spell.by, setting)}"
    else:
        first = f"Solved by {name_of(spell.by, setting)}" if spell.by else "Solved"
    words = f"{first}. {say_times(timeline, spell)}"
    return Line(words, choose_way_back(ended, now, setting), ended)


def say_times(timeline: Timeline, spell: Spell) -> str:
    """Return “First answer 12 min, solved in 48 min.”"""
    ended = spell.ended or timeline.opened
    parts = []
    if timeline.responded is None or timeline.responded > ended:
        parts.append("No answer here")
    elif timeline.response_low is not None:
        parts.append(f"First answer {say_span(timeline.responded - timeline.opened)} at most")
    else:
        parts.append(f"First answer {say_span(timeline.responded - timeline.opened)}")
    closing = "closed after" if spell.reason == "no_customer_reply" else "solved in"
    most = " at most (I was offline)" if spell.low is not None else ""
    parts.append(f"{closing} {say_span(ended - timeline.opened)}{most}")
    if timeline.reopens:
        times = len(timeline.reopens)
        parts.append("reopened once" if times == 1 else f"reopened {times} times")
    return f"{', '.join(parts)}."


def choose_way_back(resolved: int, now: int, setting: Setting) -> tuple[str, ...]:
    """Return Undo within its window, then Reopen until that window is over; never both."""
    if now <= resolved + span(setting.rules.undo_window):
        return ("undo",)
    if now <= resolved + span(setting.rules.reopen_window):
        return ("reopen",)
    return ()


def say_asked(timeline: Timeline, setting: Setting) -> Line:
    """Return the question of support-spec §6.4: a mark and a message, their order unknown."""
    who = customer_name(timeline, setting)
    return Line(
        f"This was marked as solved while I was offline, and {who} wrote as well. Is it solved?",
        ("yes", "still-open"),
        timeline.asked or 0,
    )


def say_reopened(timeline: Timeline, setting: Setting) -> Line:
    """Return “Reopened, Lena wrote at 14:02. Still waiting.”

    The *Solved* button is there because marks from before do not count any more (§4.7).
    """
    at, why = timeline.reopens[-1]
    when = say_time(at, timeline.opened, setting)
    said = {
        "customer": f"Reopened, {customer_name(timeline, setting)} wrote {when}",
        "mark-removed": f"Reopened {when}, the mark was taken back",
        "ticket": f"Reopened {when}, it was marked again",
    }.get(why)
    if said is None:
        actor = reopener(timeline, at)
        said = f"Reopened by {name_of(actor, setting)} {when}" if actor else f"Reopened {when}"
    return Line(f"{said}. {say_standing(timeline, at, setting)}".strip(), ("resolve",), at)


def reopener(timeline: Timeline, at: int) -> str:
    """Return who reopened it at a moment, as the steps tell."""
    actors = [it.actor for it in timeline.steps if it.at == at and it.what == "reopened"]
    return actors[-1] if actors else ""


def say_standing(timeline: Timeline, since: int, setting: Setting) -> str:
    """Return how it stands since the reopening."""
    if timeline.wait is not None:
        return "Still waiting."
    answered = [it for it in timeline.waits if it.ended is not None and it.ended > since and it.by]
    if answered:
        last = answered[-1]
        took = say_span((last.ended or last.started) - last.started)
        return f"{name_of(last.by, setting)} answered in {took}."
    return ""


def customer_name(timeline: Timeline, setting: Setting) -> str:
    """Return what the customer is called where they wrote."""
    user = slack_id(timeline.customer)
    if user:
        return name_of(user, setting)
    return timeline.handle or timeline.customer.partition(":")[2] or "the customer"


def slack_id(customer: str) -> str:
    """Return the Slack user id of a customer key; empty for people of other networks."""
    return customer.removeprefix(SLACK) if customer.startswith(SLACK) else ""


def name_of(user: str, setting: Setting) -> str:
    """Return a person's name as plain text: a line never pings."""
    return setting.names.get(user) or "a colleague"


def say_time(at: int, opened: int, setting: Setting) -> str:
    """Return “at 14:02”, with the date where it is another day than the issue's first."""
    local, first = (moment_of(it).astimezone(setting.zone) for it in (at, opened))
    clock = f"at {local:%H:%M}"
    return clock if local.date() == first.date() else f"{clock} on {local.day} {local:%b}"


def say_span(micros: int) -> str:
    """Return a stretch of time in the two largest units that matter: “12 min”, “3 h 10 min”."""
    seconds = max(0, micros // MICROSECONDS)
    if seconds < MINUTE:
        return f"{seconds} s"
    if seconds < HOUR:
        return f"{seconds // MINUTE} min"
    if seconds < DAY:
        hours, rest = divmod(seconds, HOUR)
        return f"{hours} h {rest // MINUTE} min" if rest >= MINUTE else f"{hours} h"
    days, rest = divmod(seconds, DAY)
    return f"{days} d {rest // HOUR} h" if rest >= HOUR else f"{days} d"


def people_in(timeline: Timeline) -> set[str]:
    """Return the Slack user ids that a line about the issue may name."""
    found = {it.by for it in timeline.spells} | {it.by for it in timeline.waits}
    found |= {it.actor for it in timeline.steps if it.what == "reopened"}
    found |= {slack_id(timeline.customer), timeline.responded_by, timeline.assignee}
    return {it for it in found if it}
