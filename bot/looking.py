"""Looking through the database file behind the back of a running bot: after a start, then daily.

A start has a quarter of a second for it, which is enough for a small file alone. It is done in a
thread of the lowest priority, a table at a time; what it finds is told, for SQLite itself would
serve a damaged page for months until somebody reads it.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from commands.context import Context
from commands.status.ops import DAMAGED

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from storage.soundness import Look

log = logging.getLogger(__name__)

FIRST, SECONDS = 120.0, 86_400.0
"""Seconds until the first look, when a start's own work is done, and between two."""
LOWEST = 19


@dataclass
class Looking:
    """Looks of one process; ``stop`` ends one that is under way."""

    stop: threading.Event = field(default_factory=threading.Event)

    async def look(self, context: Context, *, is_shared: bool = False) -> None:
        """Look through the file, and tell the ops channel of damage.

        ``context`` is the first workspace's; where the file is shared by several, the log alone
        is told.
        """
        from storage.soundness import path_of

        if not context.database.sqlite:
            return
        file, now = path_of(context.database), context.clock()
        found = await look_gently(file, now, self.stop)
        if found is None:
            return
        if not found.damage:
            log.info("the database was looked through", extra={"bytes": found.bytes})
            return
        why = await asyncio.to_thread(say_damage, file, found.damage)
        log.critical("the database is damaged", extra={"why": why})
        if not is_shared:
            await tell(context, why)


async def look_gently(file: Path, now: datetime, stop: threading.Event) -> Look | None:
    """Look through a file in a thread of its own, whose priority nobody has to raise again."""
    from storage.looks import look_through

    pool = ThreadPoolExecutor(1, "look", initializer=come_last)
    try:
        work = partial(look_through, file, now, stop=stop)
        return await asyncio.get_running_loop().run_in_executor(pool, work)
    finally:
        pool.shutdown(wait=False)


def come_last() -> None:
    """Let all others who want a processor come before this thread."""
    if sys.platform == "linux":  # elsewhere it would be the whole process
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LOWEST)


def say_damage(file: Path, damage: str) -> str:
    """Return what is damaged, and the command that restores the newest whole copy."""
    from storage.backup_manifest import suggest

    return f"{damage}. {suggest(file)}"


async def tell(context: Context, why: str) -> None:
    """Let the ops channel, or whoever installed Kepi, be told; what is damaged may refuse it."""
    from bot.copies import tell

    try:
        await context.write(tell, context, DAMAGED, why)
    except Exception:
        log.exception("nobody could be told that the database is damaged")
