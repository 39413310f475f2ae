"""One issue as it stands: state, times by both clocks, who has it, promises, and what to press."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks.block_elements import InteractiveElement

from commands.blocks import Block, actions, button, context, cut, escape, overflow, section
from commands.support import wording
from commands.support.line_words import say_span
from commands.support.listing import Listed
from commands.support.moments import say_moment
from commands.support.sources import on_platform
from support.durations import Durations, Took
from support.entries import MICROSECONDS
from support.timeline import State, Timeline

AT_MOST = ", at most (I was offline)"
"""Between which moments it happened is known; the latest one is counted (support-spec §6.4)."""
ACT, MENU, COUNT_IT = "support_act", "support_menu", "support_count"

STATES: Mapping[State, str] = {
    State.OPEN: "waiting for an answer",
    State.ACKNOWLEDGED: "looked at, waiting for an answer",
    State.RESPONDED: "answered",
    State.WAITING: "waiting on the customer",
    State.RESOLVED: "solved",
    State.DISMISSED: "dismissed",
    State.MERGED: "merged into another issue",
}


@dataclass(frozen=True)
class Promise:
    """A target of the issue, as far as it is shown."""

    kind: str
    state: str
    length: int
    due: int | None = None
    """µs."""
    overrun: int | None = None


@dataclass(frozen=True)
class Shown:
    """What is known of an issue, for the page."""

    number: int
    timeline: Timeline
    took: Durations
    now: int
    zone: ZoneInfo
    names: Mapping[str, str]
    channel: str = ""
    who: str = ""
    excerpt: str = ""
    link: str = ""
    promises: Sequence[Promise] = ()
    pleasantries: Sequence[str] = ()
    """``ts`` of messages that were taken for thanks or a greeting."""
    follows: int = 0
    """Number of the issue that this one follows up."""
    merged_into: int = 0
    may_act: bool = False
    is_admin: bool = False


def compose_issue(it: Shown, said: str = "") -> Listed:
    """Return the message; ``said`` is what was just done to the issue."""
    blocks: list[Block] = [section(escape(said))] if said else []
    blocks += [section("\n".join(head(it))), section("\n".join(times(it)))]
    if it.promises:
        blocks.append(section("\n".join(escape(say_promise(one, it)) for one in it.promises[:5])))
    blocks += pleasantries(it)
    blocks.append(context([escape(wording.TIMES_IN + it.zone.key)]))
    if it.may_act:
        blocks.append(actions(buttons(it), block_id=f"issue:{it.number}"))
    else:
        explain = button(wording.EXPLAIN, "support_explain", str(it.number))
        blocks.append(actions([explain]))
    text = f"{escape(said)} " if said else ""
    return Listed(f"{text}{sentence(it)}", blocks)


def state_of(it: Shown) -> str:
    """Return the state in words, with what lies over it: reopened, cannot be heard, quiet."""
    issue = it.timeline
    words = STATES[issue.state]
    if issue.state is State.OPEN and issue.reopens:
        words = "reopened, " + words
    if issue.state is State.MERGED and it.merged_into:
        words = f"merged into issue {it.merged_into}"
    if issue.orphaned is not None and issue.is_live:
        words += ", and its channel cannot be heard"
    if issue.snoozed_until is not None and issue.snoozed_until > it.now:
        words += f", quiet until {say_moment(issue.snoozed_until, it.zone, it.now)}"
    return words


def sentence(it: Shown) -> str:
    wait = it.timeline.wait
    waiting = f" for {say_span(it.now - wait.started)}" if wait else ""
    return (
        f"Issue {it.number} of {escape(it.who or 'a customer')}: {escape(state_of(it))}{waiting}."
    )


def head(it: Shown) -> list[str]:
    """Return number and state, whose it is, and what was written."""
    issue = it.timeline
    number = f"<{it.link}|Issue {it.number}>" if it.link else f"Issue {it.number}"
    wait = issue.wait
    since = f" · *{say_span(it.now - wait.started)}*" if wait else ""
    who = escape(on_platform(it.who or "somebody", issue.platform))
    place = f" in #{escape(it.channel)}" if it.channel else ""
    lines = [f"*{number}* · {escape(state_of(it))}{since}", f"{who}{place}"]
    if it.excerpt:
        lines.append(escape(cut(it.excerpt, 200)))
    holder = it.names.get(issue.assignee, "somebody") if issue.assignee else "nobody"
    priority = f" · {issue.priority}" if issue.priority not in ("", "normal") else ""
    lines.append(f"{escape(holder)} has it{escape(priority)}")
    if it.follows:
        lines.append(f"Follows issue {it.follows}")
    return lines


def times(it: Shown) -> list[str]:
    """Return the clocks: opened, first answer, waits, solved. Five lines."""
    issue, took = it.timeline, it.took
    lines = [f"Opened {say_moment(issue.opened, it.zone, it.now)}"]
    if took.acknowledge and issue.acknowledged != issue.responded:
        lines[0] += f" · looked at after {both(took.acknowledge)}"
    lines.append(first_answer(it))
    if took.next_responses:
        spans = ", ".join(say_seconds(one.seconds) for one in took.next_responses[-5:])
        more = len(took.next_responses) - 5
        lines.append(f"Next answers: {spans}" + (f" and {more} before" if more > 0 else ""))
    if len(took.waits) > 1 or issue.wait:
        lines.append(f"Customer waited in all: {both(took.customer_wait)}")
    lines += solved(it)
    return [escape(line) for line in lines]


def first_answer(it: Shown) -> str:
    issue, took = it.timeline, it.took.first_response
    if took is None:
        if issue.is_live:
            return "*No answer yet*"
        return "No answer here"
    by = it.names.get(issue.responded_by, "")
    line = f"First answer: {both(took)}" + (f", {by}" if by else "")
    if issue.response_low is not None:
        line += AT_MOST
    if issue.response_manual:
        line += ", told by hand"
    if issue.response_inferred:
        line += ", outside the thread"
    return line


def solved(it: Shown) -> list[str]:
    issue, took = it.timeline, it.took
    if took.first_resolution is None:
        return []
    first = issue.first_resolution
    line = f"Solved: {both(took.first_resolution)}"
    if first is not None and first.low is not None:
        line += AT_MOST
    if issue.reopens:
        times = len(issue.reopens)
        line += ", reopened once" if times == 1 else f", reopened {times} times"
        if took.resolution is not None:
            line += f", for good after {both(took.resolution)}"
            stands = issue.resolution
            line += AT_MOST if stands is not None and stands.low is not None else ""
    elif first is not None and first.by in it.names:
        line += f", {it.names[first.by]}"
    return [line]


def both(took: Took) -> str:
    """Return a length by both clocks, or by one where they say the same."""
    calendar, business = say_seconds(took.seconds), say_seconds(took.business)
    return calendar if calendar == business else f"{calendar} ({business} in open hours)"


def say_seconds(seconds: int) -> str:
    return say_span(seconds * MICROSECONDS)


KINDS: Mapping[str, str] = {
    "acknowledge": "Looked at",
    "first_response": "First answer",
    "next_response": "Next answer",
    "first_resolution": "Solved",
    "total_resolution": "Solved for good",
}


def say_promise(one: Promise, it: Shown) -> str:
    """Return “First answer within 4 h: due 14:20”."""
    words = f"{KINDS.get(one.kind, one.kind)} within {say_seconds(one.length)}: "
    if one.state == "running" and one.due is not None:
        return f"{words}due {say_moment(one.due, it.zone, it.now)}"
    if one.state == "breached":
        late = f", {say_seconds(one.overrun)} late" if one.overrun else ""
        return f"{words}missed{late}"
    return words + {"met": "kept", "paused": "stands still", "cancelled": "does not count"}.get(
        one.state, one.state
    )


def pleasantries(it: Shown) -> list[Block]:
    """Return what was taken for thanks, with a button that says otherwise (§3.2)."""
    count = it.timeline.suppressed
    if not count:
        return []
    words = wording.ONE_SUPPRESSED if count == 1 else wording.SUPPRESSED.format(count=count)
    block = section(escape(words))
    if not (it.may_act and it.pleasantries):
        return [block]
    newest = it.pleasantries[-1]
    shown = button(wording.IS_AN_ISSUE, f"{COUNT_IT}:{it.number}", f"{it.number}|{newest}")
    return [block | {"accessory": shown.to_dict()}]


def buttons(it: Shown) -> list[InteractiveElement]:
    """Return at most three buttons and the menu: what the state allows."""
    issue, number = it.timeline, str(it.number)
    shown: list[InteractiveElement] = []
    if issue.is_live:
        if not issue.assignee:
            shown.append(button(wording.ON_IT, f"{ACT}:claim", number))
        shown.append(button(wording.SOLVE, f"{ACT}:resolve", number, style="primary"))
        if issue.state is State.RESPONDED:
            shown.append(button(wording.WAIT, f"{ACT}:wait", number))
        elif issue.state is State.WAITING:
            shown.append(button(wording.GO_ON, f"{ACT}:unwait", number))
        else:
            shown.append(button(wording.REPLIED, f"{ACT}:replied", number))
    elif issue.state is State.RESOLVED:
        shown.append(button(wording.REOPEN, f"{ACT}:reopen", number))
    elif issue.state is State.DISMISSED:
        shown.append(button(wording.RESTORE, f"{ACT}:restore", number))
    elif issue.state is State.MERGED:
        shown.append(button(wording.UNMERGE, f"{ACT}:unmerge", number))
    entries = menu(it)
    if len(entries) == 1:  # Slack takes no menu of one
        return [*shown, button(wording.EXPLAIN, "support_explain", number)]
    return [*shown, overflow(f"{MENU}:{number}", entries)]


def menu(it: Shown) -> list[tuple[str, str]]:
    """Return the ⋯ menu: five entries at most."""
    number = str(it.number)
    entries = [(wording.EXPLAIN, f"explain:{number}")]
    if it.timeline.is_live:
        entries += [
            (wording.ASSIGN, f"assign:{number}"),
            (wording.SNOOZE, f"snooze:{number}"),
            (wording.PRIORITY, f"priority:{number}"),
            (wording.DISMISS, f"dismiss:{number}"),
        ]
    elif it.timeline.state is State.RESOLVED:
        entries.append((wording.RATE, f"csat:{number}"))
        if it.is_admin:
            entries.append((wording.DISMISS, f"dismiss:{number}"))
    return entries
