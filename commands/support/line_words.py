"""The words of an issue's one confirmation line, made from its timeline alone (what-people-see §5).

What the line should say is a function of timeline, time and names: whoever wants it up to date
makes it again, so neither a crash nor a second delivery can leave it saying something else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from commands.saying import declare, joined, say, say_count, say_declared
from commands.support.moments import moment_of, say_date
from support.entries import MICROSECONDS
from support.rules import DAY, HOUR, MINUTE, Rules, span
from support.timeline import Spell, State, Timeline

ASKED = "This was marked as solved while I was offline, and {who} wrote as well. Is it solved?"
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
    "undo": declare("Undo"),
    "reopen": declare("Reopen"),
    "resolve": declare("Solved"),
    "yes": declare("Yes, solved"),
    "still-open": declare("Still open"),
    "claim": declare("I’m on it"),
    "restore": declare("Restore"),
    "attach": declare("Attach to #{number}"),
    "relay": declare("Track posts like this…"),
}
"""Names of acts on buttons, and their labels."""


def label_of(act: str) -> str:
    """Return what the button of an act says."""
    return say_declared(BUTTONS[act])


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
        first = say("Closed: the customer did not answer.")
    elif spell.by and spell.by == slack_id(timeline.customer):
        first = say("Solved, says {name}.", name=name_of(spell.by, setting))
    elif spell.by:
        first = say("Solved by {name}.", name=name_of(spell.by, setting))
    else:
        first = say("Solved.")
    words = f"{first} {say_times(timeline, spell)}"
    return Line(words, choose_way_back(ended, now, setting), ended)


def say_times(timeline: Timeline, spell: Spell) -> str:
    """Return “First answer 12 min, solved in 48 min.”"""
    parts = [say_first_answer(timeline, spell), say_closing(timeline, spell)]
    if times := len(timeline.reopens):
        parts.append(say_count("reopened once", "reopened {number} times", times))
    return say_clauses(parts)


def say_clauses(parts: Sequence[str]) -> str:
    """Return clauses as one sentence."""
    return say("{clauses}.", clauses=joined(parts))


def say_first_answer(timeline: Timeline, spell: Spell) -> str:
    answered, ended = timeline.responded, spell.ended or timeline.opened
    if answered is None or answered > ended:
        return say("No answer here")
    span = say_span(answered - timeline.opened)
    if timeline.response_low is not None:
        return say("First answer {span} at most", span=span)
    return say("First answer {span}", span=span)


def say_closing(timeline: Timeline, spell: Spell) -> str:
    span = say_span((spell.ended or timeline.opened) - timeline.opened)
    is_silent, is_late = spell.reason == "no_customer_reply", spell.low is not None
    if is_silent and is_late:
        return say("closed after {span} at most (I was offline)", span=span)
    if is_silent:
        return say("closed after {span}", span=span)
    if is_late:
        return say("solved in {span} at most (I was offline)", span=span)
    return say("solved in {span}", span=span)


def choose_way_back(resolved: int, now: int, setting: Setting) -> tuple[str, ...]:
    """Return Undo within its window, then Reopen until that window is over; never both."""
    if now <= resolved + span(setting.rules.undo_window):
        return ("undo",)
    if now <= resolved + span(setting.rules.reopen_window):
        return ("reopen",)
    return ()


def say_asked(timeline: Timeline, setting: Setting) -> Line:
    """Return the question of support-spec §6.4: a mark and a message, their order unknown."""
    return Line(
        say(ASKED, who=customer_name(timeline, setting)),
        ("yes", "still-open"),
        timeline.asked or 0,
    )


def say_reopened(timeline: Timeline, setting: Setting) -> Line:
    """Return “Reopened, Lena wrote at 14:02. Still waiting.”

    The *Solved* button is there because marks from before do not count any more (§4.7).
    """
    at, why = timeline.reopens[-1]
    when = say_time(at, timeline.opened, setting)
    actor = reopener(timeline, at)
    if why == "customer":
        said = say("Reopened, {who} wrote {when}.", who=customer_name(timeline, setting), when=when)
    elif why == "mark-removed":
        said = say("Reopened {when}, the mark was taken back.", when=when)
    elif why == "ticket":
        said = say("Reopened {when}, it was marked again.", when=when)
    elif actor:
        said = say("Reopened by {name} {when}.", name=name_of(actor, setting), when=when)
    else:
        said = say("Reopened {when}.", when=when)
    return Line(f"{said} {say_standing(timeline, at, setting)}".strip(), ("resolve",), at)


def reopener(timeline: Timeline, at: int) -> str:
    """Return who reopened it at a moment, as the steps tell."""
    actors = [it.actor for it in timeline.steps if it.at == at and it.what == "reopened"]
    return actors[-1] if actors else ""


def say_standing(timeline: Timeline, since: int, setting: Setting) -> str:
    """Return how it stands since the reopening."""
    if timeline.wait is not None:
        return say("Still waiting.")
    answered = [it for it in timeline.waits if it.ended is not None and it.ended > since and it.by]
    if answered:
        last = answered[-1]
        took = say_span((last.ended or last.started) - last.started)
        return say("{name} answered in {span}.", name=name_of(last.by, setting), span=took)
    return ""


def customer_name(timeline: Timeline, setting: Setting) -> str:
    """Return what the customer is called where they wrote."""
    user = slack_id(timeline.customer)
    if user:
        return name_of(user, setting)
    return timeline.handle or timeline.customer.partition(":")[2] or say("the customer")


def slack_id(customer: str) -> str:
    """Return the Slack user id of a customer key; empty for people of other networks."""
    return customer.removeprefix(SLACK) if customer.startswith(SLACK) else ""


def name_of(user: str, setting: Setting) -> str:
    """Return a person's name as plain text: a line never pings."""
    return setting.names.get(user) or say("a colleague")


def say_time(at: int, opened: int, setting: Setting) -> str:
    """Return “at 14:02”, with the date where it is another day than the issue's first."""
    local, first = (moment_of(it).astimezone(setting.zone) for it in (at, opened))
    if local.date() == first.date():
        return say("at {time}", time=f"{local:%H:%M}")
    return say("at {time} on {day}", time=f"{local:%H:%M}", day=say_date(local.date()))


def say_span(micros: int) -> str:
    """Return a stretch of time in the two largest units that matter: “12 min”, “3 h 10 min”."""
    seconds = max(0, micros // MICROSECONDS)
    if seconds < MINUTE:
        return say("{number} s", number=seconds)
    if seconds < HOUR:
        return say("{number} min", number=seconds // MINUTE)
    if seconds < DAY:
        hours, rest = divmod(seconds, HOUR)
        if rest < MINUTE:
            return say("{number} h", number=hours)
        return say("{hours} h {minutes} min", hours=hours, minutes=rest // MINUTE)
    days, rest = divmod(seconds, DAY)
    if rest < HOUR:
        return say("{number} d", number=days)
    return say("{days} d {hours} h", days=days, hours=rest // HOUR)


def people_in(timeline: Timeline) -> set[str]:
    """Return the Slack user ids that a line about the issue may name."""
    found = {it.by for it in timeline.spells} | {it.by for it in timeline.waits}
    found |= {it.actor for it in timeline.steps if it.what == "reopened"}
    found |= {slack_id(timeline.customer), timeline.responded_by, timeline.assignee}
    return {it for it in found if it}
