"""Forgetting somebody after the press: begun at once, done in the background, told when done."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from commands.asker import tell
from commands.blocks import escape, section
from commands.calls import FAULTS
from commands.context import Context
from commands.kept import wording
from commands.kept.command import unpack_person, with_names
from commands.kept.handing import hand_over
from commands.pressed import Pressed
from commands.private import swap
from commands.rights import require_admin
from commands.saying import say

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.forgetting import Done, Order

log = logging.getLogger(__name__)

TURN = "forget"
PATIENCE = (5.0, 20.0)
"""After so many seconds it is told how far it is; a private message changes five times at most."""


async def forget(context: Context, pressed: Pressed) -> None:
    """Forget whom the button remembers, and say what came of it in its place."""
    from kpis.tongue import say_count

    await require_admin(context, pressed.asker.user, say(wording.ADMINS))
    person = await with_names(context, unpack_person(pressed.value))

    def begin(connection: Connection) -> Order:
        from storage.forgetting import begin

        now, user = context.clock(), pressed.asker.user
        order = begin(connection, context.home.workspace, person, user, now)
        hand_over(connection, context, order)
        return order

    order = await context.write(begin)
    await show_progress(context, pressed, say(wording.WORKING))
    async with context.locks.turn(TURN):
        done = await work(context, pressed, order)
    context.people.forget(person.user)
    lines = [say_count(wording.DONE_ONE, wording.DONE, done.rows), *await tell_copies(context)]
    if not done.is_scrubbed:
        lines.append(say(wording.NOT_YET_CLEAN))
    try:
        await show(context, pressed, "\n".join(lines))
    except SlackApiError:  # the message is gone, what it began is done
        await tell(context, pressed.asker, "\n".join(lines))


async def work(context: Context, pressed: Pressed, order: Order) -> Done:
    """Carry an order out in a thread, and tell twice how far it is where that takes long."""
    from storage.forgetting import carry_out
    from storage.kept.counts import count_rows

    counted = [0]

    def count(rows: int) -> None:
        counted[0] += rows

    workspace = context.home.workspace
    known = await asyncio.to_thread(count_rows, context.database, workspace, order.person)
    working = asyncio.ensure_future(
        asyncio.to_thread(carry_out, context.database, workspace, order, context.clock(), count)
    )
    for seconds in PATIENCE:
        ended, _ = await asyncio.wait([working], timeout=seconds)
        if ended:
            break
        number = max(sum(known.values()), counted[0])
        words = say(wording.SO_FAR, rows=f"{counted[0]:,}", all=f"{number:,}")
        await show_progress(context, pressed, words)
    return await working


async def tell_copies(context: Context) -> list[str]:
    """Return what became of older copies: deleted where the workspace chose so, else listed."""
    from storage.kept.copies import copies_before, replace_copies
    from storage.settings import value
    from storage.settings_kept import FORGET_COPIES

    now = context.clock()
    files = await asyncio.to_thread(copies_before, context.database, now)
    if not files:
        return []
    if await context.read(value, context.home.workspace, FORGET_COPIES) and (
        await asyncio.to_thread(replace_copies, context.database, files, now)
    ):
        return [say(wording.COPIES_GONE)]
    if len(files) == 1:
        return [say(wording.COPY)]
    return [say(wording.COPIES, number=len(files))]


async def show(context: Context, pressed: Pressed, words: str) -> None:
    """Put words in the place of the message whose button was pressed."""
    await swap(context, pressed, words.partition("\n")[0], [section(escape(words))])


async def show_progress(context: Context, pressed: Pressed, words: str) -> None:
    """The same where it may fail: what was begun goes on whether it is shown or not."""
    try:
        await show(context, pressed, words)
    except (SlackApiError, *FAULTS) as fault:
        log.warning("progress was not shown", extra={"why": type(fault).__name__})
