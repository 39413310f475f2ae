"""Every board of one workspace in one process: the ledger in, projections out.

ledger rows beyond the last one folded → board (or fold anew, where one came late) → what changed
→ ``issue``, ``wait``, ``spell``, ``target`` → how far it was folded, written last. So a crash at
any point leaves a ledger that is ahead of its projections, and the next refresh catches up.
Several processes may do the same work: the rows come out the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock

from sqlalchemy import Connection

from storage import desks, issues, ledger
from storage.database import Database, take_turns
from storage.routed import forget_routes, read_routes, save_routes
from storage.tables import instant_number
from support.board import Board, fold
from support.entries import Entry, Kind, micros, order
from support.ledger_rows import unpack
from support.outcome import Change, Outcome
from support.projection import issue_row, spell_rows, wait_rows
from support.promises import Promises
from support.rulebook import read_book
from support.rules import DAY, RuleBook, span
from support.timeline import IssueKey, Timeline

FOLDING = 2
"""The turn that folding takes, beside others of a workspace."""
MARGIN = span(2 * DAY)
"""Beyond the reopening window, a thread is loaded only when something happens in it."""
AT_ONCE = 100
"""Threads whose rows are written in one transaction."""
MOST_ENTRIES = 50_000
"""A board that took more than this is put down, and loaded again without what is over."""


@dataclass
class Desk:
    """A channel's board, and what it was made from."""

    board: Board
    book: RuleBook
    horizon: int
    """Everything from this instant on is held; older threads only as far as they matter."""
    entries: dict[str, Entry] = field(default_factory=dict)
    newest: tuple[int, int, str] = (0, 0, "")
    """Sort key of the last entry that the board took."""
    folded: int = 0
    """Id of the last ledger row that the board holds."""
    saved: dict[IssueKey, Timeline] = field(default_factory=dict)
    """Timelines as they were when their rows were written."""
    routes: dict[str, dict[str, bool]] = field(default_factory=dict)
    """Messages routed to each thread, as they are written."""
    ids: dict[IssueKey, tuple[int, int]] = field(default_factory=dict)
    """Row and number of each issue."""

    def take_as_saved(self) -> None:
        """Take what the board shows for what the rows hold."""
        self.saved = {key: freeze(it) for key, it in self.board.issues.items()}
        self.routes = {root: self.board.routes_to(root) for root in self.board.routed}


