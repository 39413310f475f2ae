"""One issue as it stands: state, times by both clocks, who has it, promises, and what to press."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks.block_elements import InteractiveElement

from commands.blocks import Block, actions, button, context, cut, escape, overflow, section
from commands.saying import declare, joined, say, say_count, say_declared
from commands.support import wording
from commands.support.line_words import say_span
from commands.support.listing import Listed
from commands.support.moments import say_moment
from commands.support.promise_words import Promise, say_promise, say_seconds
from commands.support.sources import on_platform
from support.durations import Durations, Took
from support.timeline import State, Timeline

AT_MOST = "at most (I was offline)"
"""Between which moments it happened is known; the latest one is counted (support-spec §6.4)."""
ACT, MENU, COUNT_IT = "support_act", "support_menu", "support_count"

STATES: Mapping[State, str] = {
    State.OPEN: declare("waiting for an answer"),
    State.ACKNOWLEDGED: declare("looked at, waiting for an answer"),
    State.RESPONDED: declare("answered"),
    State.WAITING: declare("waiting on the customer"),
    State.RESOLVED: declare("solved"),
    State.DISMISSED: declare("dismissed"),
    State.MERGED: declare("merged into another issue"),
}


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
        blocks.append(
            section("\n".join(escape(say_promise(one, it.zone, it.now)) for one in it.promises[:5]))
        )
    blocks += pleasantries(it)
    blocks.append(context([escape(say(wording.TIMES_IN, zone=it.zone.key))]))
    if it.may_act:
        blocks.append(actions(buttons(it), block_id=f"issue:{it.number}"))
    else:
        explain = button(say(wording.EXPLAIN), "support_explain", str(it.number))
        blocks.append(actions([explain]))
    text = f"{escape(said)} " if said else ""
    return Listed(f"{text}{sentence(it)}", blocks)


def state_of(it: Shown) -> str:
    """Return the state in words, with what lies over it: reopened, cannot be heard, quiet."""
    issue = it.timeline
    words = say_declared(STATES[issue.state])
    if issue.state is State.OPEN and issue.reopens:
        words = say("reopened, {state}", state=words)
    if issue.state is State.MERGED and it.merged_into:
        words = say("merged into issue {number}", number=it.merged_into)
    if issue.orphaned is not None and issue.is_live:
        words = say("{state}, and its channel cannot be heard", state=words)
    if issue.snoozed_until is not None and issue.snoozed_until > it.now:
        until = say_moment(issue.snoozed_until, it.zone, it.now)
        words = say("{state}, quiet until {when}", state=words, when=until)
    return words


def sentence(it: Shown) -> str:
    wait = it.timeline.wait
    who, state = escape(it.who or say("a customer")), escape(state_of(it))
    if wait is None:
        return say("Issue {number} of {who}: {state}.", number=it.number, who=who, state=state)
    return say(
        "Issue {number} of {who}: {state} for {span}.",
        number=it.number,
        who=who,
        state=state,
        span=say_span(it.now - wait.started),
    )


def head(it: Shown) -> list[str]:
    """Return number and state, whose it is, and what was written."""
    issue = it.timeline
    named = say("Issue {number}", number=it.number)
    number = f"<{it.link}|{named}>" if it.link else named
    wait = issue.wait
    since = f" · *{say_span(it.now - wait.started)}*" if wait else ""
    who = escape(on_platform(it.who or say("somebody"), issue.platform))
    if it.channel:
        who = say("{who} in #{channel}", who=who, channel=escape(it.channel))
    lines = [f"*{number}* · {escape(state_of(it))}{since}", who]
    if it.excerpt:
        lines.append(escape(cut(it.excerpt, 200)))
    is_usual = issue.priority in ("", "normal")
    priority = "" if is_usual else f" · {say_declared(issue.priority)}"
    lines.append(escape(f"{holder_of(it)}{priority}"))
    if it.follows:
        lines.append(say("Follows issue {number}", number=it.follows))
    return lines


def holder_of(it: Shown) -> str:
    """Return “Omar has it”."""
    if not it.timeline.assignee:
        return say("nobody has it")
    name = it.names.get(it.timeline.assignee, "")
    return say("{name} has it", name=name) if name else say("somebody has it")


def times(it: Shown) -> list[str]:
    """Return the clocks: opened, first answer, waits, solved. Five lines."""
    issue, took = it.timeline, it.took
    lines = [say("Opened {when}", when=say_moment(issue.opened, it.zone, it.now))]
    if took.acknowledge and issue.acknowledged != issue.responded:
        lines[0] += " · " + say("looked at after {span}", span=both(took.acknowledge))
    lines.append(first_answer(it))
    if took.next_responses:
        lines.append(next_answers(took.next_responses))
    if len(took.waits) > 1 or issue.wait:
        lines.append(say("Customer waited in all: {span}", span=both(took.customer_wait)))
    lines += solved(it)
    return [escape(line) for line in lines]


def next_answers(taken: Sequence[Took]) -> str:
    spans = joined(say_seconds(one.seconds) for one in taken[-5:])
    if len(taken) <= 5:
        return say("Next answers: {spans}", spans=spans)
    return say("Next answers: {spans} and {number} before", spans=spans, number=len(taken) - 5)


def first_answer(it: Shown) -> str:
    issue, took = it.timeline, it.took.first_response
    if took is None:
        if issue.is_live:
            return say("*No answer yet*")
        return say("No answer here")
    parts = [say("First answer: {span}", span=both(took)), it.names.get(issue.responded_by, "")]
    if issue.response_low is not None:
        parts.append(say(AT_MOST))
    if issue.response_manual:
        parts.append(say("told by hand"))
    if issue.response_inferred:
        parts.append(say("outside the thread"))
    return joined(parts)


def solved(it: Shown) -> list[str]:
    issue, took = it.timeline, it.took
    if took.first_resolution is None:
        return []
    first = issue.first_resolution
    parts = [say("Solved: {span}", span=both(took.first_resolution))]
    if first is not None and first.low is not None:
        parts.append(say(AT_MOST))
    if times := len(issue.reopens):
        parts.append(say_count("reopened once", "reopened {number} times", times))
        if took.resolution is not None:
            parts.append(say("for good after {span}", span=both(took.resolution)))
            stands = issue.resolution
            parts.append(say(AT_MOST) if stands is not None and stands.low is not None else "")
    elif first is not None:
        parts.append(it.names.get(first.by, ""))
    return [joined(parts)]


def both(took: Took) -> str:
    """Return a length by both clocks, or by one where they say the same."""
    calendar, business = say_seconds(took.seconds), say_seconds(took.business)
    if calendar == business:
        return calendar
    return say("{span} ({open} in open hours)", span=calendar, open=business)


def pleasantries(it: Shown) -> list[Block]:
    """Return what was taken for thanks, with a button that says otherwise (§3.2)."""
    count = it.timeline.suppressed
    if not count:
        return []
    words = say_count(wording.ONE_SUPPRESSED, wording.SUPPRESSED, count)
    block = section(escape(words))
    if not (it.may_act and it.pleasantries):
        return [block]
    newest = it.pleasantries[-1]
    shown = button(say(wording.IS_AN_ISSUE), f"{COUNT_IT}:{it.number}", f"{it.number}|{newest}")
    return [block | {"accessory": shown.to_dict()}]


def buttons(it: Shown) -> list[InteractiveElement]:
    """Return at most three buttons and the menu: what the state allows."""
    issue, number = it.timeline, str(it.number)
    shown: list[InteractiveElement] = []
    if issue.is_live:
        if not issue.assignee:
            shown.append(button(say(wording.ON_IT), f"{ACT}:claim", number))
        shown.append(button(say(wording.SOLVE), f"{ACT}:resolve", number, style="primary"))
        if issue.state is State.RESPONDED:
            shown.append(button(say(wording.WAIT), f"{ACT}:wait", number))
        elif issue.state is State.WAITING:
            shown.append(button(say(wording.GO_ON), f"{ACT}:unwait", number))
        else:
            shown.append(button(say(wording.REPLIED), f"{ACT}:replied", number))
    elif issue.state is State.RESOLVED:
        shown.append(button(say(wording.REOPEN), f"{ACT}:reopen", number))
    elif issue.state is State.DISMISSED:
        shown.append(button(say(wording.RESTORE), f"{ACT}:restore", number))
    elif issue.state is State.MERGED:
        shown.append(button(say(wording.UNMERGE), f"{ACT}:unmerge", number))
    entries = menu(it)
    if len(entries) == 1:  # Slack takes no menu of one
        return [*shown, button(say(wording.EXPLAIN), "support_explain", number)]
    return [*shown, overflow(f"{MENU}:{number}", entries)]


def menu(it: Shown) -> list[tuple[str, str]]:
    """Return the ⋯ menu: five entries at most."""
    number = str(it.number)
    entries = [(say(wording.EXPLAIN), f"explain:{number}")]
    if it.timeline.is_live:
        entries += [
            (say(wording.ASSIGN), f"assign:{number}"),
            (say(wording.SNOOZE), f"snooze:{number}"),
            (say(wording.PRIORITY), f"priority:{number}"),
            (say(wording.DISMISS), f"dismiss:{number}"),
        ]
    elif it.timeline.state is State.RESOLVED:
        entries.append((say(wording.RATE), f"csat:{number}"))
        if it.is_admin:
            entries.append((say(wording.DISMISS), f"dismiss:{number}"))
    return entries
