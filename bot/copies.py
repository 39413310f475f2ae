"""The nightly copy in a running bot: made in a thread, and a failure is told once a day."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from commands.context import Context
from commands.status.ops import COPY, KIND

if TYPE_CHECKING:
    from sqlalchemy import Connection

log = logging.getLogger(__name__)

TURN = "copy"
"""One copy at a time: a large file takes longer than the minute between two looks."""


async def copy_if_due(
    context: Context, *, folder: Path | None = None, fixed: str = "", is_shared: bool = False
) -> None:
    """Make the copy that is due, if one is; called every minute.

    ``context`` is the first workspace's, whose setting counts and whose ops channel is told of a
    failure; where the file is shared by several, the log alone is. ``folder`` and ``fixed`` are
    the environment's ``KEPI_BACKUPS`` and ``KEPI_BACKUP``.
    """
    if context.locks.is_held(TURN):
        return
    from storage.nightly import make_due_copy

    async with context.locks.turn(TURN):
        night = await asyncio.to_thread(
            make_due_copy, context.database, context.clock(), folder=folder, fixed=fixed
        )
        if night is None:
            return
        if night.trouble:
            log.error("no copy of the database was made", extra={"why": night.trouble})
            if not is_shared:
                await context.write(tell, context, COPY, night.trouble)
        else:
            log.info("the database was copied", extra={"file": night.file.name})


def tell(connection: Connection, context: Context, what: str, why: str) -> None:
    """Write down that the ops channel, or whoever installed Kepi, is to be told today."""
    from commands.undelivered import OPS_CHANNEL
    from storage import outbox
    from storage.support_notes import chosen

    now, workspace = context.clock(), context.home.workspace
    receiver = str(chosen(connection, workspace, OPS_CHANNEL, "") or context.home.installer)
    if receiver:
        outbox.add(
            connection,
            workspace,
            channel=receiver,
            kind=KIND,
            period=f"{what}|{now.date()}",
            due=now,
            now=now,
            body={"what": what, "why": why},
        )
