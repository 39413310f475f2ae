"""Pictures that could not be shown when their message went out: they join it later."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from commands.calls import FAULTS, is_final
from commands.context import Context
from commands.letters import Letter
from commands.pictures import show_pictures
from commands.posting import update
from commands.writers import write

if TYPE_CHECKING:
    from storage.outbox import DeliveryRow

log = logging.getLogger(__name__)

PICTURE_LATER = "a picture comes later"
PICTURE_TRIES = 6
FIRST_WAIT = timedelta(minutes=1)
"""Before a picture is tried again; doubled each time."""


async def join_pictures(context: Context) -> None:
    """Let pictures join the messages that went out without them."""
    from storage import outbox

    workspace, now = context.home.workspace, context.clock()
    owed = await context.read(outbox.owed, workspace, now, PICTURE_TRIES)
    for row in owed:
        async with context.locks.turn(f"picture:{row.id}"):
            joined = await join_picture(context, row)
        wake = None if joined else context.clock() + FIRST_WAIT * 2**row.tries
        await context.write(outbox.settle_picture, workspace, row, wake)


async def join_picture(context: Context, row: DeliveryRow) -> bool:
    """Show a message's pictures in it; say whether nothing is left to do."""
    try:
        written = await write(context, row)
    except Exception:
        log.exception("a picture could not be made", extra={"kind": row.kind})
        return False
    if not isinstance(written, Letter):
        return True
    files = await show_pictures(context, written.pictures, PICTURE_LATER)
    if len(files) < len(written.pictures):
        return False
    try:
        await update(
            context,
            channel=row.posted_in,
            ts=row.ts,
            text=written.text,
            blocks=written.compose(files),
        )
    except FAULTS as fault:
        return is_final(fault)
    return True
