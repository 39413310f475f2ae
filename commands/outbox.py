"""Sending what is due, exactly once (design §5, reliability §2).

Claim → write → upload the pictures → look, after any doubt → post with the key → mark it out.
Each try posts once; what is uncertain is looked for in the channel before anything is tried
again, and what a dead process has left is taken over when it has been silent for longer than a
request can last.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from commands import writers
from commands.blocks import Block
from commands.calls import FAULTS, TRIES, error_of, is_final, never_arrived, repeat
from commands.context import Context
from commands.letters import Letter, NotNow, Pointless, Written
from commands.people import open_direct
from commands.posting import NOT_WELCOME, make_message, search, update
from commands.undelivered import tell_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.outbox import DeliveryRow

log = logging.getLogger(__name__)

NO_ACCESS = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"}
    | {"org_login_required", "ekm_access_denied"}
)
"""Slack does not let Kepi in at all: nobody can be told, and everything waits."""
BLOCKS_REFUSED = frozenset({"invalid_blocks", "invalid_blocks_format"})
QUIET_SECONDS = 600.0
IN_FLIGHT = timedelta(seconds=31)
"""A post whose answer was lost may arrive until its request has timed out."""
PICTURE_TRIES = 6
SOME_TIME = timedelta(minutes=1)
LOOK_BACK = timedelta(hours=1)


class Doubt(Exception):
    """It is not known whether the message is out."""


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
    from storage import outbox

    workspace, now = context.home.workspace, context.clock()
    if context.leases.under_way:
        outbox.beat(connection, workspace, context.leases.holder)
    for row in outbox.expire(connection, workspace, now):
        log.warning("too late to be sent", extra={"kind": row.kind, "period": row.period})
        tell_of(connection, context, row, "too late")
    outbox.drop_orphans(connection, workspace)


def take_some(connection: Connection, context: Context) -> list[DeliveryRow]:
    """Take what others have left lying, then what is due."""
    from storage import outbox

    workspace, now, leases = context.home.workspace, context.clock(), context.leases
    held = outbox.held_by_others(connection, workspace, leases.holder)
    left = [
        outbox.take_over(connection, workspace, it, leases.holder, now)
        for it in leases.find_left(held)[: leases.free]
    ]
    taken = [it for it in left if it is not None]
    room = leases.free - len(taken)
    return taken + outbox.claim(connection, workspace, now, leases.holder, room)


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
        files = await show_pictures(context, written)
        ts = await post_once(context, row, channel, written, files)
    except Doubt as doubt:
        await fail(context, row, str(doubt), IN_FLIGHT)
        return False
    except FAULTS as fault:
        await judge(context, row, fault)
        return False
    is_bare = len(files) < len(written.pictures)
    return await context.write(finish, context, row, written, (channel, ts), is_bare)


async def write(context: Context, row: DeliveryRow) -> Written:
    writer = writers.writers().get(row.kind)
    if writer is None:
        return Pointless("nobody writes this kind any more")
    return await writer(context, row)


async def find_channel(context: Context, row: DeliveryRow) -> str:
    """Return where a message goes: of a person, the direct message."""
    is_person = row.channel[:1] in ("U", "W")
    return await open_direct(context, row.channel) if is_person else row.channel


async def show_pictures(context: Context, letter: Letter) -> list[str]:
    """Return the ids of all pictures, or none: half of them would be shown at wrong places."""
    from commands.files_upload import NotUploaded, upload_image
    from kpis.charts.workers import ChartFailed

    files = []
    try:
        for picture in letter.pictures:
            data = await context.workers.draw(picture)
            files.append(await upload_image(context, data, picture.file_name, picture.alt_text))
    except (*FAULTS, NotUploaded, ChartFailed) as fault:
        log.warning("a picture comes later", extra={"why": repr(fault)[:200]})
        return []
    return files


async def post_once(
    context: Context, row: DeliveryRow, channel: str, letter: Letter, files: Sequence[str]
) -> str:
    """Return the ``ts`` of the message, found or posted.

    Raises ``Doubt`` where it may or may not be out, and what Slack refuses.
    """
    thread = await context.read(find_thread, context.home.workspace, row)
    if row.is_doubtful:
        found = await look(context, row, channel, thread)
        if found:
            return found
    if not await context.write(is_still_ours, context, row):
        raise Doubt("somebody else took it over")
    message = make_message(channel, thread, letter.text, letter.compose(files), key_of(row))
    while True:
        try:
            return str((await context.client.chat_postMessage(**message))["ts"])
        except FAULTS as fault:
            if error_of(fault) in BLOCKS_REFUSED and message.pop("blocks", None):
                log.error("blocks refused; the text is sent alone", extra={"why": str(fault)[:500]})
                continue
            if is_final(fault) or never_arrived(fault):
                raise
            if found := await look(context, row, channel, thread):
                return found
            raise Doubt(error_of(fault) or type(fault).__name__) from fault


async def look(context: Context, row: DeliveryRow, channel: str, thread: str | None) -> str:
    """Return the ``ts`` under which a message stands already, or nothing.

    Where Kepi may not read the channel it cannot know: the message is sent then, for one too
    many is better than none (reliability §2). Raises ``Doubt`` where Slack does not answer.
    """
    try:
        return await search(context, channel, thread, key_of(row), row.due - LOOK_BACK)
    except FAULTS as fault:
        if is_final(fault) and error_of(fault) not in NO_ACCESS:
            log.warning(
                "may not be looked for, so it may come twice",
                extra={"channel": channel, "why": error_of(fault)},
            )
            return ""
        raise Doubt(error_of(fault) or type(fault).__name__) from fault


def key_of(row: DeliveryRow) -> str:
    """Return the key in a message's metadata: the same words at every try, far below 1 kB."""
    return f"out:{row.kind}:{row.period}"[:200]


