"""A typed verb with its words, as an act; and what was done, in one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from commands.saying import declare, say, say_declared
from commands.support import wording
from commands.support.acting import DISMISSALS, REASONS, Doing, Moment
from commands.support.grammar import Said, Verb
from commands.support.line_words import say_clauses, say_span
from commands.support.moments import micros_of, moment_of, read_past, read_until, say_moment
from storage.errors import KepiError
from support.entries import Act
from support.hours import Calendar
from support.policies import PRIORITIES
from support.timeline import IssueKey, State, Timeline

NOBODY = frozenset({"nobody", "none", "no one", "noone", "-"})
MYSELF = frozenset({"me", "myself"})
ENDS = frozenset({"off", "end", "stop", "0", "now"})


@dataclass(frozen=True)
class Asked:
    """A command about an issue, and what it takes to read it."""

    said: Said
    moment: Moment
    calendar: Calendar
    other: IssueKey | None = None
    """The issue of the second number."""


def read_doing(asked: Asked) -> Doing:
    """Return the act; raises ``KepiError`` with what would work."""
    return READERS[asked.said.verb](asked)


def plainly(act: Act) -> Callable[[Asked], Doing]:
    return lambda _asked: Doing(act)


def read_resolve(asked: Asked) -> Doing:
    words = asked.said.rest.casefold().removeprefix("as ").strip()
    if words and words not in REASONS:
        raise KepiError(wording.WHY_RESOLVE, words=words[:40])
    return Doing(Act.RESOLVE, {"reason": REASONS.get(words, "solved")})


def read_dismiss(asked: Asked) -> Doing:
    words = asked.said.rest.casefold().removeprefix("as ").strip()
    if words not in DISMISSALS:
        raise KepiError(wording.WHY_DISMISS, number=asked.said.number)
    return Doing(Act.DISMISS, {"reason": DISMISSALS[words]})


def read_assign(asked: Asked) -> Doing:
    said, words = asked.said, asked.said.rest.casefold().removeprefix("to ").strip()
    if said.user:
        return Doing(Act.ASSIGN, {"to": said.user})
    if words in MYSELF:
        return Doing(Act.ASSIGN, {"to": asked.moment.actor.user})
    if words in NOBODY:
        return Doing(Act.ASSIGN, {"to": ""})
    if "@" in words:
        raise KepiError(wording.AT_NAME, number=said.number)
    raise KepiError(wording.WHOM, number=said.number)


def read_replied(asked: Asked) -> Doing:
    typed = asked.said.options.get("at") or asked.said.rest.removeprefix("at ").strip()
    if not typed:
        return Doing(Act.REPLIED)
    at = micros_of(read_past(typed, moment_of(asked.moment.now)))
    if at <= asked.moment.issue.opened:
        raise KepiError(wording.REPLIED_BEFORE, number=asked.said.number)
    return Doing(Act.REPLIED, at=at)


def read_snooze(asked: Asked) -> Doing:
    words = asked.said.rest
    if not words:
        raise KepiError(wording.UNTIL_WHEN, number=asked.said.number)
    if words.casefold() in ENDS:
        return Doing(Act.SNOOZE, {"until": 0})
    until = read_until(words, moment_of(asked.moment.now), asked.calendar)
    return Doing(Act.SNOOZE, {"until": micros_of(until)})


def read_merge(asked: Asked) -> Doing:
    """The other issue is named by its thread, as the fold knows it."""
    said, here = asked.said, asked.moment.issue.key
    if asked.other is None:
        raise KepiError(wording.INTO_WHICH, number=said.number)
    if asked.other == here:
        raise KepiError(wording.MERGE_ITSELF)
    if asked.other.channel != here.channel:
        raise KepiError(wording.MERGE_APART, number=said.number, other=said.other)
    return Doing(Act.MERGE, {"root": asked.other.root, "episode": asked.other.episode})


def read_priority(asked: Asked) -> Doing:
    words = asked.said.rest.casefold().strip(" =")
    if words not in PRIORITIES:
        raise KepiError(wording.WHICH_PRIORITY, number=asked.said.number)
    return Doing(Act.PRIORITY, {"to": words})


def read_score(said: Said) -> int:
    """Return the rating that was typed."""
    found = re.search(r"(?<!\d)([1-5])(?:\s*/\s*5)?(?!\d)", said.rest)
    if found is None or said.rest.replace(found[0], "").strip():
        raise KepiError(wording.WHICH_SCORE, number=said.number)
    return int(found[1])


READERS: Mapping[Verb, Callable[[Asked], Doing]] = {
    Verb.RESOLVE: read_resolve,
    Verb.UNDO: plainly(Act.UNDO),
    Verb.REOPEN: plainly(Act.REOPEN),
    Verb.ASSIGN: read_assign,
    Verb.CLAIM: plainly(Act.CLAIM),
    Verb.DISMISS: read_dismiss,
    Verb.RESTORE: plainly(Act.RESTORE),
    Verb.WAIT: plainly(Act.WAIT),
    Verb.UNWAIT: plainly(Act.UNWAIT),
    Verb.REPLIED: read_replied,
    Verb.SNOOZE: read_snooze,
    Verb.MERGE: read_merge,
    Verb.UNMERGE: plainly(Act.UNMERGE),
    Verb.PRIORITY: read_priority,
}


@dataclass(frozen=True)
class Done:
    """An act that was taken, and the issue as it is now."""

    doing: Doing
    before: Timeline
    after: Timeline
    number: int
    zone: ZoneInfo
    now: int
    user: str
    names: Mapping[str, str]
    other: int = 0
    """Number of the issue that it was merged with."""
    beside: Timeline | None = None
    """That issue, as it is now."""


def say_done(done: Done) -> str:
    """Return one line that says what became of it, as the issue stands now."""
    return SAYERS[done.doing.act](done)


def say_resolved(done: Done) -> str:
    resolution = done.after.resolution
    if resolution is None or resolution.ended is None:
        return nothing(done)
    opened, responded = done.after.opened, done.after.responded
    solved = say("solved in {span}", span=say_span(resolution.ended - opened))
    first = say("No answer here")
    if responded is not None:
        first = say("First answer {span}", span=say_span(responded - opened))
    times = say_clauses([first, solved])
    return say(wording.DONE_RESOLVED, number=done.number, times=times)


def say_assigned(done: Done) -> str:
    to = str(done.doing.more.get("to") or "")
    if done.after.assignee != to:
        return nothing(done)
    if not to:
        return say(wording.DONE_UNASSIGNED, number=done.number)
    if to == done.user:
        return say(wording.DONE_CLAIMED, number=done.number)
    return say(wording.DONE_ASSIGNED, number=done.number, name=done.names.get(to) or say("They"))


def say_claimed(done: Done) -> str:
    holder = done.after.assignee
    if holder == done.user:
        return say(wording.DONE_CLAIMED, number=done.number)
    if not holder:
        return nothing(done)
    name = done.names.get(holder) or say("Somebody")
    return say(wording.DONE_TAKEN, number=done.number, name=name)


def say_replied(done: Done) -> str:
    at = done.doing.at or done.now
    if done.after.responded != at:
        return say(wording.DONE_REPLIED_AGAIN, number=done.number)
    when = say("at {time}", time=say_moment(at, done.zone, done.now))
    return say(wording.DONE_REPLIED, number=done.number, when=when)


def say_snoozed(done: Done) -> str:
    if done.after.snoozed_until is None:
        return say(wording.DONE_UNSNOOZED, number=done.number)
    when = say_moment(done.after.snoozed_until, done.zone, done.now)
    return say(wording.DONE_SNOOZED, number=done.number, when=when)


def say_merged(done: Done) -> str:
    """The older of the two goes on, whichever was named first (support-spec §4.9)."""
    if done.beside is None or State.MERGED not in (done.after.state, done.beside.state):
        return nothing(done)
    gone = done.number if done.after.state is State.MERGED else done.other
    kept = done.other if gone == done.number else done.number
    return say(wording.DONE_MERGED, number=done.number, other=done.other, kept=kept, gone=gone)


def say_priority(done: Done) -> str:
    return say(
        wording.DONE_PRIORITY, number=done.number, priority=say_declared(done.after.priority)
    )


def say_state(line: str, *states: State) -> Callable[[Done], str]:
    """Return what says a declared ``line`` if the issue is in one of the states, else nothing."""
    return lambda done: (
        say_declared(line, number=done.number) if done.after.state in states else nothing(done)
    )


def nothing(done: Done) -> str:
    return say(wording.NOTHING_DONE, number=done.number)


OPEN = (State.OPEN, State.ACKNOWLEDGED, State.RESPONDED, State.WAITING)
SAYERS: Mapping[Act, Callable[[Done], str]] = {
    Act.RESOLVE: say_resolved,
    Act.UNDO: say_state(declare(wording.DONE_UNDONE), *OPEN),
    Act.REOPEN: say_state(declare(wording.DONE_REOPENED), *OPEN),
    Act.ASSIGN: say_assigned,
    Act.CLAIM: say_claimed,
    Act.DISMISS: say_state(declare(wording.DONE_DISMISSED), State.DISMISSED),
    Act.RESTORE: say_state(declare(wording.DONE_RESTORED), *OPEN, State.RESOLVED),
    Act.WAIT: say_state(declare(wording.DONE_WAITING), State.WAITING),
    Act.UNWAIT: say_state(declare(wording.DONE_UNWAITED), *OPEN),
    Act.REPLIED: say_replied,
    Act.SNOOZE: say_snoozed,
    Act.MERGE: say_merged,
    Act.UNMERGE: say_state(declare(wording.DONE_UNMERGED), *OPEN, State.RESOLVED),
    Act.PRIORITY: say_priority,
}
