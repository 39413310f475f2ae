"""Top-level messages that belong to an issue elsewhere in the channel (support-spec §3.1, §4.6).

Visible and deterministic: the same author within minutes, the same conversation of the network,
an answer that names the one customer who waits. In doubt a message stands on its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from support.entries import Entry, Role
from support.rules import MINUTE, span
from support.timeline import State, Timeline

if TYPE_CHECKING:
    from support.board import Board

ADJACENT = span(30 * MINUTE)
"""A customer's issue that was opened longer ago is not answered by standing next to it."""


class Last(NamedTuple):
    """A customer's last message in the channel."""

    at: int
    root: str


class Routing:
    """What routing remembers of a channel."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.last: dict[str, Last] = {}
        self.conversations: dict[str, str] = {}

    def remember(self, entry: Entry, root: str) -> None:
        """Remember where a customer wrote last, and which thread a conversation has."""
        if key := key_of(entry):
            self.last[key] = Last(entry.at, root)
        if entry.said is not None and entry.said.conversation:
            self.conversations[entry.said.conversation] = root

    def group(self, entry: Entry) -> str | None:
        """Return the thread that a customer's top-level message goes on with (§2.1, §3.1)."""
        rules = self.board.book.at(entry.at)
        found = self.goes_on(entry)
        if found is not None:
            return found
        last = self.last.get(key_of(entry))  # nobody's is never kept
        root = self.board.survivor(last.root) if last is not None else ""
        if last is None or root not in self.board.live:
            return None
        relayed = entry.role is Role.RELAY_IN
        window = rules.relay_group_window if relayed else rules.group_window
        issue = self.board.threads[root].issue
        if issue is None or entry.at - last.at > span(window):
            return None
        return last.root if relayed or issue.responded is None else None

    def goes_on(self, entry: Entry) -> str | None:
        """Return the thread of the same conversation, live or solved within the window.

        One conversation on the network is one thread there: what is said in it after a solution
        reopens the issue, as a reply in its Slack thread would (§4.8). Another issue would hide
        that the solution did not hold.
        """
        said = entry.said
        root = self.conversations.get(said.conversation) if said and said.conversation else None
        if root is None:
            return None
        issue = self.board.threads[self.board.survivor(root)].issue
        if issue is None or issue.is_live:
            return root if issue is not None else None
        window = span(self.board.book.at(entry.at).reopen_window)
        ended = issue.spells[-1].ended or 0
        return root if issue.state is State.RESOLVED and entry.at - ended <= window else None

    def infer(self, entry: Entry) -> str | None:
        """Return the thread that a top-level answer is meant for, if that is plain (§4.6)."""
        said = entry.said
        if entry.role is Role.RELAY_OUT:
            mirrored = self.mirror(entry)
            if mirrored is not None:
                return mirrored
        setting = self.board.book.at(entry.at).infer_channel_replies
        if said is None or said.note or setting == "off":
            return None
        linked = {self.board.homes[it] for it in said.links if it in self.board.homes}
        linked = {self.board.survivor(it) for it in linked} & self.board.live.roots
        if len(linked) == 1:
            return linked.pop()
        named = {f"slack:{it}" for it in said.mentions}
        theirs = {root for customer in named for root in self.board.live.of(customer)}
        if len(theirs) == 1:
            return theirs.pop()
        return self.adjacent(entry) if setting == "adjacent" and not named else None

    def mirror(self, entry: Entry) -> str | None:
        """Return the thread of the conversation, or of the customer, that was answered outside."""
        said = entry.said
        if said is None:
            return None
        root = self.conversations.get(said.conversation) if said.conversation else None
        if root is not None and self.board.survivor(root) in self.board.live:
            return root
        theirs = self.board.live.of(said.customer) if said.customer else set()
        return next(iter(theirs)) if len(theirs) == 1 else None

    def adjacent(self, entry: Entry) -> str | None:
        """Return the one unanswered issue, where nobody else wrote in between."""
        if len(self.board.live.waiting) != 1:
            return None
        root = next(iter(self.board.live.waiting))
        others = (it.at for it in self.last.values() if it.root != root)
        opened = self.issue(root).opened
        if entry.at - opened > ADJACENT or any(at > opened for at in others):
            return None
        return root

    def say_unattached(self, entry: Entry) -> None:
        """Let the responder know that an answer outside the thread is counted for nobody."""
        said = entry.said
        if said is None or said.note or said.polite or entry.role is not Role.RESPONDER:
            return
        if self.board.book.at(entry.at).infer_channel_replies == "off":
            return
        if self.board.live.waits_since(entry.at - ADJACENT):
            self.board.remark(entry, "unattached")

    def issue(self, root: str) -> Timeline:
        """Return the issue of a thread that is live."""
        found = self.board.threads[root].issue
        if found is None:
            raise LookupError(f"no issue at {root}")
        return found


def key_of(entry: Entry) -> str:
    """Return whose message it is, over platforms and Slack; empty where nobody can tell.

    All posts of a program come from one bot: it is not the customer.
    """
    said = entry.said
    if said is not None and said.customer:
        return said.customer
    return "" if entry.role is Role.RELAY_IN else f"slack:{entry.actor}"
