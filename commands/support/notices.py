"""Notices: what the team must be told, written as due; the sending is another's (support-spec §10).

A notice is written once for each step of each promise. What was kept meanwhile is dropped.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from commands.context import Context
from commands.support.moments import micros_of, moment_of
from support.timeline import Timeline

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from support.target_notices import NoticeDue

OF_TARGETS = ("warning", "breach", "escalation")
"""Kinds of notices about promises."""


async def judge_due(context: Context) -> None:
    """Decide the promises that fell due, and write down what the team is to be told.

    Channels whose gap is still being read wait: the answer may be in it (support-spec §6.7).
    """
    from storage import issues, upkeep

    workspace, now = context.home.workspace, context.clock()
    due = {it.issue for it in await context.read(issues.due_targets, workspace, now)}
    for issue in sorted(due):
        await judge_issue(context, issue, now)
    untold = await context.read(upkeep.promises_untold, workspace, now)
    for issue in sorted({*untold, *await find_escalating(context)}):
        await write_for_issue(context, issue, now)
    await context.write(drop_pointless, workspace)


async def find_escalating(context: Context) -> list[int]:
    """Return issues that may be told of again: where a policy has steps beyond the breach."""
    from storage import upkeep
    from support.policy_book import load_policies

    book = await context.read(load_policies, context.home.workspace)
    if not any(step.at > 1 for it in book.versions for step in it.policy.escalate):
        return []
    return await context.read(upkeep.promises_broken, context.home.workspace)


async def judge_issue(context: Context, issue: int, now: datetime) -> None:
    """Decide an issue's promises as of now; a breach is dated at the moment it fell due."""
    if not await is_heard(context, issue):
        return
    timeline = await asyncio.to_thread(context.tracker.timeline, issue)
    await context.write(judge_again, context.home.workspace, issue, timeline, now)


def judge_again(
    connection: Connection, workspace: int, issue: int, timeline: Timeline, now: datetime
) -> None:
    """Write an issue's targets as they stand at ``now``."""
    from support.promises import Promises
    from support.rulebook import read_book

    promises = Promises(connection, workspace, now)
    rules = read_book(connection, workspace, timeline.key.channel).at(timeline.opened)
    number = promises.calendar_of(timeline, rules.calendar)
    promises.judge(issue, timeline, promises.calendar(number))


async def is_heard(context: Context, issue: int) -> bool:
    """Say whether what is known of an issue is up to date: its channel is there and caught up."""
    from storage import desks, issues

    row = await context.read(issues.by_id, context.home.workspace, issue)
    if row is None:
        return False
    desk = await context.read(desks.find, context.home.workspace, row.channel)
    return desk is None or not (desk.catching_up or desk.gone is not None)


async def write_for_issue(context: Context, issue: int, now: datetime) -> None:
    """Write the notices of an issue that are due by now, or will be at the next opening."""
    if not await is_heard(context, issue):
        return
    timeline = await asyncio.to_thread(context.tracker.timeline, issue)
    await context.write(write_notices, context.home.workspace, issue, timeline, now)


def write_notices(
    connection: Connection,
    workspace: int,
    issue: int,
    timeline: Timeline,
    now: datetime,
    *,
    dropped: bool = False,
) -> int:
    """Write down what is to be told of an issue; return how many notices were new.

    What fell due outside working hours is due at the next opening. One that was dropped, because
    it was not true for a while, is due again; what is not true any more is dropped. With
    ``dropped`` they are written only so that they are never told: one notice tells of all.
    """
    from storage import support_notes
    from support.rulebook import read_book

    alerts = read_book(connection, workspace, timeline.key.channel).latest.alerts_channel
    come = find_come(connection, workspace, issue, timeline, now)
    count = 0
    for it in come:
        count += support_notes.add_notice(
            connection,
            workspace,
            key=it.key,
            kind=it.kind,
            due=moment_of(it.due),
            issue=issue,
            channel=alerts,
            details={
                "target": it.target.kind.value,
                "due": it.target.due,
                "step": it.step,
                "whom": it.whom,
                "where": it.where,
                "assignee": timeline.assignee,
            },
            renew=True,
        )
    if dropped:
        kinds = tuple({it.kind for it in come})
        support_notes.drop_for_issue(connection, workspace, issue, kinds, state="told")
    drop_others(connection, workspace, issue, {it.key for it in come})
    return count


