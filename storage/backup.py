"""Verified copies of an SQLite database (reliability rows 19–21).

A copy is taken by SQLite's online backup, which writers do not wait for: copying the file of a
live database lost every row that was still in its log (reliability §1). It is checked, counted
and given a manifest with its checksum (``FILE.json``) before it gets its name; both are readable
by their owner alone. PostgreSQL has tools of its own, which are named.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL

from storage.backup_totals import add_totals, count_rows, differences, schema_of
from storage.database import Database
from storage.errors import KepiError
from storage.soundness import find_damage, open_reading, path_of

PIECE = 1 << 20
SUFFIX = ".json"
"""Of the manifest, after the copy's whole name."""


@dataclass(frozen=True)
class Copy:
    """A copy as its manifest describes it."""

    file: Path
    bytes: int
    checksum: str
    """SHA-256 of the file."""
    schema: str
    made: datetime
    rows: Mapping[str, int]
    totals: Mapping[str, list[int]]
    """“facts 1|reach” → [rows, sum]."""

    @property
    def row_count(self) -> int:
        return sum(self.rows.values())

    def counts(self) -> str:
        """Return rows and totals as JSON, for ``backup_run``."""
        return json.dumps({"rows": self.rows, "totals": self.totals})


class Damaged(KepiError):
    """A copy, or the database itself, that is not what it was."""


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


def manifest_of(file: Path) -> Path:
    return file.with_name(file.name + SUFFIX)


def as_json(copy: Copy) -> str:
    return json.dumps(
        {
            "kepi": "backup",
            "made": copy.made.isoformat(),
            "schema": copy.schema,
            "bytes": copy.bytes,
            "sha256": copy.checksum,
            "rows": copy.rows,
            "totals": copy.totals,
        },
        indent=1,
    )


def read_manifest(file: Path) -> Copy:
    """Return what was noted of a copy; raises ``KepiError`` where nothing was."""
    if not file.is_file():
        raise KepiError(f"There is no file {file}. {suggest(file)}")
    try:
        held: Any = json.loads(manifest_of(file).read_text(encoding="utf-8"))
        return Copy(
            file=file,
            bytes=int(held["bytes"]),
            checksum=str(held["sha256"]),
            schema=str(held["schema"]),
            made=datetime.fromisoformat(held["made"]),
            rows=dict(held["rows"]),
            totals={str(name): list(pair) for name, pair in held["totals"].items()},
        )
    except FileNotFoundError:
        raise KepiError(
            f"{manifest_of(file).name} is not beside {file}, so nobody can tell whether it is "
            f"whole. {suggest(file)}"
        ) from None
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise Damaged(f"{manifest_of(file)} cannot be read. {suggest(file)}") from None


def suggest(file: Path) -> str:
    """Return a sentence with the command that restores the newest whole copy near a file."""
    for other in copies_near(file):
        try:
            noted = read_manifest_quietly(other)
        except KepiError:
            continue
        if other.absolute() != file.absolute() and checksum_of(other) == noted.checksum:
            return f"Restore a copy with: python -m bot restore {other}"
    return "Restore another copy with: python -m bot restore FILE"


def read_manifest_quietly(file: Path) -> Copy:
    """Return a manifest without looking for another copy where there is none."""
    if not manifest_of(file).is_file():
        raise KepiError("no manifest")
    try:
        held = json.loads(manifest_of(file).read_text(encoding="utf-8"))
        return Copy(file, 0, str(held["sha256"]), "", datetime.fromisoformat(held["made"]), {}, {})
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        raise KepiError("no manifest") from None


def copies_near(file: Path) -> list[Path]:
    """Return copies in a file's folder and in its ``backups``, the newest first."""
    found: dict[Path, datetime] = {}
    for folder in (file.parent, file.parent / "backups"):
        for manifest in folder.glob(f"*.db{SUFFIX}") if folder.is_dir() else ():
            copy = manifest.with_name(manifest.name.removesuffix(SUFFIX))
            try:
                if copy.is_file():
                    found[copy] = read_manifest_quietly(copy).made
            except KepiError:
                continue
    return sorted(found, key=lambda it: found[it], reverse=True)


def copies_of(file: Path) -> list[Path]:
    """Return copies whose names say that they are of this file, the newest first."""
    starts = (f"{file.stem}-", f"{file.stem}.before-")
    return [it for it in copies_near(file) if it.name.startswith(starts)]


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


def checksum_of(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as held:
        while piece := held.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


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
