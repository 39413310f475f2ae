"""Row 16: the heat map of a million posts, whole Answer, beside pandas from the same file.

pandas reads what it needs from the same SQLite file and groups it; that is what somebody without
Kepi would run. The medians of both are compared before anything is timed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from kpis.answer import answer
from kpis.answers import Answer
from kpis.question import Period, Question, Scope
from kpis.surroundings import Surroundings, survey
from tests.benchmarks.board import Board
from tests.benchmarks.heat.seed import DAYS, TODAY, Seeded, seed
from tests.benchmarks.plan import ABSENT, Plan, peer
from tests.benchmarks.rounds import race

ROW = 16
POSTS, FEW = 1_000_000, 3_000
OURS, RAW, PANDAS = "Answer", "raw sqlite3", "pandas"
SQL = (
    "SELECT weekday * 24 + hour AS cell, CAST(engagements AS REAL) / reach AS rate FROM post"
    " WHERE workspace = ? AND platform = 'instagram' AND engagements IS NOT NULL AND reach > 0"
)


def measure(plan: Plan, board: Board) -> None:
    seeded = seed(plan.folder, FEW if plan.is_tiny else POSTS)
    pandas = peer("pandas")
    with seeded.database.read() as connection, sqlite3.connect(seeded.path) as raw:
        around = survey(connection, seeded.workspace)
        question = asked()
        turns: dict[str, Callable[[], object]] = {
            OURS: lambda: answer_anew(question, connection, around),
            RAW: lambda: raw.execute(SQL, (seeded.workspace,)).fetchall(),
        }
        if pandas is not None:
            turns[PANDAS] = lambda: by_pandas(pandas, raw, seeded)
            check(answer(question, connection, around), by_pandas(pandas, raw, seeded))
        times = race(turns, 1 if plan.is_tiny else min(plan.rounds, 5), repeat=False)
    what = f"heat map over {seeded.posts:,} posts"
    board.show(ROW, f"{what}: whole Answer ÷ only fetching the rows", times.ratio(OURS, RAW))
    if pandas is None:
        board.skip(ROW, f"{what}: pandas ÷ Answer", ABSENT)
    else:
        board.at_least(ROW, f"{what}: pandas ÷ Answer", times.ratio(PANDAS, OURS), 0.7)
    for name in turns:
        board.tell("Heat map, median", name, 1e3 * times.median(name), "ms")


def asked() -> Question:
    period = Period(TODAY - timedelta(days=DAYS), TODAY, "two years")
    return Question("best-times", Scope(), period, TODAY)


def answer_anew(question: Question, connection: Any, around: Surroundings) -> Answer:
    return answer(question, connection, around)


def by_pandas(pandas: Any, raw: sqlite3.Connection, seeded: Seeded) -> Any:
    """Return the medians and counts by cell."""
    rows = pandas.read_sql_query(SQL, raw, params=(seeded.workspace,))
    return rows.groupby("cell").rate.agg(["median", "size"])


def check(found: Answer, theirs: Any) -> None:
    """Raise where the two do not count the same posts in the same cells."""
    assert found.grid is not None
    counted = {
        day * 24 + hour: cell.n
        for day, (_, cells) in enumerate(found.grid.rows)
        for hour, cell in enumerate(cells)
        if cell.n
    }
    if counted != theirs["size"].to_dict():
        raise AssertionError("the heat map and pandas count different posts")
