"""Whether an SQLite file is whole, as far as SQLite can see.

Its pages have no checksums: of random damage it sees four in ten (reliability §1), so that copies
have a checksum beside them (``storage.backup``). ``integrity_check`` reads a file of 5 MB in 22 ms,
one of 86 MB with large indexes in 1.4 s, measured; a start therefore gives it a limit.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from storage.database import Database

AT_START, LARGEST_AT_START = 0.25, 256_000_000
"""Seconds that a start may spend on looking, and bytes of a file that it looks at: SQLite walks
the trees, 1.3 ms for a MB, without looking up. A larger file is looked through at night."""
STEPS = 2_000
"""Of SQLite's machine, between two looks at the time."""


def path_of(database: Database) -> Path:
    """Return the file of an SQLite database."""
    return Path(str(database.url.database))


def open_reading(file: Path, *, alone: bool = False) -> sqlite3.Connection:
    """Open a file for reading; ``alone``: nobody writes to it, and it has no log beside it."""
    mode = "mode=ro&immutable=1" if alone else "mode=ro"
    return sqlite3.connect(f"file:{quote(str(file.absolute()))}?{mode}", uri=True, timeout=5)


def find_damage(file: Path, *, seconds: float | None = None, alone: bool = False) -> str:
    """Return what SQLite finds wrong with a file in one short line; empty: nothing.

    With ``seconds`` it stops looking then. A file that is merely busy is not damaged.
    """
    try:
        with closing(open_reading(file, alone=alone)) as connection:
            connection.text_factory = lambda found: found.decode(errors="replace")
            if seconds is not None:
                ends = time.monotonic() + seconds
                connection.set_progress_handler(lambda: int(time.monotonic() > ends), STEPS)
            (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
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
    """Return what SQLite finds wrong within the time that a start has."""
    if file.stat().st_size > LARGEST_AT_START:
        return ""
    return find_damage(file, seconds=AT_START)


def first_line(words: str) -> str:
    """Return the first line of what SQLite says that tells something."""
    lines = [it.strip() for it in words.splitlines() if it.strip() and not it.startswith("***")]
    return (lines or [words.strip()])[0][:120]
