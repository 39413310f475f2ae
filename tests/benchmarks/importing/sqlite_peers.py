"""Other ways to store the same rows in SQLite, each in a file of its own; seconds of two imports.

All keep what Kepi keeps on its connections: WAL and ``synchronous=FULL``, one transaction.
"""

import sqlite3
import time
from collections.abc import Sequence
from datetime import date
from itertools import chain
from pathlib import Path

from sqlalchemy import UniqueConstraint, create_engine
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Field, Session, SQLModel

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


class PlainFact(SQLModel, table=True):
    """A fact as SQLModel's documentation would have it: an id, and what must be unique."""

    __tablename__ = "bench_plain_fact"
    __table_args__ = (UniqueConstraint(*KEY),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    measure: str
    platform: str
    day: date
    account: int
    value: int
    import_id: int


def add_all(path: Path, first: Sequence[DayTuple], again: Sequence[DayTuple]) -> Seconds:
    """Add objects to a SQLModel session; it has no upsert, so the second time is the first."""
    engine = create_engine(f"sqlite:///{path}")
    SQLModel.metadata.create_all(engine, tables=[table_of(PlainFact)])
    rows = dated(first)
    start = time.perf_counter()
    with Session(engine) as session:
        session.add_all([PlainFact(**as_dict(row)) for row in rows])
        session.commit()
    seconds = time.perf_counter() - start
    engine.dispose()
    return seconds, seconds


def upsert(path: Path, first: Sequence[DayTuple], again: Sequence[DayTuple]) -> Seconds:
    """Upsert 200 rows a statement, by hand: the floor of a second import that keeps nothing."""
    return by_hand(path, first, again, keeping=False)


def upsert_and_keep(path: Path, first: Sequence[DayTuple], again: Sequence[DayTuple]) -> Seconds:
    """The same, with a row for every value that is replaced: the floor of what Kepi keeps."""
    return by_hand(path, first, again, keeping=True)


def by_hand(
    path: Path, first: Sequence[DayTuple], again: Sequence[DayTuple], *, keeping: bool
) -> Seconds:
    connection = open_file(path)
    for name, extra in (("fact", ""), ("kept", ", import_id")):
        shape = SHAPE.replace("keyless", name)[:-1]
        connection.execute(f"{shape}, PRIMARY KEY ({', '.join(KEY)}{extra})) WITHOUT ROWID")
    newer = "ON CONFLICT DO UPDATE SET value = excluded.value, import_id = excluded.import_id"
    seconds = []
    for number, rows in enumerate((first, again), start=1):
        start = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        if keeping and number > 1:
            put(connection, "INSERT INTO kept VALUES", first, 1, "")
        put(connection, "INSERT INTO fact VALUES", rows, number, newer)
        connection.execute("COMMIT")
        seconds.append(time.perf_counter() - start)
    connection.close()
    return seconds[0], seconds[1]


def put(
    connection: sqlite3.Connection, head: str, rows: Sequence[DayTuple], number: int, tail: str
) -> None:
    """Write rows 200 a statement."""
    for start in range(0, len(rows), 200):
        some = [(1, *row, number) for row in rows[start : start + 200]]
        marks = ", ".join(["(?,?,?,?,?,?,?)"] * len(some))
        connection.execute(f"{head} {marks} {tail}", tuple(chain.from_iterable(some)))


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
