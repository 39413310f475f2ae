"""What becomes of tracked channels and of people: archived, removed, back (support-spec §5.3).

A channel that is lost is told of once, and nothing is tried there again until Kepi is back.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from commands.context import Context
from commands.support.moments import micros_of, moment_of
from commands.support.notices import notify
from support.entries import Entry, Kind, Life, Role
from support.outcome import Outcome

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.desks import DeskRow

log = logging.getLogger(__name__)

LOST: Mapping[str, Life] = {
    "is_archived": Life.ARCHIVED,
    "archived": Life.ARCHIVED,
    "not_in_channel": Life.REMOVED,
    "channel_not_found": Life.REMOVED,
    "removed": Life.REMOVED,
}
"""Slack's words for a channel where Kepi is not any more."""
OUT = frozenset({Life.ARCHIVED, Life.REMOVED})
FORBIDDEN_DAYS = timedelta(days=7)
"""How often a missing permission is told of."""


async def lose(context: Context, channel: str, word: str) -> None:
    """A call showed that Kepi is not in a tracked channel: write that down, once."""
    from commands.support.take import take
    from storage import desks

    name = LOST.get(word)
    if name is None:
        return
    context.channels.forget(channel)
    entry = tell_life(context, channel, name)
    async with context.locks.turn(f"life:{channel}"):
        desk = await context.read(desks.find, context.home.workspace, channel)
        if desk is None or desk.gone is not None:
            return
        # Marked first: what folding shows must not try the channel again.
        await mark_gone(context, entry)
    await write_notices(context, entry, await take(context, [entry]))


def tell_life(context: Context, channel: str, name: Life) -> Entry:
    """Return the entry of what a call showed, as of now."""
    at = micros_of(context.clock())
    return Entry(
        key=f"l|{channel}|{name}|{at}",
        kind=Kind.LIFE,
        channel=channel,
        at=at,
        role=Role.SELF,
        name=name,
    )


async def look_again(context: Context, desk: DeskRow) -> None:
    """At a start: is Kepi back in a channel that was lost; and was the loss written down?"""
    from commands.support.take import take
    from storage import issues

    context.channels.forget(desk.channel)
    found = await context.channels.find(desk.channel)
    if found.is_member and not found.is_archived:
        entry = tell_life(context, desk.channel, Life.BACK)
        await follow(context, entry, await take(context, [entry]))
        return
    live = await context.read(issues.live, context.home.workspace, desk.channel)
    if any(it.orphaned is None for it in live):
        await take(context, [tell_life(context, desk.channel, Life.REMOVED)])


async def follow(context: Context, entry: Entry, outcome: Outcome) -> None:
    """Do what an entry of a channel's or a person's life asks for, once it was folded."""
    if entry.kind is not Kind.LIFE:
        return
    if entry.name in OUT:
        if await is_here(context, entry.channel):
            await mark_gone(context, entry)
            await write_notices(context, entry, outcome)
    elif entry.name == Life.BACK:
        await come_back(context, entry)
    elif entry.name == Life.DEACTIVATED:
        await tell_unassigned(context, entry, outcome)


async def is_here(context: Context, channel: str) -> bool:
    """Say whether a channel is tracked and not known to be lost."""
    from storage import desks

    desk = await context.read(desks.find, context.home.workspace, channel)
    return desk is not None and desk.gone is None


async def mark_gone(context: Context, entry: Entry) -> None:
    """Note since when Kepi is out; what was missed before that is read when it is back."""
    from storage import desks

    workspace, at = context.home.workspace, moment_of(entry.at)

    def write(connection: Connection) -> None:
        desks.mark_gone(connection, workspace, entry.channel, at)
        desks.mark_catching_up(connection, workspace, entry.channel, False)

    await context.write(write)
    log.warning("a tracked channel is lost", extra={"channel": entry.channel, "why": entry.name})


async def write_notices(context: Context, entry: Entry, outcome: Outcome) -> None:
    """Write one notice for the team's own channel, whatever number of issues it is about."""
    count = sum(1 for it in outcome.changes if it.after.orphaned is not None and it.after.is_live)
    await notify(
        context,
        key=f"orphaned|{entry.channel}|{entry.at}",
        kind="orphaned",
        channel=entry.channel,
        at=entry.at,
        details={"why": str(entry.name), "issues": count},
    )


async def come_back(context: Context, entry: Entry) -> None:
    """Kepi is in again: what happened meanwhile is read back."""
    from commands.support.recovery import catch_up
    from storage import desks

    context.channels.forget(entry.channel)
    await context.write(desks.mark_gone, context.home.workspace, entry.channel, None)
    await context.write(drop_of_loss, context.home.workspace, entry)
    await catch_up(context, "back", entry.channel)


def drop_of_loss(connection: Connection, workspace: int, entry: Entry) -> None:
    """Drop what is still to be told of a channel's loss: Kepi is back there."""
    from commands.support.notice_words import read_details
    from storage import support_notes

    for notice in support_notes.due_list(connection, workspace, moment_of(entry.at)):
        here = read_details(notice.details).get("channel") == entry.channel
        if notice.kind == "orphaned" and notice.issue is None and here:
            support_notes.mark_notice(connection, workspace, notice.id, "dropped")


async def tell_unassigned(context: Context, entry: Entry, outcome: Outcome) -> None:
    """Somebody left the company: what they had is nobody's now."""
    for change in outcome.changes:
        before = change.before.assignee if change.before else ""
        if before == entry.actor and not change.after.assignee:
            await notify(
                context,
                key=f"unassigned|{change.issue}|{entry.actor}",
                kind="orphaned",
                channel=entry.channel,
                at=entry.at,
                issue=change.issue,
                details={"why": str(entry.name)},
            )


async def tell_forbidden(context: Context, channel: str, word: str) -> None:
    """A permission is missing, so what was missed cannot be read back; events go on coming."""
    now = context.clock()
    week = int(now.timestamp() // FORBIDDEN_DAYS.total_seconds())
    log.warning("history cannot be read", extra={"channel": channel, "why": word})
    await notify(
        context,
        key=f"gap|{channel}|{word}|{week}",
        kind="gap",
        channel=channel,
        at=micros_of(now),
        details={"why": word},
    )
