"""Teams of which every row was deleted: an older copy that is restored brings none of them back.

They stand in a file beside an SQLite database (``kepi.db.erased``), which no copy overwrites and
no damage to the database takes along; nothing in the database could, for every row of theirs is
gone from it. A team is a salted hash there. PostgreSQL's dumps are its operator's.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from storage.backup import write_safely
from storage.database import Database
from storage.errors import KepiError
from storage.kept.again import FOR_DAYS, hash_id
from storage.soundness import path_of

SUFFIX = ".erased"
"""Of the file, after the database's whole name."""


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
    """Write down that a team is erased from ``at`` on; call it while nobody else writes."""
    if not database.sqlite:
        return
    file, salt = path_of(database), secrets.token_hex(16)
    fresh = Erased(at, salt, hash_id(salt, team))
    kept = [it for it in read_erased(file) if at - it.at < timedelta(days=FOR_DAYS)]
    held = [asdict(it) | {"at": it.at.isoformat()} for it in (*kept, fresh)]
    write_safely(ledger_of(file), json.dumps(held, indent=1))


def read_erased(file: Path) -> list[Erased]:
    """Return which teams were erased from the database at ``file``; raises ``KepiError``."""
    ledger = ledger_of(file)
    try:
        held = json.loads(ledger.read_text(encoding="utf-8"))
        return [Erased(datetime.fromisoformat(it["at"]), it["salt"], it["hash"]) for it in held]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, LookupError, TypeError) as fault:
        raise KepiError(
            "{file} cannot be read, so nobody can tell which workspaces were erased. "
            "Move it away to go on without it.",
            file=ledger,
        ) from fault
