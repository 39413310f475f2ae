"""Putting a copy in the place of a database: verified first, and nothing is thrown away.

The present file is moved aside under a name that is told, with a manifest of its own where it is
whole, so that restoring it is how a restoring is undone.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.backup import beside, describe, in_words, sync, sync_folder, verify, write_safely
from storage.backup_manifest import Copy, Damaged, as_json, checksum_of, manifest_of
from storage.database import Database
from storage.errors import KepiError
from storage.kept.restored import forget_as_before
from storage.schema import HEAD, migrate
from storage.soundness import find_damage

LOGS = ("-wal", "-shm", "-journal")
SHARED_LOCK = (0x40000002, 510)
"""The bytes on which SQLite's readers hold their lock (sqlite.org/fileformat2.html, lock-byte
page): whoever has a database open in WAL mode holds it, damaged or not."""


@dataclass(frozen=True)
class Restored:
    """What was put in place, and where that which stood there is now."""

    copy: Copy
    aside: Path | None
    """Empty: there was nothing."""
    is_whole: bool
    """What was moved aside can itself be restored."""
    older: str
    """The copy's schema, where it was older than this program's and was brought up to date."""


def restore(file: Path, target: Path, at: datetime) -> Restored:
    """Put a verified copy in the place of the database at ``target``, which nobody may use.

    Raises ``KepiError`` for a copy that is damaged, of a newer Kepi, or while the database is in
    use; everything stays as it was then.
    """
    copy = verify(file)
    refuse_newer(copy)
    if target.exists() and target.samefile(file):
        raise KepiError(f"{file} is the database itself. Name a copy of it.")
    with in_words(target), beside(target) as part:
        shutil.copyfile(file, part)
        if checksum_of(part) != copy.checksum:
            raise Damaged(f"{file} could not be read twice alike. Look after its disk.")
        older = "" if copy.schema == HEAD else copy.schema
        if older:
            bring_up_to_date(part)
        sync(part)
        with alone(target):
            aside = move_aside(target, at)
            os.replace(part, target)
        sync_folder(target.parent)
        if aside is not None:
            forget_as_before(aside, target, at)  # it opens both, and that alone changes their bytes
        is_whole = aside is not None and give_manifest(aside, at)
    return Restored(copy, aside, is_whole, older)


def refuse_newer(copy: Copy) -> None:
    """Refuse a copy that this program could not read."""
    if not copy.schema:
        raise KepiError(f"{copy.file} holds no data of Kepi. Name a copy that Kepi made.")
    if copy.schema > HEAD:
        raise KepiError(
            f"{copy.file} was made by a newer Kepi (schema {copy.schema}, this one has {HEAD}). "
            "Install that version and restore again."
        )


def bring_up_to_date(file: Path) -> None:
    """Bring a file's schema to this program's, and leave no log beside it."""
    database = Database(f"sqlite:///{file}")
    try:
        migrate(database)
    finally:
        database.close()
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def alone(target: Path) -> Iterator[None]:
    """Hold a database so that nobody else has it open; its log is in its file meanwhile.

    A running bot has: its connections hold SQLite's shared lock for as long as they are open.
    """
    if not target.exists():
        yield
        return
    connection = sqlite3.connect(target, isolation_level=None, timeout=1)
    try:
        take_alone(connection, target)
        yield
    finally:
        connection.close()


def take_alone(connection: sqlite3.Connection, target: Path) -> None:
    in_use = KepiError(f"Kepi, or something else, has {target} open. Stop it and try again.")
    try:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as fault:
        if fault.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise in_use from fault
        raise
    except sqlite3.DatabaseError:
        # Too damaged for SQLite to lock it: the lock itself can still be asked about.
        if is_held(target):
            raise in_use from None


def is_held(file: Path) -> bool:
    """Say whether another process has a database open, however damaged it is."""
    try:
        import fcntl
    except ImportError:
        return False  # without POSIX, a file in use cannot be moved anyway
    with file.open("rb+") as held:
        start, length = SHARED_LOCK
        try:
            fcntl.lockf(held, fcntl.LOCK_EX | fcntl.LOCK_NB, length, start)
        except OSError:
            return True
    return False


def move_aside(target: Path, at: datetime) -> Path | None:
    """Give a database and its logs another name; return it, or nothing where there is none."""
    if not any(Path(f"{target}{end}").exists() for end in ("", *LOGS)):
        return None
    aside = free_name(target, at)
    for end in LOGS:  # a log that stayed would be played into the copy
        if Path(f"{target}{end}").exists():
            os.replace(f"{target}{end}", f"{aside}{end}")
    if target.exists():
        os.replace(target, aside)
    return aside


def free_name(target: Path, at: datetime) -> Path:
    """Return “kepi.before-20261122-180000.db”, or one like it that is free."""
    name = f"{target.stem}.before-{at:%Y%m%d-%H%M%S}"
    for number in range(1, 1000):
        extra = "" if number == 1 else f"-{number}"
        found = target.with_name(f"{name}{extra}.db")
        if not found.exists() and not manifest_of(found).exists():
            return found
    raise KepiError(f"There are too many files like {name}.db. Move some of them away.")


def give_manifest(file: Path, at: datetime) -> bool:
    """Describe what was moved aside so that it can be restored; say whether it is whole."""
    if not file.is_file() or any(Path(f"{file}{end}").exists() for end in LOGS):
        return False
    if not file.stat().st_size or find_damage(file, alone=True):
        return False
    file.chmod(0o600)
    copy = describe(file, at)
    write_safely(manifest_of(file), as_json(copy))
    return bool(copy.schema)
