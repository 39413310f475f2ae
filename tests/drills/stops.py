"""Row 7, SIGTERM: what is under way is finished or handed back, nothing is lost or doubled."""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from storage import outbox
from storage.database import Database
from storage.workspaces import only_workspace
from tests.drills.bots import Street, end, migrated, open_street
from tests.drills.drill import Drill, Row, Scale

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
CHANNELS = ("C0MARKETING", "C0SUPPORT00")
DUE, WITHIN = 12, 10.0


@contextmanager
def opened(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        database.close()


def add_due(database: Database, now: datetime, stop: int) -> None:
    """Let messages be due: each has a period of its own, which its key carries."""
    with database.write() as connection:
        home = only_workspace(connection)
        for number in range(DUE):
            outbox.add(
                connection,
                home.id,
                channel=CHANNELS[number % 2],
                kind="ops",
                period=f"{stop}.{number}",
                due=now,
                now=now,
                body={"what": "recovered"},
            )


async def keep_busy(street: Street) -> None:
    """Ask without a pause; whether Slack can hand it over is another drill's matter."""
    mia = street.slack.person("mia")
    while True:
        await mia.command("/kpi likes instagram last week", "#random")
        await asyncio.sleep(0.05)


async def stop_once(street: Street, database: Database, number: int, dice: random.Random) -> Any:
    """Start a bot, give it work, ask it to stop; return its exit code, seconds and leases."""
    process = await street.process()
    busy = asyncio.create_task(keep_busy(street))
    try:
        await asyncio.to_thread(add_due, database, street.slack.clock.instant(), number)
        # The outbox wakes every 5 s: some stops come before, some in the middle, some after.
        await asyncio.sleep(dice.uniform(0.0, 7.0))
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        _, log = await asyncio.wait_for(process.communicate(), 60)
        took = time.monotonic() - began
    finally:
        busy.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await busy
        await end(process)
    with database.read() as connection:
        states = outbox.count_states(connection, only_workspace(connection).id)
    return process.returncode, took, states.get(("ops", "sending"), 0), b"Traceback" in log


def count_posts(street: Street) -> Counter[str]:
    """Return how often each message stands in the channels, by its key."""
    return Counter(
        str(message.metadata["event_payload"]["key"])
        for channel in CHANNELS
        for message in street.slack.space.messages[channel].values()
        if message.metadata
    )


async def rehearse(url: str, stops: int) -> list[Row]:
    dice = random.Random(7)
    faults_seen, codes, times, leases = 0, Counter[int](), [], 0
    async with open_street(url, NOW) as street:
        # A post takes a while, so that stops come in the middle of one.
        street.slack.faults.posts_per_second = 4
        with opened(url) as database:
            for number in range(stops):
                code, took, stuck, broke = await stop_once(street, database, number, dice)
                codes[code] += 1
                times.append(took)
                leases += stuck
                faults_seen += broke
            street.slack.faults.posts_per_second = None
            async with street.bot() as running:
                await finish(running)
        posts = count_posts(street)
    ours = {key: many for key, many in posts.items() if ":ops:" in key}
    lost = stops * DUE - len(ours)
    doubled = sum(many - 1 for many in ours.values())
    return [
        Row(
            7,
            f"{stops} stops under load",
            f"exit 0 within {WITHIN:.0f} s, 0 stuck leases",
            f"exit {', '.join(map(str, sorted(codes)))}; longest {max(times):.1f} s;"
            f" {leases} stuck; {faults_seen} tracebacks",
            set(codes) == {0} and max(times) < WITHIN and not leases and not faults_seen,
        ),
        Row(
            7,
            f"{stops * DUE} messages due around these stops",
            "lost 0, doubled 0",
            f"lost {lost}, doubled {doubled}",
            lost == 0 and doubled == 0,
        ),
    ]


async def finish(running: Any) -> None:
    """Wait until nothing is due any more."""
    context = running.context
    async with asyncio.timeout(120):
        while True:
            states = await context.read(outbox.count_states, context.home.workspace)
            if not any(states.get(("ops", state)) for state in ("due", "sending")):
                return
            await asyncio.sleep(0.1)


def run(scale: Scale) -> list[Row]:
    with migrated("sqlite", scale.folder) as url:
        return asyncio.run(rehearse(url, scale.pick(2, 50)))


DRILL = Drill("stops", run, seconds=1500)
