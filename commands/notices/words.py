"""The words of a notice about a promise: how it stands, whose it is, what was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import ButtonElement
from slack_sdk.models.blocks.block_elements import InteractiveElement

from commands.blocks import actions, button, cut, escape, overflow, section
from commands.saying import say
from commands.support import wording
from commands.support.line_words import say_span
from commands.support.listing import SHOW, Listed
from commands.support.moments import say_moment
from commands.support.show import MENU
from commands.support.sources import on_platform
from support.entries import MICROSECONDS
from support.hours import Calendar, business_micros
from support.policies import Clock, TargetKind
from support.rules import HOUR
from support.targets import TargetInstance
from support.timeline import State, Timeline

CLAIM, WAIT = "notice_claim", "notice_wait"
EXCERPT = 120
MINUTE_MICROS = 60 * MICROSECONDS
Deed = Literal["seen", "answered", "solved"]
OF_SOLVING = (TargetKind.FIRST_RESOLUTION, TargetKind.TOTAL_RESOLUTION)


@dataclass(frozen=True)
class Told:
    """What a notice is about, for its readers; ``written`` and ``now`` in µs."""

    kind: str
    number: int
    target: TargetInstance
    timeline: Timeline
    calendar: Calendar
    zone: ZoneInfo
    names: Mapping[str, str]
    written: int
    """When it was written first: what it said of the wait then, it goes on saying."""
    now: int
    who: str = ""
    excerpt: str = ""
    link: str = ""
    ping: str = ""
    is_in_thread: bool = False
    merged_into: int = 0


def compose(it: Told) -> Listed:
    """Return the message as it is now."""
    end = say_end(it)
    head = end or say_waiting(it)
    lines = [f"*{escape(head)}* {about(it)}"]
    if not end:
        lines.append(standing(it))
    blocks = [section("\n".join(lines))]
    row = buttons(it, is_over=bool(end))
    if row:
        blocks.append(actions(row))
    told = lower(head).replace(": ", ", ", 1)
    text = escape(
        say("{who}, issue {number}: {words}", who=whose(it), number=it.number, words=told)
    )
    return Listed(text, blocks)


def lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def about(it: Told) -> str:
    """Return “lena_k on X: order 8841…”, linked where the message stands elsewhere."""
    who = escape(whose(it))
    named = f"<{it.link}|{who}>" if it.link and not it.is_in_thread else who
    words = f": {escape(cut(it.excerpt, EXCERPT))}" if it.excerpt and not it.is_in_thread else ""
    return f"{named}{words}"


def whose(it: Told) -> str:
    return on_platform(it.who or say("A customer"), it.timeline.platform)


def say_waiting(it: Told) -> str:
    """Return “Waiting 45 min, target 60.” as it was when it was told."""
    passed = it.target.length * MICROSECONDS + beyond(it, it.written)
    told = {"span": say_span(passed), "target": say_target(it, passed)}
    is_of_solving = it.target.kind in OF_SOLVING
    match it.kind, is_of_solving:
        case "breach", True:
            return say("Late: not solved for {span}, {target}.", **told)
        case "breach", False:
            return say("Late: waiting {span}, {target}.", **told)
        case "escalation", True:
            return say("Still late: not solved for {span}, {target}.", **told)
        case "escalation", False:
            return say("Still late: waiting {span}, {target}.", **told)
        case _, True:
            return say("Not solved for {span}, {target}.", **told)
        case _:
            return say("Waiting {span}, {target}.", **told)


def say_target(it: Told, passed: int) -> str:
    """Return the promise; beside minutes, in minutes."""
    in_hours = it.target.clock is Clock.BUSINESS
    length = it.target.length
    span = say_span(length * MICROSECONDS)
    if passed < HOUR * MICROSECONDS and length <= 90 * 60 and not length % 60:
        if not in_hours:
            return say("target {number}", number=length // 60)
        span = say("{number} min", number=length // 60)
    if in_hours:
        return say("target {span} in open hours", span=span)
    return say("target {span}", span=span)


def beyond(it: Told, at: int) -> int:
    """Return how far ``at`` lies beyond the due time by the promise's clock; negative before."""
    due = it.target.due or at
    return passed(it, due, at) if at >= due else -passed(it, at, due)


def passed(it: Told, start: int, end: int) -> int:
    if it.target.clock is Clock.BUSINESS:
        return business_micros(it.calendar, start, end)
    return max(0, end - start)


