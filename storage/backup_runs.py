"""Copies that were made, or why none was (``backup_run``); they are of no workspace."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from storage.backup_manifest import Copy
from storage.house_tables import BackupRun
from storage.tables import table_of

RUN = table_of(BackupRun)
UNFINISHED = "it was not finished"
"""The trouble of a copy that is being made, or was when its process ended."""
AGAIN = timedelta(hours=1)
"""After a copy that failed, or was not finished for so long, the next is tried."""


class RunRow(NamedTuple):
    """One try; ``trouble`` is empty where it came to be."""

    id: int
    at: datetime
    file: str
    bytes: int
    trouble: str

    def is_under_way(self, now: datetime) -> bool:
        """Say whether the copy is being made, as far as one can tell."""
        return self.trouble == UNFINISHED and now - self.at < AGAIN


COLUMNS = tuple(RUN.c[name] for name in RunRow._fields)


def begin(connection: Connection, file: str, at: datetime) -> int:
    """Write down that a copy is being made; return its number."""
    statement = insert(RUN).values(
        at=at, file=file, bytes=0, checksum="", counts="{}", trouble=UNFINISHED
    )
    return int(connection.execute(statement.returning(RUN.c.id)).scalar_one())


def succeed(connection: Connection, number: int, copy: Copy) -> None:
    """Write down what the copy holds."""
    values = {"bytes": copy.bytes, "checksum": copy.checksum, "counts": copy.counts()}
    connection.execute(update(RUN).where(RUN.c.id == number).values(trouble="", **values))


def fail(connection: Connection, number: int, trouble: str) -> None:
    """Write down why there is none."""
    connection.execute(update(RUN).where(RUN.c.id == number).values(trouble=trouble[:500]))


def last_run(connection: Connection) -> RunRow | None:
    """Return the newest try."""
    statement = select(*COLUMNS).order_by(RUN.c.at.desc(), RUN.c.id.desc()).limit(1)
    found = connection.execute(statement).one_or_none()
    return None if found is None else RunRow(*found)


def last_copy(connection: Connection) -> RunRow | None:
    """Return the newest try that came to be."""
    here = select(*COLUMNS).where(RUN.c.trouble == "")
    found = connection.execute(here.order_by(RUN.c.at.desc(), RUN.c.id.desc()).limit(1))
    row = found.one_or_none()
    return None if row is None else RunRow(*row)


def runs_since(connection: Connection, since: datetime) -> list[RunRow]:
    """Return the tries since a moment, the oldest first."""
    statement = select(*COLUMNS).where(RUN.c.at >= since).order_by(RUN.c.at, RUN.c.id)
    return [RunRow(*row) for row in connection.execute(statement)]


def forget_older(connection: Connection, before: datetime) -> int:
    """Forget tries from before a moment; return how many."""
    return connection.execute(delete(RUN).where(RUN.c.at < before)).rowcount
