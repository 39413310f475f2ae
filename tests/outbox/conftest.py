"""A workspace and processes that send into it, each with a clock of its own, over real sockets."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.manifest import build_manifest
from bot.playground import Faults, LocalSlack, Message
from bot.playground.installed import seed_of
from bot.settings import read_settings
from bot.wiring import wire
from commands import outbox as sending
from commands.blocks import section
from commands.context import Context
from commands.leases import Leases
from commands.letters import Following, Letter, NotNow, Pointless, Written
from kpis.charts.picture import Picture, Series
from storage import outbox
from storage.database import Database
from storage.measures import Unit
from storage.outbox import DeliveryRow
from storage.schema import migrate
from tests import databases
from tests.slack.conftest import NOW

KIND = "word"
MIA = "U0MIA000000"


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

    async def begin(self) -> Process:
        """Start one more process."""
        url = self.database.url.render_as_string(hide_password=False)
        settings = read_settings(self.slack.environment | {"DATABASE_URL": url})
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


async def write_word(context: Context, row: DeliveryRow) -> Written:
    """Write “Word 7”, as its body says: with a picture, with more in its thread, not yet."""
    body = row.details
    if body.get("breaks"):
        raise RuntimeError("this one cannot be written")
    if body.get("never"):
        return Pointless("no longer true")
    if "not_before" in body:
        until = datetime.fromisoformat(body["not_before"])
        if context.clock() < until:
            return NotNow(until)
    words = f"Word {row.period}" + (", late" if row.late else "")

    def compose(files: Any) -> list[dict[str, Any]]:
        shown = [{"type": "image", "slack_file": {"id": it}, "alt_text": "7"} for it in files]
        return [section(words), *shown]

    pictures = (draw_something(),) if body.get("picture") else ()
    then = tuple(Following(KIND, f"{row.period}.{it}") for it in body.get("then", ()))
    return Letter(words, compose, pictures, then)


def draw_something() -> Picture:
    days = tuple((NOW + timedelta(days=it)).date() for it in range(3))
    line = Series("", (1.0, 3.0, 2.0))
    return Picture("line", "Word", "2", "", Unit.COUNT, (line,), slots=days, alt_text="2")


@pytest.fixture(autouse=True)
def words_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add a kind of message that only these tests send."""
    known = sending.writers()
    monkeypatch.setattr(sending, "writers", lambda: {**known, KIND: write_word})


Open = Callable[..., AbstractAsyncContextManager[Street]]


@pytest.fixture
def street(tmp_path: Path) -> Open:
    """Open a workspace with a database of a kind, and as many processes as are asked for."""

    @asynccontextmanager
    async def open_one(kind: str = "sqlite", processes: int = 1) -> AsyncIterator[Street]:
        offset = NOW.timestamp() - time.time()
        faults = Faults(file_processing=0.01, retry_scale=0.01)
        seed = seed_of(build_manifest("socket"))
        async with (
            AsyncExitStack() as stack,
            LocalSlack(faults=faults, seed=seed, clock_offset=offset) as slack,
        ):
            database = stack.enter_context(databases.fresh(kind, tmp_path))
            migrate(database)
            inner = await stack.enter_async_context(AsyncExitStack())
            made = Street(slack, database, inner)
            for _ in range(processes):
                await made.begin()
            yield made

    return open_one
