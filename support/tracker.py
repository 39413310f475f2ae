"""Every board of one workspace in one process: the ledger in, projections out.

ledger rows beyond the last one folded → board (or fold anew, where one came late) → what changed
→ ``issue``, ``wait``, ``spell``, ``target`` → how far it was folded, written last. So a crash at
any point leaves a ledger that is ahead of its projections, and the next refresh catches up.
Several processes may do the same work: the rows come out the same.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from threading import Lock
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection

from storage import desks, issues, ledger
from storage.database import Database, take_turns
from storage.errors import KepiError
from storage.routed import forget_routes, read_routes, save_routes
from storage.tables import instant_number
from support.board import Board, fold
from support.entries import Act, Entry, Kind, micros, order
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
AT_ONCE = 200
"""Threads whose rows are written in one transaction; events wait for it."""
SPARE = 20_000
"""A board that took this many entries beyond twice what was loaded is loaded again."""
TRIES = 20
FAR = 253_402_300_799_000_000
"""The end of the year 9999."""

Result = TypeVar("Result")


class Overtaken(Exception):
    """Another process has folded the channel meanwhile."""


class Heard(NamedTuple):
    """An issue, and how far its thread is known."""

    timeline: Timeline
    newest: int
    """When the last entry happened (µs), one that changed nothing too."""


@dataclass
class Desk:
    """A channel's board, and what it was made from."""

    board: Board
    book: RuleBook
    horizon: int
    """Everything from this instant on is held; older threads only as far as they matter."""
    entries: dict[str, Entry] = field(default_factory=dict)
    loaded: int = 0
    """How many entries there were when it was loaded."""
    whole: set[str] = field(default_factory=set)
    """Roots of older threads that are held completely."""
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

    def holds(self, root: str) -> bool:
        """Whether a thread is held completely."""
        return root in self.whole or micros(root) >= self.horizon

    @property
    def is_heavy(self) -> bool:
        """Whether much of what it holds may be over, so that loading it again is worth it."""
        return len(self.entries) > 2 * self.loaded + SPARE

    def fold(self) -> None:
        """Make the board anew from the entries."""
        board = self.board
        self.board = fold(self.entries.values(), self.book, board.channel, board.routes)

    def take_as_saved(self) -> None:
        """Take what the board shows for what the rows hold."""
        self.board.touched.clear()
        self.newest = max((order(it) for it in self.entries.values()), default=self.newest)
        self.saved = {key: freeze(it) for key, it in self.board.issues.items()}
        self.routes = {root: self.board.routes_to(root) for root in self.board.routed}

    def doubt(self, roots: Iterable[str]) -> None:
        """Take the rows of some threads for anything: they are written again."""
        for root in roots:
            self.routes.pop(root, None)
            for key in [*episodes(self.board.channel, root, self.saved)]:
                del self.saved[key]


def episodes(
    channel: str, root: str, known: Container[IssueKey], after: int = 0
) -> Iterator[IssueKey]:
    """Yield the keys of a thread's issues that are known, from an episode on."""
    number = after + 1
    while (key := IssueKey(channel, root, number)) in known:
        yield key
        number += 1


