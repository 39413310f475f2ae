"""Reactions: a set of (message, user, emoji), and what adding or removing one does (§4.7).

The last word by ``event_ts`` wins, which the fold's order gives for nothing. A mark placed before
the last reopening is stale: it counts no more, and its removal does nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from support import transitions as do
from support.amending import Amendment
from support.entries import Entry, Kind, Role, Timer, micros
from support.rules import Rules, span
from support.timeline import State, Timeline

if TYPE_CHECKING:
    from support.thread import Thread


class Mark(NamedTuple):
    """Who put what on which message; it exists now."""

    ts: str
    user: str
    name: str


@dataclass
class Marking:
    """The marks of a conversation, and from when on they count."""

    standing: dict[Mark, Entry] = field(default_factory=dict)
    stale_until: int = -1
    """Resolving marks of this moment or before are stale."""

    def expire(self, at: int) -> None:
        """The issue is open again: who wants to close it marks it anew."""
        self.stale_until = at

    def count(self, names: frozenset[str], after: int) -> list[Entry]:
        """Return the marks of some names that were set after a moment and count."""
        return [it for mark, it in self.standing.items() if mark.name in names and it.at > after]


def mark(thread: Thread, entry: Entry) -> None:
    """A reaction was added."""
    key = Mark(entry.ts, entry.actor, entry.name)
    if key in thread.marking.standing:
        return
    rules = thread.book.at(entry.at)
    thread.marking.standing[key] = entry
    marks, name = rules.marks, entry.name
    if name in marks.open:
        track(thread, entry, rules)
    if name in marks.note:
        lock(thread, entry, rules)
    if name in marks.sent and entry.role is Role.RESPONDER:
        thread.amended.add(thread.amended.sent, entry.ts)
    issue = thread.issue
    if issue is None:
        if name in marks.resolve and entry.role is Role.RESPONDER:
            thread.remark(entry, "no-issue")
        return
    if name in marks.acknowledge:
        look(thread, issue, entry, rules)
    if name in marks.claim:
        claim(thread, issue, entry, rules)
    if name in marks.wait:
        park(thread, issue, entry)
    if name in marks.resolve:
        close(thread, issue, entry, rules)
    if name in marks.dismiss:
        drop(thread, issue, entry)


def is_team(entry: Entry) -> bool:
    """Whether the team did it; of an act the surface has asked already (support-spec §3, §4)."""
    return entry.kind is Kind.ACT or entry.role in (Role.RESPONDER, Role.RELAY_OUT)


def track(thread: Thread, entry: Entry, rules: Rules) -> None:
    """O4: the ticket mark opens; a customer's on a resolved issue reopens it (§3, §4.8)."""
    issue = thread.issue
    by_customer = entry.role is Role.CUSTOMER
    if issue is not None and issue.state is State.RESOLVED and by_customer:
        if is_within_window(issue, entry.at, rules):
            thread.marking.expire(entry.at)
            do.reopen(issue, entry.at, "ticket", entry, unanswered=thread.unanswered)
        return
    if is_team(entry) or (by_customer and rules.customers_may_open):
        open_at_message(thread, entry)
    elif entry.role is not Role.SELF:
        refuse(thread, entry, "not-allowed")


def open_at_message(thread: Thread, entry: Entry) -> None:
    """Open an issue at the chosen message, or let a suppressed message count."""
    if any(trigger.key == entry.key for _, trigger in thread.amended.openings):
        return
    issue, held = thread.issue, thread.messages.get(entry.ts)
    if held is not None and issue is not None and not thread.is_substantive(held.entry):
        thread.amended.add(thread.amended.substantive, entry.ts)
    opened = entry.more.get("opened")
    at = int(opened) if opened else micros(entry.ts)
    if issue is None or has_ended_long_before(thread, issue, at):
        thread.amended.openings.append((at, entry))
        raise Amendment
    do.note(issue, entry.at, "tracked-already", entry)


def has_ended_long_before(thread: Thread, issue: Timeline, at: int) -> bool:
    """Whether a message stands beyond the reopening window of a resolved issue."""
    rules = thread.book.at(at)
    return issue.state is State.RESOLVED and not is_within_window(issue, at, rules)


def is_within_window(issue: Timeline, at: int, rules: Rules) -> bool:
    return at - (issue.spells[-1].ended or 0) <= span(rules.reopen_window)


