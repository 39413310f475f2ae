"""Row 4: Kepi is down over Monday morning, for two hours and for three days."""

from __future__ import annotations

import asyncio
import logging
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from storage import digests, outbox
from storage.digests import DigestRow
from tests.drills.bots import Street, open_street
from tests.drills.drill import Drill, Row, Scale
from tests.slack.conftest import sampled

SUNDAY = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MIA, CHANNEL = "U0MIA000000", "C0MARKETING"


def set_up(connection: Any, workspace: int, now: datetime) -> None:
    """Set up a weekly digest for Monday 09:00."""
    wanted = DigestRow(
        id=0, channel=CHANNEL, cadence="weekly", zone="UTC", weekday=0, day=1, hour=9, minute=0,
        language="en", kpis=("reach",), scope={}, parts=(), owner=MIA, by=MIA, made=now, since=now,
        paused=None, removed=None, company="", version=1,
    )  # fmt: skip
    assert digests.add(connection, workspace, wanted, now)


class Heard(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


async def live(street: Street, at: datetime, *, first: bool = False) -> dict[str, int]:
    """Run the bot at a moment until it has sent what is due; return the digests by state."""
    street.slack.clock.advance((at - street.slack.clock.instant()).total_seconds())
    async with street.bot() as running:
        context = running.context
        if first:
            await context.write(set_up, context.home.workspace, context.clock())
        await asyncio.sleep(6)  # the outbox wakes every 5 s, and plans at its first wake
        await context.tasks.settle()
        states = await context.read(outbox.count_states, context.home.workspace)
    return {state: many for (kind, state), many in states.items() if kind == "digest"}


async def be_away(file: Path, back: datetime) -> tuple[list[str], list[str], dict[str, int], str]:
    """Be there on Sunday and again at ``back``, twice; return posts, log, states and status."""
    heard = Heard()
    logging.getLogger().addHandler(heard)
    try:
        async with open_street(f"sqlite:///{file}", SUNDAY) as street:
            await live(street, SUNDAY + timedelta(minutes=1), first=True)
            await live(street, back)
            states = await live(street, back + timedelta(minutes=10))
            mia = street.slack.person("mia")
            async with street.bot():
                status = await mia.ask("/kpi status", "#random", "Kepi")
            said = [it.words for it in mia.bot_said("#marketing") if not it.thread_ts]
            return said, heard.lines, states, status.words
    finally:
        logging.getLogger().removeHandler(heard)


async def both(scale: Scale) -> list[Row]:
    files = [scale.folder / f"away-{number}.db" for number in range(2)]
    for file in files:
        shutil.copyfile(sampled(), file)
    late, missed = await asyncio.gather(
        be_away(files[0], MONDAY + timedelta(hours=2)),
        be_away(files[1], MONDAY + timedelta(days=3)),
    )
    said, _, states, _ = late
    marked = sum("late" in it.lower() for it in said)
    told = any("too late" in it for it in missed[1])
    listed = "not sent" in missed[3].lower()
    return [
        Row(
            4,
            "down for 2 h over Monday 09:00",
            "1 post, marked late",
            f"{len(said)} posts, {marked} marked late ({states.get('sent', 0)} sent)",
            len(said) == marked == 1 and states.get("sent") == 1,
        ),
        Row(
            4,
            "down for 3 days over Monday 09:00",
            "0 posts; told in the log and in /kpi status",
            f"{len(missed[0])} posts; log: {'told' if told else 'silent'},"
            f" status: {'told' if listed else 'silent'}",
            not missed[0] and told and listed,
        ),
    ]


def run(scale: Scale) -> list[Row]:
    return asyncio.run(both(scale))


DRILL = Drill("downtime", run, seconds=300)
