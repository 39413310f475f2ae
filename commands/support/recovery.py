"""What was missed is read back, and nothing is invented (support-spec §6).

Every minute it is written down that nothing was missed so far. What happened between the last
such moment and now is read from history: messages and edits have exact times there and become
ordinary entries, under the keys that they have when they are heard; deletions and reactions have
none and are given bounds. Doing it twice, or being killed in the middle and beginning anew,
gives the same ledger.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from commands.calls import FAULTS
from commands.context import Context
from commands.support.history import Forbidden, Gone, History
from commands.support.moments import micros_of, moment_of, when
from commands.support.pace import CALLS_A_MINUTE
from support.entries import ts_of
from support.rules import MINUTE, Mode, span
from support.timeline import LIVE

if TYPE_CHECKING:
    from storage.desks import DeskRow

log = logging.getLogger(__name__)

MARGIN = timedelta(seconds=5)
"""What Slack sent within this before a beat may not have been taken yet."""
LONGEST_SILENCE = timedelta(minutes=5)
"""Beats come every minute; a longer pause between them is a gap."""
OVERLAP = span(5 * MINUTE)
TURN = "catching up"
PACE = "history-calls-a-minute"
"""What a workspace may choose: 1 for an app that is distributed outside the Marketplace."""


@dataclass
class Gap:
    """A stretch of a channel's time in which something may have been missed."""

    channel: str
    alive: int
    """Nothing was missed until then (µs)."""
    started: int
    """What happened since then is heard."""
    oldest: int
    """From where the channel is read."""
    newest: str = ""
    """``ts`` of the newest message that was read."""
    found: int = 0
    """Entries that were not known."""
    done: set[str] = field(default_factory=set)
    """Threads that were read."""


async def beat(context: Context) -> list[str]:
    """Write down that nothing was missed so far; return channels of which that is not sure.

    Those are channels that were not looked after for minutes: the machine slept, Kepi was out of
    them, or catching up was cut off. Their gap stands until it is read back.
    """
    from storage import desks

    workspace, now = context.home.workspace, context.clock()
    here = [it for it in await context.read(desks.all_desks, workspace) if it.gone is None]
    sure = [it.channel for it in here if is_sure(it, now)]
    if sure:
        await context.write(desks.mark_alive, workspace, now - MARGIN, sure)
    return [it.channel for it in here if it.channel not in sure]


def is_sure(desk: DeskRow, now: datetime) -> bool:
    """Say whether nothing can have been missed in a channel since its last beat."""
    return not desk.catching_up and (desk.alive is None or now - desk.alive <= LONGEST_SILENCE)


async def begin(context: Context) -> None:
    """Show that every channel is being caught up with: what is known of them may be old."""
    from storage import desks

    workspace = context.home.workspace
    for desk in await context.read(desks.all_desks, workspace):
        if desk.gone is None and not desk.catching_up:
            await context.write(desks.mark_catching_up, workspace, desk.channel, True)


async def catch_up(
    context: Context,
    why: str,
    channel: str = "",
    since: datetime | None = None,
    *,
    only_open: bool = False,
) -> int:
    """Read back what was missed, in all channels or in one; return how many entries were new.

    ``why`` is ``start``, ``reconnect``, ``suspicion``, ``audit``, ``back`` or ``pause``. What is
    written down about listening is not believed after ``since``; with ``only_open`` channels
    are left alone whose gap was closed meanwhile. One reading at a time.
    """
    from commands.support.lines import mend
    from commands.support.take import refresh
    from storage import desks, support_notes

    started, workspace = context.clock(), context.home.workspace
    async with context.locks.turn(TURN):
        pace = await context.read(support_notes.chosen, workspace, PACE, CALLS_A_MINUTE)
        history = History(context, int(pace))
        found, lost = 0, []
        tracked = await context.read(desks.all_desks, workspace)
        heard_until = [it.alive for it in tracked if it.alive is not None]
        for desk in tracked:
            if why == "start":  # what was written down before a crash may not be folded yet
                await refresh(context, desk.channel)
            if only_open and is_sure(desk, context.clock()):
                continue
            if desk.gone is None and channel in ("", desk.channel):
                found += await catch_up_desk(context, history, desk, started, since)
            elif desk.gone is not None and why == "start":
                lost.append(desk)
    for desk in lost:
        await look_for_lost(context, desk)
    if why == "start" and heard_until:
        await mend(context, min(heard_until) - LONGEST_SILENCE)
    if history.calls:
        log.info("caught up", extra={"why": why, "found": found, "calls": history.calls})
    if why == "audit" and found:
        await report_drift(context, found)
    return found


