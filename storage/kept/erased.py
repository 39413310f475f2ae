"""Teams of which every row was deleted: an older copy that is restored brings none of them back.

They stand in a file beside an SQLite database (``kepi.db.erased``), which no copy overwrites and
no damage to the database takes along; nothing in the database could, for every row of theirs is
gone from it. A team is a salted hash there. PostgreSQL's dumps are its operator's.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from storage.backup import write_safely
from storage.database import Database
from storage.errors import KepiError
from storage.kept.again import FOR_DAYS, hash_id
from storage.soundness import path_of

SUFFIX = ".erased"
"""Of the file, after the database's whole name."""


class NoLedger(KepiError):
    """What tells who was erased can be neither read nor written: nobody is erased until it can."""


@dataclass(frozen=True)
class Erased:
    """A team that was erased, without saying which."""

    at: datetime
    salt: str
    hash: str

    def is_of(self, team: str) -> bool:
        return hash_id(self.salt, team) == self.hash


def ledger_of(file: Path) -> Path:
    return file.with_name(file.name + SUFFIX)


def note_erased(database: Database, team: str, at: datetime) -> None:
    """Write down that a team is erased from ``at`` on; call it while nobody else writes.

    Raises ``NoLedger``.
    """
    if not database.sqlite:
        return
    file, salt = path_of(database), secrets.token_hex(16)
    fresh = Erased(at, salt, hash_id(salt, team))
    kept = [it for it in read_erased(file) if at - it.at < timedelta(days=FOR_DAYS)]
    held = [asdict(it) | {"at": it.at.isoformat()} for it in (*kept, fresh)]
    try:
        write_safely(ledger_of(file), json.dumps(held, indent=1))
    except OSError as fault:
        raise NoLedger(
            "{file} cannot be written, so no workspace is erased: an older copy would bring it "
            "back. Make room there, or let Kepi write there.",
            file=ledger_of(file),
        ) from fault


def read_erased(file: Path) -> list[Erased]:
    """Return which teams were erased from the database at ``file``; raises ``NoLedger``."""
    ledger = ledger_of(file)
    try:
        held = json.loads(ledger.read_text(encoding="utf-8"))
        return [read_entry(it) for it in held]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as fault:
        raise NoLedger(
            "{file} cannot be read, so nobody can tell which workspaces were erased. "
            "Move it away to go on without it.",
            file=ledger,
        ) from fault


def read_entry(held: Mapping[str, Any]) -> Erased:
    """Return one team; raises ``ValueError``, ``LookupError`` or ``TypeError`` where it is none."""
    found = Erased(datetime.fromisoformat(held["at"]), held["salt"], held["hash"])
    if found.at.tzinfo is None:
        raise ValueError("a time without its zone")
    if not (isinstance(found.salt, str) and isinstance(found.hash, str)):
        raise TypeError("no text")
    return found
