"""Row 5: the machine's clock jumps and drifts while digests fall due."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from commands import writers
from commands.blocks import section
from commands.context import Context
from commands.digests.planning import plan
from commands.letters import Letter, Written
from storage import digests
from storage.outbox import DeliveryRow
from tests.drills.drill import Drill, Row, Scale
from tests.outbox.street import Street, open_street
from tests.outbox.words import MIA

BEGIN = datetime(2026, 9, 28, 5, 30, tzinfo=UTC)
"""Daylight saving ends within the weeks that follow."""
STEP = timedelta(minutes=30)
ZONE = "Europe/Stockholm"
JUMPS = (timedelta(hours=1), timedelta(hours=-1), timedelta(days=365), timedelta(seconds=40))


async def write_period(_context: Context, row: DeliveryRow) -> Written:
    """Write the period alone: what a digest holds does not matter here."""
    blocks = [section(row.period)]
    return Letter(row.period, lambda _files: blocks)


def run(scale: Scale) -> list[Row]:
    jumps, days = scale.pick((8, 9), (50, 60))
    return [asyncio.run(jump(scale, jumps, days))]


async def jump(scale: Scale, jumps: int, days: int) -> Row:
    writers.writers = lambda: {"digest": write_period}  # type: ignore[assignment]
    dice = random.Random(5)
    steps = days * 48
    at = set(dice.sample(range(2, steps - 60), jumps))
    async with open_street(scale.folder) as here:
        (it,) = here.processes
        it.clock.now = BEGIN
        await set_up(here)
        wrong, until = timedelta(0), 0
        for step in range(steps):
            if step in at:
                wrong, until = dice.choice(JUMPS), step + dice.randint(1, 12)
            if step >= until:
                wrong = timedelta(0)
            it.clock.now = BEGIN + step * STEP + wrong
            it.watch.seconds += STEP.total_seconds()
            await plan(it.context)
            await it.send()
        said = Counter(word for word in here.words() if word.startswith(tuple("0123456789")))
    wanted = periods_due(BEGIN, BEGIN + (steps - 1) * STEP)
    skipped = sum(period not in said for period in wanted)
    doubled = sum(count > 1 for count in said.values())
    measured = f"{doubled} doubled, {skipped} skipped ({jumps} jumps, {len(wanted)} periods)"
    promise = "the clock jumps an hour ahead or back, a year ahead, and drifts"
    return Row(5, promise, "0 doubled, 0 skipped", measured, not (skipped or doubled))


async def set_up(here: Street) -> None:
    """Set up a daily and a weekly digest."""
    (it,) = here.processes
    row = digests.usual(it.home, ZONE, MIA, BEGIN)

    def write(connection: Any) -> None:
        for cadence in ("daily", "weekly"):
            wanted = row._replace(cadence=cadence)
            digests.add(connection, it.context.home.workspace, wanted, BEGIN)

    await it.context.write(write)


def periods_due(begin: datetime, end: datetime) -> set[str]:
    """Return the periods of both digests due in a span, counted by the calendar alone."""
    found = set()
    day = begin.date() - timedelta(days=1)
    while day <= end.date():
        due = datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo(ZONE))
        if begin <= due <= end:
            found.add(f"1:{day - timedelta(days=1)}")
            if day.weekday() == 0:
                year, week, _ = (day - timedelta(days=7)).isocalendar()
                found.add(f"2:{year}-W{week:02}")
        day += timedelta(days=1)
    return found


DRILL = Drill("clocks", run, seconds=600.0)
