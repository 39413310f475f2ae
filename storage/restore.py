"""Putting a copy in the place of a database: verified first, and nothing is thrown away.

The present file is moved aside under a name that is told, with a manifest of its own where it is
whole, so that restoring it is how a restoring is undone. Whoever was forgotten since the copy was
made is forgotten in it again before it takes the place.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.backup import beside, describe, in_words, sync, sync_folder, verify, write_safely
from storage.backup_manifest import Copy, Damaged, as_json, checksum_of, cut_off, manifest_of
from storage.database import Database
from storage.errors import KepiError
from storage.kept.erased import read_erased
from storage.kept.restored import Again, close_log, forget_as_before, read_before
from storage.schema import HEAD, migrate
from storage.soundness import find_damage, look_file

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
    again: Again
    """Who was forgotten again."""
    is_known: bool
    """What stood there could be asked whom it had forgotten."""


def restore(file: Path, target: Path, at: datetime) -> Restored:
    """Put a verified copy in the place of the database at ``target``, which nobody may use.

    Raises ``KepiError`` for a copy that is damaged, of a newer Kepi, or while the database is in
    use; everything stays as it was then.
    """
    copy = verify(file)
    refuse_newer(copy)
    if target.exists() and target.samefile(file):
        raise KepiError(f"{file} is the database itself. Name a copy of it.")
    erased = read_erased(target)
    with in_words(target), beside(target) as part:
        move_back(target)
        shutil.copyfile(file, part)
        if checksum_of(part) != copy.checksum:
            raise Damaged(f"{file} could not be read twice alike. Look after its disk.")
        older = "" if copy.schema == HEAD else copy.schema
        if older:
            bring_up_to_date(part)
        with alone(target) as held:
            before = read_before(held, erased)
            again = forget_as_before(before, part, copy.made, at)
            sync(part)
            aside = move_aside(target, at)
            os.replace(part, target)
            look_file(target).unlink(missing_ok=True)  # it told of what stood there
        sync_folder(target.parent)
        is_whole = aside is not None and give_manifest(aside, at)
    return Restored(copy, aside, is_whole, older, again, before.is_readable)


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
    close_log(file)


@contextmanager
def alone(target: Path) -> Iterator[sqlite3.Connection | None]:
    """Hold a database so that nobody else has it open; its log is in its file meanwhile.

    Gives the connection that holds it: nobody else could read it now.

    A running bot has: its connections hold SQLite's shared lock for as long as they are open.
    """
    if not target.exists():
        yield None
        return
    connection = sqlite3.connect(target, isolation_level=None, timeout=1)
    try:
        take_alone(connection, target)
        yield connection
    finally:
        connection.close()


def take_alone(connection: sqlite3.Connection, target: Path) -> None:
    in_use = KepiError(f"Kepi, or something else, has {target} open. Stop it and try again.")
    try:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")  # held until it is closed
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
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


def move_back(target: Path) -> None:
    """Undo a restoring that was cut off: what it moved aside says who was forgotten since."""
    aside = cut_off(target)
    if aside is None:
        return
    for end in (*LOGS, ""):  # the file last: until then it is known where it is
        if Path(f"{aside}{end}").exists():
            os.replace(f"{aside}{end}", f"{target}{end}")


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