class Tracker:
    """Folds channels; safe to call from several threads."""

    def __init__(self, database: Database, workspace: int) -> None:
        self.database, self.workspace = database, workspace
        self._desks: dict[str, Desk] = {}
        self._locks: dict[str, Lock] = {}
        self._guard = Lock()

    def refresh(self, channel: str, now: datetime) -> Outcome:
        """Fold what a channel's ledger holds and its projections do not; return what changed.

        Reading and folding hold up nobody; rows are written some issues at a time. Another
        process that folded the same channel meanwhile makes this one begin again.
        """
        with self._guard:
            lock = self._locks.setdefault(channel, Lock())
        with lock:
            try:
                while (outcome := self.catch_up(channel, now)) is None:
                    self._desks.pop(channel, None)
                return outcome
            except BaseException:
                self._desks.pop(channel, None)  # it may hold what was not stored
                raise

    def rebuild(self, now: datetime) -> int:
        """Make every projection anew from the whole ledger; return how many issues there are."""
        with self.database.read() as connection:
            channels = ledger.channels(connection, self.workspace)
        return sum(self.rebuild_channel(channel, now) for channel in channels)

    def rebuild_channel(self, channel: str, now: datetime) -> int:
        self._desks.pop(channel, None)
        with self.database.read() as connection:
            rows = ledger.since(connection, self.workspace, channel, 0)
            book = read_book(connection, self.workspace, channel)
            desk = Desk(
                Board(channel, book), book, 0, folded=max((it.id for it in rows), default=0)
            )
            desk.ids = self.read_ids(connection, channel)
        desk.board = fold((unpack(row) for row in rows), book, channel)
        known = set(desk.board.issues)
        with self.database.write() as connection:
            forget_routes(connection, self.workspace, channel)
        self.save(desk, desk.board.threads, now)
        with self.database.write() as connection:
            for gone in set(desk.ids) - known:
                issues.remove(connection, self.workspace, desk.ids[gone][0])
        return len(known)

    def timeline(self, issue: int) -> Timeline:
        """Return an issue's timeline, folded from the ledger.

        Raises ``LookupError`` where there is none.
        """
        with self.database.read() as connection:
            row = issues.by_id(connection, self.workspace, issue)
            if row is None:
                raise LookupError(f"no issue {issue}")
            desk = self.load(connection, row.channel, only={row.root})
        return desk.board.issues[IssueKey(row.channel, row.root, row.episode)]

    # --- one channel

    def catch_up(self, channel: str, now: datetime) -> Outcome | None:
        """Return what changed, or nothing where another process was quicker."""
        workspace = self.workspace
        with self.database.read() as connection:
            book = read_book(connection, workspace, channel)
            done = desks.folded(connection, workspace, channel)
            desk = self._desks.get(channel)
            if desk is None or len(desk.entries) > MOST_ENTRIES or desk.folded != done:
                desk = self.load(connection, channel, until=done, now=now)
                self._desks[channel] = desk
            rows = ledger.since(connection, workspace, channel, desk.folded)
            fresh = [unpack(row) for row in rows]
            if not fresh and book.versions == desk.book.versions:
                return Outcome(channel)
            self.fetch_old(connection, desk, fresh)
        new = {it.key for it in fresh} - set(desk.entries)
        anew = book.versions != desk.book.versions
        desk.book = book
        touched = self.take(desk, fresh, anew=anew)
        changes = self.save(desk, touched, now)
        with self.database.write() as connection:
            take_turns(connection, -10 * workspace - FOLDING)
            if desks.folded(connection, workspace, channel) != done:
                return None
            desk.folded = max((it.id for it in rows), default=desk.folded)
            desks.set_folded(connection, workspace, channel, desk.folded)
        remarks = tuple(it for it in desk.board.take_remarks(touched) if it.entry in new)
        return Outcome(channel, changes, remarks)

    def take(self, desk: Desk, fresh: list[Entry], *, anew: bool) -> set[str]:
        """Let the board take entries; fold anew where one is older than what it took already."""
        fresh = sorted((it for it in fresh if it.key not in desk.entries), key=order)
        desk.entries |= {it.key: it for it in fresh}
        if anew or (fresh and order(fresh[0]) < desk.newest):
            routes = desk.board.routes
            before = set(desk.board.threads)
            desk.board = fold(desk.entries.values(), desk.book, desk.board.channel, routes)
            desk.board.touched = before | set(desk.board.threads)
        else:
            for entry in fresh:
                desk.board.apply(entry)
        if fresh:
            desk.newest = max(desk.newest, order(fresh[-1]))
        touched, desk.board.touched = desk.board.touched, set()
        return touched

    def load(
        self,
        connection: Connection,
        channel: str,
        *,
        until: int | None = None,
        now: datetime | None = None,
        only: set[str] | None = None,
    ) -> Desk:
        """Return a channel's board from the ledger: what is recent, and what is not over.

        ``until`` is the last row to take; ``only`` names threads, where nothing else matters.
        """
        workspace = self.workspace
        book = read_book(connection, workspace, channel)
        desk = Desk(Board(channel, book), book, 0, folded=until or 0)
        if now is not None:
            window = max(rules.reopen_window for _, rules in book.versions)
            desk.horizon = instant_number(now) - span(window) - MARGIN
        roots = set(only or ())
        rows = []
        if only is None:
            rows = ledger.between(connection, workspace, channel, desk.horizon, FAR)
            roots = {row.root or row.ts for row in rows}
            roots |= set(issues.roots_of_unsettled(connection, workspace, channel))
        roots |= issues.roots_merged_with(connection, workspace, channel, roots)
        self.add_threads(connection, desk, roots, rows)
        if until is not None:
            desk.entries = {key: it for key, it in desk.entries.items() if it.id <= until}
        desk.newest = max((order(it) for it in desk.entries.values()), default=(0, 0, ""))
        desk.board = fold(desk.entries.values(), book, channel, desk.board.routes)
        desk.board.touched.clear()
        desk.take_as_saved()
        desk.ids = self.read_ids(connection, channel)
        return desk

    def read_ids(self, connection: Connection, channel: str) -> dict[IssueKey, tuple[int, int]]:
        """Return row and number of a channel's issues."""
        known = issues.keys_of(connection, self.workspace, channel)
        return {IssueKey(channel, *key): ids for key, ids in known.items()}

    def add_threads(
        self, connection: Connection, desk: Desk, roots: Iterable[str], rows: list[ledger.LedgerRow]
    ) -> None:
        """Add whole threads, with the messages elsewhere that count in them."""
        workspace, channel = self.workspace, desk.board.channel
        wanted = {it for it in roots if it}
        old = {it for it in wanted if micros(it) < desk.horizon or not desk.horizon}
        routes = read_routes(connection, workspace, channel, old)
        held = ledger.of_threads(connection, workspace, channel, {*wanted, *routes})
        life = ledger.read(
            connection, workspace, channel, "kind = ? AND root = ?", ("life", ""), "ORDER BY id"
        )
        for row in (*rows, *held, *life):
            entry = unpack(row)
            desk.entries.setdefault(entry.key, entry)
        early = {ts: it for ts, it in routes.items() if micros(ts) < desk.horizon}
        desk.board.routes = {**desk.board.routes, **(early if desk.horizon else routes)}

    def fetch_old(self, connection: Connection, desk: Desk, fresh: list[Entry]) -> None:
        """Load threads from before the horizon in which something has happened now."""
        roots = {it.root or it.ts for it in fresh} | {
            str(it.more["root"]) for it in fresh if it.kind is Kind.ACT and "root" in it.more
        }
        strange = {
            root
            for root in roots
            if root and root not in desk.board.threads and micros(root) < desk.horizon
        }
        if not strange:
            return
        before = len(desk.entries)
        until = desk.folded
        self.add_threads(connection, desk, strange, [])
        desk.entries = {k: it for k, it in desk.entries.items() if it.id <= until}
        if len(desk.entries) != before:
            desk.board = fold(
                desk.entries.values(), desk.book, desk.board.channel, desk.board.routes
            )
            desk.board.touched.clear()
            desk.take_as_saved()
            desk.newest = max((order(it) for it in desk.entries.values()), default=desk.newest)

    # --- projections

    def save(self, desk: Desk, touched: Iterable[str], now: datetime) -> tuple[Change, ...]:
        """Write the rows of issues that changed; return them as they were and are."""
        changes: list[Change] = []
        # What was merged away names its survivor, which is written first.
        roots = sorted(touched, key=lambda root: (root in desk.board.merged, root))
        for start in range(0, len(roots), AT_ONCE):
            with self.database.write() as connection:
                promises = Promises(connection, self.workspace, now)
                for root in roots[start : start + AT_ONCE]:
                    changes += self.save_thread(connection, desk, root, promises)
        return tuple(changes)

    def save_thread(
        self, connection: Connection, desk: Desk, root: str, promises: Promises
    ) -> list[Change]:
        thread = desk.board.threads.get(root)
        timelines = thread.issues if thread else []
        held = {it.key for it in timelines}
        for gone in [it for it in desk.saved if it.root == root and it not in held]:
            self.forget(connection, desk, gone)
        changed = [it for it in timelines if desk.saved.get(it.key) != it]
        routes = desk.board.routes_to(root)
        if routes != desk.routes.get(root, {}):
            save_routes(connection, self.workspace, desk.board.channel, root, routes)
            desk.routes[root] = routes
        return [self.save_issue(connection, desk, it, promises) for it in changed]

    def save_issue(
        self, connection: Connection, desk: Desk, timeline: Timeline, promises: Promises
    ) -> Change:
        rules = desk.book.at(timeline.opened)
        number = promises.calendar_of(timeline, rules.calendar)
        calendar = promises.calendar(number)

        def id_of(key: IssueKey | None) -> int | None:
            return desk.ids[key][0] if key in desk.ids else None

        row = issue_row(timeline, calendar, rules, promises.now, id_of)
        row |= {"calendar": number, "policy": promises.policy_of(timeline)}
        waits = wait_rows(timeline, calendar)
        found = issues.save(connection, self.workspace, row, waits, spell_rows(timeline))
        desk.ids[timeline.key] = found
        promises.judge(found[0], timeline, calendar)
        before = desk.saved.get(timeline.key)
        after = desk.saved[timeline.key] = freeze(timeline)
        return Change(*found, before, after)

    def forget(self, connection: Connection, desk: Desk, key: IssueKey) -> None:
        """Take away an issue that a message no longer makes."""
        desk.saved.pop(key, None)
        if key in desk.ids:
            issues.remove(connection, self.workspace, desk.ids.pop(key)[0])


FAR = 253_402_300_799_000_000
"""The end of the year 9999."""


def freeze(timeline: Timeline) -> Timeline:
    """Return a copy that further folding does not change."""
    return replace(
        timeline,
        participants=[*timeline.participants],
        waits=[replace(it) for it in timeline.waits],
        spells=[replace(it, co_resolvers=[*it.co_resolvers]) for it in timeline.spells],
        pauses=[replace(it) for it in timeline.pauses],
        assignees=[*timeline.assignees],
        responses=[*timeline.responses],
        reopens=[*timeline.reopens],
        flags={**timeline.flags},
        steps=[*timeline.steps],
    )
