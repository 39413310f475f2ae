"""A bot that watches itself at a quicker pace, beside a local Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.playground import Message
from bot.serve import Running
from bot.watch import Pace
from commands.undelivered import OPS_CHANNEL
from storage import outbox
from storage.support_notes import choose
from tests.drills.bots import Street, migrated, open_street

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PACE = Pace(
    audit=0.1, patience=0.6, waking=7.0, stopwatch=0.1, heartbeat=0.1, line=0.3, deliver=0.6
)
CALM = replace(PACE, patience=20.0)
"""The outbox wakes every 5 s: here nothing that it sends at its next wake is overdue."""
MIA, OMAR, MARKETING = "U0MIA000000", "U0OMAR00000", "C0MARKETING"


@dataclass
class House:
    """A bot, its Slack, and what is said to it by HTTP."""

    street: Street
    running: Running
    http: aiohttp.ClientSession

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.running.port}"

    async def health(self) -> tuple[int, dict[str, bool]]:
        async with self.http.get(f"{self.address}/healthz") as answer:
            return answer.status, await answer.json()

    async def metrics(self) -> str:
        async with self.http.get(f"{self.address}/metrics") as answer:
            assert answer.status == 200
            return await answer.text()

    async def add(self, period: str = "1", *, minutes: float = 0, **more: Any) -> None:
        """Write down an alarm that is due, or was ``minutes`` ago."""
        context, now = self.running.context, self.running.context.clock()
        given = {"channel": MARKETING, "kind": "ops", "body": {"what": "recovered"}} | more

        def write(connection: Any) -> None:
            due = now - timedelta(minutes=minutes)
            outbox.add(connection, context.home.workspace, period=period, due=due, now=now, **given)

        await context.write(write)

    async def choose_ops(self, channel: str) -> None:
        context = self.running.context
        await context.write(
            choose, context.home.workspace, OPS_CHANNEL, channel, MIA, context.clock()
        )

    def occupy(self) -> None:
        """Let every slot of the outbox be taken by something that never ends."""
        self.running.context.leases.under_way |= {-number for number in range(1, 9)}

    def free(self) -> None:
        self.running.context.leases.under_way.clear()

    def said(self, channel: str = "#marketing") -> list[str]:
        """Return what the bot said in a channel, as its words."""
        found: list[Message] = self.street.slack.person("mia").bot_said(channel)
        return [it.words for it in found]


OpenHouse = Callable[..., AbstractAsyncContextManager[House]]


@pytest.fixture
def open_house(tmp_path: Path) -> OpenHouse:
    """Start a house of one's own; the same database again where ``url`` is given."""

    @asynccontextmanager
    async def open_one(pace: Pace = PACE, url: str = "", **more: str) -> AsyncIterator[House]:
        with migrated("sqlite", tmp_path) as fresh:
            async with (
                open_street(url or fresh, NOW) as street,
                aiohttp.ClientSession() as http,
                street.bot(pace, PORT="0", **more) as running,
            ):
                yield House(street, running, http)

    return open_one
