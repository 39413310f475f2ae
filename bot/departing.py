"""Erasing what is left of workspaces that removed Kepi: people at once, all after some days."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from typing import TYPE_CHECKING

from bot.shared import Shared

if TYPE_CHECKING:
    from storage.database import Database

log = logging.getLogger(__name__)

SECONDS = 3600


async def erase_departed(shared: Shared) -> None:
    """Do what is to be done by now; what a stop cut off is done the next time."""
    try:
        await asyncio.to_thread(erase_due, shared.database, shared.clock())
    except Exception:
        log.exception("a workspace that left was not erased")


def erase_due(database: Database, now: datetime) -> None:
    """Erase the people of workspaces that left, and every row of those whose time is over."""
    from storage.installations import departures
    from storage.leaving import erase_workspace, leave

    with database.read() as connection:
        found = departures(connection)
    for workspace, _, erase in found:
        is_over = erase <= now
        rows = erase_workspace(database, workspace) if is_over else leave(database, workspace, now)
        if rows:
            log.info("a workspace that left was erased", extra={"rows": rows, "all": is_over})