def look(thread: Thread, issue: Timeline, entry: Entry, rules: Rules) -> None:
    """Ak by a mark: by a responder, on a message of the customer's side (§4.1)."""
    held = thread.messages.get(entry.ts)
    if not is_team(entry) or held is None or entry.actor == issue.reporter:
        return
    if not thread.is_customer_side(held.entry, issue) and entry.ts != thread.root:
        return
    take_note(thread, issue, entry, rules)


def take_note(thread: Thread, issue: Timeline, entry: Entry, rules: Rules) -> None:
    """Acknowledge; where the channel says so, that is a response too (§4.1)."""
    first = issue.acknowledged is None
    if issue.state is State.ACKNOWLEDGED and entry.actor != issue.acknowledged_by:
        take_part(issue, entry.actor)
    do.acknowledge(issue, entry.at, entry)
    if rules.ack_counts_as_response and first and issue.is_live and issue.responded is None:
        thread.unanswered = False
        do.respond(issue, entry.at, entry)


def claim(thread: Thread, issue: Timeline, entry: Entry, rules: Rules) -> None:
    """The first claimer has it; whoever comes later takes part (§4.4)."""
    if not is_team(entry) or not issue.is_live:
        return
    if not issue.assignee:
        do.assign(issue, entry.at, entry.actor, entry)
    elif issue.assignee != entry.actor:
        take_part(issue, entry.actor)
    take_note(thread, issue, entry, rules)


def take_part(issue: Timeline, who: str) -> None:
    if who not in issue.participants:
        issue.participants.append(who)


def park(thread: Thread, issue: Timeline, entry: Entry) -> None:
    """Wt: only after an answer and while no customer message is unanswered (§4.5)."""
    if not is_team(entry):
        return
    if issue.state is State.RESPONDED:
        do.wait_for_customer(issue, entry.at, entry, by_act=entry.kind is Kind.ACT)
    elif issue.state in (State.OPEN, State.ACKNOWLEDGED, State.RESOLVED):
        refuse(thread, entry, "not-yet")


def may_close(thread: Thread, issue: Timeline, entry: Entry, rules: Rules) -> bool:
    """Whether a resolving mark counts, by who set it and where (§4.7)."""
    if rules.resolve_on == "root" and entry.ts != thread.root:
        return False
    if entry.role is Role.RESPONDER:
        return True
    is_theirs = entry.actor == issue.reporter or f"slack:{entry.actor}" == issue.customer
    if not is_theirs or not rules.customer_may_resolve:
        return False
    if rules.is_shared and not rules.outside_may_close:
        return False
    held = thread.messages.get(entry.ts)
    return entry.ts == thread.root or (held is not None and held.entry.role is Role.RESPONDER)


def close(thread: Thread, issue: Timeline, entry: Entry, rules: Rules) -> None:
    """Rs by a mark."""
    if not may_close(thread, issue, entry, rules):
        if entry.role in (Role.BYSTANDER, Role.CUSTOMER, Role.RESPONDER):
            refuse(thread, entry, "not-allowed")
        return
    if issue.state is State.RESOLVED:
        spell = issue.spells[-1]
        if entry.actor != spell.by and entry.actor not in spell.co_resolvers:
            spell.co_resolvers.append(entry.actor)
            do.note(issue, entry.at, "co-resolved", entry)
        return
    if not issue.is_live:
        return
    low = entry.low
    if low is not None:
        last = max(issue.last_customer or 0, issue.last_response or 0)
        if thread.unanswered and (issue.last_customer or 0) > low:
            issue.asked = entry.at
            do.note(issue, entry.at, "asked", entry)
            thread.remark(entry, "confirm")
            return
        low = max(low, last)
    do.resolve(issue, entry.at, entry, via="mark", reason="solved", low=low)


def drop(thread: Thread, issue: Timeline, entry: Entry) -> None:
    """Di by a mark: a responder's; of a resolved issue an admin's, who says it by command."""
    if entry.role is not Role.RESPONDER or issue.state is State.RESOLVED:
        if entry.role is not Role.SELF:
            refuse(thread, entry, "not-allowed")
        return
    if issue.is_live:
        do.dismiss(issue, entry.at, "not_an_issue", entry)


def lock(thread: Thread, entry: Entry, rules: Rules) -> None:
    """An answer that is locked soon after it was written is an internal note (§4.2)."""
    held = thread.messages.get(entry.ts)
    if held is None or held.entry.role is not Role.RESPONDER or not is_team(entry):
        return
    if entry.at - held.entry.at <= span(rules.undo_window):
        thread.amended.add(thread.amended.notes, entry.ts)


