"""Erasing what is left of workspaces that removed Kepi: people at once, all after some days."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from typing import TYPE_CHECKING

from bot.shared import Shared
from commands.context import Context
from commands.status.ops import UNERASED

if TYPE_CHECKING:
    from storage.database import Database

log = logging.getLogger(__name__)

SECONDS = 3600


async def erase_departed(shared: Shared, told: Context | None = None) -> None:
    """Do what is to be done by now; what a stop cut off is done the next time.

    Where nothing may be erased, the ops channel of the workspace of ``told`` hears why, once a day.
    """
    try:
        why = await asyncio.to_thread(erase_due, shared.database, shared.clock())
        if why and told is not None:
            from bot.copies import tell

            await told.write(tell, told, UNERASED, why)
    except Exception:
        log.exception("a workspace that left was not erased")


def erase_due(database: Database, now: datetime) -> str:
    """Erase what is due; return what stands in the way, in one line, or nothing."""
    from storage.kept.erased import NoLedger
    from storage.leaving import erase_due

    try:
        gone = erase_due(database, now)
    except NoLedger as trouble:
        log.error("workspaces that left are not erased", extra={"why": trouble.english})
        return str(trouble)
    if gone:
        log.info("workspaces that left were erased", extra={"workspaces": gone})
    return ""
