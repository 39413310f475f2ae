"""Row 45, silent death: the loop stands still, or its alarm clock, or the outbox."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.serve import Running
from bot.watch import PACE, Pace
from commands.undelivered import OPS_CHANNEL
from storage import outbox
from storage.support_notes import choose
from tests.drills.bots import Street, migrated, open_street, until
from tests.drills.drill import Drill, Row, Scale

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
CHANNEL = "C0MARKETING"
BRISK = Pace(audit=0.2, patience=1.0, waking=7.0, stopwatch=0.2, heartbeat=60, deliver=0.5)
WITHIN = 360.0


@dataclass
class Apart:
    """A bot whose event loop runs in a thread of its own: it can be made to stand still."""

    street: Street
    pace: Pace
    running: Running | None = None
    loop: asyncio.AbstractEventLoop | None = None
    broke: list[BaseException] = field(default_factory=list)
    _stop: asyncio.Event | None = None

    def live(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as fault:
            self.broke.append(fault)

    async def _serve(self) -> None:
        self.loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        async with self.street.bot(self.pace) as running:
            context = running.context
            await context.write(
                choose, context.home.workspace, OPS_CHANNEL, CHANNEL, "", context.clock()
            )
            await asyncio.sleep(2 * self.pace.stopwatch)
            self.running = running
            await self._stop.wait()

    def call(self, act: Any, *given: Any) -> None:
        assert self.loop is not None
        self.loop.call_soon_threadsafe(act, *given)

    def stop(self) -> None:
        if self._stop is not None:
            self.call(self._stop.set)


def alarms(street: Street, words: str) -> int:
    said = street.slack.person("mia").bot_said("#marketing")
    return sum(words in message.words for message in said)


async def freeze(url: str, pace: Pace, how: str) -> tuple[float, int]:
    """Let a bot stand still; return the seconds until somebody was told, and how many alarms."""
    async with open_street(url, NOW) as street:
        bot = Apart(street, pace)
        thread = threading.Thread(target=bot.live, daemon=True)
        thread.start()
        await until(lambda: bot.running is not None or bool(bot.broke))
        assert bot.running is not None, bot.broke
        thaw = threading.Event()
        limit = max(pace.waking, pace.patience) + 120
        words = "more than 5 minutes late" if how == "outbox" else "I have sent nothing"
        began = time.monotonic()
        if how == "loop":
            bot.call(thaw.wait, limit)
        elif how == "clock":
            bot.call(bot.running.scheduler.pause)
        else:
            await occupy(bot.running)
        await until(lambda: alarms(street, words) > 0, limit)
        took = time.monotonic() - began
        # An alarm is told once, however often it is looked.
        await asyncio.sleep(5 * max(pace.stopwatch, pace.audit))
        told = alarms(street, words)
        thaw.set()
        bot.running.context.leases.under_way.clear()
        bot.stop()
        await until(lambda: not thread.is_alive())
        return took, told


async def occupy(running: Running) -> None:
    """Let a message be due while all that the outbox may do at once never ends."""
    context = running.context
    context.leases.under_way |= {-number for number in range(1, 9)}
    now = context.clock()
    with context.database.write() as connection:
        outbox.add(
            connection,
            context.home.workspace,
            channel=CHANNEL,
            kind="ops",
            period="stuck",
            due=now,
            now=now,
            body={"what": "recovered"},
        )


FROZEN = {
    "loop": "the event loop stands still",
    "clock": "the alarm clock stands still",
    "outbox": "the outbox stands still",
}


def run(scale: Scale) -> list[Row]:
    pace = scale.pick(BRISK, PACE)
    with ExitStack() as stack:
        urls = [stack.enter_context(migrated("sqlite", scale.folder)) for _ in FROZEN]
        with ThreadPoolExecutor(len(FROZEN)) as pool:
            found = list(
                pool.map(lambda url, how: asyncio.run(freeze(url, pace, how)), urls, FROZEN)
            )
    bound = scale.pick(BRISK.waking + 60, WITHIN)
    mark = f"alert ≤ {bound / 60:.0f} min, 1 message" if scale.is_long else "1 message"
    return [
        Row(
            45,
            f"{what}: somebody is told once",
            mark,
            f"{took / 60:.1f} min, {told} message{'s' * (told != 1)}",
            told == 1 and took <= bound,
        )
        for what, (took, told) in zip(FROZEN.values(), found, strict=True)
    ]


DRILL = Drill("frozen", run, seconds=1500)