def refuse(thread: Thread, entry: Entry, word: str) -> None:
    """Keep the attempt in the explanation, and let the person be told."""
    if thread.issue is not None:
        do.note(thread.issue, entry.at, "refused", entry, word)
    thread.remark(entry, word)


# --- removed ---------------------------------------------------------------------------------


def unmark(thread: Thread, entry: Entry) -> None:
    """A reaction was removed."""
    was = thread.marking.standing.pop(Mark(entry.ts, entry.actor, entry.name), None)
    if was is None:
        return
    rules = thread.book.at(entry.at)
    marks, issue, name = rules.marks, thread.issue, entry.name
    is_quick = entry.low is None and entry.at - was.at <= span(rules.undo_window)
    if name in marks.note and is_quick and entry.ts in thread.amended.notes:
        thread.amended.notes.discard(entry.ts)
        thread.amended.take_back(entry, was)
    if name in marks.sent and is_quick and entry.ts in thread.amended.sent:
        thread.amended.sent.discard(entry.ts)
        thread.amended.take_back(entry, was)
    if issue is None:
        return
    if name in marks.acknowledge and is_quick:
        look_away(thread, issue, entry, was, rules)
    if name in marks.claim and issue.is_live and issue.assignee == entry.actor:
        do.assign(issue, entry.at, "", entry)
    if name in marks.wait:
        unpark(thread, issue, entry, rules)
    if name in marks.resolve:
        uncheck(thread, issue, entry, was, rules)
    if name in marks.dismiss and issue.dismissed == was.at:
        thread.amended.take_back(entry, was)


def look_away(thread: Thread, issue: Timeline, entry: Entry, was: Entry, rules: Rules) -> None:
    """An acknowledgement that was a slip is none, unless something else was one too (§4.1).

    Something else is what acknowledged the wait that runs, not an earlier one.
    """
    if issue.state is not State.ACKNOWLEDGED:
        return
    since = max(thread.marking.stale_until, issue.wait.started - 1 if issue.wait else 0)
    names = rules.marks.acknowledge | rules.marks.claim
    others = any(is_team(it) for it in thread.marking.count(names, since))
    is_claimed = issue.assignee and issue.assignees[-1][0] > since
    if not others and not is_claimed:
        thread.amended.take_back(entry, was)


def unpark(thread: Thread, issue: Timeline, entry: Entry, rules: Rules) -> None:
    pause = issue.pause
    if issue.state is not State.WAITING or pause is None or not is_team(entry):
        return
    marks = thread.marking.count(rules.marks.wait, pause.started - 1)
    by_mark = any(is_team(it) for it in marks)
    if not by_mark and not pause.by_act:
        do.go_on(issue, entry.at, entry)


def uncheck(thread: Thread, issue: Timeline, entry: Entry, was: Entry, rules: Rules) -> None:
    """Rx: the last mark that held an issue closed is gone (§4.7)."""
    if issue.state is not State.RESOLVED or was.at <= thread.marking.stale_until:
        return
    spell = issue.spells[-1]
    ended = spell.ended or 0
    if spell.via != "mark" or was.at < ended:
        return
    marks, stale = rules.marks.resolve, max(thread.marking.stale_until, ended - 1)
    left = thread.marking.count(marks, stale)
    if any(may_close(thread, issue, it, rules) for it in left):
        do.note(issue, entry.at, "mark-removed", entry, "another mark is left")
        return
    if entry.low is None and entry.at - ended <= span(rules.undo_window):
        take_back_resolution(thread, issue, entry)
        return
    thread.marking.expire(entry.at)
    do.reopen(issue, entry.at, "mark-removed", entry, unanswered=thread.unanswered)


def take_back_resolution(thread: Thread, issue: Timeline, entry: Entry) -> None:
    """Let the resolution never have been: the marks that said it, and by an act all that did.

    Later entries are there already when a thread is folded anew; they are not meant.
    """
    since, by_hand = issue.spells[-1].ended or 0, entry.kind is Kind.ACT
    said = (it for it in thread.entries if since <= it.at <= entry.at and resolves(thread, it))
    thread.amended.take_back(entry, *(it for it in said if by_hand or it.kind is Kind.MARK))


def resolves(thread: Thread, entry: Entry) -> bool:
    """Whether an entry says that an issue is resolved."""
    if entry.kind is Kind.MARK:
        return entry.name in thread.book.at(entry.at).marks.resolve
    return entry.name in ("resolve", Timer.AUTO_CLOSE) and entry.kind in (Kind.ACT, Kind.TIMER)
