"""What people do by button, shortcut or command; and what falls due, and what befalls a channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from support import transitions as do
from support.entries import Act, Entry, Kind, Life, Timer
from support.marking import (
    claim,
    is_within_window,
    open_at_message,
    park,
    refuse,
    take_back_resolution,
    take_note,
)
from support.rules import span
from support.timeline import State, Timeline

if TYPE_CHECKING:
    from support.thread import Thread


def act(thread: Thread, entry: Entry) -> None:
    """Do what an act, a timer or a change of the channel asks for."""
    if entry.kind is Kind.ACT and entry.name == Act.TRACK:
        open_at_message(thread, entry)
        return
    issue = thread.issue
    if issue is None:
        if entry.kind is Kind.ACT:
            thread.remark(entry, "no-issue")
        return
    if entry.kind is Kind.LIFE:
        live_on(issue, entry)
    elif entry.kind is Kind.TIMER:
        if entry.name == Timer.AUTO_CLOSE:
            close_by_itself(thread, issue, entry)
    elif (done := ACTS.get(entry.name)) is not None:
        done(thread, issue, entry)


def resolve(thread: Thread, issue: Timeline, entry: Entry) -> None:
    if issue.is_live:
        reason = str(entry.more.get("reason") or "solved")
        via = str(entry.more.get("via") or "command")
        do.resolve(issue, entry.at, entry, via=via, reason=reason)


def undo(thread: Thread, issue: Timeline, entry: Entry) -> None:
    """Take a resolution back within the undo window (§4.7)."""
    if issue.state is not State.RESOLVED:
        return
    window = span(thread.book.at(entry.at).undo_window)
    if entry.at - (issue.spells[-1].ended or 0) > window:
        refuse(thread, entry, "too-late")
        return
    take_back_resolution(thread, issue, entry)


def reopen(thread: Thread, issue: Timeline, entry: Entry) -> None:
    """Ro: by hand, within the window; of a dismissed issue it is a restoring (§4.8, table 5.1)."""
    if issue.state is State.DISMISSED:
        restore(thread, issue, entry)
    if issue.state is not State.RESOLVED:
        return
    if not is_within_window(issue, entry.at, thread.book.at(entry.at)):
        refuse(thread, entry, "too-late")
        return
    thread.marking.expire(entry.at)
    via = str(entry.more.get("via") or "command")
    do.reopen(issue, entry.at, via, entry, unanswered=thread.unanswered)


def dismiss(thread: Thread, issue: Timeline, entry: Entry) -> None:
    """Di; of a resolved issue by an admin alone (table 5.1)."""
    if issue.state is State.RESOLVED and not entry.more.get("admin"):
        refuse(thread, entry, "not-allowed")
    elif issue.is_live or issue.state is State.RESOLVED:
        do.dismiss(issue, entry.at, str(entry.more.get("reason") or "not_an_issue"), entry)


def restore(thread: Thread, issue: Timeline, entry: Entry) -> None:
    """Du: fold without the dismissal (§4.9)."""
    if issue.state is not State.DISMISSED:
        return
    at = issue.dismissed
    said = (it for it in thread.entries if it.at == at and dismisses(it))
    thread.amended.take_back(entry, *said)


def dismisses(entry: Entry) -> bool:
    return entry.kind in (Kind.MARK, Kind.DELETE) or entry.name == Act.DISMISS


def claim_by_hand(thread: Thread, issue: Timeline, entry: Entry) -> None:
    claim(thread, issue, entry, thread.book.at(entry.at))


def assign(thread: Thread, issue: Timeline, entry: Entry) -> None:
    if not issue.is_live:
        return
    to = str(entry.more.get("to") or "")
    do.assign(issue, entry.at, to, entry)
    if to:
        take_note(thread, issue, entry, thread.book.at(entry.at))


def wait(thread: Thread, issue: Timeline, entry: Entry) -> None:
    park(thread, issue, entry)


def unwait(thread: Thread, issue: Timeline, entry: Entry) -> None:
    if issue.state is State.WAITING:
        do.go_on(issue, entry.at, entry)


def replied(thread: Thread, issue: Timeline, entry: Entry) -> None:
    """Answered elsewhere: counted, flagged, excluded from strict figures (§4.2)."""
    if issue.is_live and entry.at > issue.opened:
        thread.respond(issue, entry, thread.book.at(entry.at), manual=True)


def snooze(thread: Thread, issue: Timeline, entry: Entry) -> None:
    """An overlay: reminders are mute, clocks run on (§4.9)."""
    until = int(entry.more.get("until") or 0)
    issue.snoozed_until = until or None
    do.note(issue, entry.at, "snoozed" if until else "snooze-ended", entry)


def prioritise(thread: Thread, issue: Timeline, entry: Entry) -> None:
    issue.priority = str(entry.more.get("to") or "")
    do.note(issue, entry.at, "priority", entry, issue.priority)


def stay_open(thread: Thread, issue: Timeline, entry: Entry) -> None:
    issue.asked = None
    thread.marking.expire(entry.at)
    do.note(issue, entry.at, "still-open", entry)


ACTS: Mapping[str, Callable[[Thread, Timeline, Entry], None]] = {
    Act.RESOLVE: resolve,
    Act.UNDO: undo,
    Act.REOPEN: reopen,
    Act.DISMISS: dismiss,
    Act.RESTORE: restore,
    Act.CLAIM: claim_by_hand,
    Act.ASSIGN: assign,
    Act.WAIT: wait,
    Act.UNWAIT: unwait,
    Act.REPLIED: replied,
    Act.SNOOZE: snooze,
    Act.PRIORITY: prioritise,
    Act.STILL_OPEN: stay_open,
}


def close_by_itself(thread: Thread, issue: Timeline, entry: Entry) -> None:
    """Ac: waited for the customer long enough; a snoozed issue is left alone (§4.7)."""
    pause, after = issue.pause, thread.book.at(entry.at).auto_close
    if pause is None or not after or entry.at - pause.started < span(after):
        return
    if issue.snoozed_until is not None and issue.snoozed_until > entry.at:
        return
    do.resolve(issue, entry.at, entry, via="auto", reason="no_customer_reply")


def live_on(issue: Timeline, entry: Entry) -> None:
    """What happens to the channel or to a person (§5.3)."""
    if entry.name in (Life.ARCHIVED, Life.REMOVED, Life.UNREADABLE):
        reason = "history_unavailable" if entry.name == Life.UNREADABLE else str(entry.name)
        do.orphan(issue, entry.at, reason)
    elif entry.name == Life.BACK:
        do.adopt(issue, entry.at)
    elif entry.name == Life.DEACTIVATED and issue.is_live and issue.assignee == entry.actor:
        do.assign(issue, entry.at, "", entry)
