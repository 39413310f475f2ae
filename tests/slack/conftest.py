"""The unmodified bot beside a local Slack, over real sockets, on a database with sample data."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.manifest import build_manifest
from bot.playground import Faults, LocalSlack, Message, Person, Seed
from bot.playground.installed import seed_of
from bot.playground.run import free_port
from bot.playground.sample import sample
from bot.serve import Running, start
from bot.settings import Settings, read_settings
from storage.accounts import add_account
from storage.database import Database
from storage.imports import store
from storage.schema import migrate
from storage.workspaces import only_workspace
from tests.mirror import looked_at, plant, seen_from, side_by_side

MIRRORED = bool(os.environ.get("KEPI_TEST_MIRROR"))
"""Every journey beside a second workspace, not only those by HTTP."""
NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
REACH = "Reach · Instagram acme · last 30 days"


@dataclass
class Town:
    """A workspace, the bot in it, and where its data are."""

    slack: LocalSlack
    running: Running
    settings: Settings

    def person(self, name: str) -> Person:
        return self.slack.person(name)

    @property
    def mia(self) -> Person:
        return self.slack.person("mia")

    @property
    def omar(self) -> Person:
        return self.slack.person("omar")

    def match_clocks(self) -> None:
        """Let Slack and the bot tell the same time, not one that is as old as its start took.

        A test that is about clocks that differ says by how much.
        """
        self.slack.clock.offset = self.running.context.clock().timestamp() - time.time()

    async def quiet(self) -> None:
        """Wait until nothing is on its way and the bot has done what it began."""
        await self.slack.settle()
        await self.running.context.tasks.settle()
        await self.slack.settle()


Enter = Callable[..., AbstractAsyncContextManager[Town]]


@cache
def sampled() -> Path:
    """Return one file of sample data a process."""
    file = Path(tempfile.mkdtemp(prefix="kepi-slack-")) / "sampled.db"
    database = Database(f"sqlite:///{file}")
    migrate(database)
    made = sample(today=NOW.date())
    with database.write() as connection:
        home = only_workspace(connection)
        for it in made.accounts:
            add_account(connection, home.id, it.name.platform, it.name.handle, it.brand, it.own)
    for batch in made.batches:
        store(database, home.id, batch, by="", at=NOW.replace(hour=6))
    database.close()
    with sqlite3.connect(file) as plain:
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    plain.close()
    return file


@asynccontextmanager
async def enter_town(
    folder: Path,
    mode: Any = "socket",
    *,
    faults: Faults | None = None,
    seed: Seed | None = None,
    empty: bool = False,
    url: str = "",
) -> AsyncIterator[Town]:
    """Start a workspace and the bot; ``empty`` leaves the sample data out, ``url`` is another's.

    The workspace grants what our own manifest asks for, no more, unless a ``seed`` says otherwise.
    By ``http`` the bot serves many: another workspace stands beside this one, with the same ids
    and other numbers, and nothing of it may be touched (``tests.mirror``).
    """
    file = folder / "kepi.db"
    if not (empty or url) and not file.exists():
        shutil.copyfile(sampled(), file)
    offset = NOW.timestamp() - time.time()
    known = faults or Faults(file_processing=0.05, retry_scale=0.01, warning_seconds=0.05)
    granted = seed or seed_of(build_manifest("socket"))
    slack = LocalSlack(mode=mode, faults=known, seed=granted, clock_offset=offset)
    address = url or f"sqlite:///{file}"
    if mode == "http" or MIRRORED:
        async with enter_mirror(slack, address, empty=empty) as town:
            yield town
        return
    async with slack:
        settings = read_settings(environment(slack, address))
        async with start(settings) as running:
            await slack.bot_ready()
            town = Town(slack, running, settings)
            town.match_clocks()
            yield town


@asynccontextmanager
async def enter_mirror(slack: LocalSlack, url: str, *, empty: bool) -> AsyncIterator[Town]:
    """Start the bot for two workspaces, and look that it touches only the first."""
    slack.use_http()
    async with side_by_side(slack) as mirror:
        port = free_port()
        told = mirror.grounds.environment | {
            "DATABASE_URL": url,
            "KEPI_CLOCK": NOW.isoformat(),
            "KEPI_SECRET_KEYS": mirror.key,
            "PORT": str(port),
        }
        settings = read_settings(told)
        database = Database(url)
        migrate(database)
        plant(database, mirror, NOW.replace(hour=6), with_numbers=True)
        database.close()
        for each in (mirror.here, mirror.there):
            each.events_url = f"http://127.0.0.1:{port}/slack/events"
        async with start(settings) as running:
            await slack.bot_ready()
            town = Town(slack, seen_from(running, slack.space.seed.team.id), settings)
            town.match_clocks()
            async with looked_at(running, mirror):
                yield town


def environment(slack: LocalSlack, url: str) -> dict[str, str]:
    told = slack.environment | {"DATABASE_URL": url, "KEPI_CLOCK": NOW.isoformat()}
    return told | ({"PORT": str(free_port())} if slack.mode == "http" else {})


@pytest.fixture(params=["socket", "http"])
async def town(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Town]:
    """The bot with sample data, by Socket Mode and by HTTP."""
    async with enter_town(tmp_path, request.param) as ready:
        yield ready


@pytest.fixture
async def socket_town(tmp_path: Path) -> AsyncIterator[Town]:
    """The bot with sample data, by Socket Mode alone."""
    async with enter_town(tmp_path) as ready:
        yield ready


@pytest.fixture
def enter(tmp_path: Path) -> Enter:
    """Start a town of one's own."""

    def enter_one(mode: str = "socket", **choices: Any) -> AbstractAsyncContextManager[Town]:
        return enter_town(tmp_path, mode, **choices)

    return enter_one


def numbers_alone() -> Seed:
    """Return a workspace that granted the first part of the permissions: Kepi reads no channel."""
    return seed_of(build_manifest("socket", issues=False))


def has_chart(message: Message) -> bool:
    return any(block["type"] == "image" for block in message.blocks)
