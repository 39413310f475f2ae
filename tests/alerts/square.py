"""The unmodified bot in a town, over sockets: people press, and what is due is sent at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.playground import Message
from bot.playground.person import Person
from bot.playground.world import View
from commands.alerts.watching import plan
from commands.outbox import deliver_due
from storage import alerts
from storage.batch import Batch, MentionRow
from storage.imports import store
from tests.alerts.conftest import is_reply
from tests.slack.conftest import NOW, Town, enter_town

ROOM = "#marketing"


@dataclass
class Square:
    """A town whose bot judges and sends when a test says so, beside its own clock."""

    town: Town

    @property
    def context(self) -> Any:
        return self.town.running.context

    @property
    def mia(self) -> Person:
        return self.town.mia

    @property
    def omar(self) -> Person:
        return self.town.omar

    async def quiet(self) -> None:
        """Let all that is due be done, and wait until nothing is on its way."""
        for _ in range(2):
            await self.town.quiet()
            async with self.context.locks.turn("plan"):
                await plan(self.context)
            await deliver_due(self.context)
            await self.town.quiet()

    def posts(self, channel: str = ROOM) -> list[Message]:
        """Return what Kepi posted for everyone, threads left out."""
        said = self.mia.bot_said(channel)
        return [it for it in said if not it.is_private and not is_reply(it)]

    def story(self, channel: str = ROOM) -> list[str]:
        said = self.mia.bot_said(channel)
        return [it.text for it in said if not it.is_private and is_reply(it)]

    @property
    def alert(self) -> Message:
        (found,) = [it for it in self.posts() if "lert" in it.text or "news" in it.text]
        return found

    def private(self, who: Person, channel: str = ROOM) -> Message:
        """Return the last thing that only one person sees."""
        return [it for it in who.bot_said(channel) if it.is_private][-1]

    async def press(self, who: Person, target: Message | View, act: str, value: Any = None) -> None:
        answer = await who.press(target, act, value)
        assert answer.ok
        await self.quiet()

    async def choose(self, who: Person, act: str) -> None:
        """Choose something in the ⋯ menu of the alert."""
        element = self.alert.blocks[-1]["elements"][-1]
        value = next(it["value"] for it in element["options"] if it["value"].startswith(act))
        await self.press(who, self.alert, "alert_menu", value)

    async def say(self, who: Person, words: str, channel: str = ROOM) -> Message:
        """Type a command and return the private answer."""
        before = self.town.slack.space.clock.mint_ts()
        await who.command(words, channel)
        await self.quiet()
        said = [it for it in who.bot_said(channel) if it.is_private and it.ts > before]
        assert said, f"nothing was answered to {words!r}"
        return said[-1]

    def mentions(self, count: int, before: timedelta, sentiment: str = "negative") -> None:
        """Import mentions of Acme, one each ten seconds, the last of them so long ago."""
        last = self.context.clock() - before
        rows = tuple(
            MentionRow(
                line=number + 2,
                brand="Acme",
                platform="x",
                external_id=f"{sentiment}{last.timestamp()}-{number}",
                at=last - timedelta(seconds=10 * number),
                sentiment=sentiment,
                topic="delivery",
            )
            for number in range(count)
        )
        batch = Batch("mentions", "Mentions", "m.csv", f"{last}{count}{sentiment}")
        workspace = self.context.home.workspace
        store(
            self.context.database,
            workspace,
            replace(batch, mentions=rows),
            "",
            self.context.clock(),
        )

    async def crisis(self, by: str = "") -> None:
        """Let a crisis break out under a rule of Mia's that is a week old."""
        await make_rule(self.town, "crisis", by or self.mia.id)
        self.mentions(60, timedelta(minutes=5))
        await self.quiet()

    def rules(self) -> list[alerts.RuleRow]:
        with self.context.database.read() as connection:
            return alerts.rules(connection, self.context.home.workspace)


async def make_rule(
    town: Town, kind: str, by: str, made: datetime = NOW - timedelta(days=7), **more: Any
) -> int:
    """Save a rule as if that had been done earlier."""
    context, room = town.running.context, town.mia.channel(ROOM).id

    def write(connection: Any) -> int:
        return alerts.add_rule(
            connection, context.home.workspace, channel=room, kind=kind, by=by, at=made, **more
        )

    return await context.write(write)


@asynccontextmanager
async def open_square(folder: Path, **choices: Any) -> AsyncIterator[Square]:
    async with enter_town(folder, **choices) as town:
        yield Square(town)
