"""Telling whom it concerns that messages did not go out: once a day for each reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.blocks import Block, escape, section
from commands.context import Context
from commands.letters import Letter, Planner, Pointless, Writer, Written

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.outbox import DeliveryRow

KIND = "undelivered"
SILENT = frozenset(
    {KIND, "ops", "findings", "digest-missing", "digest-before", "waiting", "alert-story"}
)
"""Kinds of which nobody misses one: they are about something that is shown elsewhere."""
OPS_CHANNEL = "ops-channel"
"""Key of the choice: where failures go beside their owners."""
GATHER = timedelta(seconds=20)
"""What fails together is told together."""
MOST = 10
NAMES = {
    "digest": "The digest",
    "digest-thread": "The digest's details",
    "alert": "An alert",
    "alert-assigned": "Word that an alert is yours",
    "goal": "News of a goal",
    "notice": "A notice about a customer",
}
REASONS = {
    "not_in_channel": "I am not in the channel. Invite me there: /invite @Kepi",
    "channel_not_found": "the channel is gone, or I may not see it. Invite me: /invite @Kepi",
    "is_archived": "the channel is archived. Choose another one: /kpi digest, /kpi alerts",
    "restricted_action": "the channel lets only some people post. Ask its admin to allow Kepi",
    "too late": "I was not running at the time, and more than a day late it would mislead",
}


def tell_of(connection: Connection, context: Context, row: DeliveryRow, why: str) -> None:
    """Write down that the owner of a message, and the ops channel, are to be told of it."""
    from storage import outbox
    from storage.support_notes import chosen

    if row.kind in SILENT:
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
    failed = await context.read(read_failed, context, since, why, about)
    if not failed:
        return Pointless("all of it went out after all")
    zone = await context.read(read_zone, context.home.workspace)
    lines = [say(it, zone) for it in failed[:MOST]]
    if len(failed) > MOST:
        lines.append(f"and {len(failed) - MOST} more: /kpi status")
    reason = REASONS.get(why, f"Slack said {why.replace('_', ' ')}. /kpi status lists it")
    count = "1 message was" if len(failed) == 1 else f"{len(failed)} messages were"
    text = f"{count} not sent: {reason}."
    blocks: list[Block] = [section(escape(text)), section("\n".join(lines))]
    return Letter(escape(text), lambda _files: blocks)


def read_failed(
    connection: Connection, context: Context, since: datetime, why: str, about: str
) -> list[DeliveryRow]:
    from storage import outbox

    found = outbox.in_state(
        connection, context.home.workspace, ("dead", "missed"), since=since - timedelta(days=7)
    )
    return [
        it
        for it in found
        if it.why == why
        and it.kind not in SILENT
        and about in ("", str(it.details.get("owner") or context.home.installer))
    ]


def read_zone(connection: Connection, workspace: int) -> ZoneInfo:
    from storage.workspaces import zone_of

    return ZoneInfo(zone_of(connection, workspace))


def say(row: DeliveryRow, zone: ZoneInfo) -> str:
    """Return “The digest for #marketing, due Mon 16 Nov 09:00”."""
    where = f"<#{row.channel}>" if row.channel[:1] in ("C", "G") else "you"
    name = NAMES.get(row.kind, escape(row.kind))
    return f"{name} for {where}, due {row.due.astimezone(zone):%a %-d %b %H:%M}"


WRITERS: Mapping[str, Writer] = {KIND: write}
PLANNERS: tuple[Planner, ...] = ()
