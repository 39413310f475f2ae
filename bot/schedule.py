"""Waking up by real interval; what is due is decided by tables (design §5).

APScheduler keeps nothing: its memory is empty at every start, and a wake-up that was missed is
done once, however late.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.pulse import Pulse
from commands.context import Context

if TYPE_CHECKING:
    from storage.database import Database

log = logging.getLogger(__name__)

MINUTES = 60
WAKE_SECONDS, PLAN_SECONDS = 5, 15
"""How often what is due is sent, and how often it is found out what is."""
PLAN_SHARE, FEW = 0.3, 3
"""Seconds that each workspace adds to that; up to a few workspaces are all looked at alike."""
SPREAD_SECONDS = 40.0
PLAN = "plan"
MINUTE = "minute"
"""The turn of what is done every minute."""
KEEP_EVENTS = timedelta(days=3)
"""Longer than Slack goes on delivering one thing: 24 h with Delayed Events."""
KEEP_UPLOADS = timedelta(days=2)
KEEP_DELIVERIES = timedelta(days=400)
KEEP_REQUESTS = timedelta(days=30)
"""For so long a request over HTTP may be sent again and is known."""
"""Longer than any period may be asked about again; their keys make sure that none comes twice."""
KEEP_EXCERPTS = timedelta(days=1)
"""First words of messages that no open issue shows."""


class House:
    """The one alarm clock of a process: it wakes the work of every workspace in it.

    With many workspaces what is due is found out less often, and the outbox of one that has
    nothing due is left alone: two hundred quiet ones cost a few hundredths of a processor.
    """

    def __init__(self) -> None:
        self.scheduler = AsyncIOScheduler(
            timezone="UTC",
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
        )
        self.kept: list[tuple[Context, Pulse]] = []

    @contextmanager
    def open(self) -> Iterator[AsyncIOScheduler]:
        """Let the clock go for as long as the block lasts."""
        self.scheduler.add_job(self.wake_cleaning, "interval", minutes=MINUTES)
        self.scheduler.add_job(self.wake_outboxes, "interval", seconds=WAKE_SECONDS)
        self.scheduler.add_job(self.wake_support, "interval", minutes=1)
        self.scheduler.start()
        try:
            yield self.scheduler
        finally:
            self.scheduler.shutdown(wait=False)

    @contextmanager
    def keep(self, context: Context, pulse: Pulse) -> Iterator[None]:
        """Look after a workspace for as long as the block lasts; what is due is sent at once."""
        kept = context, pulse
        self.kept.append(kept)
        context.leases.woken = context.leases.now()
        context.tasks.start(send_due(context, self.plan_seconds))
        try:
            yield
        finally:
            self.kept.remove(kept)

    def every(
        self, seconds: float, act: Callable[[], Awaitable[None]], *, first: float | None = None
    ) -> None:
        """Do something of the whole process again and again, ``first`` sooner; one at a time."""
        soon = datetime.now(UTC) + timedelta(seconds=seconds if first is None else first)
        self.scheduler.add_job(act, "interval", seconds=seconds, next_run_time=soon)

    @property
    def plan_seconds(self) -> float:
        """Return how often it is found out what is due."""
        return max(PLAN_SECONDS, len(self.kept) * PLAN_SHARE)

    async def wake_cleaning(self) -> None:
        """Start the house-keeping as tracked work, so that a stop waits for it."""
        for context, _ in list(self.kept):
            context.tasks.start(clean(context))

    async def wake_support(self) -> None:
        """Start what a minute of issues asks for, each workspace at a second of its own."""
        for number, (context, pulse) in enumerate(list(self.kept)):
            if number:
                await asyncio.sleep(SPREAD_SECONDS / len(self.kept or [0]))
            context.tasks.start(listen_on(context, pulse))
            if not context.locks.is_held(MINUTE):  # the last minute's may still run
                context.tasks.start(look_after(context, pulse))

    async def wake_outboxes(self) -> None:
        """Start the sending of what is due."""
        kept = [context for context, _ in self.kept]
        busy = await find_busy(kept) if len(kept) > FEW else None
        for context in kept:
            leases = context.leases
            leases.woken = leases.now()
            is_old = leases.woken - leases.planned >= self.plan_seconds
            if busy is None or is_old or context.home.workspace in busy:
                context.tasks.start(send_due(context, self.plan_seconds))


async def find_busy(kept: list[Context]) -> set[int]:
    """Return the workspaces whose outbox has something to do, asked of all at once."""
    from storage import outbox

    first = kept[0]
    numbers = [it.home.workspace for it in kept]
    return await first.read(outbox.busy, numbers, first.clock())


async def send_due(context: Context, plan_seconds: float = PLAN_SECONDS) -> None:
    """Find out what is due, unless that was done just now, and send it."""
    from commands.outbox import deliver_due
    from commands.writers import plan

    leases = context.leases
    if leases.now() - leases.planned >= plan_seconds and not context.locks.is_held(PLAN):
        async with context.locks.turn(PLAN):
            leases.planned = leases.now()
            await plan(context)
    await deliver_due(context)


async def listen_on(context: Context, pulse: Pulse) -> None:
    """Write down that we listen; where that was in doubt, read back what may have been missed."""
    from commands.support import recovery

    if not await pulse.is_connected():
        return
    if await recovery.beat(context) and not context.locks.is_held(recovery.TURN):
        await recovery.catch_up(context, "pause", only_open=True)


async def look_after(context: Context, pulse: Pulse) -> None:
    """Do what fell due, and look whether something was missed."""
    from commands.events import try_again
    from commands.support import audit, timers

    async with context.locks.turn(MINUTE):
        await try_again(context)
        await timers.wake(context)
        if pulse.is_too_quiet() and await audit.is_open_now(context):
            await suspect(context, pulse)
        elif await audit.is_due(context):
            await audit.run(context)


async def suspect(context: Context, pulse: Pulse) -> None:
    """Nothing came for long: if Slack is well otherwise, connect anew and read what was missed."""
    from commands.calls import FAULTS
    from commands.support import recovery

    since = context.clock() - timedelta(seconds=pulse.silence)
    pulse.doubt()
    pulse.is_planned = True  # what may have been missed is read below
    try:
        await context.client.auth_test()
        await pulse.renew()
    except FAULTS as fault:
        log.warning("Slack does not answer", extra={"why": str(fault)[:200]})
        return
    log.warning("nothing came from Slack for long; looking whether something was missed")
    await recovery.catch_up(context, "suspicion", since=since)


async def begin_listening(context: Context) -> None:
    """Show that tracked channels are being caught up with, before anything new can come in."""
    from commands.support import recovery

    await recovery.begin(context)


async def end_listening(context: Context, pulse: Pulse) -> None:
    """Note until when nothing was missed."""
    from commands.support import recovery

    if await pulse.is_connected():
        await recovery.beat(context)


async def reconnect(context: Context, pulse: Pulse) -> None:
    """The connection was lost and is there again: nothing is sure since something came last."""
    from commands.support import recovery

    since = context.clock() - timedelta(seconds=pulse.silence_before)
    await recovery.catch_up(context, "reconnect", since=since)


async def catch_up(context: Context) -> None:
    """At a start: finish forgetting, read what was missed, then do what fell due meanwhile."""
    from commands.support import recovery, timers
    from storage.forgetting import resume

    await asyncio.to_thread(resume, context.database, context.home.workspace, context.clock())
    await recovery.catch_up(context, "start")
    async with context.locks.turn(MINUTE):
        await timers.wake(context)


async def clean(context: Context) -> None:
    """Forget a workspace's loose words and old messages, and what was kept for long enough."""
    from storage import ingest, outbox, support_notes
    from storage.keeping import keep_to_limits

    home, now = context.home.workspace, context.clock()
    words = await context.write(support_notes.erase_loose_excerpts, home, now - KEEP_EXCERPTS)
    await context.write(outbox.forget_older, home, now - KEEP_DELIVERIES)
    await context.write(ingest.forget_older, home, now - KEEP_REQUESTS)
    old = await asyncio.to_thread(keep_to_limits, context.database, home, now)
    log.info("cleaned up", extra={"excerpts": words, "old": old})


def clean_house(database: Database, now: datetime) -> None:
    """Forget, of all workspaces alike, events that cannot come again and files left undecided."""
    from storage import events, uploads

    with database.write() as connection:
        seen = events.forget_older(connection, now - KEEP_EVENTS)
        left = uploads.forget_older(connection, now - KEEP_UPLOADS)
    log.info("cleaned the house", extra={"events": seen, "uploads": left})
