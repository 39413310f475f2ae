"""Row 8: Slack sends one event up to four times; it counts once, wherever the copies arrive."""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from contextlib import AsyncExitStack
from datetime import UTC, datetime

from tests import databases
from tests.drills.bots import Street, migrated, open_street, until
from tests.drills.drill import Drill, Row, Scale

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
COPIES = 4


async def say_all(street: Street, first: int, count: int) -> None:
    """Write direct messages, each about something of its own, which its answer names."""
    for number in range(first, first + count):
        await street.slack.person("mia").say("dm", f"likes nonsense{number}x")


def answers(street: Street) -> Counter[int]:
    """Return how often each message was answered."""
    said = street.slack.person("mia").bot_said("dm")
    return Counter(int(it) for each in said for it in re.findall(r"nonsense(\d+)x", each.text))


async def rehearse(url: str, count: int) -> dict[str, Counter[int]]:
    """Return how often each message was answered: in one process, over restarts, in two."""
    dice, found = random.Random(8), {}
    async with open_street(url, NOW) as street:
        slack = street.slack
        async with street.bot():
            slack.hold_events()
            await say_all(street, 0, count)
            slack.release_events(copies=COPIES, shuffled=dice)
            await settle(street, count)
        found["one process"] = answers(street)
        for part in range(COPIES):  # a copy to each of four processes, one after the other
            if part == 0:
                slack.hold_events()
                await say_all(street, count, count)
                held = list(slack.deliveries.held or [])
                slack.lose_events()
            async with street.bot() as running:
                slack.deliveries.send_in_order(held)
                await slack.settle(60)
                await running.context.tasks.settle()
        found["four processes, one after the other"] = answers(street) - found["one process"]
        before = answers(street)
        async with AsyncExitStack() as stack:
            bots = [await stack.enter_async_context(street.bot()) for _ in range(2)]
            slack.hold_events()
            await say_all(street, 2 * count, count)
            slack.release_events(copies=COPIES, shuffled=dice)
            await slack.settle(60)
            for it in bots:
                await it.context.tasks.settle()
        found["two processes at once"] = answers(street) - before
    return found


async def settle(street: Street, count: int) -> None:
    await street.slack.settle(60)
    await until(lambda: len(answers(street)) >= count)
    await asyncio.sleep(0.3)  # a second answer, if there were one, would come now


def run(scale: Scale) -> list[Row]:
    count, rows = scale.pick(6, 100), []
    for kind in scale.pick(databases.KINDS[:1], databases.KINDS):
        with migrated(kind, scale.folder) as url:
            found = asyncio.run(rehearse(url, count))
        for where, answered in found.items():
            once = sum(many == 1 for many in answered.values())
            more = sum(many > 1 for many in answered.values())
            rows.append(
                Row(
                    8,
                    f"each event {COPIES} times, {where} ({kind})",
                    f"{count} events answered once",
                    f"{once} answered once, {more} more often",
                    once == count == len(answered),
                )
            )
    return rows


DRILL = Drill("resent", run, seconds=900)
