"""Other ways to store the same rows in SQLite, each in a file of its own; seconds of two imports.

All keep what Kepi keeps on its connections: WAL and ``synchronous=FULL``, one transaction.
"""

import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, SQLModel

from storage.facts import DayTuple
from storage.tables import Fact, table_of
from tests.benchmarks.plan import peer

COLUMNS = ("workspace", "measure", "platform", "day", "account", "value", "import_id")
SHAPE = (
    "CREATE TABLE keyless (workspace INTEGER, measure TEXT, platform TEXT, day INTEGER,"
    " account INTEGER, value INTEGER, import_id INTEGER)"
)
KEY = COLUMNS[:5]
Seconds = tuple[float, float]


def open_file(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=wal")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def keyless(path: Path, first: Sequence[DayTuple], again: Sequence[DayTuple]) -> Seconds:
    """Append without any key: the raw limit; the second time is as long as the first."""
    connection = open_file(path)
    connection.execute(SHAPE)
    start = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO keyless VALUES (1,?,?,?,?,?,1)", first)
    connection.execute("COMMIT")
    seconds = time.perf_counter() - start
    connection.close()
    return seconds, seconds


def core_dicts(path: Path, first: Sequence[DayTuple], again: Sequence[DayTuple]) -> Seconds:
    """Upsert dictionaries with SQLAlchemy Core, as its documentation shows."""
    engine = create_engine(f"sqlite:///{path}")
    SQLModel.metadata.create_all(engine, tables=[table_of(Fact)])
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=wal")
        connection.exec_driver_sql("PRAGMA synchronous=FULL")
    insert = sqlite_insert(table_of(Fact))
    values = {"value": insert.excluded.value, "import_id": insert.excluded.import_id}
    statement = insert.on_conflict_do_update(index_elements=KEY, set_=values)

    def store(rows: Sequence[DayTuple]) -> float:
        start = time.perf_counter()
        with engine.begin() as connection:
            connection.execute(statement, [as_dict(row) for row in rows])
        return time.perf_counter() - start

    made, known = dated(first), dated(again)
    seconds = store(made), store(known)
    engine.dispose()
    return seconds


def add_all(path: Path, first: Sequence[DayTuple], again: Sequence[DayTuple]) -> Seconds:
    """Add objects to a SQLModel session; it has no upsert, so the second time is the first."""
    engine = create_engine(f"sqlite:///{path}")
    SQLModel.metadata.create_all(engine, tables=[table_of(Fact)])
    rows = dated(first)
    start = time.perf_counter()
    with Session(engine) as session:
        session.add_all([Fact(**as_dict(row)) for row in rows])
        session.commit()
    seconds = time.perf_counter() - start
    engine.dispose()
    return seconds, seconds


def sqlite_utils(path: Path, first: Sequence[DayTuple], again: Sequence[DayTuple]) -> Seconds:
    """Upsert dictionaries with sqlite-utils."""
    module = peer("sqlite_utils")
    assert module is not None
    connection = open_file(path)
    connection.execute(SHAPE.replace("keyless", "fact")[:-1] + f", PRIMARY KEY ({', '.join(KEY)}))")
    database = module.Database(connection)

    def store(rows: Sequence[DayTuple]) -> float:
        start = time.perf_counter()
        database["fact"].upsert_all((as_dict(row) for row in rows), pk=KEY)
        return time.perf_counter() - start

    seconds = store(first), store(again)
    connection.close()
    return seconds


def as_dict(row: Sequence[object]) -> dict[str, object]:
    return dict(zip(COLUMNS, (1, *row, 1), strict=True))


def dated(rows: Sequence[DayTuple]) -> list[DayTuple]:
    """Return the rows with dates for day numbers: what the table class takes."""
    from storage.tables import EPOCH_DAY

    base = EPOCH_DAY.toordinal()
    days = {row[2]: EPOCH_DAY.fromordinal(base + row[2]) for row in rows}
    return [(*row[:2], days[row[2]], *row[3:]) for row in rows]  # type: ignore[misc]
