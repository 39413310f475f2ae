"""Rows 10 and 11: rows a second, first and again, beside other ways to store them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.database import Database
from tests import databases
from tests.benchmarks.board import Board
from tests.benchmarks.importing import ours, postgres_peers, sqlite_peers
from tests.benchmarks.importing.rows import ACCOUNTS, make_rows
from tests.benchmarks.plan import ABSENT, Plan, peer

Seconds = tuple[float, float]
Rates = list[tuple[float, float]]
"""Rows a second of each round: the first time, and again."""

KEYLESS, DICTS, UTILS, ADD_ALL = (
    "keyless executemany", "SQLAlchemy Core dictionaries", "sqlite-utils upsert_all",
    "SQLModel add_all",
)  # fmt: skip
FACTS, MERGED, STORED = "facts alone", "facts and rollup", "whole store() of a Batch"
HAND = "asyncpg COPY + merge by hand"
UPSERT, KEEPING = "upsert by hand", "upsert by hand, old values kept"
OURS: Mapping[str, Callable[[Database, int], Seconds]] = {
    FACTS: ours.facts_alone,
    MERGED: ours.with_rollup,
    STORED: ours.whole_store,
}
PARTS = {KEYLESS: 1, UPSERT: 1, KEEPING: 1, DICTS: 4, UTILS: 4, ADD_ALL: 10}
"""Slow peers get a part of the rows: their rates do not depend on it."""


def measure(plan: Plan, board: Board) -> None:
    rounds = 1 if plan.is_tiny else 3
    with TemporaryDirectory(dir=plan.folder) as folder:
        on_sqlite(Path(folder), plan.rows, rounds, board)
    on_postgresql(plan.rows, rounds, board)


def on_sqlite(folder: Path, count: int, rounds: int, board: Board) -> None:
    rates: dict[str, Rates] = {name: [] for name in (*OURS, *PARTS)}
    peers = {KEYLESS: sqlite_peers.keyless, DICTS: sqlite_peers.core_dicts}
    peers |= {UPSERT: sqlite_peers.upsert, KEEPING: sqlite_peers.upsert_and_keep}
    peers |= {ADD_ALL: sqlite_peers.add_all}
    if peer("sqlite_utils"):
        peers[UTILS] = sqlite_peers.sqlite_utils
    for number in range(rounds):
        for name, store in OURS.items():
            with databases.fresh("sqlite", folder) as database:
                rates[name].append(rate(count, store(database, count)))
        for name, other in peers.items():
            some = max(200, count // PARTS[name])
            accounts = range(1, ACCOUNTS + 1)
            rows = make_rows(accounts, some), make_rows(accounts, some, 13)
            path = folder / f"{name.replace(' ', '-')}-{number}.db"
            rates[name].append(rate(some, other(path, *rows)))
    judge_sqlite(rates, board)
    tell("SQLite, rows a second", rates, board)


def judge_sqlite(rates: Mapping[str, Rates], board: Board) -> None:
    board.at_least(10, "first time ÷ keyless executemany", over(rates, FACTS, KEYLESS, 0), 0.6)
    board.at_least(10, "again, values changed ÷ keyless", over(rates, FACTS, KEYLESS, 1), 0.45)
    board.show(10, "floor: again, upsert by hand ÷ keyless", over(rates, UPSERT, KEYLESS, 1))
    board.show(10, "floor: again, old values kept too ÷ keyless", over(rates, KEEPING, KEYLESS, 1))
    board.at_least(10, "rollup kept, first time ÷ keyless", over(rates, MERGED, KEYLESS, 0), 0.35)
    board.at_least(10, "rollup kept, again ÷ keyless", over(rates, MERGED, KEYLESS, 1), 0.35)
    board.show(10, "whole store(), first time ÷ keyless", over(rates, STORED, KEYLESS, 0))
    board.show(10, "whole store(), again ÷ keyless", over(rates, STORED, KEYLESS, 1))
    for name, limit in ((DICTS, 3), (UTILS, 5), (ADD_ALL, 100)):
        if rates[name]:
            board.at_least(10, f"first time ÷ {name}", over(rates, FACTS, name, 0), limit)
            if name != ADD_ALL:
                board.show(10, f"again ÷ {name}", over(rates, FACTS, name, 1))
        else:
            board.skip(10, f"first time ÷ {name}", ABSENT)


def on_postgresql(count: int, rounds: int, board: Board) -> None:
    try:
        databases.server()
    except (ImportError, OSError, RuntimeError) as fault:
        board.skip(11, f"÷ {HAND}", f"no PostgreSQL server: {fault}")
        return
    rates: dict[str, Rates] = {name: [] for name in (*OURS, HAND)}
    for _ in range(rounds):
        for name, store in OURS.items():
            with fresh_server() as database:
                rates[name].append(rate(count, store(database, count)))
        if peer("asyncpg"):
            rows = [make_rows(range(1, ACCOUNTS + 1), count, added) for added in (0, 13)]
            with fresh_server() as database:
                address = database.url.set(drivername="postgresql")
                words = address.render_as_string(hide_password=False)
                seconds = postgres_peers.copy_and_merge(words, *rows)
            rates[HAND].append(rate(count, seconds))
    judge_postgresql(rates, board)
    tell("PostgreSQL, rows a second", {name: it for name, it in rates.items() if it}, board)


@contextmanager
def fresh_server() -> Iterator[Database]:
    with databases.fresh("postgresql", Path()) as database:
        yield database


def judge_postgresql(rates: Mapping[str, Rates], board: Board) -> None:
    if not rates[HAND]:
        board.skip(11, f"÷ {HAND}", ABSENT)
        return
    board.at_least(11, f"first time ÷ {HAND}", over(rates, FACTS, HAND, 0), 0.9)
    board.at_least(11, f"again, values changed ÷ {HAND}", over(rates, FACTS, HAND, 1), 0.9)
    board.show(11, f"rollup kept, first time ÷ {HAND}", over(rates, MERGED, HAND, 0))
    board.show(11, f"rollup kept, again ÷ {HAND}", over(rates, MERGED, HAND, 1))
    board.show(11, f"whole store(), first time ÷ {HAND}", over(rates, STORED, HAND, 0))


def rate(count: int, seconds: Seconds) -> tuple[float, float]:
    return count / seconds[0], count / seconds[1]


def over(rates: Mapping[str, Rates], name: str, other: str, time: int) -> float:
    """Return how many times as many rows a second as another way, at the best of each.

    An import lasts a second, so that a round's own ratio holds whatever else ran just then.
    """
    return max(it[time] for it in rates[name]) / max(it[time] for it in rates[other])


def tell(title: str, rates: Mapping[str, Rates], board: Board) -> None:
    for name, held in rates.items():
        if held:
            board.tell(title, f"{name}: first", max(it[0] for it in held) / 1000, "k")
            board.tell(title, f"{name}: again", max(it[1] for it in held) / 1000, "k")
