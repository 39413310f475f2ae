"""Row 15: all credits made anew, and those of one day, beside pandas over the same rows."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from math import isclose
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import text

from kpis.attribution.answer import answer_attribution
from kpis.catalogue import CATALOGUE, Table
from kpis.question import Period, Question, Scope
from kpis.surroundings import survey
from storage.credit_models import ASSISTED
from storage.credits import renew
from storage.database import Database
from tests.benchmarks.attribution import peers
from tests.benchmarks.attribution.seed import seed
from tests.benchmarks.board import Board
from tests.benchmarks.plan import ABSENT, Plan, peer
from tests.benchmarks.rounds import race

ROW = 15
TOUCHES_A_ROW = 5
"""A million touches for the 200,000 rows of a plan."""
OURS, READING, WORKING = "credits stored", "pandas, reading", "pandas, in memory"
KINDS = {"touches", "conversions"}
MONDAY = datetime(2026, 11, 2, 12, tzinfo=UTC)
QUESTION = Question(
    "attribution",
    Scope(),
    Period(date(2026, 8, 24), date(2026, 11, 22), "90 days"),
    date(2026, 11, 22),
)


def measure(plan: Plan, board: Board) -> None:
    touches = TOUCHES_A_ROW * plan.rows
    with TemporaryDirectory(dir=plan.folder) as folder:
        database, path, workspace = seed(Path(folder), touches)
        try:
            compare(plan, board, database, path, workspace)
            tell(board, database, workspace)
        finally:
            database.close()


def compare(plan: Plan, board: Board, database: Database, path: Path, workspace: int) -> None:
    """Let each make all credits, ours from file to file; their sums must be the same."""

    def ours() -> None:
        with database.write() as connection:
            renew(connection, workspace, KINDS)

    contenders: dict[str, Callable[[], object]] = {OURS: ours}
    if peer("pandas"):
        held = peers.load(path)
        contenders[READING] = lambda: peers.credit(*peers.load(path))
        contenders[WORKING] = lambda: peers.credit(*held)
        ours()
        demand_the_same(database, peers.credit(*held))
    times = race(contenders, 1 if plan.is_tiny else 3, repeat=False)
    for name in (READING, WORKING):
        if name in contenders:
            board.show(ROW, f"{OURS} ÷ {name}", times.ratio(OURS, name))
        else:
            board.skip(ROW, f"{OURS} ÷ {name}", ABSENT)
    for name in contenders:
        board.tell("Attribution, all touches", name, times.median(name), "s")


def demand_the_same(database: Database, frame: Any) -> None:
    """Stop where the two do not agree on what every model gives a medium.

    Assisted conversions are no share of one; ours counts them besides.
    """
    by_platform = frame.groupby("platform").sum()
    statement = (
        "SELECT model, platform, sum(credit), sum(value) FROM credit"
        " WHERE model <> :assisted GROUP BY 1, 2"
    )
    with database.read() as connection:
        shares = connection.execute(text(statement), {"assisted": ASSISTED})
        for model, platform, credit, value in shares:
            theirs = by_platform.loc[platform]
            # Ours are rounded to millionths and cents on each of the days.
            near = isclose(float(credit) / 1e6, theirs[model], abs_tol=0.01)
            if not near or not isclose(float(value), theirs[f"{model} value"], abs_tol=2_000):
                raise AssertionError(f"{model} of {platform}: {credit}, {value}, not {theirs}")


def tell(board: Board, database: Database, workspace: int) -> None:
    """Tell what a day's change and a whole answer take."""
    entry = CATALOGUE["attribution"]
    assert isinstance(entry, Table)
    with database.write() as connection:
        start = time.perf_counter()
        renew(connection, workspace, {"conversions"}, MONDAY, MONDAY)
        day = time.perf_counter() - start
    board.tell("Attribution, all touches", "credits of one day renewed", day, "s")
    board.show(ROW, "credits of one day's conversions renewed", day, "s")
    with database.read() as connection:
        around = survey(connection, workspace)
        start = time.perf_counter()
        answer_attribution(QUESTION, entry, connection, around)
        whole = time.perf_counter() - start
    board.show(ROW, "the whole Answer over 90 days, Markov included", whole, "s")
