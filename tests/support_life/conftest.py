"""A support channel over real sockets: a workspace that stays while the bot goes and comes back."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.manifest import build_manifest
from bot.playground import Faults, LocalSlack, Message, Person
from bot.playground.installed import seed_of
from bot.serve import Running, start
from bot.settings import read_settings
from commands.context import Context
from commands.support import recovery, timers
from storage import desks, issues
from storage.issues import IssueRow
from support.rulebook import pack_rules
from support.rules import Mode, Rules
from support.timeline import Timeline
from tests.slack.conftest import NOW, environment

SUPPORT = "#support"
MIA, OMAR, GUS, LENA = "U0MIA000000", "U0OMAR00000", "U0GUS000000", "U0LENA00000"
TEAM = Rules(mode=Mode.AUTO, responders=(MIA, OMAR), others_are="customer", add_ticket=False)
"""Mia and Omar answer; everybody else asks."""


@dataclass
class Desk:
    """A bot that serves beside a workspace."""

    slack: LocalSlack
    running: Running

    @property
    def context(self) -> Context:
        return self.running.context

    def person(self, name: str) -> Person:
        return self.slack.person(name)

    async def track(
        self, channel: str = SUPPORT, rules: Rules = TEAM, since: datetime | None = None
    ) -> None:
        """Set a channel up as an admin would, from this moment on."""
        context, workspace = self.context, self.context.home.workspace
        now = since or self.slack.clock.instant()
        room = self.slack.space.find_channel(channel)

        def write(connection: Any) -> None:
            desks.make(connection, workspace, room.id, room.name)
            desks.add_rules(connection, workspace, room.id, pack_rules(rules), now, MIA)
            desks.mark_alive(connection, workspace, now, [room.id])

        await context.write(write)

    async def quiet(self) -> None:
        """Wait until nothing is on its way and the bot has done what it began."""
        for _ in range(2):
            await self.slack.settle()
            await self.context.tasks.settle()

    async def wake(self) -> None:
        """Let a minute's work be done."""
        await self.quiet()
        await timers.wake(self.context)
        await self.quiet()

    async def beat(self) -> None:
        await self.quiet()
        await recovery.beat(self.context)

    async def rows(self, channel: str = SUPPORT) -> list[IssueRow]:
        """Return the issues of a channel, oldest first."""
        room = self.slack.space.find_channel(channel).id
        found = await self.context.read(issues.unsettled, self.context.home.workspace, room)
        return sorted(found, key=lambda it: it.number)

    async def row(self, number: int = 1) -> IssueRow:
        found = await self.context.read(issues.by_number, self.context.home.workspace, number)
        assert found is not None
        return found

    async def timeline(self, number: int = 1) -> Timeline:
        return self.context.tracker.timeline((await self.row(number)).id)

    def lines(self, root: Message, sees: str = "mia") -> list[Message]:
        """Return what Kepi said in a thread that everybody sees."""
        said = self.person(sees).bot_said(root.channel)
        return [it for it in said if it.thread_ts == root.ts and not it.is_private]

    def whispers(self, name: str, channel: str = SUPPORT) -> list[Message]:
        """Return what Kepi said to one person alone."""
        return [it for it in self.person(name).bot_said(channel) if it.is_private]


@asynccontextmanager
async def open_slack(**knobs: Any) -> AsyncIterator[LocalSlack]:
    """A workspace of one's own; Gus, a guest, is in the support channel."""
    faults = Faults(file_processing=0.05, retry_scale=0.01, warning_seconds=0.05, **knobs)
    offset = NOW.timestamp() - time.time()
    seed = seed_of(build_manifest("socket"))
    async with LocalSlack(faults=faults, seed=seed, clock_offset=offset) as slack:
        slack.space.find_channel(SUPPORT).members.append(GUS)
        yield slack


@asynccontextmanager
async def run(slack: LocalSlack, file: Path) -> AsyncIterator[Desk]:
    """Start the bot on ``file`` at the workspace's time."""
    told = environment(slack, f"sqlite:///{file}")
    told["KEPI_CLOCK"] = slack.clock.instant().isoformat()
    async with start(read_settings(told)) as running:
        await slack.bot_ready()
        # The workspace's time may jump while the bot serves: the bot's clock jumps with it.
        object.__setattr__(running.context, "clock", slack.clock.instant)
        running.scheduler.pause()  # ``wake`` is its minute: none comes in between
        yield Desk(slack, running)


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with open_slack() as ready:
        yield ready


@pytest.fixture
async def desk(slack: LocalSlack, tmp_path: Path) -> AsyncIterator[Desk]:
    """The bot with the support channel set up."""
    async with run(slack, tmp_path / "kepi.db") as ready:
        await ready.track()
        yield ready
