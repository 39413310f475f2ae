"""A channel's board: every entry finds its thread, and the threads make the issues.

``fold`` is pure: the same entries in any order, each any number of times, give the same board.
A live bot keeps its board and takes entries as they come; one that came late lets the board be
folded anew.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from storage.routed import Route
from support.entries import Act, Entry, Kind, Role, order
from support.live import Live
from support.merging import merge, unmerge
from support.routing import Routing
from support.rules import RuleBook
from support.thread import CUSTOMERS, TEAM, Thread
from support.timeline import IssueKey, Remark, Timeline


def fold(
    entries: Iterable[Entry],
    book: RuleBook,
    channel: str,
    routes: Mapping[str, Route] | None = None,
) -> Board:
    """Return the board that some entries of one channel make, in Slack's time order."""
    board = Board(channel, book, routes)
    with resting_collector():
        for entry in sorted({it.key: it for it in entries}.values(), key=order):
            board.apply(entry)
    return board


@contextmanager
def resting_collector() -> Iterator[None]:
    """Let nobody look for garbage meanwhile: a fold makes none, and keeps all that it makes.

    Looking through ever more timelines would let an entry of a long ledger cost twice as much.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class Board:
    """Threads by their first message; what is known of the channel as a whole."""

    def __init__(
        self, channel: str, book: RuleBook, routes: Mapping[str, Route] | None = None
    ) -> None:
        self.channel, self.book = channel, book
        self.routes = routes or {}
        """Where messages count that are folded without the channel around them."""
        self.threads: dict[str, Thread] = {}
        self.life: list[Entry] = []
        self.homes: dict[str, str] = {}
        """``ts`` of a message → the root of the thread that it belongs to, merged or not."""
        self.routed: dict[str, dict[str, Route]] = {}
        """Root of a thread → the top-level messages that were routed to it."""
        self.merged: dict[str, str] = {}
        """Root of a merged issue → root of the one that it went into."""
        self.live = Live()
        self.orphaned: set[str] = set()
        """Roots of threads whose issue cannot be heard any more."""
        self.routing = Routing(self)
        self.loose: dict[tuple[str, str], Remark] = {}
        self.touched: set[str] = set()
        """Roots of threads that changed since somebody looked; whoever looks empties it."""

    @property
    def issues(self) -> dict[IssueKey, Timeline]:
        return {it.key: it for root in self.threads for it in self.threads[root].issues}

    def routes_to(self, root: str) -> dict[str, bool]:
        """Return the top-level messages that were routed to a thread, and whether by a guess."""
        return {ts: route.guessed for ts, route in self.routed.get(root, {}).items()}

    @property
    def remarks(self) -> list[Remark]:
        said = dict(self.loose)
        for thread in self.threads.values():
            said |= thread.remarks
        return list(said.values())

    def take_remarks(self, roots: Iterable[str]) -> list[Remark]:
        """Return what is to be told of some threads and of the channel; of the latter, once."""
        said, self.loose = dict(self.loose), {}
        for thread in (self.threads[root] for root in sorted(roots) if root in self.threads):
            said |= thread.remarks
        return list(said.values())

    def apply(self, entry: Entry) -> None:
        """Take an entry that is not earlier than any before it."""
        if entry.kind is Kind.LIFE and not entry.root:
            self.live_on(entry)
        elif entry.kind is Kind.MESSAGE:
            self.hear(entry)
        elif entry.kind is Kind.ACT and entry.name in BOARD_ACTS:
            BOARD_ACTS[entry.name](self, entry)
        elif entry.name in PARTING_ACTS and entry.root in self.merged:
            unmerge(self, entry)
        else:
            self.give(self.survivor(self.home(entry)), entry)

    def live_on(self, entry: Entry) -> None:
        """Tell whom it concerns what befell the channel or a person."""
        self.life.append(entry)
        for root in sorted({*self.live.roots, *self.orphaned}):
            self.threads[root].apply(entry)
            self.look_at(root)

    def home(self, entry: Entry) -> str:
        """Return the root of the thread that an entry is about, whether or not it was merged."""
        if entry.kind in (Kind.ACT, Kind.TIMER, Kind.LIFE):
            return entry.root or self.homes.get(entry.ts, entry.ts)
        return self.homes.get(entry.ts) or entry.root or entry.ts

    def survivor(self, root: str) -> str:
        """Return the thread into which one was merged, or itself."""
        while root in self.merged:
            root = self.merged[root]
        return root

    def thread(self, root: str) -> Thread:
        held = self.threads.get(root)
        if held is None:
            held = self.threads[root] = Thread(self.channel, root, self.book, life=self.life)
        return held

    def give(self, root: str, entry: Entry) -> None:
        """Fold an entry into its thread."""
        self.thread(root).take(entry)
        self.look_at(root)

    def look_at(self, root: str) -> None:
        """Remember how the thread's issue stands, and that it changed."""
        self.touched.add(root)
        issue = self.threads[root].issue
        self.live.note(root, issue)
        if issue is not None and issue.orphaned is not None:
            self.orphaned.add(root)
        else:
            self.orphaned.discard(root)

    def hear(self, entry: Entry) -> None:
        """Route a message: a reply to its thread, a top-level one where it belongs."""
        root = entry.root or entry.ts
        if entry.ts in self.homes:
            return
        # An answer under a message that counts elsewhere counts there too.
        root = self.route(entry) if root == entry.ts else self.homes.get(root, root)
        self.homes[entry.ts] = root
        self.give(self.survivor(root), entry)
        if entry.role in CUSTOMERS:
            self.routing.remember(entry, root)

    def route(self, entry: Entry) -> str:
        """Return the thread of a top-level message: another's, or its own."""
        known = self.routes.get(entry.ts)
        root = known.root if known is not None else self.choose(entry)
        if root is None:
            return entry.ts
        guessed = entry.role is Role.RESPONDER
        self.routed.setdefault(root, {})[entry.ts] = Route(root, guessed)
        if guessed:
            self.thread(self.survivor(root)).inferred.add(entry.ts)
        return root

    def choose(self, entry: Entry) -> str | None:
        """Return the thread that a message goes on with, or nothing; say what was not clear."""
        if entry.said is not None and entry.said.empty:
            return None
        if entry.role in CUSTOMERS:
            return self.routing.group(entry)
        if entry.role in TEAM:
            found = self.routing.infer(entry)
            if found is None:
                self.routing.say_unattached(entry)
            return found
        if entry.role is Role.IGNORED and entry.actor:
            self.remark(entry, "unknown-bot")
        return None

    def remark(self, entry: Entry, word: str) -> None:
        self.loose[entry.key, word] = Remark(entry.key, word, entry.actor, entry.ts)

    # --- acts that move messages and issues

    def attach(self, entry: Entry) -> None:
        """Let a message count in another thread, as if it had been written there (§4.6)."""
        self.move(entry.ts, self.home(entry), entry)

    def detach(self, entry: Entry) -> None:
        """Let an attached message count where it stands: on its own, or in its own thread."""
        here = self.thread(self.survivor(self.homes.get(entry.ts, entry.ts)))
        message = here.find(entry.ts)
        if message is not None:
            self.move(entry.ts, message.root or message.ts, entry)

    def move(self, ts: str, there: str, entry: Entry) -> None:
        """Move a message, and what was written under it, to the thread of ``there``."""
        here = self.homes.get(ts, ts)
        if self.survivor(here) == self.survivor(there):
            return
        under = {it for it, home in self.homes.items() if home == ts} if here == ts else set()
        names = {ts, *under}
        source, target = self.thread(self.survivor(here)), self.thread(self.survivor(there))
        moved = [it for it in source.entries if it.ts in names and it.kind is not Kind.ACT]
        for thread in {here: self.thread(here), source.root: source}.values():
            thread.entries = [
                it for it in thread.entries if it.ts not in names or it.kind is Kind.ACT
            ]
            thread.inferred -= names
        target.entries += [*moved, replace(entry, root=there)]
        self.homes |= dict.fromkeys(names, there)
        for thread in (source, target):
            thread.replay()
            self.look_at(thread.root)


BOARD_ACTS: dict[str, Callable[[Board, Entry], None]] = {
    Act.ATTACH: Board.attach,
    Act.DETACH: Board.detach,
    Act.MERGE: merge,
    Act.UNMERGE: unmerge,
}
PARTING_ACTS = frozenset({Act.REOPEN, Act.RESTORE})
"""Asked of an issue that was merged away, these part the two (table 5.1)."""
