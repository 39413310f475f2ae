"""``backup FILE``, ``backup --verify FILE`` and ``restore FILE``: copies of an SQLite database."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from bot.clock import start_clock
from bot.settings import database_url, read_settings
from storage.backup import back_up, demand_sqlite, verify
from storage.backup_manifest import Copy
from storage.database import Database
from storage.errors import KepiError
from storage.restore import Restored, restore
from storage.soundness import path_of

DONE, REFUSED = 0, 1


def copy(file: Path) -> int:
    """Copy the database of the environment into a new file, and say what the copy holds."""
    settings = read_settings()
    database = Database(database_url(settings))
    try:
        made = back_up(database, file, start_clock(settings.clock)())
        note(database, made)
    finally:
        database.close()
    print(f"Copied and verified: {describe(made)}.")
    print(f"To go back to it: python -m bot restore {file}")
    return DONE


def note(database: Database, made: Copy) -> None:
    """Write the copy down, where the schema has a place for that; it may be an older one."""
    from storage import backup_runs
    from storage.schema import is_current

    if not is_current(database):
        return
    with database.write() as connection:
        number = backup_runs.begin(connection, str(made.file), made.made)
        backup_runs.succeed(connection, number, made)


def check(file: Path) -> int:
    """Say whether a copy is still what it was."""
    print(f"Whole: {describe(verify(file))}.")
    return DONE


def put_back(file: Path, *, agreed: bool) -> int:
    """Put a copy in the place of the database, which stays beside it under another name."""
    settings = read_settings()
    database = Database(database_url(settings))
    demand_sqlite(database, file)
    target = path_of(database)
    database.close()
    noted = verify(file)
    if target.exists() and not agreed and not is_agreed(noted, target):
        print("Nothing was changed.")
        return REFUSED
    tell(restore(file, target, start_clock(settings.clock)()), target)
    return DONE


def is_agreed(noted: Copy, target: Path) -> bool:
    """Ask whoever sits at a terminal; anybody else has to say ``--yes``."""
    print(f"The copy is whole: {describe(noted)}.")
    if not sys.stdin.isatty():
        raise KepiError(
            f"{target} is moved aside and the copy takes its place. Say --yes to do that."
        )
    return typer.confirm(f"Move {target} aside and put the copy in its place?")


def tell(done: Restored, target: Path) -> None:
    """Say what was put in place, where the other is, and how this is undone."""
    print(f"Restored: {describe(done.copy)}.")
    if done.older:
        print(f"Its schema {done.older} was brought up to date.")
    if done.again.teams:
        print(f"Workspaces that were erased since, erased again: {done.again.teams}.")
    if done.again.people:
        print(f"People who were forgotten since, forgotten again: {done.again.people}.")
    if done.aside is None:
        return
    print(f"What was there is kept as {done.aside}.")
    if done.is_whole:
        print(f"To undo: python -m bot restore {done.aside}")
    else:
        print(f"It is damaged or empty; nothing of it is in {target}.")
    if not done.is_known:
        print(
            "It could not tell who was forgotten since that copy was made. Forget them again: "
            "python -m bot forget WHO --yes"
        )


def describe(it: Copy) -> str:
    """Return “var/a.db, 22 Nov 2026 18:00 UTC, 72,198 rows, 4.9 MB, SHA-256 1f3a…”."""
    when = f"{it.made:%-d %b %Y %H:%M} UTC"
    size = f"{it.bytes / 1e6:.1f} MB"
    return f"{it.file}, {when}, {it.row_count:,} rows, {size}, SHA-256 {it.checksum}"
