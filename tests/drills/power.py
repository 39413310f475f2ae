"""Row 22, power loss: nothing is acknowledged before it is on the disk, on every connection."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

from sqlalchemy import event
from sqlalchemy.pool import Pool

from storage import outbox
from storage.database import Database
from storage.journal import Journal
from storage.schema import migrate, step_back
from storage.workspaces import make_workspace
from tests import databases
from tests.drills.drill import Drill, Row, Scale

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DURABLE = {"sqlite": {"2", "3"}, "postgresql": {"on", "remote_write", "remote_apply", "local"}}
"""``PRAGMA synchronous`` (2 is FULL) and ``synchronous_commit``."""
AT_ONCE = 14


@contextmanager
def asking(kind: str) -> Iterator[dict[int, str]]:
    """Give what each connection says of itself whenever one is taken, whoever takes it."""
    heard: dict[int, str] = {}
    question = "PRAGMA synchronous" if kind == "sqlite" else "SHOW synchronous_commit"

    def ask(connection: Any, *_: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(question)
        heard[id(connection)] = str(cursor.fetchone()[0])
        cursor.close()
        connection.rollback()

    event.listen(Pool, "checkout", ask)
    try:
        yield heard
    finally:
        event.remove(Pool, "checkout", ask)


def use(database: Database) -> None:
    """Use a database as Kepi does: at once, by every door, and after connections were lost."""
    barrier = Barrier(AT_ONCE)

    def read(_: int) -> None:
        with database.read() as connection:
            outbox.count_states(connection, 1)
            barrier.wait(20)

    with database.write() as connection:
        home = make_workspace(connection)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(read, range(AT_ONCE)))
        list(pool.map(lambda number: write(database, home.id, number), range(AT_ONCE)))
    database._writer.dispose()
    write(database, home.id, AT_ONCE)
    asyncio.run(write_events(database, home.id))
    step_back(database, "0002")
    migrate(database)


def write(database: Database, workspace: int, number: int) -> None:
    with database.write() as connection:
        outbox.add(
            connection,
            workspace,
            channel="C0POWER",
            kind="digest",
            period=str(number),
            due=NOW,
            now=NOW,
        )


async def write_events(database: Database, workspace: int) -> None:
    """Write deliveries down as the journal does, past the pool on SQLite."""
    journal = Journal(database, workspace, "T0")
    await journal.remember("power", "{}", NOW)
    await journal.close()


def run(scale: Scale) -> list[Row]:
    rows = []
    for kind in databases.KINDS:
        with databases.fresh(kind, scale.folder) as database, asking(kind) as heard:
            use(database)
        good = sum(it in DURABLE[kind] for it in heard.values())
        rows.append(
            Row(
                22,
                f"every connection waits for the disk ({kind})",
                "100 % of at least 14 connections",
                f"{good} of {len(heard)} connections",
                good == len(heard) >= AT_ONCE,
            )
        )
    return rows


DRILL = Drill("power", run, seconds=120)
