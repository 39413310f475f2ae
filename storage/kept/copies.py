"""Copies of the database that were made before somebody was forgotten: they still hold them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from storage import backup_runs
from storage.backup import back_up
from storage.backup_manifest import manifest_of
from storage.database import Database
from storage.errors import KepiError
from storage.house_tables import BackupRun
from storage.tables import Workspace, table_of

RUN, WORKSPACE = table_of(BackupRun), table_of(Workspace)


def copies_before(database: Database, moment: datetime) -> list[Path]:
    """Return the copies that are still there and older than a moment, oldest first."""
    statement = select(RUN.c.file).where(RUN.c.trouble == "", RUN.c.at <= moment).order_by(RUN.c.at)
    with database.read() as connection:
        files = [Path(str(it)) for (it,) in connection.execute(statement) if it]
    return [it for it in dict.fromkeys(files) if it.exists()]


def replace_copies(database: Database, files: list[Path], now: datetime) -> bool:
    """Make one new copy and delete older ones; say whether that was done.

    Not where the file holds several workspaces: a copy is of all of them, and is no one's to
    delete. Nothing is deleted before the new one was verified.
    """
    with database.read() as connection:
        several = connection.execute(select(func.count()).select_from(WORKSPACE)).scalar_one() > 1
    if several or not files or not database.sqlite:
        return False
    fresh = files[-1].with_name(f"kepi-{now:%Y-%m-%dT%H%M%S}-forgotten.db")
    try:
        copy = back_up(database, fresh, now)
    except KepiError:
        return False
    with database.write() as connection:
        backup_runs.succeed(connection, backup_runs.begin(connection, str(fresh), now), copy)
    for file in files:
        manifest_of(file).unlink(missing_ok=True)
        file.unlink(missing_ok=True)
    return True
