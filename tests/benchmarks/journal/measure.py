"""Row 12: durable events a second by group commit, beside one fsync each and SQLModel's way."""

from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from storage.database import Database
from tests import databases
from tests.benchmarks.board import Board
from tests.benchmarks.journal.writers import (
    Load,
    add_and_commit,
    in_groups,
    one_each,
    sync_alone,
)
from tests.benchmarks.plan import Plan
from tests.benchmarks.rounds import percentile

CALLERS = (1, 16, 128)
EACH, MODEL, FLOOR = "one fsync each, sqlite3", "SQLModel add + commit", "fdatasync of 4 KiB"
Loads = Mapping[str, list[Load]]


def measure(plan: Plan, board: Board) -> None:
    some = max(100, plan.rows // 100)
    ways: dict[str, Callable[[Database], Load]] = {
        ours(callers): lambda it, callers=callers: in_groups(  # type: ignore[misc]
            it, some * min(callers, 8), callers
        )
        for callers in CALLERS
    }
    ways |= {
        EACH: lambda it: one_each(it, some),
        MODEL: lambda it: add_and_commit(it, some // 4),
        FLOOR: lambda it: sync_alone(Path(str(it.url.database)).parent, some),
    }
    loads: dict[str, list[Load]] = {name: [] for name in ways}
    with TemporaryDirectory(dir=plan.folder) as folder:
        for _ in range(1 if plan.is_tiny else 5):
            for name, way in ways.items():
                with databases.fresh("sqlite", Path(folder)) as database:
                    loads[name].append(way(database))
    judge(loads, board)
    tell(loads, board)


def ours(callers: int) -> str:
    return f"journal, {callers} caller{'s' if callers > 1 else ''}"


def judge(loads: Loads, board: Board) -> None:
    sixteen = ours(16)
    board.at_least(12, f"{sixteen} ÷ {EACH}", ratio(loads, sixteen, EACH), 4)
    note = f"one fsync each in this run: {slowest(loads, EACH):.2f} ms"
    board.at_most(12, f"{sixteen}: p99", slowest(loads, sixteen), 5, "ms", note)
    board.at_least(12, f"{sixteen} ÷ {MODEL}", ratio(loads, sixteen, MODEL), 15)
    for callers in (1, 128):
        board.show(12, f"{ours(callers)} ÷ {EACH}", ratio(loads, ours(callers), EACH))
    board.show(12, f"floor: {FLOOR} ÷ {EACH}", ratio(loads, FLOOR, EACH))


def ratio(loads: Loads, name: str, other: str) -> float:
    """Return how many times as many events a second: the median of the rounds' own ratios."""
    pairs = zip(loads[name], loads[other], strict=True)
    return median(mine.rate / theirs.rate for mine, theirs in pairs)


def slowest(loads: Loads, name: str) -> float:
    """Return the 99th percentile in milliseconds: the median of the rounds' own."""
    return 1000 * median(percentile(it.each, 0.99) for it in loads[name])


def tell(loads: Loads, board: Board) -> None:
    title = "Durable events"
    for name, held in loads.items():
        each = [it for load in held for it in load.each]
        rate = median(load.rate for load in held)
        times = " / ".join(f"{1000 * percentile(each, part):.2f}" for part in (0.5, 0.99))
        board.tell_words(title, name, f"{rate:,.0f} a second, p50 / p99 {times} ms")
