"""``/healthz``: what a machine asks, and what it is told when something is not well."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.playground.faults import Fault, Trouble
from tests.slack.conftest import enter_town
from tests.watch.conftest import CALM, House, OpenHouse

WELL = {
    "ok": True,
    "connected": True,
    "database": True,
    "waking": True,
    "nothing_overdue": True,
}


async def eventually(is_so: Callable[[], Awaitable[bool]], within: float = 15.0) -> None:
    """Wait until something has become true."""
    async with asyncio.timeout(within):
        while not await is_so():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_all_is_well(open_house: OpenHouse) -> None:
    """Four things and their sum, as booleans, under 200."""
    async with open_house() as house:
        assert await house.health() == (200, WELL)


async def test_http_mode_is_watched_too(tmp_path: Path) -> None:
    """The same question on the port that takes Slack's requests."""
    async with enter_town(tmp_path, "http", empty=True) as town:
        address = f"http://127.0.0.1:{town.running.port}"
        async with town.running.context.http.get(f"{address}/healthz") as answer:
            assert (answer.status, await answer.json()) == (200, WELL)
        assert (await town.mia.command("/kpi help", "#random")).ok
        async with town.running.context.http.get(f"{address}/metrics") as answer:
            assert 'kepi_ack_seconds_count{acked="true",kind="form"} 1.0' in await answer.text()


async def test_a_lost_line_is_named(open_house: OpenHouse) -> None:
    """503 while Slack gives no new line, 200 when it does."""
    async with open_house() as house:
        trouble = Fault(Trouble.ERROR_STATUS, "apps.connections.open", times=10_000)
        house.street.slack.faults.add(trouble)
        house.street.slack.cut()
        await eventually(says(house, 503, connected=False))
        house.street.slack.faults.pending.clear()
        await eventually(says(house, 200))


async def test_a_database_that_takes_nothing_is_named(open_house: OpenHouse) -> None:
    """Somebody holds it locked: 503, and 200 when it is free again."""
    async with open_house() as house:
        file = str(house.running.context.database.url.database)
        holder = sqlite3.connect(file, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        await eventually(says(house, 503, database=False))
        holder.execute("ROLLBACK")
        holder.close()
        await eventually(says(house, 200))


async def test_an_alarm_clock_that_stands_still_is_named(open_house: OpenHouse) -> None:
    """The loop goes on, only nothing is woken any more; and it says so once, when it goes again."""
    async with open_house(CALM) as house:
        await house.choose_ops("C0MARKETING")
        await asyncio.sleep(0.2)
        house.running.scheduler.pause()
        await eventually(says(house, 503, waking=False), within=30)
        await eventually(said(house, "I have sent nothing for 1 minute"))
        house.running.scheduler.resume()
        await eventually(says(house, 200), within=30)
        await eventually(said(house, "I am working again"), within=30)
        assert len(house.said()) == 2


async def test_what_is_overdue_is_named(open_house: OpenHouse) -> None:
    """Something is due and nobody sends it."""
    async with open_house() as house:
        house.occupy()
        await house.add()
        await eventually(says(house, 503, nothing_overdue=False))
        house.free()
        await eventually(says(house, 200))


def says(house: House, status: int, **parts: bool) -> Callable[[], Awaitable[bool]]:
    async def ask() -> bool:
        wanted = WELL | {"ok": status == 200} | parts
        return await house.health() == (status, wanted)

    return ask


def said(house: House, words: str) -> Callable[[], Awaitable[bool]]:
    async def look() -> bool:
        return any(words in it for it in house.said())

    return look
