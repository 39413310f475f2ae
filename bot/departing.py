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
    from storage.leaving import erase_due

    gone = erase_due(database, now)
    if gone:
        log.info("workspaces that left were erased", extra={"workspaces": gone})
