"""Looking through a whole SQLite file while it is served: gently, a table at a time.

Of a large file nobody else does: a start has a quarter of a second, and SQLite walks the trees of a
table without looking up. What was found stands beside the file; the next start looks there first.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from storage import soundness
from storage.backup import write_safely
from storage.soundness import Look, find_damage, look_file, open_reading

SHARE = 3.0
"""Times as long as a table took it rests before the next: others want the disk, too."""

Told = Callable[[int, int], None]
"""Told how many tables were looked through, of how many."""


def look_through(
    file: Path, now: datetime, *, told: Told | None = None, stop: threading.Event | None = None
) -> Look | None:
    """Look through a file and write down what was found; nothing where ``stop`` came before.

    With ``stop`` it rests between tables. Of a large file pages that hold nothing are left out.
    """
    damage = ""
    for name, number, of in pieces_of(file):
        began = time.monotonic()
        damage = find_damage(file, table=name, is_enough=stop.is_set if stop else None)
        if stop is not None and (stop.is_set() or wait(stop, time.monotonic() - began, number, of)):
            return None
        if told is not None:
            told(number, of)
        if damage:
            break
    look = Look(now, file.stat().st_size, damage)
    note(file, look)
    return look


def wait(stop: threading.Event, took: float, number: int, of: int) -> bool:
    """Rest before the next table, unless there is none; say whether to stop."""
    return number < of and stop.wait(took * SHARE)


def pieces_of(file: Path) -> list[tuple[str, int, int]]:
    """Return the tables of a large file, numbered; of a smaller one the whole under no name."""
    names = [""]
    if file.stat().st_size > soundness.LARGEST_AT_START:
        names = names_in(file) or names
    return [(name, number, len(names)) for number, name in enumerate(names, start=1)]


def names_in(file: Path) -> list[str]:
    """Return the schema's own table and all others; nothing where the schema cannot be read."""
    try:
        with closing(open_reading(file)) as connection:
            found = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            return ["sqlite_master", *(name for (name,) in connection.execute(found))]
    except (sqlite3.DatabaseError, UnicodeError):
        return []


def note(file: Path, look: Look) -> None:
    """Write down what was found, where the folder lets us."""
    held = {"at": look.at.isoformat(), "bytes": look.bytes, "damage": look.damage}
    try:
        write_safely(look_file(file), json.dumps(held))
    except OSError:
        return
