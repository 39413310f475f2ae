"""Ways to make events durable one by one, in a migrated file; seconds of each until it was stored.

All keep what Kepi keeps: the same table and indexes, WAL and ``synchronous=FULL``.
"""

import asyncio
import os
import sqlite3
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import Session

from storage.database import Database
from storage.issue_tables import Ledger
from storage.journal import Journal
from storage.ledger import LedgerRow, place, statement_of
from storage.tables import EPOCH

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DETAILS = '{"said":{"customer":"instagram:lena_k","platform":"instagram","handle":"lena_k"}}'
FIRST = 1_763_800_000_000_000
STEP = 1_700_000
"""Microseconds between messages."""
WARM = 20


class Load:
    """What a way took: seconds together, and of each event."""

    def __init__(self, seconds: float, each: Sequence[float]) -> None:
        self.seconds, self.each = seconds, each

    @property
    def rate(self) -> float:
        """Events a second."""
        return len(self.each) / self.seconds


def make_row(number: int) -> LedgerRow:
    """Return a customer's reply, as large as real ones."""
    at = FIRST + number * STEP
    ts = f"{at // 1_000_000}.{at % 1_000_000:06d}"
    root = f"{(at - number % 7 * STEP) // 1_000_000}.000100"
    key = f"m|T0EXAMPLE1|C0EXAMPLE1|{ts}"
    row = (0, key, "message", "C0EXAMPLE1", at, ts, root, "U0EXAMPLE1", "customer")
    return LedgerRow(*row, details=DETAILS)


def in_groups(database: Database, count: int, callers: int) -> Load:
    """Let so many callers append, each its next event when its last is stored."""
    return asyncio.run(append_all(database, count, callers))


async def append_all(database: Database, count: int, callers: int) -> Load:
    journal = Journal(database, 1, "T0EXAMPLE1")
    await journal.append([make_row(number) for number in range(WARM)], NOW)
    each: list[float] = []
    rows = iter(make_row(number) for number in range(WARM, WARM + count))

    async def call() -> None:
        for row in rows:
            start = time.perf_counter()
            await journal.append((row,), NOW)
            each.append(time.perf_counter() - start)

    start = time.perf_counter()
    await asyncio.gather(*(call() for _ in range(callers)))
    seconds = time.perf_counter() - start
    await journal.close()
    return Load(seconds, each)


def one_each(database: Database, count: int) -> Load:
    """Commit each event by itself, with the driver alone: an fsync each."""
    connection = sqlite3.connect(str(database.url.database), isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")
    statement, each = statement_of(1), []
    begin = time.perf_counter()
    for number in range(count):
        (values,) = place(1, [make_row(number)], NOW)
        start = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(statement, values).fetchall()
        connection.execute("COMMIT")
        each.append(time.perf_counter() - start)
    seconds = time.perf_counter() - begin
    connection.close()
    return Load(seconds, each)


def add_and_commit(database: Database, count: int) -> Load:
    """Add an object to a SQLModel session and commit it, as SQLModel's documentation shows."""
    each = []
    begin = time.perf_counter()
    for number in range(count):
        row = make_row(number)
        start = time.perf_counter()
        with Session(database._writer) as session:
            values = row._asdict() | {"id": None, "at": EPOCH + timedelta(microseconds=row.at)}
            session.add(Ledger(**values, workspace=1, recorded=NOW))
            session.commit()
        each.append(time.perf_counter() - start)
    return Load(time.perf_counter() - begin, each)


def sync_alone(folder: Path, count: int) -> Load:
    """Write 4 KiB and wait for the disk: the floor of anything durable, by this disk."""
    page, each = b"x" * 4096, []
    with (folder / "page").open("wb", buffering=0) as file:
        begin = time.perf_counter()
        for number in range(count):
            start = time.perf_counter()
            os.pwrite(file.fileno(), page, number % 256 * 4096)
            os.fdatasync(file.fileno())
            each.append(time.perf_counter() - start)
        return Load(time.perf_counter() - begin, each)
