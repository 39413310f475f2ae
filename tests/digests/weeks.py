"""A workspace whose bot is stopped and started again at a later moment, over real sockets."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.manifest import build_manifest
from bot.playground import Faults, LocalSlack, Message, Person
from bot.playground.installed import seed_of
from bot.serve import Running, start
from bot.settings import read_settings
from commands import outbox as sending
from commands import writers
from commands.context import Context
from storage import digests, outbox
from storage.digests import DigestRow
from storage.outbox import DeliveryRow
from tests.slack.conftest import NOW, sampled

MARKETING = "#marketing"


@dataclass
class Week:
    """The workspace, and the bot as it runs now; ``jump`` lets time pass."""

    slack: LocalSlack
    url: str
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    running: Running | None = None

    @property
    def context(self) -> Context:
        assert self.running is not None
        return self.running.context

    @property
    def workspace(self) -> int:
        return self.context.home.workspace

    @property
    def mia(self) -> Person:
        return self.slack.person("mia")

    @property
    def omar(self) -> Person:
        return self.slack.person("omar")

    async def jump(self, to: datetime) -> None:
        """Stop the bot and start it at another moment, on the same database."""
        await self.stop()
        self.slack.clock.advance(max(0.0, (to - self.slack.clock.instant()).total_seconds()))
        told = {"DATABASE_URL": self.url, "KEPI_CLOCK": to.isoformat()}
        settings = read_settings(self.slack.environment | told)
        self.running = await self.stack.enter_async_context(start(settings))
        await self.slack.bot_ready()

    async def stop(self) -> None:
        await self.stack.aclose()
        self.running = None

    async def quiet(self) -> None:
        """Wait until nothing is on its way and the bot has done what it began."""
        for _ in range(2):
            await self.slack.settle()
            await self.context.tasks.settle()
        await self.slack.settle()

    async def wake(self) -> None:
        """Do what a wake does, as often as it takes for what follows in threads."""
        for _ in range(3):
            await writers.plan(self.context)
            await sending.deliver_due(self.context)
        await self.quiet()

    def said(self, channel: str = MARKETING) -> list[Message]:
        """Return what Kepi said in a channel, without its threads."""
        room = self.slack.space.find_channel(channel)
        bot = self.slack.space.bot.id
        every = self.slack.space.messages[room.id].values()
        return [it for it in every if it.user == bot and not it.is_reply]

    def in_threads(self, channel: str = MARKETING) -> list[Message]:
        room = self.slack.space.find_channel(channel)
        every = self.slack.space.messages[room.id].values()
        return [it for it in every if it.user == self.slack.space.bot.id and it.is_reply]

    def to(self, person: Person) -> list[Message]:
        """Return what Kepi said in somebody's direct message."""
        return [it for it in person.bot_said("dm") if not it.is_private]

    async def ask(self, who: Person, words: str, channel: str = MARKETING) -> Message:
        """Type a command and return the last thing that only ``who`` sees of it."""
        before = self.slack.space.clock.mint_ts()
        await who.command(words, channel)
        await self.quiet()
        told = [it for it in who.bot_said(channel) if it.is_private and it.ts > before]
        assert told, f"nothing was answered to {words!r}"
        return told[-1]

    async def digest(self, **chosen: Any) -> int:
        """Set a digest up as the form would, for tests that are about something else."""
        now = self.context.clock()
        mia = self.mia.id
        usual: dict[str, Any] = {
            "id": 0, "channel": self.mia.channel(MARKETING).id, "cadence": "weekly",
            "zone": "Europe/Stockholm", "weekday": 0, "day": 1, "hour": 9, "minute": 0,
            "language": "en", "kpis": (), "scope": {}, "parts": (), "owner": mia, "by": mia,
            "made": now, "since": now, "paused": None, "removed": None, "company": "",
            "version": 0,
        }  # fmt: skip
        made = await self.context.write(
            digests.add, self.workspace, DigestRow(**(usual | chosen)), now
        )
        assert made is not None
        return made

    async def deliveries(self, kind: str = "digest") -> list[DeliveryRow]:
        """Return the deliveries of a kind, the oldest first."""
        statement = outbox.reading(self.workspace)
        rows = await self.context.read(outbox.rows_of, statement)
        return sorted((it for it in rows if it.kind == kind), key=lambda it: it.due)

    async def states(self, kind: str = "digest") -> dict[str, str]:
        return {it.period: it.state for it in await self.deliveries(kind)}


@asynccontextmanager
async def open_week(
    folder: Path, now: datetime = NOW, *, empty: bool = False, url: str = ""
) -> AsyncIterator[Week]:
    """Start a workspace with the sample data, and the bot at ``now``."""
    file = folder / "kepi.db"
    if not (empty or url):
        shutil.copyfile(sampled(), file)
    import time

    offset = now.timestamp() - time.time()
    faults = Faults(file_processing=0.02, retry_scale=0.01, warning_seconds=0.05)
    seed = seed_of(build_manifest("socket"))
    async with LocalSlack(faults=faults, seed=seed, clock_offset=offset) as slack:
        week = Week(slack, url or f"sqlite:///{file}")
        try:
            await week.jump(now)
            yield week
        finally:
            await week.stop()


def words_of(message: Message) -> str:
    """Return everything that a message says, block by block."""
    return "\n".join(part for block in message.blocks for part in texts(block))


def texts(part: Any) -> list[str]:
    """Return every text in a block, in reading order."""
    if isinstance(part, dict):
        own = [part["text"]] if isinstance(part.get("text"), str) else []
        return own + [it for value in part.values() for it in texts(value)]
    if isinstance(part, list):
        return [it for each in part for it in texts(each)]
    return []


def has_picture(message: Message) -> bool:
    return any(block["type"] == "image" for block in message.blocks)
