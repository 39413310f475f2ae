"""What a verb does to an issue: the act, or the line that says why it cannot be done now.

The fold would leave an act alone that its state does not allow (support-spec §5.1); here the
person is told so beforehand, and what would work.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from commands.saying import say
from commands.support import wording
from commands.support.grammar import Verb
from support.entries import Act, Entry, Kind, Role
from support.rules import HOUR, Rules, span
from support.timeline import State, Timeline

UNMERGE_WINDOW = 24 * HOUR
REASONS: Mapping[str, str] = {
    "solved": "solved",
    "done": "solved",
    "fixed": "solved",
    "duplicate": "duplicate",
    "double": "duplicate",
    "wont_fix": "wont_fix",
    "wont fix": "wont_fix",
    "won't fix": "wont_fix",
    "no_customer_reply": "no_customer_reply",
    "no reply": "no_customer_reply",
    "no answer": "no_customer_reply",
    "answered_elsewhere": "answered_elsewhere",
    "answered elsewhere": "answered_elsewhere",
    "elsewhere": "answered_elsewhere",
}
DISMISSALS: Mapping[str, str] = {
    "spam": "spam",
    "not_an_issue": "not_an_issue",
    "not an issue": "not_an_issue",
    "no issue": "not_an_issue",
    "nothing": "not_an_issue",
    "duplicate": "duplicate",
    "test": "test",
}


@dataclass(frozen=True)
class Doing:
    """An act as somebody wants it done."""

    act: Act
    more: Mapping[str, str | int] = field(default_factory=dict)
    at: int = 0
    """µs; 0 is now."""
    ts: str = ""
    """The message that it is about; the root where it names none."""


@dataclass(frozen=True)
class Actor:
    """Who does it, and what they are there."""

    user: str
    role: Role
    is_admin: bool = False


def entry_of(
    doing: Doing, actor: Actor, channel: str, root: str, *, trigger: str, now: int, via: str
) -> Entry:
    """Return the ledger's entry of an act; its key is the interaction's (support-spec §5.2)."""
    more: dict[str, str | int] = {"via": via, **doing.more}
    if actor.is_admin:
        more["admin"] = 1
    return Entry(
        key=f"i|{trigger}",
        kind=Kind.ACT,
        channel=channel,
        at=doing.at or now,
        ts=doing.ts or root,
        root=root,
        actor=actor.user,
        role=actor.role,
        name=doing.act,
        more=more,
    )


@dataclass(frozen=True)
class Moment:
    """What decides whether an act is possible."""

    issue: Timeline
    now: int
    rules: Rules
    actor: Actor
    number: int


def why_not(verb: Verb, moment: Moment) -> str:
    """Return why a verb does nothing now, with what would work; empty where it does something."""
    check = CHECKS.get(verb)
    return check(moment) if check else ""


def not_live(moment: Moment) -> str:
    """Return what keeps a live issue's verb from an issue that has ended."""
    issue, number = moment.issue, moment.number
    if issue.is_live:
        return ""
    if issue.state is State.RESOLVED:
        return say(wording.IS_SOLVED, number=number)
    if issue.state is State.DISMISSED:
        return say(wording.IS_DISMISSED, number=number)
    return say(wording.IS_MERGED, number=number)


def cannot_undo(moment: Moment) -> str:
    issue = moment.issue
    if issue.state is not State.RESOLVED:
        return say(wording.NOT_SOLVED, number=moment.number)
    ended = issue.spells[-1].ended or 0
    if moment.now - ended > span(moment.rules.undo_window):
        return say(wording.UNDO_TOO_LATE, number=moment.number)
    return ""


def cannot_reopen(moment: Moment) -> str:
    issue, number = moment.issue, moment.number
    if issue.is_live:
        return say(wording.IS_OPEN, number=number)
    if issue.state is not State.RESOLVED:
        return not_live(moment)
    if moment.now - (issue.spells[-1].ended or 0) > span(moment.rules.reopen_window):
        return say(wording.REOPEN_TOO_LATE, number=number)
    return ""


def cannot_dismiss(moment: Moment) -> str:
    if moment.issue.state is State.RESOLVED:
        return "" if moment.actor.is_admin else say(wording.DISMISS_SOLVED)
    return not_live(moment)


def cannot_restore(moment: Moment) -> str:
    if moment.issue.state is not State.DISMISSED:
        return say(wording.NOT_DISMISSED, number=moment.number)
    return ""


def cannot_claim(moment: Moment) -> str:
    issue = moment.issue
    if issue.is_live and issue.assignee == moment.actor.user:
        return say(wording.IS_YOURS, number=moment.number)
    return not_live(moment)


def cannot_wait(moment: Moment) -> str:
    """Only after an answer, and while nothing of the customer's is unanswered (§4.5)."""
    if trouble := not_live(moment):
        return trouble
    if moment.issue.state is State.WAITING:
        return say(wording.IS_WAITING, number=moment.number)
    if moment.issue.state is not State.RESPONDED:
        return say(wording.WAIT_TOO_SOON, number=moment.number)
    return ""


def cannot_unwait(moment: Moment) -> str:
    if moment.issue.state is not State.WAITING:
        return say(wording.NOT_WAITING, number=moment.number)
    return ""


def cannot_unmerge(moment: Moment) -> str:
    if moment.issue.state is not State.MERGED:
        return say(wording.NOT_MERGED, number=moment.number)
    if moment.now - (moment.issue.merged or 0) > span(UNMERGE_WINDOW):
        return say(wording.UNMERGE_TOO_LATE, number=moment.number)
    return ""


def cannot_rate(moment: Moment) -> str:
    if moment.issue.state in (State.DISMISSED, State.MERGED):
        return not_live(moment)
    return "" if moment.issue.resolutions else say(wording.RATE_TOO_SOON, number=moment.number)


CHECKS: Mapping[Verb, Callable[[Moment], str]] = {
    Verb.RESOLVE: not_live,
    Verb.UNDO: cannot_undo,
    Verb.REOPEN: cannot_reopen,
    Verb.DISMISS: cannot_dismiss,
    Verb.RESTORE: cannot_restore,
    Verb.CLAIM: cannot_claim,
    Verb.ASSIGN: not_live,
    Verb.WAIT: cannot_wait,
    Verb.UNWAIT: cannot_unwait,
    Verb.REPLIED: not_live,
    Verb.SNOOZE: not_live,
    Verb.MERGE: not_live,
    Verb.UNMERGE: cannot_unmerge,
    Verb.PRIORITY: not_live,
    Verb.CSAT: cannot_rate,
}
