"""Serving every workspace that installed Kepi, over HTTP, and letting more of them in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import Installation

from bot.ingest.door import Desk
from bot.oauth.installed import open_installed, read_all, read_one
from bot.oauth.pages import OPTIONS, OrgInstall
from bot.oauth.renewing import renew_due
from bot.oauth.store import Installations, States, read_installation
from bot.served import Served
from bot.settings import SLACK_API
from bot.shared import Shared, make_client
from bot.site import build_site, receive_from
from bot.slack_app import quiet_logger
from bot.workspaces import Workspaces
from commands.context import Context

if TYPE_CHECKING:
    from storage.database import Database
    from storage.installations import InstallationRow, Seal

log = logging.getLogger(__name__)

LOOK_SECONDS = 10
"""How often it is looked what other processes installed, renewed and removed."""
RENEW_SECONDS = 60
AT_ONCE = 8
"""Workspaces that are begun side by side at a start."""


class Installed:
    """The installed workspaces of a process, kept equal to the table."""

    def __init__(self, workspaces: Workspaces, seal: Seal) -> None:
        self.workspaces, self.seal = workspaces, seal
        self._held: dict[str, InstallationRow] = {}

    async def find(self, asked: AsyncBoltRequest) -> Served | None:
        """Return whose request it is; a team that another process let in is begun now."""
        team = asked.context.team_id
        if not team:
            return None
        served = self.workspaces.get(team) or await self.welcome(team)
        if served is None and (asked.body.get("event") or {}).get("type") == "app_uninstalled":
            # Its token was revoked before this came: nobody serves the team any more.
            await asyncio.to_thread(depart, self.workspaces.shared, team)
        return served

    async def welcome(self, team: str) -> Served | None:
        """Serve a team as the table has it: begin it, or give it its newest token."""
        row = await asyncio.to_thread(read_one, self.workspaces.shared.database, team)
        if row is None:
            return None
        async with self.workspaces.turn(team):
            return await self._renew(row) or await self._begin(row)

    async def _renew(self, row: InstallationRow) -> Served | None:
        """Give a served workspace its new token; another bot user makes it another workspace."""
        served, given = self.workspaces.get(row.team), read_installation(self.seal, row)
        if served is None:
            return None
        home = served.context.home
        if (home.bot_user, home.bot_id) != (given.bot_user_id, given.bot_id or ""):
            await self.workspaces.end(row.team)
            return None
        served.context.client.token = given.bot_token
        self._held[row.team] = row
        return served

    async def _begin(self, row: InstallationRow) -> Served:
        client, home = await open_installed(self.workspaces.shared, self.seal, row)
        served = await self.workspaces.begin(client, home)
        self._held[row.team] = row
        return served

    async def _try(self, team: str) -> None:
        """Welcome a team; one that cannot be served keeps nobody else waiting."""
        try:
            await self.welcome(team)
        except Exception:
            log.exception("a workspace was not begun", extra={"team": team})

    async def begin_all(self) -> None:
        """Serve everybody, some at a time; one that cannot be served keeps nobody else waiting."""
        gate = asyncio.Semaphore(AT_ONCE)

        async def begin(team: str) -> None:
            async with gate:
                if self.workspaces.get(team) is None:
                    await self._try(team)

        rows = await asyncio.to_thread(read_all, self.workspaces.shared.database)
        await asyncio.gather(*(begin(it.team) for it in rows))

    async def look(self) -> None:
        """See what changed in the table: new teams, new tokens, teams that are gone."""
        rows = await asyncio.to_thread(read_all, self.workspaces.shared.database)
        there = {it.team: it for it in rows}
        for served in self.workspaces:
            if served.team not in there:
                async with self.workspaces.turn(served.team):
                    await self.workspaces.end(served.team)
        self._held = {team: row for team, row in self._held.items() if team in there}
        for team, row in there.items():
            held = self._held.get(team) if self.workspaces.get(team) else None
            if held is None or (held.sealed, held.at) != (row.sealed, row.at):
                await self._try(team)

    async def renew(self) -> None:
        """Renew tokens that end soon, and use them at once."""
        for team in await renew_due(self.workspaces.shared, self.seal):
            await self._try(team)


def depart(shared: Shared, team: str) -> None:
    """Let a team that is served no more be erased in its time."""
    from storage import installations

    with shared.database.write() as connection:
        installations.depart_team(connection, team, shared.clock())


class Flow(AsyncOAuthFlow):
    """Slack's flow; an installation for a whole organisation is refused, for nobody asked it."""

    async def store_installation(
        self, request: AsyncBoltRequest, installation: Installation
    ) -> None:
        if installation.is_enterprise_install or not installation.team_id:
            raise OrgInstall
        await super().store_installation(request, installation)