def find_thread(connection: Connection, workspace: int, row: DeliveryRow) -> str | None:
    from storage import outbox

    above = outbox.by_id(connection, workspace, row.parent) if row.parent else None
    return above.ts if above is not None else row.details.get("thread_ts")


def is_still_ours(connection: Connection, context: Context, row: DeliveryRow) -> bool:
    """Say whether nobody took the message over, and show life: posting may take its time."""
    from storage import outbox

    return outbox.confirm(connection, context.home.workspace, row)


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
    from storage import outbox

    workspace, now, (channel, ts) = context.home.workspace, context.clock(), where
    done = outbox.finish(
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
    from storage import outbox

    if outbox.end(connection, context.home.workspace, row, state, why) and state == "dead":
        tell_of(connection, context, row, why)


def put_back(
    connection: Connection,
    context: Context,
    row: DeliveryRow,
    why: str,
    wait: timedelta,
    failed: bool = True,
) -> None:
    from storage import outbox

    wake = context.clock() + wait
    outbox.put_back(connection, context.home.workspace, row, wake, why, failed=failed)


def wait_until(connection: Connection, context: Context, row: DeliveryRow, written: NotNow) -> None:
    from storage import outbox

    workspace = context.home.workspace
    outbox.put_back(connection, workspace, row, written.until, "", failed=False)


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


# --- pictures that could not be shown at once


async def join_pictures(context: Context) -> None:
    """Let pictures join the messages that went out without them."""
    from storage import outbox

    workspace, now = context.home.workspace, context.clock()
    owed = await context.read(outbox.owed, workspace, now, PICTURE_TRIES)
    for row in owed:
        async with context.locks.turn(f"picture:{row.id}"):
            joined = await join_picture(context, row)
        wait = SOME_TIME * 2**row.tries
        wake = None if joined else context.clock() + wait
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
    files = await show_pictures(context, written)
    if len(files) < len(written.pictures):
        return False
    try:
        await show(context, row, written.text, written.compose(files))
    except FAULTS as fault:
        return is_final(fault)
    return True


async def show(context: Context, row: DeliveryRow, text: str, blocks: Sequence[Block]) -> None:
    """Change what a message that is out says."""
    await update(context, channel=row.posted_in, ts=row.ts, text=text, blocks=blocks)


async def pull(context: Context, row: DeliveryRow) -> None:
    """Take a message that is out away again."""
    await repeat(lambda: context.client.chat_delete(channel=row.posted_in, ts=row.ts))
