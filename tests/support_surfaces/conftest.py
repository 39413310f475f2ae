"""A town with a support channel: a customer, two who answer, and the bot, over sockets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.playground import Message
from bot.playground.person import Person
from commands.support.draft import Draft
from commands.support.saving import Place, save_setup
from support.rules import Mode, Rules
from tests.slack.conftest import Town, enter, enter_town

SUPPORT = "#support"

__all__ = ["enter"]
"""Fixtures of the towns that are used here too."""


@dataclass
class Desk:
    """The support channel: Mia (an admin) and Omar answer, everybody else asks."""

    town: Town

    @property
    def mia(self) -> Person:
        return self.town.mia

    @property
    def omar(self) -> Person:
        return self.town.omar

    @property
    def gus(self) -> Person:
        return self.town.person("gus")

    async def ask(self, who: Person, words: str, channel: str = SUPPORT) -> Message:
        """Type a command and return the last thing that only ``who`` sees of it."""
        before = self.town.slack.space.clock.mint_ts()
        await who.command(words, channel)
        await self.quiet()
        said = [it for it in who.bot_said(channel) if it.is_private and it.ts > before]
        assert said, f"nothing was answered to {words!r}"
        return said[-1]

    async def quiet(self) -> None:
        for _ in range(3):
            await self.town.quiet()

    async def issue(self, words: str = "order 8841 never came") -> Message:
        """Let Gus, a guest and so a customer, write, and return the message."""
        message = await self.gus.say(SUPPORT, words)
        await self.quiet()
        return message


async def set_up(town: Town, rules: Rules | None = None, **chosen: Any) -> None:
    """Save a set-up as the form would, for tests that are about something else."""
    context = town.running.context
    channel = town.mia.channel(SUPPORT)
    usual = Rules(mode=Mode.AUTO, responders=(town.mia.id, town.omar.id), others_are="customer")
    draft = Draft(channel.id, rules or usual, **chosen)
    place = Place(channel.id, channel.name, False)
    await context.write(
        save_setup, context.home.workspace, draft, place, town.mia.id, context.clock()
    )


def invite_gus(town: Town) -> None:
    """Gus, a guest, is in the support channel: he asks there."""
    channel = town.mia.channel(SUPPORT)
    gus = town.person("gus").id
    if gus not in channel.members:
        channel.members.append(gus)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """The support channel, set up, by Socket Mode."""
    async with enter_town(tmp_path, empty=True) as town:
        invite_gus(town)
        await set_up(town)
        yield Desk(town)


@pytest.fixture(params=["socket", "http"])
async def both_desks(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Desk]:
    """The support channel, set up, by Socket Mode and by HTTP."""
    async with enter_town(tmp_path, request.param, empty=True) as town:
        invite_gus(town)
        await set_up(town)
        yield Desk(town)


@pytest.fixture
async def bare(tmp_path: Path) -> AsyncIterator[Desk]:
    """A town in which nobody set up anything."""
    async with enter_town(tmp_path, empty=True) as town:
        invite_gus(town)
        yield Desk(town)