async def catch_up_desk(
    context: Context,
    history: History,
    desk: DeskRow,
    started: datetime,
    since: datetime | None = None,
) -> int:
    """Read one channel back; what Slack does not allow is told once, and nothing is tried again."""
    from commands.support.life import lose, tell_forbidden
    from storage import desks

    workspace, channel = context.home.workspace, desk.channel
    await context.write(desks.mark_catching_up, workspace, channel, True)
    gap = await measure_gap(context, desk, started, since)
    try:
        if gap is not None:
            await read_back(context, history, gap)
    except Gone as gone:
        await lose(context, channel, gone.word)
        return 0
    except Forbidden as refusal:
        await tell_forbidden(context, channel, str(refusal))
    except FAULTS as fault:
        # The channel stays marked: a later beat finds it, and all is begun again.
        log.warning("catching up was cut off", extra={"why": str(fault)[:200]})
        return gap.found if gap else 0
    await finish(context, desk, gap, started)
    return gap.found if gap else 0


async def look_for_lost(context: Context, desk: DeskRow) -> None:
    """See whether Kepi was invited again while nobody listened."""
    from commands.support.life import look_again

    try:
        await look_again(context, desk)
    except FAULTS as fault:
        log.warning("a lost channel was not looked for", extra={"why": str(fault)[:200]})


async def measure_gap(
    context: Context, desk: DeskRow, started: datetime, since: datetime | None
) -> Gap | None:
    """Return what may have been missed in a channel; nothing where nothing is tracked."""
    from support.rulebook import read_book

    book = await context.read(read_book, context.home.workspace, desk.channel)
    alive = micros_of(desk.alive) if desk.alive else book.versions[0][0]
    if since is not None:
        alive = min(alive, micros_of(since))
    if book.latest.mode is Mode.OFF or not alive:
        return None
    return Gap(desk.channel, alive, max(micros_of(started), alive), max(0, alive - OVERLAP))


async def read_back(context: Context, history: History, gap: Gap) -> None:
    """Read threads in the order in which people wait, then what is new at the top (§6.7)."""
    from commands.support.reading_back import take_thread, take_top

    read_at = micros_of(context.clock())
    top = await history.top(gap.channel, ts_of(gap.oldest))
    moved = await find_moved(context, gap, top)
    for root in await order_roots(context, gap):
        await take_thread(context, history, gap, root)
    for root in moved:
        if root not in gap.done:
            await take_thread(context, history, gap, root)
    await take_top(context, history, gap, top, read_at)


async def order_roots(context: Context, gap: Gap) -> list[str]:
    """Return threads to read: unanswered, other live ones, then those that may still reopen."""
    from storage import issues

    rows = await context.read(issues.unsettled, context.home.workspace, gap.channel)
    rows.sort(key=lambda it: (it.state not in LIVE, it.waiting_since is None, it.opened))
    return list(dict.fromkeys(it.root for it in rows))


async def find_moved(context: Context, gap: Gap, top: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return threads whose newest reply is not known, oldest first.

    A reply that was also sent to the channel stands at the top, and tells of its thread.
    """
    from storage import messages

    latest: dict[str, str] = {}
    for message in top:
        ts = str(message.get("ts"))
        root = str(message.get("thread_ts") or ts)
        newest = str(message.get("latest_reply") or "") if root == ts else ts
        latest[root] = max(latest.get(root, ""), newest, key=when)
    wanted = [root for root, reply in latest.items() if reply]
    known = await context.read(
        messages.known_messages_of, context.home.workspace, gap.channel, wanted
    )
    held = {it.ts for it in known}
    return sorted((root for root in wanted if latest[root] not in held), key=when)


async def finish(context: Context, desk: DeskRow, gap: Gap | None, started: datetime) -> None:
    """Write down that the gap is closed, and tell once of what broke meanwhile."""
    from commands.support.notices import tell_of_gap
    from storage import desks

    workspace, channel = context.home.workspace, desk.channel
    if gap is not None:
        await tell_of_gap(context, channel, moment_of(gap.alive), started)
        if gap.newest:
            await context.write(desks.raise_high_water, workspace, channel, gap.newest)
    await context.write(desks.mark_alive, workspace, started, [channel])
    await context.write(desks.mark_catching_up, workspace, channel, False)


async def report_drift(context: Context, found: int) -> None:
    """An audit should find nothing: what it finds was lost without anybody noticing."""
    from storage import support_notes

    now = context.clock()
    log.warning("an audit found what was missed", extra={"found": found})
    await context.write(
        support_notes.add_notice,
        context.home.workspace,
        key=f"audit|{now:%Y-%m-%d}",
        kind="gap",
        due=now,
        details={"why": "audit", "found": found},
    )