def standing(it: Told) -> str:
    """Return whose it is and what is left: “Omar has it · 15 min left”."""
    issue = it.timeline
    name = escape(it.names.get(issue.assignee) or say("a colleague"))
    holder = say("{name} has it", name=name) if issue.assignee else say("nobody has it")
    parts = [it.ping, holder] if it.ping else [holder]
    if issue.assignee and it.ping == f"<@{issue.assignee}>":
        parts = [say("{name} has it", name=it.ping)]
    parts.append(say_left(it))
    if issue.snoozed_until is not None and issue.snoozed_until > it.now:
        until = say_moment(issue.snoozed_until, it.zone, it.now)
        parts.append(escape(say("quiet until {time}", time=until)))
    return " · ".join(parts)


def say_left(it: Told) -> str:
    """Return “15 min left”, “20 min over”, or that the promise stands still."""
    if it.target.due is None:
        return say("stands still")
    over = beyond(it, it.written)
    if over > 0:
        return say("{span} over", span=say_span(over))
    return say("{span} left", span=say_span(whole_minutes(-over)))


def whole_minutes(micros: int) -> int:
    """Return what is left in whole minutes, begun ones too."""
    return -(-micros // MINUTE_MICROS) * MINUTE_MICROS


def say_end(it: Told) -> str:
    """Return how it ended: “Answered by Omar after 52 min.”; empty where it goes on."""
    issue = it.timeline
    at, by, deed = fulfilment(it)
    if at is not None:
        took = passed(it, it.target.started, at)
        return say_done(deed, it.names.get(by, ""), say_span(took), say_target(it, took))
    if issue.state is State.DISMISSED:
        return say("Taken as no issue.")
    if issue.state is State.MERGED and it.merged_into:
        return say("Went on in issue {number}.", number=it.merged_into)
    return say("Went on elsewhere.") if issue.state is State.MERGED else ""


def say_done(deed: Deed, who: str, span: str, target: str) -> str:
    """Return “Answered by Omar after 52 min, target 60.”"""
    told = {"name": who, "span": span, "target": target}
    match deed, bool(who):
        case "solved", True:
            return say("Solved by {name} after {span}, {target}.", **told)
        case "solved", False:
            return say("Solved after {span}, {target}.", **told)
        case "seen", True:
            return say("Seen by {name} after {span}, {target}.", **told)
        case "seen", False:
            return say("Seen after {span}, {target}.", **told)
        case _, True:
            return say("Answered by {name} after {span}, {target}.", **told)
        case _:
            return say("Answered after {span}, {target}.", **told)


def fulfilment(it: Told) -> tuple[int | None, str, Deed]:
    """Return when what was promised was done, by whom, and what it was."""
    issue, target = it.timeline, it.target
    spell = issue.resolution
    solved: tuple[int | None, str, Deed] = (None, "", "solved")
    if spell is not None:
        solved = (spell.ended, spell.by, "solved")
    if target.kind in OF_SOLVING:
        return solved
    if target.kind is TargetKind.ACKNOWLEDGE and issue.acknowledged is not None:
        return issue.acknowledged, issue.acknowledged_by, "seen"
    if target.kind is TargetKind.FIRST_RESPONSE and issue.responded is not None:
        return issue.responded, issue.responded_by, "answered"
    if target.kind is TargetKind.NEXT_RESPONSE and target.position < len(issue.waits):
        wait = issue.waits[target.position]
        if wait.ended is not None and wait.closed_by == "response":
            return wait.ended, wait.by, "answered"
    return solved


def buttons(it: Told, *, is_over: bool) -> list[InteractiveElement]:
    """Return *I'm on it*, *Wait for customer* where it is allowed, *Open*, and the ⋯ menu."""
    number, row = str(it.number), list[InteractiveElement]()
    if not is_over and not it.timeline.assignee:
        row.append(button(say(wording.ON_IT), CLAIM, number))
    if not is_over and it.timeline.state is State.RESPONDED:
        row.append(button(say(wording.WAIT), WAIT, number))
    if not it.is_in_thread:
        row.append(open_button(it))
    if not is_over:
        entries = [
            (say(wording.SNOOZE), f"snooze:{number}"),
            (say(wording.ASSIGN), f"assign:{number}"),
            (say(wording.PRIORITY), f"priority:{number}"),
            (say(wording.DISMISS), f"dismiss:{number}"),
            (say(wording.EXPLAIN), f"explain:{number}"),
        ]
        row.append(overflow(f"{MENU}:{number}", entries))
    return row


def open_button(it: Told) -> ButtonElement:
    """Return the way to the thread, or to the issue's page where its address is not known."""
    made = button(say("Open"), f"{SHOW}:{it.number}", str(it.number))
    if it.link:
        made.url = it.link
    return made
