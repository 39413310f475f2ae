"""Folding the ledger again: entries to timelines, and all of it to rows.

Flat means that an entry of a long ledger costs what one of a short ledger costs. An entry that
comes in order is folded into what is there; one that comes late lets its channel be folded anew.
"""

import gc
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory

from storage import desks, ledger
from storage.database import Database
from storage.schema import migrate
from storage.tables import EPOCH
from storage.workspaces import only_workspace
from support.board import fold
from support.ledger_rows import pack
from support.rulebook import pack_rules
from support.rules import Mode, RuleBook, Rules
from support.tracker import Tracker
from tests.benchmarks.board import Board
from tests.benchmarks.plan import Plan
from tests.benchmarks.replay.entries import CHANNELS, channel, entries

FLAT = 1.3
AUTO = Rules(mode=Mode.AUTO)
NOW = datetime(2040, 1, 1, tzinfo=UTC)


def measure(plan: Plan, board: Board) -> None:
    sizes = [300, 600] if plan.is_tiny else [10_000, 100_000] + [1_000_000] * plan.large
    folding, rebuilding = {}, {}
    for size in sizes:
        folding[size] = fold_all(size)
        rebuilding[size] = rebuild_all(size)
        board.tell("Replay", f"fold {size:,} entries", folding[size], "µs an entry")
        board.tell("Replay", f"rebuild every row of {size:,}", rebuilding[size], "µs an entry")
    first, last = sizes[0], sizes[-1]
    what = f"an entry of {last:,} beside one of {first:,}"
    board.at_most(14, f"fold: {what}", folding[last] / folding[first], FLAT)
    board.at_most(14, f"rebuild: {what}", rebuilding[last] / rebuilding[first], FLAT)


def fold_all(size: int) -> float:
    """Return µs an entry of folding ``size`` entries into timelines."""
    by_channel = {channel(number): [] for number in range(CHANNELS)}
    count = 0
    for entry in entries(size):
        by_channel[entry.channel].append(entry)
        count += 1
    book = RuleBook(((0, AUTO),))

    def work() -> None:
        for place, held in by_channel.items():
            fold(held, book, place)

    return min(clock(work) for _ in range(2)) / count * 1e6


def rebuild_all(size: int) -> float:
    """Return µs an entry of reading the ledger, folding it and writing every projection."""
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/replay.db")
        migrate(database)
        with database.write() as connection:
            workspace = only_workspace(connection).id
            for number in range(CHANNELS):
                place = channel(number)
                desks.make(connection, workspace, place, place)
                since = EPOCH + timedelta(days=1)
                desks.add_rules(connection, workspace, place, pack_rules(AUTO), since, "")
            rows = [pack(it) for it in entries(size)]
            ledger.append(connection, workspace, rows, NOW)
        spent = clock(lambda: Tracker(database, workspace).rebuild(NOW))
        database.close()
    return spent / len(rows) * 1e6


def clock(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
