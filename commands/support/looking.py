"""Reading issues for people: each page in one hop to the database, then names from Slack."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.calls import FAULTS
from commands.context import Context
from commands.saying import say
from commands.support import wording
from commands.support.line_words import slack_id
from commands.support.moments import micros_of
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.desks import DeskRow
    from storage.issues import IssueRow, TargetRow
    from storage.support_notes import NoticeRow
    from support.hours import Calendar
    from support.policy_book import Plan
    from support.rules import Rules
    from support.timeline import Timeline
    from support.tracker import Heard

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Overview:
    """Everything that is open, as tables hold it."""

    waiting: list[IssueRow]
    live: list[IssueRow]
    desks: Mapping[str, DeskRow]
    notices: list[NoticeRow]
    zone: ZoneInfo
    promises: Mapping[int, list[TargetRow]] = field(default_factory=dict)


def read_overview(connection: Connection, workspace: int, now: datetime) -> Overview:
    """Return what is open, with the promises that run."""
    from storage import desks, issues, support_notes
    from storage.workspaces import zone_of

    waiting = issues.waiting(connection, workspace)
    return Overview(
        waiting=waiting,
        live=issues.live(connection, workspace),
        desks={it.channel: it for it in desks.all_desks(connection, workspace)},
        notices=support_notes.due_list(connection, workspace, now),
        zone=ZoneInfo(zone_of(connection, workspace)),
    )


def read_promises(
    connection: Connection, workspace: int, wanted: Iterable[int]
) -> dict[int, list[TargetRow]]:
    from storage import issues

    return {it: issues.targets_of(connection, workspace, it) for it in wanted}


@dataclass(frozen=True)
class Found:
    """One issue: its row, what the fold says of it, and what it is measured by."""

    row: IssueRow
    timeline: Timeline
    newest: int
    """When the last entry of its thread happened (µs)."""
    rules: Rules
    calendar: Calendar
    zone: ZoneInfo
    channel: str
    """The channel's name."""
    plan: Plan = ()
    """The policies that hold for it, from when on."""
    merged_into: int = 0
    follows: int = 0


async def find_issue(context: Context, number: int) -> Found:
    """Return the issue that people call by a number; raises ``KepiError`` where there is none."""
    row = await context.read(read_row, context.home.workspace, number)
    if row is None:
        raise KepiError(wording.NO_ISSUE, number=number)
    return await look_again(context, row)


async def look_again(context: Context, row: IssueRow) -> Found:
    """Return an issue as it is now."""
    heard = await asyncio.to_thread(context.tracker.heard, row.id)
    now = micros_of(context.clock())
    return await context.read(read_found, context.home.workspace, row.id, heard, now)


def read_row(connection: Connection, workspace: int, number: int) -> IssueRow | None:
    from storage import issues

    return issues.by_number(connection, workspace, number)


def after(timeline: Timeline, now: int) -> int:
    """Return ``now``, or what is known to have happened, where our clock is behind Slack's."""
    return max(now, timeline.opened, *(it.at for it in timeline.steps[-3:]))


def read_found(connection: Connection, workspace: int, issue: int, heard: Heard, now: int) -> Found:
    from storage import desks, issues
    from storage.workspaces import zone_of
    from support.calendars import load_calendar
    from support.policy_book import load_policies
    from support.rulebook import read_book

    row = issues.by_id(connection, workspace, issue)
    if row is None:
        raise KepiError(wording.NO_ISSUE, number=issue)
    desk = desks.find(connection, workspace, row.channel)
    return Found(
        row=row,
        timeline=heard.timeline,
        newest=heard.newest,
        rules=read_book(connection, workspace, row.channel).latest,
        calendar=load_calendar(connection, workspace, row.calendar),
        zone=ZoneInfo(zone_of(connection, workspace)),
        channel=desk.name if desk else "",
        plan=load_policies(connection, workspace).plan(heard.timeline, after(heard.timeline, now)),
        merged_into=number_of(connection, workspace, row.merged_into),
        follows=number_of(connection, workspace, row.follow_up_of),
    )


def number_of(connection: Connection, workspace: int, issue: int | None) -> int:
    """Return the number of the issue of a row, or 0."""
    from storage import issues

    row = issues.by_id(connection, workspace, issue) if issue else None
    return row.number if row else 0


async def find_thread(context: Context, channel: str, root: str) -> IssueRow | None:
    """Return the newest issue of a thread."""

    def newest(connection: Connection, workspace: int) -> IssueRow | None:
        from storage import issues

        return next(iter(issues.of_thread(connection, workspace, channel, root)[::-1]), None)

    return await context.read(newest, context.home.workspace)


# --- names


async def names_of(context: Context, users: Iterable[str]) -> dict[str, str]:
    """Return people's names; whom Slack does not name is left out."""
    wanted = sorted({it for it in users if it})

    async def ask(user: str) -> tuple[str, str]:
        try:
            return user, (await context.people.find(user)).name
        except FAULTS as fault:
            log.info("a name is not known", extra={"why": str(fault)[:200]})
            return user, ""

    return {user: name for user, name in await asyncio.gather(*map(ask, wanted)) if name}


async def channel_name(context: Context, channel: str, known: str = "") -> str:
    """Return a channel's name, as Slack has it now; else as it was kept."""
    try:
        return (await context.channels.find(channel)).name or known
    except FAULTS:
        return known


def customer_of(row: IssueRow, names: Mapping[str, str]) -> str:
    """Return what the customer is called where they wrote."""
    user = slack_id(row.customer)
    if user:
        return names.get(user) or say("somebody")
    return row.handle or row.customer.partition(":")[2] or say("somebody")