def drop_others(connection: Connection, workspace: int, issue: int, keys: set[str]) -> None:
    """Drop what waits to be told of an issue's promises and is not true any more."""
    from storage import support_notes

    for it in support_notes.notices_of(connection, workspace, issue):
        if it.kind in OF_TARGETS and it.key not in keys and it.state in support_notes.WAITING:
            support_notes.mark_notice(connection, workspace, it.id, "dropped")


def find_come(
    connection: Connection, workspace: int, issue: int, timeline: Timeline, now: datetime
) -> list[NoticeDue]:
    """Return the notices of an issue whose moment has come."""
    from support.promises import Promises
    from support.rulebook import read_book
    from support.target_notices import notices_of
    from support.targets import judge

    promises = Promises(connection, workspace, now)
    rules = read_book(connection, workspace, timeline.key.channel).at(timeline.opened)
    calendar = promises.calendar(promises.calendar_of(timeline, rules.calendar))
    plan = promises.policies.plan(timeline, promises.now)
    targets = judge(timeline, plan, calendar, promises.now)
    priority, snoozed = timeline.priority or "normal", timeline.snoozed_until
    found = notices_of(issue, targets, plan[-1].policy, calendar, priority, snoozed)
    return [it for it in found if has_come(it.kind, it.target.warn, it.due, promises.now)]


def has_come(kind: str, warn: int | None, due: int, now: int) -> bool:
    """Say whether the moment of a notice has come, though it may wait for the next opening."""
    return due <= now or (kind == "warning" and warn is not None and warn <= now)


def drop_pointless(connection: Connection, workspace: int) -> int:
    """Drop notices about promises that were kept, or ended, before they were told."""
    from storage import support_notes, upkeep

    pointless = upkeep.notices_pointless(connection, workspace)
    return sum(support_notes.mark_notice(connection, workspace, it, "dropped") for it in pointless)


async def tell_of_gap(context: Context, channel: str, since: datetime, until: datetime) -> None:
    """Tell in one notice of all promises that were broken while nobody listened (§6.6)."""
    from storage import issues, upkeep

    workspace = context.home.workspace
    here = {it.id for it in await context.read(issues.live, workspace, channel)}
    due = {it.issue for it in await context.read(issues.due_targets, workspace, until)}
    for issue in sorted(due & here):
        timeline = await asyncio.to_thread(context.tracker.timeline, issue)
        await context.write(judge_again, workspace, issue, timeline, until)
    found = await context.read(upkeep.broken_between, workspace, channel, since, until)
    broken = [it for it in found if not await context.read(was_told_of, workspace, it)]
    for issue in broken:
        timeline = await asyncio.to_thread(context.tracker.timeline, issue)
        await context.write(write_notices, workspace, issue, timeline, until, dropped=True)
    if broken:
        await notify(
            context,
            key=f"gap|{channel}|{micros_of(since)}",
            kind="gap",
            channel=channel,
            at=micros_of(until),
            details={"since": micros_of(since), "breaches": len(broken)},
        )


def was_told_of(connection: Connection, workspace: int, issue: int) -> bool:
    """Say whether a breach of an issue's promise was told already, before the ears were lost."""
    from storage import support_notes

    notices = support_notes.notices_of(connection, workspace, issue)
    return any(it.kind == "breach" and it.state == "sent" for it in notices)


async def notify(
    context: Context,
    *,
    key: str,
    kind: str,
    channel: str,
    at: int,
    details: Mapping[str, Any],
    issue: int | None = None,
) -> None:
    """Write a notice about a channel as due, to the team's own channel where there is one."""
    from storage import support_notes
    from support.rulebook import read_book

    workspace = context.home.workspace
    book = await context.read(read_book, workspace, channel)
    await context.write(
        support_notes.add_notice,
        workspace,
        key=key,
        kind=kind,
        due=moment_of(at),
        issue=issue,
        channel=book.latest.alerts_channel,
        details={**details, "channel": channel},
    )
