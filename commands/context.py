"""What every command is given, built once by ``bot.wiring`` and never changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from commands.known import Channels, Latest, People, Remembered
from commands.leases import Leases
from commands.locks import Locks
from commands.pace import Pace
from commands.tasks import Tasks

if TYPE_CHECKING:
    from aiohttp import ClientSession
    from slack_sdk.web.async_client import AsyncWebClient
    from sqlalchemy import Connection

    from kpis.charts.workers import ChartWorkers
    from storage.database import Database
    from storage.journal import Journal
    from support.tracker import Tracker

Given = ParamSpec("Given")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Home:
    """The workspace that the bot token belongs to, as ``auth.test`` named it."""

    team: str
    name: str
    bot_user: str
    bot_id: str
    workspace: int
    """Its row in our own tables."""
    installer: str = ""
    """Who installed Kepi; an admin of it (design §10). Empty where nobody is known."""
    command: str = "/kpi"
    support_command: str = "/support"
    """What the slash commands are called in this app's manifest."""


@dataclass(frozen=True)
class Context:
    """The database, the way to Slack, the clock, and who draws and works in the background.

    ``client`` never repeats a request whose answer was lost (``commands.calls`` decides that);
    ``http`` is the one session that everything shares.
    """

    database: Database
    client: AsyncWebClient
    http: ClientSession
    clock: Callable[[], datetime]
    workers: ChartWorkers
    tasks: Tasks
    home: Home
    channels: Channels
    people: People
    latest: Latest
    journal: Journal
    """Where what happens to customer issues is written down, durably and many at a time."""
    tracker: Tracker
    """Folds what was written down into issues; its work is done in a thread."""
    locks: Locks = field(default_factory=Locks)
    """One at a time for whatever may be done once: an issue's line, a channel's catching up."""
    leases: Leases = field(default_factory=Leases)
    """What this process is sending by itself; the tables know the rest."""
    pace: Pace = field(default_factory=Pace)
    """How often one may ask, each person and all together (``commands.paced``)."""
    shown: Remembered[object] = field(default_factory=lambda: Remembered(86_400.0))
    """What each issue's line says, as far as this process knows: it is edited when that changes."""
    deciding: set[int] = field(default_factory=set)
    """Dropped files of which a press is being carried out; changed on the event loop alone."""

    async def read(
        self,
        work: Callable[Concatenate[Connection, Given], Result],
        *given: Given.args,
        **named: Given.kwargs,
    ) -> Result:
        """Read in a thread, every statement seeing the same moment."""

        def reading() -> Result:
            with self.database.read() as connection:
                return work(connection, *given, **named)

        return await asyncio.to_thread(reading)

    async def write(
        self,
        work: Callable[Concatenate[Connection, Given], Result],
        *given: Given.args,
        **named: Given.kwargs,
    ) -> Result:
        """Write in a thread, in one transaction that is stored when this returns."""

        def writing() -> Result:
            with self.database.write() as connection:
                return work(connection, *given, **named)

        return await asyncio.to_thread(writing)
