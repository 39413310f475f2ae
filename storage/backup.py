"""Verified copies of an SQLite database (reliability rows 19–21).

A copy is taken by SQLite's online backup, which writers do not wait for: copying the file of a
live database lost every row that was still in its log (reliability §1). It is checked, counted
and given a manifest with its checksum (``FILE.json``) before it gets its name; both are readable
by their owner alone. PostgreSQL has tools of its own, which are named.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL

from storage.backup_manifest import (
    Copy,
    Damaged,
    as_json,
    checksum_of,
    manifest_of,
    read_manifest,
    suggest,
)
from storage.backup_totals import add_totals, count_rows, differences, schema_of
from storage.database import Database
from storage.errors import KepiError
from storage.soundness import find_damage, open_reading, path_of


def back_up(database: Database, file: Path, at: datetime) -> Copy:
    """Copy a database into a new file, also while it is written to, and verify the copy.

    Raises ``KepiError`` where there is a file of that name, no room, or nothing to copy, and
    ``Damaged`` where SQLite finds the database damaged. Nothing is left behind then.
    """
    demand_sqlite(database, file)
    source = path_of(database)
    if not source.exists():
        raise KepiError(f"There is no database at {source} yet, so there is nothing to copy.")
    with in_words(file):
        if file.exists() or manifest_of(file).exists():
            raise KepiError(f"{file} is there already. Name a new file.")
        return copy_into(file, source, at)


def copy_into(file: Path, source: Path, at: datetime) -> Copy:
    """Copy a database under a name that is free, and verify the copy before it gets it."""
    with beside(file) as part:
        pull(source, part)
        damage = find_damage(part, alone=True)
        if damage:
            raise Damaged(f"The database at {source} is damaged ({damage}). {suggest(source)}")
        copy = describe(part, at, named=file)
        write_safely(manifest_of(file), as_json(copy))
        os.replace(part, file)
        sync_folder(file.parent)
    return copy


def verify(file: Path) -> Copy:
    """Return a copy that is what it was when it was made; raises ``Damaged`` for another."""
    with in_words(file):
        noted = read_manifest(file)
        trouble = what_is_wrong(file, noted)
    if trouble:
        raise Damaged(f"{file} is damaged: {trouble}. {suggest(file)}")
    return noted


def what_is_wrong(file: Path, noted: Copy) -> str:
    """Return in which way a copy differs from its manifest; empty: in none."""
    if file.stat().st_size != noted.bytes:
        return f"it has {file.stat().st_size:,} bytes of {noted.bytes:,}"
    if checksum_of(file) != noted.checksum:
        return "its checksum is not the one of its manifest"
    damage = find_damage(file, alone=True)
    if damage:
        return damage
    with closing(open_reading(file, alone=True)) as connection:
        others = differences(noted.rows, count_rows(connection))
        others += differences(noted.totals, add_totals(connection))
    return f"its counts differ for {', '.join(others[:3])}" if others else ""


def describe(file: Path, at: datetime, *, named: Path | None = None) -> Copy:
    """Return what a file that nobody writes to holds."""
    with closing(open_reading(file, alone=True)) as connection:
        rows, totals = count_rows(connection), add_totals(connection)
        schema = schema_of(connection)
    size, checksum = file.stat().st_size, checksum_of(file)
    return Copy(named or file, size, checksum, schema, at.astimezone(UTC), rows, totals)


def pull(source: Path, target: Path) -> None:
    """Copy a live database by SQLite's online backup: one moment of it, whoever writes."""
    with (
        closing(open_reading(source)) as held,
        closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        copy.execute("PRAGMA synchronous=FULL")
        held.backup(copy)
        # A file of its own, without a log beside it: reading it later leaves no trace.
        copy.execute("PRAGMA journal_mode=DELETE")
    sync(target)


@contextmanager
def beside(file: Path) -> Iterator[Path]:
    """Give a new file in the folder of another, for its owner alone; gone if it is not renamed."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        yield part
    finally:
        for end in ("", "-journal", "-wal", "-shm"):
            Path(f"{name}{end}").unlink(missing_ok=True)


@contextmanager
def in_words(file: Path) -> Iterator[None]:
    """Turn what the disk refuses into a line that says what helps."""
    try:
        yield
    except OSError as fault:
        raise KepiError(f"{fault.filename or file} cannot be used: {fault.strerror}.") from fault
    except sqlite3.OperationalError as fault:
        if fault.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL:
            raise KepiError(f"There is no room for {file}. Make room and try again.") from fault
        raise KepiError(f"{file} could not be made: {fault}. Try again in a minute.") from fault
    except (sqlite3.DatabaseError, UnicodeDecodeError) as fault:
        raise Damaged(f"The database is damaged ({fault}). {suggest(file)}") from fault


def demand_sqlite(database: Database, file: Path) -> None:
    """Refuse PostgreSQL with the command that copies it."""
    if not database.sqlite:
        url = database.url
        address = URL.create("postgresql", url.username, None, url.host, url.port, url.database)
        raise KepiError(
            f"This database is PostgreSQL, which copies itself: pg_dump --format=custom "
            f"--file={file} {address.render_as_string()} (and back: pg_restore --clean --dbname=…)"
        )


def write_safely(file: Path, text: str) -> None:
    """Write a small file whole or not at all, for its owner alone."""
    with beside(file) as part:
        part.write_text(text, encoding="utf-8")
        sync(part)
        os.replace(part, file)


def sync(file: Path) -> None:
    """Wait until a file is on the disk."""
    with file.open("rb+") as held:
        os.fsync(held.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until a folder's names are on the disk, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
