"""Waking up by real interval; what is due is decided by tables (design §5).

APScheduler keeps nothing: its memory is empty at every start, and a wake-up that was missed is
done once, however late.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from commands.context import Context

log = logging.getLogger(__name__)

MINUTES = 60
KEEP_EVENTS = timedelta(days=3)
"""Longer than Slack goes on delivering one thing: 24 h with Delayed Events."""
KEEP_UPLOADS = timedelta(days=2)


@contextmanager
def keep_house(context: Context) -> Iterator[AsyncIOScheduler]:
    """Clean up now and then for as long as the block lasts."""
    scheduler = AsyncIOScheduler(
        timezone="UTC",
        job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
    )
    scheduler.add_job(wake, "interval", minutes=MINUTES, args=[context])
    scheduler.start()
    try:
        yield scheduler
    finally:
        scheduler.shutdown(wait=False)


async def wake(context: Context) -> None:
    """Start the house-keeping as tracked work, so that a stop waits for it."""
    context.tasks.start(clean(context))


async def clean(context: Context) -> None:
    """Forget deliveries that cannot come again, and files that nobody decided on."""
    from storage import events, uploads

    now = context.clock()
    seen = await context.write(events.forget_older, now - KEEP_EVENTS)
    left = await context.write(uploads.forget_older, now - KEEP_UPLOADS)
    log.info("cleaned up", extra={"events": seen, "uploads": left})
