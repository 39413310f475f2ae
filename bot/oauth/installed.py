"""Installed workspaces: their home and their way to Slack, whose token is never an old one."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from slack_sdk.web.async_client import AsyncWebClient

from bot.oauth.store import read_installation
from bot.shared import Shared, make_client
from commands.context import Home
from storage.errors import KepiError

if TYPE_CHECKING:
    from storage.database import Database
    from storage.installations import InstallationRow, Seal


async def enter_installed(shared: Shared, team: str | None) -> tuple[AsyncWebClient, Home]:
    """Return client and home of an installed workspace: ``team``, or the only one."""
    from storage.installations import Seal

    seal = Seal(shared.settings.keys)
    rows = await asyncio.to_thread(read_all, shared.database)
    found = [it for it in rows if team in (None, it.team)]
    if not found:
        raise KepiError("Kepi isn't installed there." if rows else "Kepi is installed nowhere yet.")
    if len(found) > 1:
        teams = ", ".join(it.team for it in found)
        raise KepiError(f"There are several workspaces. Choose one with --workspace: {teams}.")
    return await open_installed(shared, seal, found[0])


async def open_installed(
    shared: Shared, seal: Seal, row: InstallationRow
) -> tuple[AsyncWebClient, Home]:
    """Return the way to Slack and the home of an installation."""
    given = read_installation(seal, row)
    client = make_client(shared.settings, shared.http, shared.tally, token=given.bot_token)
    client.find_token = partial(find_token, shared.database, seal, row.team)
    name, installer = await asyncio.to_thread(read_workspace, shared.database, row)
    return client, Home(
        team=row.team,
        name=name or str(given.team_name or ""),
        bot_user=str(given.bot_user_id),
        bot_id=str(given.bot_id or ""),
        workspace=row.workspace,
        installer=installer,
        command=shared.settings.command,
        support_command=shared.settings.support_command,
    )


async def find_token(database: Database, seal: Seal, team: str) -> str | None:
    """Return the token that a team has now; nothing where Kepi was removed."""
    row = await asyncio.to_thread(read_one, database, team)
    return None if row is None else read_installation(seal, row).bot_token


def read_all(database: Database) -> list[InstallationRow]:
    from storage.installations import installations

    with database.read() as connection:
        return installations(connection)


def read_one(database: Database, team: str) -> InstallationRow | None:
    from storage.installations import installation_of

    with database.read() as connection:
        return installation_of(connection, team)


def read_workspace(database: Database, row: InstallationRow) -> tuple[str, str]:
    """Return a workspace's name and installer."""
    from storage.workspaces import only_workspace

    with database.read() as connection:
        found = only_workspace(connection, row.team)
    return found.name, found.installer or ""
