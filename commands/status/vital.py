"""How the process stands, as it wrote down last: read by whoever asks ``/kpi status``."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

KEY = "watch"


@dataclass(frozen=True)
class Vital:
    """Instants in ISO 8601, by the bot's clock; empty: never, as far as it knows."""

    looked: str = ""
    """When this was written: the watch goes round twice a minute."""
    heard: str = ""
    """When something came from Slack last."""
    connected: str = ""
    """Since when the line is open."""
    woken: str = ""
    """When it was last looked what is due."""

    def at(self, name: str) -> datetime | None:
        """Return one of its moments (aware)."""
        words = str(getattr(self, name))
        return datetime.fromisoformat(words) if words else None


def keep(connection: Connection, workspace: int, vital: Vital, now: datetime) -> None:
    from storage.support_notes import choose

    choose(connection, workspace, KEY, asdict(vital), "", now)


def last(connection: Connection, workspace: int) -> Vital | None:
    """Return what was written down last, by whichever process."""
    from storage.support_notes import chosen

    held = chosen(connection, workspace, KEY)
    return Vital(**held) if isinstance(held, dict) else None
