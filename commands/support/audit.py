"""Looking for what was lost without anybody noticing: nightly, and after a long silence (§6)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.context import Context
from commands.support.moments import micros_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

HOUR = 3
"""Of the workspace's night."""
REACH = timedelta(hours=25)
"""How far back an audit reads: the last one, and an hour for changes of the clock."""


async def is_open_now(context: Context) -> bool:
    """Say whether some tracked channel is in its working hours, so that silence is strange."""
    return await context.read(read_is_open, context.home.workspace, context.clock())


def read_is_open(connection: Connection, workspace: int, now: datetime) -> bool:
    from storage import desks
    from support.calendars import load_calendar
    from support.hours import is_open
    from support.rulebook import read_book

    here = [it for it in desks.all_desks(connection, workspace) if it.gone is None]
    calendars = {read_book(connection, workspace, it.channel).latest.calendar for it in here}
    return any(
        is_open(load_calendar(connection, workspace, it), micros_of(now)) for it in calendars
    )


async def is_due(context: Context) -> bool:
    """Say whether it is the hour of the nightly audit and tonight's has not begun."""
    return await context.read(read_is_due, context.home.workspace, context.clock())


def read_is_due(connection: Connection, workspace: int, now: datetime) -> bool:
    from storage import desks, support_notes
    from storage.workspaces import zone_of

    local = now.astimezone(ZoneInfo(zone_of(connection, workspace)))
    if local.hour != HOUR or not desks.all_desks(connection, workspace):
        return False
    return not support_notes.was_told(connection, workspace, key_of(local))


def key_of(local: datetime) -> str:
    return f"audit|{local:%Y-%m-%d}"


async def run(context: Context) -> None:
    """Read the last day back, once a night, and report what was missing."""
    from commands.support.recovery import catch_up
    from storage import support_notes
    from storage.workspaces import zone_of

    workspace, now = context.home.workspace, context.clock()
    zone = ZoneInfo(await context.read(zone_of, workspace))
    key = key_of(now.astimezone(zone))
    if await context.write(support_notes.tell_once, workspace, key, now):
        await catch_up(context, "audit", since=now - REACH)
