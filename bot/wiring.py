"""Building the frozen Context of one workspace: everything that commands need."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings
from bot.shared import Shared, make_client, share
from bot.tally import CountedTasks, Tally
from commands.calls import FAULTS, error_of, repeat
from commands.context import Context, Home
from commands.known import Channels, Latest, People
from storage.database import Database
from storage.errors import KepiError, SettingsError

if TYPE_CHECKING:
    from storage.journal import Journal
    from support.tracker import Tracker


@asynccontextmanager
async def wire(
    settings: Settings, counted: Tally | None = None, *, team: str | None = None
) -> AsyncIterator[Context]:
    """Give the Context of the workspace whose token the settings hold, or of an installed one."""
    async with share(settings, counted) as shared:
        client, home = await find_only(shared, team)
        async with furnish(shared, client, home) as context:
            yield context


async def find_only(shared: Shared, team: str | None = None) -> tuple[AsyncWebClient, Home]:
    """Return the way to Slack and the home of the token in the settings; or of ``team``."""
    settings = shared.settings
    if settings.has_many:
        from bot.oauth.installed import enter_installed

        return await enter_installed(shared, team)
    client = make_client(settings, shared.http, shared.tally)
    home = await find_home(client, shared.database, settings)
    if team not in (None, home.team):
        raise KepiError(f"SLACK_BOT_TOKEN is of {home.team}, not of {team}.")
    return client, home


@asynccontextmanager
async def furnish(shared: Shared, client: AsyncWebClient, home: Home) -> AsyncIterator[Context]:
    """Give a workspace's Context; nothing in it but what is shared is known to another's."""
    journal, tracker = await asyncio.to_thread(open_ledger, shared.database, home)
    try:
        yield Context(
            database=shared.database,
            client=client,
            http=shared.http,
            clock=shared.clock,
            workers=shared.workers,
            tasks=CountedTasks(shared.tally),
            home=home,
            channels=Channels(client),
            people=People(client, home.team),
            latest=Latest(),
            journal=journal,
            tracker=tracker,
        )
    finally:
        await journal.close()


def open_ledger(database: Database, home: Home) -> tuple[Journal, Tracker]:
    """Return what writes issues down and what folds them; loaded late, for a start is quick."""
    from storage.journal import Journal
    from support.tracker import Tracker

    return Journal(database, home.workspace, home.team), Tracker(database, home.workspace)


async def find_home(client: AsyncWebClient, database: Database, settings: Settings) -> Home:
    """Ask Slack whose token this is, and find or make the workspace's row."""
    try:
        who, workspaces, installations = await asyncio.gather(
            repeat(lambda: client.auth_test()),
            # The tables are loaded while Slack answers: a tenth of the whole start.
            asyncio.to_thread(import_module, "storage.workspaces"),
            asyncio.to_thread(import_module, "storage.installations"),
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
        installations.come_back(connection, row.id)
    return Home(
        team=team,
        name=name,
        bot_user=str(who["user_id"]),
        bot_id=str(who.get("bot_id") or ""),
        workspace=row.id,
        installer=row.installer or "",
        command=settings.command,
        support_command=settings.support_command,
    )
