"""What all workspaces of one process share: the database, the session, the workers, the counts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import aiohttp

from bot import logs
from bot.clock import start_clock
from bot.opening import open_database
from bot.settings import Settings
from bot.tally import CountedClient, CountedRateLimit, CountedWorkers, Tally
from commands.command_names import names_of
from storage.database import Database

TIMEOUT = aiohttp.ClientTimeout(total=30, connect=10)
RATE_LIMIT_TRIES = 60
CONNECTIONS = 100


@dataclass(frozen=True)
class Shared:
    """Made once; nothing in it belongs to one workspace."""

    settings: Settings
    database: Database
    http: aiohttp.ClientSession
    workers: CountedWorkers
    clock: Callable[[], datetime]
    tally: Tally


@asynccontextmanager
async def share(settings: Settings, counted: Tally | None = None) -> AsyncIterator[Shared]:
    """Open everything, and close it afterwards."""
    tally = counted or Tally()
    logs.blot_out(settings.secrets)
    with open_database(settings) as database:
        async with open_session() as http:
            workers = CountedWorkers()
            workers.tally = tally
            try:
                yield Shared(settings, database, http, workers, start_clock(settings.clock), tally)
            finally:
                await workers.close()


def open_session() -> aiohttp.ClientSession:
    """Return the one session that every request to Slack shares: no new TLS for each of them."""
    return aiohttp.ClientSession(timeout=TIMEOUT, connector=aiohttp.TCPConnector(limit=CONNECTIONS))


def make_client(
    settings: Settings,
    http: aiohttp.ClientSession,
    tally: Tally | None = None,
    token: str | None = None,
) -> CountedClient:
    """Return a client that waits out rate limits and never repeats anything else by itself.

    Without ``token`` it has the one of the settings, if any.
    """
    held, counted = settings.bot_token, tally or Tally()
    client = CountedClient(
        token=token or (held.get_secret_value() if held else None),
        base_url=settings.slack_api_url,
        session=http,
        retry_handlers=[CountedRateLimit(counted, RATE_LIMIT_TRIES)],
    )
    client.tally = counted
    client.names = names_of(settings.command, settings.support_command)
    return client
