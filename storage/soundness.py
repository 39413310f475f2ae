"""Whether an SQLite file is whole, as far as SQLite can see.

Its pages have no checksums: of random damage it sees four in ten (reliability §1), so that copies
have a checksum beside them (``storage.backup``). ``integrity_check`` reads a file of 5 MB in 22 ms,
one of 86 MB with large indexes in 1.4 s, measured; a start therefore gives it a limit, and the
whole file is looked through behind its back (``storage.looks``).
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from storage.database import Database

AT_START, LARGEST_AT_START = 0.25, 256_000_000
"""Seconds that a start may spend on looking, and bytes of a file that it looks at: SQLite walks
the trees, 1.3 ms for a MB, without looking up. A larger file is looked through afterwards."""
LOOKED = ".looked"
"""Of the file that tells of the last look, after the database's whole name: nothing is written into
a database that may be damaged."""
STEPS = 2_000
"""Of SQLite's machine, between two looks at the time."""


@dataclass(frozen=True)
class Look:
    """What came of looking through a whole file."""

    at: datetime
    bytes: int
    damage: str
    """In one short line; empty: none was seen."""


def path_of(database: Database) -> Path:
    """Return the file of an SQLite database."""
    return Path(str(database.url.database))


def open_reading(file: Path, *, alone: bool = False) -> sqlite3.Connection:
    """Open a file for reading; ``alone``: nobody writes to it, and it has no log beside it."""
    mode = "mode=ro&immutable=1" if alone else "mode=ro"
    return sqlite3.connect(f"file:{quote(str(file.absolute()))}?{mode}", uri=True, timeout=5)


def find_damage(
    file: Path,
    *,
    table: str = "",
    alone: bool = False,
    is_enough: Callable[[], bool] | None = None,
) -> str:
    """Return what SQLite finds wrong with a file, or a table of it; empty: nothing.

    In one short line. It stops looking as soon as ``is_enough``. A file that is merely busy is not
    damaged.
    """
    check = "integrity_check(1)" if not table else f"integrity_check({quote_name(table)})"
    try:
        with closing(open_reading(file, alone=alone)) as connection:
            connection.text_factory = lambda found: found.decode(errors="replace")
            if is_enough is not None:
                connection.set_progress_handler(is_enough, STEPS)
            (found,) = connection.execute(f"PRAGMA {check}").fetchone()
    except sqlite3.OperationalError as fault:
        is_passing = fault.sqlite_errorcode & 0xFF in (
            *(sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED),
            *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY),
        )
        return "" if is_passing else first_line(str(fault))
    except sqlite3.DatabaseError as fault:
        return first_line(str(fault))
    except UnicodeDecodeError:
        return "its schema is no text"
    return "" if found == "ok" else first_line(str(found))


def find_damage_at_start(file: Path) -> str:
    """Return what SQLite finds wrong within the time that a start has.

    Where the last look found something, it is looked through to the end.
    """
    last = last_look(file)
    if last is not None and last.damage:
        return find_damage(file)
    if file.stat().st_size > LARGEST_AT_START:
        return ""
    ends = time.monotonic() + AT_START
    return find_damage(file, is_enough=lambda: time.monotonic() > ends)


def look_file(file: Path) -> Path:
    return file.with_name(file.name + LOOKED)


def last_look(file: Path) -> Look | None:
    """Return what the last look through a file found; nothing where none is known."""
    try:
        held = json.loads(look_file(file).read_text(encoding="utf-8"))
        return Look(datetime.fromisoformat(held["at"]), int(held["bytes"]), str(held["damage"]))
    except (OSError, ValueError, LookupError, TypeError):
        return None


def quote_name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def first_line(words: str) -> str:
    """Return the first line of what SQLite says that tells something."""
    lines = [it.strip() for it in words.splitlines() if it.strip() and not it.startswith("***")]
    return (lines or [words.strip()])[0][:120]
