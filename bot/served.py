"""One workspace that is served: its context, its app, its watch, and its place in the schedule.

Each has an app of its own, so a handler cannot reach another workspace's client or rows: it was
never given them. Requests find their workspace by team id (``bot.workspaces``).
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.pulse import Pulse
from bot.rounds import Rounds
from bot.schedule import House, begin_listening, catch_up, clean, end_listening
from bot.shared import Shared
from bot.slack_app import Leave, build_app
from bot.watch import Watch
from bot.wiring import furnish
from commands.context import Context, Home
from commands.events import begin, read_backlog

if TYPE_CHECKING:
    from commands.heard import Heard

log = logging.getLogger(__name__)

DRAIN_SECONDS = 8.0
"""Given to running work at the end; with the rest of the shutdown it stays under ten."""


@dataclass
class Served:
    """A workspace; ``backlog`` is what a stop left unfinished, until it is begun."""

    context: Context
    app: AsyncApp
    pulse: Pulse
    watch: Watch
    backlog: list[Heard]

    @property
    def team(self) -> str:
        return self.context.home.team


@asynccontextmanager
async def prepare(
    shared: Shared, rounds: Rounds, client: AsyncWebClient, home: Home, leave: Leave
) -> AsyncIterator[Served]:
    """Give a workspace that is ready for what Slack sends; then drain and close.

    Nothing may come in before this: what comes then is begun by its own delivery.
    """
    async with furnish(shared, client, home) as context:
        try:
            app = build_app(shared.settings, context, leave)
            pulse = Pulse()
            watch = Watch(context, pulse, shared.tally, rounds.pace)
            backlog = await read_backlog(context)
            await begin_listening(context)
            yield Served(context, app, pulse, watch, backlog)
        finally:
            await drain(context)


@asynccontextmanager
async def keep(served: Served, house: House, rounds: Rounds) -> AsyncIterator[None]:
    """Do by itself what is to be done in a workspace, for as long as the block lasts."""
    context = served.context
    try:
        with house.keep(context, served.pulse):
            rounds.add(served.watch)
            for heard in served.backlog:
                begin(context, heard)
            served.backlog.clear()
            context.tasks.start(clean(context))
            context.tasks.start(catch_up(context))
            yield
    finally:
        rounds.remove(served.watch)
        await end_listening(context, served.pulse)


async def drain(context: Context) -> None:
    """Let running work finish; what does not in time is cut off and finished after the restart."""
    left = await context.tasks.drain(DRAIN_SECONDS)
    if left:
        log.warning("work was cut off", extra={"tasks": left})
