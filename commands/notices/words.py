"""The words of a notice about a promise: how it stands, whose it is, what was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import ButtonElement
from slack_sdk.models.blocks.block_elements import InteractiveElement

from commands.blocks import actions, button, cut, escape, overflow, section
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
OF_SOLVING = (TargetKind.FIRST_RESOLUTION, TargetKind.TOTAL_RESOLUTION)
LATE: Mapping[str, str] = {"warning": "", "breach": "Late: ", "escalation": "Still late: "}


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
    text = f"{escape(whose(it))}, issue {it.number}: {escape(told)}"
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
    return on_platform(it.who or "A customer", it.timeline.platform)


def say_waiting(it: Told) -> str:
    """Return “Waiting 45 min, target 60.” as it was when it was told."""
    passed = it.target.length * MICROSECONDS + beyond(it, it.written)
    doing = "not solved for" if it.target.kind in OF_SOLVING else "waiting"
    words = f"{LATE.get(it.kind, '')}{doing} {say_span(passed)}, {say_target(it, passed)}."
    return words[:1].upper() + words[1:]


def say_target(it: Told, passed: int) -> str:
    """Return the promise; beside minutes, in minutes."""
    hours = " in open hours" if it.target.clock is Clock.BUSINESS else ""
    length = it.target.length
    if passed < HOUR * MICROSECONDS and length <= 90 * 60 and not length % 60:
        return f"target {length // 60}{' min' if hours else ''}{hours}"
    return f"target {say_span(length * MICROSECONDS)}{hours}"


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
    name = escape(it.names.get(issue.assignee) or "a colleague")
    holder = f"{name} has it" if issue.assignee else "nobody has it"
    parts = [it.ping, holder] if it.ping else [holder]
    if issue.assignee and it.ping == f"<@{issue.assignee}>":
        parts = [f"{it.ping} has it"]
    over = beyond(it, it.written)
    left = f"{say_span(over)} over" if over > 0 else f"{say_span(whole_minutes(-over))} left"
    parts.append("stands still" if it.target.due is None else left)
    if issue.snoozed_until is not None and issue.snoozed_until > it.now:
        parts.append(f"quiet until {escape(say_moment(issue.snoozed_until, it.zone, it.now))}")
    return " · ".join(parts)


def whole_minutes(micros: int) -> int:
    """Return what is left in whole minutes, begun ones too."""
    return -(-micros // MINUTE_MICROS) * MINUTE_MICROS


def say_end(it: Told) -> str:
    """Return how it ended: “Answered by Omar after 52 min.”; empty where it goes on."""
    issue = it.timeline
    at, by, verb = fulfilment(it)
    if at is not None:
        who = it.names.get(by, "")
        after = say_span(passed(it, it.target.started, at))
        target = say_target(it, passed(it, it.target.started, at))
        return f"{verb}{f' by {who}' if who else ''} after {after}, {target}."
    if issue.state is State.DISMISSED:
        return "Taken as no issue."
    if issue.state is State.MERGED:
        return f"Went on in issue {it.merged_into}." if it.merged_into else "Went on elsewhere."
    return ""


def fulfilment(it: Told) -> tuple[int | None, str, str]:
    """Return when what was promised was done, by whom, and what it was."""
    issue, target = it.timeline, it.target
    spell = issue.resolution
    solved = (spell.ended, spell.by, "Solved") if spell is not None else (None, "", "")
    if target.kind in OF_SOLVING:
        return solved
    if target.kind is TargetKind.ACKNOWLEDGE and issue.acknowledged is not None:
        return issue.acknowledged, issue.acknowledged_by, "Seen"
    if target.kind is TargetKind.FIRST_RESPONSE and issue.responded is not None:
        return issue.responded, issue.responded_by, "Answered"
    if target.kind is TargetKind.NEXT_RESPONSE and target.position < len(issue.waits):
        wait = issue.waits[target.position]
        if wait.ended is not None and wait.closed_by == "response":
            return wait.ended, wait.by, "Answered"
    return solved


def buttons(it: Told, *, is_over: bool) -> list[InteractiveElement]:
    """Return *I'm on it*, *Wait for customer* where it is allowed, *Open*, and the ⋯ menu."""
    number, row = str(it.number), list[InteractiveElement]()
    if not is_over and not it.timeline.assignee:
        row.append(button(wording.ON_IT, CLAIM, number))
    if not is_over and it.timeline.state is State.RESPONDED:
        row.append(button(wording.WAIT, WAIT, number))
    if not it.is_in_thread:
        row.append(open_button(it))
    if not is_over:
        entries = [
            (wording.SNOOZE, f"snooze:{number}"),
            (wording.ASSIGN, f"assign:{number}"),
            (wording.PRIORITY, f"priority:{number}"),
            (wording.DISMISS, f"dismiss:{number}"),
            (wording.EXPLAIN, f"explain:{number}"),
        ]
        row.append(overflow(f"{MENU}:{number}", entries))
    return row


def open_button(it: Told) -> ButtonElement:
    """Return the way to the thread, or to the issue's page where its address is not known."""
    made = button("Open", f"{SHOW}:{it.number}", str(it.number))
    if it.link:
        made.url = it.link
    return made
