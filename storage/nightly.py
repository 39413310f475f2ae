"""The nightly copy: made once a night, or as soon as Kepi runs again; the newest are kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from storage import backup_runs
from storage.backup import back_up
from storage.backup_manifest import manifest_of
from storage.backup_runs import RunRow
from storage.database import Database
from storage.errors import KepiError
from storage.settings import value
from storage.settings_backup import KEPT, KEY, NO, USUAL, read_hour
from storage.soundness import path_of
from storage.tables import Workspace, table_of

WORKSPACE = table_of(Workspace)
FOLDER = "backups"
"""Beside the database, unless another is named."""
KEEP_RUNS = timedelta(days=400)
MADE = re.compile(r"-\d{8}-\d{4}\.db$")
"""Ends of names that nightly copies have: no other file is ever deleted."""


@dataclass(frozen=True)
class Plan:
    """When copies are made, and how many are kept."""

    hour: time | None
    """Local; empty: none are made."""
    zone: ZoneInfo
    kept: int


@dataclass(frozen=True)
class Night:
    """What became of a copy that was due."""

    file: Path
    trouble: str
    """Empty: it was made and verified."""


def make_due_copy(
    database: Database, now: datetime, *, folder: Path | None = None, fixed: str = ""
) -> Night | None:
    """Make the copy that is due at ``now``; nothing where none is.

    ``fixed`` is “03:30” or “off” of the environment (UTC), which counts before any workspace's
    choice. Safe to call by several processes: one of them makes it. It takes as long as the file
    is large, so it belongs in a thread.
    """
    if not database.sqlite:
        return None
    with database.read() as connection:
        plan = read_plan(connection, fixed)
        if plan.hour is None or not is_due(connection, plan, now):
            return None
    place = folder or path_of(database).parent / FOLDER
    file = place / f"{path_of(database).stem}-{now.astimezone(UTC):%Y%m%d-%H%M}.db"
    with database.write() as connection:
        if not is_due(connection, plan, now):
            return None
        number = backup_runs.begin(connection, str(file), now)
    return make(database, file, number, now, plan.kept)


def make(database: Database, file: Path, number: int, now: datetime, kept: int) -> Night:
    """Make a copy that was begun, and write down what became of it."""
    try:
        copy = back_up(database, file, now)
    except KepiError as fault:
        trouble = str(fault)
        with database.write() as connection:
            backup_runs.fail(connection, number, trouble)
        return Night(file, trouble)
    with database.write() as connection:
        backup_runs.succeed(connection, number, copy)
        backup_runs.forget_older(connection, now - KEEP_RUNS)
    thin_out(file, kept)
    return Night(file, "")


def read_plan(connection: Connection, fixed: str = "") -> Plan:
    """Return what the environment says, or else the first workspace that there is."""
    first = connection.execute(
        select(WORKSPACE.c.id, WORKSPACE.c.zone).order_by(WORKSPACE.c.id).limit(1)
    ).one_or_none()
    kept = USUAL if first is None else int(value(connection, first.id, KEPT))
    if fixed:
        return Plan(as_time(read_hour(fixed)), ZoneInfo("UTC"), kept)
    if first is None:
        return Plan(None, ZoneInfo("UTC"), kept)
    hour = as_time(str(value(connection, first.id, KEY)))
    return Plan(hour, ZoneInfo(first.zone), kept)


def as_time(words: str) -> time | None:
    return None if words == NO else time.fromisoformat(words)


def is_due(connection: Connection, plan: Plan, now: datetime) -> bool:
    """Say whether tonight's copy is neither made nor being tried."""
    if plan.hour is None:
        return False
    tries = backup_runs.runs_since(connection, fell_due(plan.hour, plan.zone, now))
    return not any(is_enough(it, now) for it in tries if it.at <= now)


def is_enough(run: RunRow, now: datetime) -> bool:
    """Say whether a nightly try leaves nothing to do now: it came to be, or was just made.

    Copies that somebody makes by hand are none of the night's.
    """
    is_nightly = MADE.search(run.file) is not None
    return is_nightly and (not run.trouble or now - run.at < backup_runs.AGAIN)


def fell_due(hour: time, zone: ZoneInfo, now: datetime) -> datetime:
    """Return the last moment at which it was that hour; right on days that skip or repeat it."""
    today = now.astimezone(zone).date()
    for day in (today, today - timedelta(days=1)):
        moment = datetime.combine(day, hour, zone).astimezone(UTC)
        if moment <= now:
            return moment
    return datetime.combine(today - timedelta(days=2), hour, zone).astimezone(UTC)


def thin_out(newest: Path, kept: int) -> None:
    """Delete all but the newest nightly copies of a database; other files stay."""
    stem = newest.name[: -len(MADE.findall(newest.name)[-1])]
    made = sorted(
        (it for it in newest.parent.glob("*.db") if is_made(it.name, stem)), key=lambda it: it.name
    )
    for old in made[:-kept] if kept else ():
        old.unlink(missing_ok=True)
        manifest_of(old).unlink(missing_ok=True)


def is_made(name: str, stem: str) -> bool:
    return name.startswith(stem) and bool(MADE.fullmatch(name[len(stem) :]))
