"""What falls due by itself, looked at once a minute (support-spec §4.7, §4.9, §10).

Everything is decided by tables: a minute that was missed is made up for by the next one, and a
minute that is done twice changes nothing more.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from commands.context import Context
from commands.support.csat import ask_customers
from commands.support.moments import micros_of, moment_of
from commands.support.notices import judge_due, notify
from support.entries import Entry, Kind, Role, Timer
from support.rules import Rules, span

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.desks import DeskRow
    from storage.issues import IssueRow

log = logging.getLogger(__name__)

LINES_LOOK_BACK = timedelta(days=8)
"""*Undo* under older lines is left: nothing can be reopened there any more."""


async def wake(context: Context) -> None:
    """Do what fell due; what fails is done another minute and holds up nothing else."""
    for work in (close_silent, judge_due, turn_buttons, ask_customers, settle, tell_of_lost):
        await attempt(context, work)


async def attempt(context: Context, work: Callable[[Context], Awaitable[None]]) -> None:
    try:
        await work(context)
    except Exception:
        log.exception("what fell due was not done", extra={"what": work.__name__})


def read_desks(connection: Connection, workspace: int) -> list[tuple[DeskRow, Rules]]:
    """Return every desk with the rules that hold now."""
    from storage import desks
    from support.rulebook import read_book

    return [
        (desk, read_book(connection, workspace, desk.channel).latest)
        for desk in desks.all_desks(connection, workspace)
    ]


# --- waiting on the customer for too long


async def close_silent(context: Context) -> None:
    """Close what waited for its customer long enough; before that, write a nudge (§4.7)."""
    from storage import issues

    workspace = context.home.workspace
    for desk, rules in await context.read(read_desks, workspace):
        if not rules.auto_close or desk.gone is not None or desk.catching_up:
            continue
        for row in await context.read(issues.live, workspace, desk.channel):
            if row.state == "waiting" and row.orphaned is None:
                await look_at_silence(context, row, rules)


async def look_at_silence(context: Context, row: IssueRow, rules: Rules) -> None:
    """Close, or nudge, an issue if it is time; a snooze puts the closing off."""
    from commands.support.take import take

    now = micros_of(context.clock())
    if row.last_response and now < micros_of(row.last_response) + span(
        min(rules.nudge, rules.auto_close)
    ):
        return
    timeline = await asyncio.to_thread(context.tracker.timeline, row.id)
    pause = timeline.pause
    if pause is None:
        return
    due = max(pause.started + span(rules.auto_close), timeline.snoozed_until or 0)
    if due <= now:
        await take(context, [tell_closed(row, due)])
    elif pause.started + span(rules.nudge) <= now and rules.nudge < rules.auto_close:
        await notify(
            context,
            key=f"nudge|{row.id}|{pause.started}",
            kind="nudge",
            channel=row.channel,
            at=pause.started + span(rules.nudge),
            issue=row.id,
            details={"closes": due},
        )


def tell_closed(row: IssueRow, due: int) -> Entry:
    """Return the timer's entry, dated at the moment it fell due (support-spec §5.2)."""
    return Entry(
        key=f"t|{row.id}|{Timer.AUTO_CLOSE}|{due}",
        kind=Kind.TIMER,
        channel=row.channel,
        at=due,
        ts=row.root,
        root=row.root,
        role=Role.SELF,
        name=Timer.AUTO_CLOSE,
    )


# --- lines


async def turn_buttons(context: Context) -> None:
    """Let *Undo* become *Reopen* where its window is over; each line once (what-people-see §5)."""
    from commands.support.lines import refresh_line
    from storage import support_notes, upkeep

    workspace, now = context.home.workspace, context.clock()
    windows = {
        desk.channel: timedelta(seconds=rules.undo_window)
        for desk, rules in await context.read(read_desks, workspace)
        if desk.gone is None
    }
    found = await context.read(upkeep.lines_with_undo, workspace, now - LINES_LOOK_BACK, now)
    for it in found:
        window = windows.get(it.channel)
        if window is None or moment_of(it.resolved) + window >= now:
            continue
        await refresh_line(context, it.issue)
        key = f"reopen|{it.issue}|{it.resolved}"
        await context.write(support_notes.tell_once, workspace, key, now)


# --- what is over


async def settle(context: Context) -> None:
    """Settle what can no longer reopen: its excerpt is erased, its line offers nothing more."""
    from commands.support.lines import refresh_line
    from storage import issues

    workspace, now = context.home.workspace, context.clock()
    for desk, rules in await context.read(read_desks, workspace):
        if desk.catching_up:
            continue
        before = now - timedelta(seconds=rules.reopen_window)
        done = await context.write(issues.settle, workspace, desk.channel, before, now)
        for issue in done:
            await refresh_line(context, issue)


async def tell_of_lost(context: Context) -> None:
    """Write one notice for each channel that is lost, however that was learnt (§5.3)."""
    from storage import issues

    workspace = context.home.workspace
    for desk, _ in await context.read(read_desks, workspace):
        if desk.gone is not None:
            live = await context.read(issues.live, workspace, desk.channel)
            await notify(
                context,
                key=f"orphaned|{desk.channel}|{micros_of(desk.gone)}",
                kind="orphaned",
                channel=desk.channel,
                at=micros_of(desk.gone),
                details={"issues": len(live)},
            )
