"""Writing a notice: looked at again at the last moment, and told only if it is still true."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from commands.blocks import escape, section
from commands.context import Context
from commands.letters import Letter, NotNow, Pointless, Written
from commands.notices.tokens import hash_of, token_of
from commands.notices.words import Told, compose
from commands.saying import say
from commands.support.granted import find_granted
from commands.support.line_words import people_in, slack_id
from commands.support.listing import Listed
from commands.support.looking import channel_name, customer_of, names_of
from commands.support.moments import micros_of, moment_of
from commands.support.notice_words import read_details, say_notice
from commands.support.notices import OF_TARGETS, find_come
from support.hours import Calendar, opens_next

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.desks import DeskRow
    from storage.issues import IssueRow
    from storage.outbox import DeliveryRow
    from storage.support_notes import NoticeRow
    from support.targets import TargetInstance
    from support.timeline import Timeline

A_MINUTE = timedelta(minutes=1)


async def write(context: Context, row: DeliveryRow) -> Written:
    """Write a notice as it is true now, or say why there is none."""
    from storage import support_notes

    workspace, now = context.home.workspace, context.clock()
    notice = await context.read(support_notes.notice_by_key, workspace, row.period)
    if notice is None or notice.state in ("dropped", "told"):
        return Pointless("it is not true any more")
    held = await context.read(read_held, workspace, notice)
    if held is None:
        return await drop(context, notice, "the issue is gone")
    if held.desk is not None and held.desk.catching_up:
        return NotNow(now + A_MINUTE)
    if notice.kind in OF_TARGETS:
        return await write_target(context, row, notice, held)
    return await write_other(context, row, notice, held)


class Held:
    """What the tables hold about a notice's issue and channel."""

    def __init__(
        self,
        issue: IssueRow | None,
        desk: DeskRow | None,
        calendar: Calendar,
        zone: ZoneInfo,
        merged_into: int,
    ) -> None:
        self.issue, self.desk, self.calendar, self.zone = issue, desk, calendar, zone
        self.merged_into = merged_into


def read_held(connection: Connection, workspace: int, notice: NoticeRow) -> Held | None:
    """Return what is held; nothing where the notice's issue is gone."""
    from commands.support.looking import number_of
    from storage import desks, issues
    from storage.workspaces import zone_of
    from support.calendars import load_calendar
    from support.rulebook import read_book

    issue = issues.by_id(connection, workspace, notice.issue) if notice.issue else None
    if notice.issue and issue is None:
        return None
    told = str(read_details(notice.details).get("channel") or "")
    channel = issue.channel if issue else told
    rules = read_book(connection, workspace, channel).latest
    return Held(
        issue,
        desks.find(connection, workspace, channel),
        load_calendar(connection, workspace, issue.calendar if issue else rules.calendar),
        ZoneInfo(zone_of(connection, workspace)),
        number_of(connection, workspace, issue.merged_into if issue else None),
    )


async def drop(context: Context, notice: NoticeRow, why: str) -> Pointless:
    """Drop a notice that is not true any more; it is due again if it becomes so."""
    from storage import support_notes

    await context.write(support_notes.mark_notice, context.home.workspace, notice.id, "dropped")
    return Pointless(why)


# --- promises


async def write_target(
    context: Context, row: DeliveryRow, notice: NoticeRow, held: Held
) -> Written:
    """Write a warning, a breach or an escalation, unless somebody answered meanwhile."""
    assert held.issue is not None, "a promise is about an issue"
    now = context.clock()
    issue = held.issue.id
    timeline = await asyncio.to_thread(context.tracker.timeline, issue)
    come = await context.read(find_come, context.home.workspace, issue, timeline, now)
    found = next((it for it in come if it.key == notice.key), None)
    if found is None:
        return await drop(context, notice, "it was answered, or ended, before it was told")
    if moment_of(found.due) > now:
        return NotNow(moment_of(found.due))
    at = micros_of(now)
    made = await compose_told(context, notice, held, timeline, found.target, row, at)
    token = token_of(held.issue, at)

    def keep(connection: Connection, sent: DeliveryRow) -> None:
        shown = {row.channel: hash_of(made)}
        kept = {"told": at, "token": token, "shown": shown}
        keep_told(connection, context.home.workspace, notice, kept)

    return Letter(made.text, lambda _: made.blocks, keep=keep)


def keep_told(
    connection: Connection, workspace: int, notice: NoticeRow, more: Mapping[str, Any]
) -> None:
    """Note that a notice is out; of several places the first one says when."""
    from storage import support_notes

    if support_notes.mark_notice(connection, workspace, notice.id, "sent"):
        kept = read_details(notice.details) | dict(more)
        support_notes.set_details(connection, workspace, notice.id, kept)


async def compose_told(
    context: Context,
    notice: NoticeRow,
    held: Held,
    timeline: Timeline,
    target: TargetInstance,
    row: DeliveryRow,
    written: int,
) -> Listed:
    """Return a notice's message as things are now, for the readers of one place."""
    issue = held.issue
    assert issue is not None, "a promise is about an issue"
    names = await names_of(context, people_in(timeline) | {slack_id(issue.customer)})
    granted = await find_granted(context)
    is_blank = bool(row.details.get("blank"))
    return compose(
        Told(
            kind=notice.kind,
            number=issue.number,
            target=target,
            timeline=timeline,
            calendar=held.calendar,
            zone=held.zone,
            names=names,
            written=written,
            now=micros_of(context.clock()),
            who="" if is_blank else customer_of(issue, names),
            excerpt="" if is_blank else issue.title,
            link=granted.link(issue.channel, issue.root),
            ping=str(row.details.get("ping") or ""),
            is_in_thread=bool(row.details.get("thread_ts")),
            merged_into=held.merged_into,
        )
    )


# --- what else the team must know


async def write_other(context: Context, row: DeliveryRow, notice: NoticeRow, held: Held) -> Written:
    """Write of a silent customer, of a channel that is lost, of a time without ears."""
    now = micros_of(context.clock())
    details, issue = read_details(notice.details), held.issue
    if notice.kind == "nudge":
        if issue is None or issue.state != "waiting":
            return await drop(context, notice, "the customer wrote, or it ended")
        opens = opens_next(held.calendar, now)
        if opens > now:
            return NotNow(moment_of(opens))
    channel = issue.channel if issue else str(details.get("channel") or "")
    named = await channel_name(context, channel, held.desk.name if held.desk else "")
    place = "" if row.details.get("blank") else named
    words = say_notice(notice, details, issue.number if issue else 0, place, held.zone, now)
    text = escape(say("{sentence}.", sentence=words[:1].upper() + words[1:]))

    def keep(connection: Connection, sent: DeliveryRow) -> None:
        keep_told(connection, context.home.workspace, notice, {"over": True})

    return Letter(text, lambda _: [section(text)], keep=keep)
