"""Sending what is due, exactly once (design §5, reliability §2).

Claim → write → upload the pictures → look, after any doubt → post with the key → mark it out.
Each try posts once; what is uncertain is looked for in the channel before anything is tried
again, and what a dead process has left is taken over when it has been silent for longer than a
request can last.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from commands.calls import FAULTS, TRIES, error_of, is_final
from commands.context import Context
from commands.late_pictures import PICTURE_LATER, join_pictures
from commands.letters import Letter, NotNow, Pointless
from commands.people import open_direct
from commands.pictures import show_pictures
from commands.post_once import NO_ACCESS, Doubt, post_once
from commands.posting import NOT_WELCOME
from commands.undelivered import tell_of
from commands.unsent import TOO_LATE
from commands.writers import write

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.outbox import DeliveryRow

log = logging.getLogger(__name__)

QUIET_SECONDS = 600.0
IN_FLIGHT = timedelta(seconds=31)
"""A post whose answer was lost may arrive until its request has timed out."""


async def deliver_due(context: Context) -> int:
    """Send what is due, a few at once, until nothing is left; return how many are out."""
    leases, count = context.leases, 0
    await context.write(show_life, context)
    while leases.free > 0 and leases.now() >= leases.quiet_until:
        rows = await context.write(take_some, context)
        if not rows:
            break
        leases.under_way |= {it.id for it in rows}
        count += sum(await asyncio.gather(*(deliver(context, it) for it in rows)))
    await join_pictures(context)
    return count


def show_life(connection: Connection, context: Context) -> None:
    """Raise the counters of what this process sends; give up what is too late, and say so."""
    from storage import outbox, sending

    workspace, now = context.home.workspace, context.clock()
    if context.leases.under_way:
        sending.beat(connection, workspace, context.leases.holder)
    for row in outbox.expire(connection, workspace, now):
        log.warning("too late to be sent", extra={"kind": row.kind, "period": row.period})
        tell_of(connection, context, row, TOO_LATE)
    outbox.drop_orphans(connection, workspace)


def take_some(connection: Connection, context: Context) -> list[DeliveryRow]:
    """Take what others have left lying, then what is due."""
    from storage import sending

    workspace, now, leases = context.home.workspace, context.clock(), context.leases
    held = sending.held_by_others(connection, workspace, leases.holder)
    left = [
        sending.take_over(connection, workspace, it, leases.holder, now)
        for it in leases.find_left(held)[: leases.free]
    ]
    taken = [it for it in left if it is not None]
    room = leases.free - len(taken)
    return taken + sending.claim(connection, workspace, now, leases.holder, room)


async def deliver(context: Context, row: DeliveryRow) -> bool:
    """Send one message that this process holds; say whether it is out."""
    try:
        return await send(context, row)
    except asyncio.CancelledError:
        await context.write(put_back, context, row, "stopped", timedelta(0), False)
        raise
    except Exception as fault:
        log.exception("a message could not be written", extra={"kind": row.kind, "id": row.id})
        await fail(context, row, type(fault).__name__)
        return False
    finally:
        context.leases.under_way.discard(row.id)


async def send(context: Context, row: DeliveryRow) -> bool:
    """Write a message and post it; what cannot be done now is put back, or ended."""
    written = await write(context, row)
    if isinstance(written, NotNow):
        await context.write(wait_until, context, row, written)
        return False
    if isinstance(written, Pointless):
        await context.write(end, context, row, "dropped", written.why)
        return False
    try:
        channel = await find_channel(context, row)
        files = await show_pictures(context, written.pictures, PICTURE_LATER)
        ts = await post_once(context, row, channel, written, files)
    except Doubt as doubt:
        await fail(context, row, str(doubt), IN_FLIGHT)
        return False
    except FAULTS as fault:
        await judge(context, row, fault)
        return False
    is_bare = len(files) < len(written.pictures)
    return await context.write(finish, context, row, written, (channel, ts), is_bare)


async def find_channel(context: Context, row: DeliveryRow) -> str:
    """Return where a message goes: of a person, the direct message."""
    is_person = row.channel[:1] in ("U", "W")
    return await open_direct(context, row.channel) if is_person else row.channel


# --- what became of it


def finish(
    connection: Connection,
    context: Context,
    row: DeliveryRow,
    letter: Letter,
    where: tuple[str, str],
    is_bare: bool,
) -> bool:
    """Mark a message as out, with what its writer keeps and what follows in its thread."""
    from storage import outbox, sending

    workspace, now, (channel, ts) = context.home.workspace, context.clock(), where
    done = sending.finish(
        connection, workspace, row, posted_in=channel, ts=ts, now=now, bare=is_bare
    )
    if not done:
        return False
    for it in letter.then:
        outbox.add(
            connection,
            workspace,
            channel=row.channel,
            kind=it.kind,
            period=it.period,
            due=now,
            now=now,
            body={"owner": row.details.get("owner", "")} | dict(it.body),
            parent=row.id,
        )
    if letter.keep is not None:
        letter.keep(connection, row._replace(state="sent", posted_in=channel, ts=ts, sent=now))
    return True


def end(connection: Connection, context: Context, row: DeliveryRow, state: str, why: str) -> None:
    """End a message that will not be sent; of one that failed its owner is told, once."""
    from storage import sending

    if sending.end(connection, context.home.workspace, row, state, why) and state == "dead":
        tell_of(connection, context, row, why)


def put_back(
    connection: Connection,
    context: Context,
    row: DeliveryRow,
    why: str,
    wait: timedelta,
    failed: bool = True,
) -> None:
    from storage import sending

    wake = context.clock() + wait
    sending.put_back(connection, context.home.workspace, row, wake, why, failed=failed)


def wait_until(connection: Connection, context: Context, row: DeliveryRow, written: NotNow) -> None:
    from storage import sending

    workspace = context.home.workspace
    sending.put_back(connection, workspace, row, written.until, "", failed=False)


async def judge(context: Context, row: DeliveryRow, fault: Exception) -> None:
    """Decide what a refusal or a fault means for a message that certainly is not out."""
    word = error_of(fault)
    if word in NO_ACCESS:
        leases = context.leases
        if leases.now() >= leases.quiet_until:
            log.error("Slack refuses the token; nothing is sent", extra={"why": word})
        leases.quiet_until = leases.now() + QUIET_SECONDS
        await context.write(put_back, context, row, word, timedelta(0), False)
    elif is_final(fault):
        log.warning("Slack refused a message", extra={"kind": row.kind, "why": word})
        if word in NOT_WELCOME:
            context.channels.forget(row.channel)
        await context.write(end, context, row, "dead", word)
    else:
        await fail(context, row, word or type(fault).__name__)


async def fail(
    context: Context, row: DeliveryRow, why: str, at_least: timedelta = timedelta(0)
) -> None:
    """Let a message be tried again, later each time; after ``TRIES`` its owner is told."""
    if row.tries + 1 >= TRIES:
        await context.write(end, context, row, "dead", why)
        return
    wait = max(at_least, timedelta(seconds=4 * 2**row.tries))
    await context.write(put_back, context, row, why, wait)
