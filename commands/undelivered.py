"""Telling whom it concerns that messages did not go out: once a day for each reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.blocks import Block, escape, section
from commands.context import Context
from commands.letters import Letter, Planner, Pointless, Writer, Written
from commands.saying import say, say_count, say_declared
from commands.unsent import REASONS, kind_of, reason_of, say_due, say_failed

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.outbox import DeliveryRow

KIND = "undelivered"
OPS_CHANNEL = "ops-channel"
"""Key of the choice: where failures go beside their owners."""
GATHER = timedelta(seconds=20)
"""What fails together is told together."""
MOST = 10


def tell_of(connection: Connection, context: Context, row: DeliveryRow, why: str) -> None:
    """Write down that the owner of a message, and the ops channel, are to be told of it."""
    from storage import outbox
    from storage.support_notes import chosen

    if not kind_of(row.kind).named:
        return
    now, workspace = context.clock(), context.home.workspace
    owner = str(row.details.get("owner") or context.home.installer)
    told = {owner, str(chosen(connection, workspace, OPS_CHANNEL, ""))} - {"", row.channel}
    for receiver in sorted(told):
        outbox.add(
            connection,
            workspace,
            channel=receiver,
            kind=KIND,
            period=f"{why}|{now.astimezone(UTC).date()}",
            due=now + GATHER,
            now=now,
            body={"why": why, "about": owner if receiver == owner else ""},
        )


async def write(context: Context, row: DeliveryRow) -> Written:
    """Name what did not go out for one reason, and what helps."""
    why, about = str(row.details.get("why")), str(row.details.get("about"))
    since = row.due - timedelta(days=1)
    failed = await context.read(read_failed, context, row.channel, since, why, about)
    if not failed:
        return Pointless("all of it went out after all, or was told")
    zone = await context.read(read_zone, context.home.workspace)
    lines = [name_failed(it, zone) for it in failed[:MOST]]
    if len(failed) > MOST:
        lines.append(say("and {number} more: /kpi status", number=len(failed) - MOST))
    text = summarise(why, sum(1 + before(it) for it in failed))
    blocks: list[Block] = [section(escape(text)), section("\n".join(lines))]
    keys = [told_key(row.channel, it) for it in failed]

    def keep(connection: Connection, sent: DeliveryRow) -> None:
        from storage.support_notes import tell_once

        for key in keys:
            tell_once(connection, context.home.workspace, key, sent.sent or context.clock())

    return Letter(escape(text), lambda _files: blocks, keep=keep)


def summarise(why: str, many: int) -> str:
    """Return how many messages were not sent, why, and what helps."""
    reason = reason_of(why)
    text = say_count(
        "{number} message was not sent: {why}.",
        "{number} messages were not sent: {why}.",
        many,
        why=reason.why,
    )
    helps = reason.help or ("" if why in REASONS else say("/kpi status lists it"))
    return f"{text} {say('{sentence}.', sentence=helps)}" if helps else text


def told_key(receiver: str, row: DeliveryRow) -> str:
    """Return the key under which it is known that somebody heard of a failure: once is enough."""
    return f"undelivered|{receiver}|{row.id}|{row.wake.isoformat()}|{row.why}"


def before(row: DeliveryRow) -> int:
    """Return how many periods were missed before this one, which tells of them."""
    return int(row.details.get("before") or 0)


def read_failed(
    connection: Connection,
    context: Context,
    receiver: str,
    since: datetime,
    why: str,
    about: str,
) -> list[DeliveryRow]:
    """Return what did not go out for a reason, and was not told of to its receiver."""
    from storage import outbox
    from storage.support_notes import was_told

    workspace = context.home.workspace
    found = outbox.in_state(
        connection, workspace, ("dead", "missed"), since=since - timedelta(days=7)
    )
    return [
        it
        for it in found
        if it.why == why
        and kind_of(it.kind).named
        and about in ("", str(it.details.get("owner") or context.home.installer))
        and not was_told(connection, workspace, told_key(receiver, it))
    ]


def read_zone(connection: Connection, workspace: int) -> ZoneInfo:
    from storage.workspaces import zone_of

    return ZoneInfo(zone_of(connection, workspace))


def name_failed(row: DeliveryRow, zone: ZoneInfo) -> str:
    """Return “The digest for #marketing, due Mon 16 Nov 09:00”."""
    where = f"<#{row.channel}>" if row.channel[:1] in ("C", "G") else say("you")
    name = escape(say_declared(kind_of(row.kind).named))
    zone = ZoneInfo(str(row.details.get("zone") or zone.key))
    said = say_failed(name, where, say_due(row.due, zone))
    if not before(row):
        return said
    return say("{what}, and {number} before it", what=said, number=before(row))


WRITERS: Mapping[str, Writer] = {KIND: write}
PLANNERS: tuple[Planner, ...] = ()
