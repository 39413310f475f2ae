"""A workspace and processes that send into it, each with a clock of its own, over real sockets."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.manifest import build_manifest
from bot.playground import Faults, LocalSlack, Message
from bot.playground.installed import seed_of
from bot.settings import read_settings
from bot.wiring import wire
from commands import outbox as sending
from commands import writers
from commands.context import Context
from commands.leases import Leases
from storage import outbox
from storage.database import Database
from storage.outbox import DeliveryRow
from storage.schema import migrate
from tests import databases
from tests.outbox.words import KIND, MIA, write_word
from tests.slack.conftest import NOW


class Hands:
    """A clock that a test moves; it stands still otherwise."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


class Stopwatch:
    """Seconds that a test lets pass."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Process:
    """One process that sends."""

    context: Context
    clock: Hands
    watch: Stopwatch

    async def send(self) -> int:
        return await sending.deliver_due(self.context)

    async def add(self, period: str, channel: str = "", **more: Any) -> bool:
        """Write down that a word is due now."""

        def write(connection: Any) -> bool:
            given = {"due": self.clock(), "now": self.clock(), "body": {"owner": MIA}} | more
            kind = given.pop("kind", KIND)
            return outbox.add(
                connection, self.context.home.workspace, channel=channel or self.home,
                kind=kind, period=period, **given,
            )  # fmt: skip

        return await self.context.write(write)

    home: str = ""

    async def rows(self) -> dict[str, DeliveryRow]:
        """Return every delivery by its period."""

        def read(connection: Any) -> list[DeliveryRow]:
            statement = outbox.reading(self.context.home.workspace)
            return outbox.rows_of(connection, statement)

        return {it.period: it for it in await self.context.read(read)}

    async def states(self) -> dict[str, str]:
        return {period: row.state for period, row in (await self.rows()).items()}


@dataclass
class Street:
    """A workspace, its database, and the processes that run beside it."""

    slack: LocalSlack
    database: Database
    stack: AsyncExitStack
    processes: list[Process] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)
    """What the processes that begin from now on are told otherwise."""

    async def begin(self) -> Process:
        """Start one more process."""
        url = self.database.url.render_as_string(hide_password=False)
        settings = read_settings(self.slack.environment | {"DATABASE_URL": url} | self.told)
        context = await self.stack.enter_async_context(wire(settings))
        clock, watch = Hands(), Stopwatch()
        leases = Leases(holder=f"process-{len(self.processes)}", now=watch)
        home = self.slack.space.find_channel("#marketing").id
        process = Process(replace(context, clock=clock, leases=leases), clock, watch, home)
        self.processes.append(process)
        return process

    def said(self, channel: str = "#marketing") -> list[Message]:
        """Return what Kepi said in a channel, threads too."""
        bot = self.slack.space.bot.id
        room = self.slack.space.find_channel(channel)
        return [it for it in self.slack.space.messages[room.id].values() if it.user == bot]

    def words(self, channel: str = "#marketing") -> list[str]:
        return [it.text for it in self.said(channel)]

    def calls(self, method: str) -> int:
        return sum(it.method == method for it in self.slack.calls)


def with_words() -> dict[str, Any]:
    """Return all writers, with the one that only tests and drills have."""
    return {**writers.writers(), KIND: write_word}


@asynccontextmanager
async def open_street(
    folder: Path, kind: str = "sqlite", processes: int = 1
) -> AsyncIterator[Street]:
    """Open a workspace with a database of a kind, and as many processes as are asked for."""
    offset = NOW.timestamp() - time.time()
    faults = Faults(file_processing=0.01, retry_scale=0.01)
    seed = seed_of(build_manifest("socket"))
    async with (
        AsyncExitStack() as stack,
        LocalSlack(faults=faults, seed=seed, clock_offset=offset) as slack,
    ):
        database = stack.enter_context(databases.fresh(kind, folder))
        migrate(database)
        inner = await stack.enter_async_context(AsyncExitStack())
        made = Street(slack, database, inner)
        for _ in range(processes):
            await made.begin()
        yield made