@asynccontextmanager
async def serve_installed(workspaces: Workspaces) -> AsyncIterator[int | None]:
    """Open the site, serve whoever installed Kepi, and give the port."""
    from bot.serve import open_site
    from storage.installations import Seal

    shared = workspaces.shared
    settings, seal = shared.settings, Seal(shared.settings.keys)
    await asyncio.to_thread(seal_anew, shared.database, seal)
    installed = Installed(workspaces, seal)
    site = build_site(workspaces.rounds, shared.tally, Desk(shared.database, None, shared.clock))
    assert settings.signing_secret is not None
    secret = settings.signing_secret.get_secret_value()
    site.router.add_post("/slack/events", receive_from(installed.find, secret, shared.tally))
    add_pages(site, build_flow(installed))
    async with open_site(site, settings) as port:
        await installed.begin_all()
        workspaces.house.every(LOOK_SECONDS, installed.look)
        workspaces.house.every(RENEW_SECONDS, installed.renew)
        yield port


def seal_anew(database: Database, seal: Seal) -> None:
    """Put every token under the newest key: older keys may go after this start."""
    from storage.installations import seal_anew

    with database.write() as connection:
        seal_anew(connection, seal)


def build_flow(installed: Installed) -> AsyncOAuthFlow:
    """Return Slack's OAuth flow over our tables and our session."""
    from bot.manifest import ISSUE_SCOPES, SCOPES

    shared = installed.workspaces.shared
    settings = shared.settings
    assert settings.client_secret is not None

    async def welcome(team: str, by: str) -> None:
        served = await installed.welcome(team)
        if served is not None and by:
            context = served.context
            context.tasks.start(greet(context, by))

    wanted = AsyncOAuthSettings(
        client_id=settings.client_id,
        client_secret=settings.client_secret.get_secret_value(),
        scopes=sorted({**SCOPES, **ISSUE_SCOPES}),
        install_page_rendering_enabled=False,
        authorization_url=authorization_url(settings.slack_api_url),
        installation_store=Installations(shared, installed.seal, welcome),
        state_store=States(shared),
        callback_options=OPTIONS,
        logger=quiet_logger(),
    )
    client = make_client(settings, shared.http, shared.tally)
    return Flow(client=client, settings=wanted, logger=quiet_logger())


async def greet(context: Context, user: str) -> None:
    """Show the installer, once, what to begin with: the same that ``/kpi start`` shows."""
    from commands.asker import Asker
    from commands.home.command import show_start
    from storage.support_notes import tell_once

    key = f"greeted|{user}"
    if await context.write(tell_once, context.home.workspace, key, context.clock()):
        await show_start(context, Asker(user, ""), key=key)


def authorization_url(api: str) -> str | None:
    """Return where people say yes: Slack's own page, or the one of the Slack that is used."""
    if api == SLACK_API:
        return None
    parts = urlsplit(api)
    return f"{parts.scheme}://{parts.netloc}/oauth/v2/authorize"


def add_pages(site: web.Application, flow: AsyncOAuthFlow) -> None:
    """Add the two addresses that browsers open."""

    async def begin(request: web.Request) -> web.StreamResponse:
        asked = await to_bolt_request(request)
        page = await to_aiohttp_response(await flow.handle_installation(asked))
        for cookie in page.cookies.values():  # sent where Slack leads the browser back, alone
            cookie["samesite"] = "Lax"
        return page

    async def come_back(request: web.Request) -> web.StreamResponse:
        asked = await to_bolt_request(request)
        return await to_aiohttp_response(await flow.handle_callback(asked))

    site.router.add_get(flow.install_path, begin)
    site.router.add_get(flow.redirect_uri_path, come_back)