class Tracker:
    """Folds channels; safe to call from several threads."""

    def __init__(self, database: Database, workspace: int) -> None:
        self.database, self.workspace = database, workspace
        self._desks: dict[str, Desk] = {}
        self._locks: dict[str, Lock] = {}
        self._guard = Lock()
        self._doubtful: dict[str, set[str]] = {}
        """Channel → threads whose rows were written while another process was writing, too."""

    def refresh(self, channel: str, now: datetime) -> Outcome:
        """Fold what a channel's ledger holds and its projections do not; return what changed.

        Reading and folding hold up nobody; rows are written some issues at a time. Another
        process that folded the same channel meanwhile makes this one begin again.
        """
        with self.turn(channel):
            return self.persist(channel, partial(self.catch_up, channel, now))

    def rebuild(self, now: datetime) -> int:
        """Make every projection anew from the whole ledger; return how many issues there are."""
        with self.database.read() as connection:
            channels = ledger.channels(connection, self.workspace)
        count = 0
        for channel in channels:
            with self.turn(channel):
                count += self.persist(channel, partial(self.rebuild_channel, channel, now))
        return count

    def turn(self, channel: str) -> Lock:
        """Return the lock under which one thread of this process folds a channel."""
        with self._guard:
            return self._locks.setdefault(channel, Lock())

    def persist(self, channel: str, work: Callable[[], Result]) -> Result:
        """Work until no other process was quicker; what failed half-way is not kept."""
        try:
            for _ in range(TRIES):
                try:
                    return work()
                except Overtaken:
                    self._desks.pop(channel, None)
            raise KepiError("Other processes keep folding this channel. Try again in a minute.")
        except BaseException:
            self._desks.pop(channel, None)  # it may hold what was not stored
            raise

    def rebuild_channel(self, channel: str, now: datetime) -> int:
        """Fold a channel's whole ledger and write all its rows; return how many issues it has."""
        self._desks.pop(channel, None)
        with self.database.read() as connection:
            done = desks.folded(connection, self.workspace, channel)
            rows = ledger.since(connection, self.workspace, channel, 0)
            book = read_book(connection, self.workspace, channel)
            desk = Desk(Board(channel, book), book, 0, folded=done)
            desk.ids = self.read_ids(connection, channel)
        desk.board = fold((unpack(row) for row in rows), book, channel)
        with self.database.write() as connection:
            forget_routes(connection, self.workspace, channel)
        roots = {*desk.board.threads, *(key.root for key in desk.ids)}
        self.save(desk, roots, now, max((it.id for it in rows), default=done))
        return len(desk.board.issues)

    def timeline(self, issue: int) -> Timeline:
        """Return an issue's timeline, folded from the ledger.

        Raises ``LookupError`` where there is none.
        """
        return self.heard(issue).timeline

    def heard(self, issue: int) -> Heard:
        """Return an issue's timeline, and when the last entry of its thread happened.

        Raises ``LookupError`` where there is none.
        """
        with self.database.read() as connection:
            row = issues.by_id(connection, self.workspace, issue)
            if row is None:
                raise LookupError(f"no issue {issue}")
            desk = self.load(connection, row.channel, only={row.root})
        timeline = desk.board.issues[IssueKey(row.channel, row.root, row.episode)]
        return Heard(timeline, max((it.at for it in desk.entries.values()), default=0))

    # --- one channel

    def catch_up(self, channel: str, now: datetime) -> Outcome:
        """Return what changed; raises ``Overtaken`` where another process was quicker."""
        workspace = self.workspace
        with self.database.read() as connection:
            book = read_book(connection, workspace, channel)
            done = desks.folded(connection, workspace, channel)
            desk = self._desks.get(channel)
            stray: set[str] = set()
            if desk is None or desk.is_heavy or desk.folded != done:
                desk = self.load(connection, channel, until=done, now=now)
                stray = self._doubtful.pop(channel, set()) | strays(desk)
                desk.doubt(stray)
                self._desks[channel] = desk
            rows = ledger.since(connection, workspace, channel, desk.folded)
            fresh = [unpack(row) for row in rows]
            if not fresh and not stray and book.versions == desk.book.versions:
                return Outcome(channel)
            self.fetch_old(connection, desk, fresh)
        new = {it.key for it in fresh if it.key not in desk.entries}
        anew = book.versions != desk.book.versions
        desk.book = book
        touched = self.take(desk, fresh, anew=anew) | stray
        changes = self.save(desk, touched, now, max((it.id for it in rows), default=done))
        remarks = tuple(it for it in desk.board.take_remarks(touched) if it.entry in new)
        return Outcome(channel, changes, remarks)

    def take(self, desk: Desk, fresh: list[Entry], *, anew: bool) -> set[str]:
        """Let the board take entries; fold anew where one is older than what it took already."""
        fresh = sorted((it for it in fresh if it.key not in desk.entries), key=order)
        desk.entries |= {it.key: it for it in fresh}
        if anew or (fresh and order(fresh[0]) < desk.newest):
            before = set(desk.board.threads)
            desk.fold()
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
        desk = Desk(Board(channel, book), book, FAR, folded=FAR if until is None else until)
        if now is not None:
            window = max(rules.reopen_window for _, rules in book.versions)
            desk.horizon = instant_number(now) - span(window) - MARGIN
        roots = set(only or ())
        rows = []
        if only is None:
            rows = ledger.between(connection, workspace, channel, desk.horizon, FAR)
            roots = {row.root or row.ts for row in rows}
            roots |= set(issues.roots_of_unsettled(connection, workspace, channel))
        self.add_threads(connection, desk, roots, rows)
        desk.fold()
        desk.loaded = len(desk.entries)
        desk.take_as_saved()
        if only is None:
            desk.ids = self.read_ids(connection, channel)
        return desk

    def read_ids(self, connection: Connection, channel: str) -> dict[IssueKey, tuple[int, int]]:
        """Return row and number of a channel's issues."""
        known = issues.keys_of(connection, self.workspace, channel)
        return {IssueKey(channel, *key): ids for key, ids in known.items()}

    def add_threads(
        self, connection: Connection, desk: Desk, roots: Iterable[str], rows: list[ledger.LedgerRow]
    ) -> None:
        """Add whole threads, those that they were joined with, and what counts in them.

        Only up to the row that the desk is folded to: what is newer is taken as news.
        """
        workspace, channel = self.workspace, desk.board.channel
        joined = [unpack(it) for it in ledger.joining(connection, workspace, channel)]
        wanted = close_over({it for it in roots if it}, joined, self.root_in(connection, channel))
        old = {it for it in wanted if micros(it) < desk.horizon}
        routes = read_routes(connection, workspace, channel, old)
        wanted |= set(routes)
        held = ledger.of_threads(connection, workspace, channel, wanted)
        life = ledger.life_of(connection, workspace, channel)
        for row in (*rows, *held, *life):
            if row.id <= desk.folded:
                desk.entries.setdefault(row.key, unpack(row))
        desk.whole |= wanted
        early = {ts: it for ts, it in routes.items() if micros(ts) < desk.horizon}
        desk.board.routes = {**desk.board.routes, **early}

    def root_in(self, connection: Connection, channel: str) -> Callable[[str], str]:
        """Return what finds the thread of a message of a channel."""
        return lambda ts: ledger.root_of(connection, self.workspace, channel, ts) or ts

    def fetch_old(self, connection: Connection, desk: Desk, fresh: list[Entry]) -> None:
        """Load threads from before the horizon in which something has happened now."""
        roots = {it.root or it.ts for it in fresh} | {
            str(it.more["root"]) for it in fresh if it.kind is Kind.ACT and "root" in it.more
        }
        root_of = self.root_in(connection, desk.board.channel)
        roots |= {root_of(it.ts) for it in fresh if it.name == Act.ATTACH}
        strange = {root for root in roots if root and not desk.holds(root)}
        if not strange:
            return
        before = len(desk.entries)
        self.add_threads(connection, desk, strange, [])
        if len(desk.entries) != before:
            desk.fold()
            desk.take_as_saved()

    # --- projections

    def save(
        self, desk: Desk, touched: Iterable[str], now: datetime, folded: int
    ) -> tuple[Change, ...]:
        """Write the rows of issues that changed, and last how far the ledger is folded.

        Each portion is written only where no other process has folded the channel meanwhile:
        ``Overtaken`` is raised then, and what this one wrote is written again.
        """
        changes: list[Change] = []
        channel, workspace = desk.board.channel, self.workspace
        # What was merged away names its survivor, which is written first.
        roots = sorted(touched, key=lambda root: (root in desk.board.merged, root))
        portions = [roots[start : start + AT_ONCE] for start in range(0, len(roots), AT_ONCE)]
        for number, portion in enumerate(portions or [[]], 1):
            with self.database.write() as connection:
                take_turns(connection, -10 * workspace - FOLDING)
                if desks.folded(connection, workspace, channel) != desk.folded:
                    written = {it for held in portions[: number - 1] for it in held}
                    self._doubtful.setdefault(channel, set()).update(written)
                    raise Overtaken
                promises = Promises(connection, workspace, now)
                for root in portion:
                    changes += self.save_thread(connection, desk, root, promises)
                if number >= len(portions):
                    desks.set_folded(connection, workspace, channel, folded)
        desk.folded = folded
        return tuple(changes)

    def save_thread(
        self, connection: Connection, desk: Desk, root: str, promises: Promises
    ) -> list[Change]:
        thread = desk.board.threads.get(root)
        timelines = thread.issues if thread else []
        channel = desk.board.channel
        for known in (desk.saved, desk.ids):
            for gone in [*episodes(channel, root, known, after=len(timelines))]:
                self.forget(connection, desk, gone)
        changed = [it for it in timelines if desk.saved.get(it.key) != it]
        routes = desk.board.routes_to(root)
        if routes != desk.routes.get(root, {}):
            save_routes(connection, self.workspace, channel, root, routes)
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


def strays(desk: Desk) -> set[str]:
    """Return threads that are held completely and have rows that nothing makes: a crash's."""
    return {key.root for key in desk.ids if key not in desk.saved and desk.holds(key.root)}


def close_over(roots: set[str], joined: Iterable[Entry], root_of: Callable[[str], str]) -> set[str]:
    """Return threads with all that they were ever merged with or given messages of."""
    pairs = [
        (it.root, str(it.more["root"]) if "root" in it.more else root_of(it.ts)) for it in joined
    ]
    found, before = set(roots), set[str]()
    while found != before:
        before = set(found)
        found |= {it for pair in pairs if before.intersection(pair) for it in pair}
    return found - {""}


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
        steps=[*timeline.steps],
    )
