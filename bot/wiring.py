"""Building the frozen Context: settings in, everything that commands need out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import logs
from bot.clock import start_clock
from bot.opening import open_database
from bot.settings import Settings
from bot.tally import CountedClient, CountedRateLimit, CountedTasks, CountedWorkers, Tally
from commands.calls import FAULTS, error_of, repeat
from commands.context import Context, Home
from commands.known import Channels, Latest, People
from storage.database import Database
from storage.errors import SettingsError

if TYPE_CHECKING:
    from storage.journal import Journal
    from support.tracker import Tracker

log = logging.getLogger(__name__)

TIMEOUT = aiohttp.ClientTimeout(total=30, connect=10)
RATE_LIMIT_TRIES = 60
CONNECTIONS = 100


@asynccontextmanager
async def wire(settings: Settings, counted: Tally | None = None) -> AsyncIterator[Context]:
    """Give the Context of a bot whose token Slack has confirmed; close everything afterwards."""
    tally = counted or Tally()
    logs.blot_out(settings.secrets)
    with open_database(settings) as database:
        async with open_session() as http:
            client = make_client(settings, http, tally)
            home = await find_home(client, database)
            home = replace(home, command=settings.command, support_command=settings.support_command)
            workers = CountedWorkers()
            workers.tally = tally
            journal, tracker = await asyncio.to_thread(open_ledger, database, home)
            try:
                yield Context(
                    database=database,
                    client=client,
                    http=http,
                    clock=start_clock(settings.clock),
                    workers=workers,
                    tasks=CountedTasks(tally),
                    home=home,
                    channels=Channels(client),
                    people=People(client, home.team),
                    latest=Latest(),
                    journal=journal,
                    tracker=tracker,
                )
            finally:
                await workers.close()
                await journal.close()


def open_ledger(database: Database, home: Home) -> tuple[Journal, Tracker]:
    """Return what writes issues down and what folds them; loaded late, for a start is quick."""
    from storage.journal import Journal
    from support.tracker import Tracker

    return Journal(database, home.workspace, home.team), Tracker(database, home.workspace)


def open_session() -> aiohttp.ClientSession:
    """Return the one session that every request to Slack shares: no new TLS for each of them."""
    return aiohttp.ClientSession(timeout=TIMEOUT, connector=aiohttp.TCPConnector(limit=CONNECTIONS))


def make_client(
    settings: Settings, http: aiohttp.ClientSession, tally: Tally | None = None
) -> AsyncWebClient:
    """Return a client that waits out rate limits and never repeats anything else by itself."""
    token, counted = settings.bot_token, tally or Tally()
    client = CountedClient(
        token=token.get_secret_value() if token else None,
        base_url=settings.slack_api_url,
        session=http,
        retry_handlers=[CountedRateLimit(counted, RATE_LIMIT_TRIES)],
    )
    client.tally = counted
    return client


async def find_home(client: AsyncWebClient, database: Database) -> Home:
    """Ask Slack whose token this is, and find or make the workspace's row."""
    try:
        who, workspaces = await asyncio.gather(
            repeat(lambda: client.auth_test()),
            # The tables are loaded while Slack answers: a tenth of the whole start.
            asyncio.to_thread(import_module, "storage.workspaces"),
        )
    except SlackApiError as refusal:
        raise SettingsError(
            f"Slack refused SLACK_BOT_TOKEN: {error_of(refusal) or 'no reason given'}."
        ) from refusal
    except FAULTS as fault:
        raise SettingsError(f"Slack cannot be reached at {client.base_url}.") from fault
    team, name = str(who["team_id"]), str(who.get("team") or "")
    with database.write() as connection:
        row = workspaces.connect_team(connection, team, name)
    return Home(
        team=team,
        name=name,
        bot_user=str(who["user_id"]),
        bot_id=str(who.get("bot_id") or ""),
        workspace=row.id,
        installer=row.installer or "",
    )
