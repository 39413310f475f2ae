"""Rows 8 and 9: our read and the whole Answer beside raw SQLite, pandas, DuckDB and a layer."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from kpis.surroundings import Surroundings, survey
from tests.benchmarks.board import Board
from tests.benchmarks.plan import ABSENT, Plan
from tests.benchmarks.query.ask import ASKED, Asking, answerer, parameters, reader
from tests.benchmarks.query.peers import asked_of, peers
from tests.benchmarks.query.seed import Seeded, seed
from tests.benchmarks.rounds import Times, race

RAW, READ, HOP, ANSWER = "raw sqlite3", "read", "read in a thread", "Answer"
GROWTH = {"a": 1.3, "b": 1.3, "c": 1.6, "f": 1.6}


def measure(plan: Plan, board: Board) -> None:
    seeded = seed(plan.folder, plan.accounts, plan.days)
    times = ask_all(seeded, plan, peers(seeded))
    for asked in ASKED:
        report(asked, times[asked.key], board)
    if not plan.large:
        for row in ("10× facts",):
            board.skip(9, row, "17.5 million facts: make bench BENCHMARKS=--large")
        return
    more = seed(plan.folder, 10 * plan.accounts, plan.days)
    grown = ask_together(seeded, more, plan)
    for asked in ASKED:
        held = grown[asked.key]
        limit = GROWTH[asked.key]
        board.at_most(9, f"{asked.key}: read at 10× the facts", held.ratio("10×", "1×"), limit)
        ratio = held.ratio("Answer 10×", "Answer 1×")
        board.at_most(9, f"{asked.key}: Answer at 10× the facts, and accounts", ratio, 1.1)


def ask_all(
    seeded: Seeded, plan: Plan, engines: dict[str, dict[str, Callable[[], object]]]
) -> dict[str, Times]:
    """Return the times of every question, all contenders taking turns."""
    raw = sqlite3.connect(seeded.path)
    found: dict[str, Times] = {}
    with seeded.database.read() as connection, ThreadPoolExecutor(1) as hop:
        around = survey(connection, seeded.workspace)
        for asked in ASKED:
            work, whole = reader(asked, seeded, around), answerer(asked, around)
            turns = {
                RAW: raw_turn(raw, asked, seeded),
                READ: lambda work=work: work(connection),
                HOP: lambda work=work: hop.submit(hopped, seeded, work).result(),
                ANSWER: lambda whole=whole: whole(connection),
                **asked_of(engines, asked),
            }
            found[asked.key] = race(turns, plan.rounds)
    raw.close()
    return found


def hopped(seeded: Seeded, work: Callable[..., object]) -> object:
    """Do what a command's thread does: take a connection from the pool, and read."""
    with seeded.database.read() as connection:
        return work(connection)


def raw_turn(raw: sqlite3.Connection, asked: Asking, seeded: Seeded) -> Callable[[], object]:
    values = parameters(asked, seeded)
    return lambda: raw.execute(asked.sql, values).fetchall()


def report(asked: Asking, times: Times, board: Board) -> None:
    what = f"{asked.key} ({asked.what})"
    board.at_most(8, f"{what}: read ÷ raw sqlite3", times.ratio(READ, RAW), 3.5)
    board.at_most(8, f"{asked.key}: read in a thread hop ÷ raw", times.ratio(HOP, RAW), 6)
    board.at_most(8, f"{asked.key}: whole Answer ÷ raw", times.ratio(ANSWER, RAW), 10)
    if asked.key == "a":
        for name, limit in (("pandas in memory", 10), ("boring-semantic-layer", 15)):
            if name in times.of:
                board.at_least(8, f"a: {name} ÷ read", times.ratio(name, READ), limit)
            else:
                board.skip(8, f"a: {name} ÷ read", ABSENT)
    for name in times.of:
        board.tell("Queries, median", f"{asked.key}: {name}", 1e6 * times.median(name), "µs")


def ask_together(small: Seeded, large: Seeded, plan: Plan) -> dict[str, Times]:
    """Return the times of both sizes, taking turns."""
    found = {}
    with small.database.read() as few, large.database.read() as many:
        sizes: dict[str, tuple[Seeded, object, Surroundings]] = {
            "1×": (small, few, survey(few, small.workspace)),
            "10×": (large, many, survey(many, large.workspace)),
        }
        for asked in ASKED:
            turns = {}
            for size, (seeded, connection, around) in sizes.items():
                work, whole = reader(asked, seeded, around), answerer(asked, around)
                turns[size] = lambda work=work, at=connection: work(at)
                turns[f"Answer {size}"] = lambda whole=whole, at=connection: whole(at)
            found[asked.key] = race(turns, plan.rounds)
    return found
