"""Several workspaces behind one address, as slack.com is: a call's token tells whose it is.

Each is a `LocalSlack` of its own, by HTTP. Here are besides: the page on which a person lets an
app in, and `oauth.v2.access` (slack-platform §9).
"""

from __future__ import annotations

import base64
import secrets
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from bot.playground.local_slack import SIGNING_SECRET, LocalSlack
from bot.playground.refusals import Refusal
from bot.playground.web_api import read_arguments
from bot.playground.web_files import MAX_UPLOAD
from bot.playground.world import Json

CLIENT_ID, CLIENT_SECRET = "1000.2000", "local-client-secret"
CODE_SECONDS = 600
ROTATED_SECONDS = 43_200
PAGE = """<!doctype html><meta charset="utf-8"><title>Local Slack</title>
<h1>Kepi asks to be let in</h1><ul>{choices}</ul><p><a href="{no}">Cancel</a></p>"""


@dataclass
class Given:
    """A code that was given out: for whose workspace, by whom, and until when."""

    slack: LocalSlack
    user: str
    until: float


class Grounds:
    """Use it as `async with Grounds(acme, bravo) as grounds:`; the workspaces are started too.

    `rotates` lets tokens end and be refreshed. `code_of` is what a person's yes gives.
    """

    def __init__(self, *slacks: LocalSlack, rotates: bool = False) -> None:
        self.slacks = {it.space.seed.team.id: it for it in slacks}
        self.rotates = rotates
        self.codes: dict[str, Given] = {}
        self.refreshers: dict[str, LocalSlack] = {}
        self.refreshed = 0
        self.is_for_organization = False
        """Whoever says yes says it for a whole organization (Enterprise Grid)."""
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=MAX_UPLOAD)
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_get("/oauth/v2/authorize", self._ask)
        app.router.add_get("/oauth/v2/yes", self._yes)
        for team, slack in self.slacks.items():
            await slack.start()
            app.add_subapp(f"/ws/{team}", slack.build())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        for team, slack in self.slacks.items():
            slack.space.base_url = f"{self.url}/ws/{team}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for slack in self.slacks.values():
            await slack.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def environment(self) -> dict[str, str]:
        """Return what a bot for many workspaces needs to be told, but for PORT and its keys."""
        return {
            "SLACK_API_URL": f"{self.url}/api/",
            "SLACK_CLIENT_ID": CLIENT_ID,
            "SLACK_CLIENT_SECRET": CLIENT_SECRET,
            "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        }

    def code_of(self, slack: LocalSlack, user: str) -> str:
        """Return the code with which the app may fetch its token, once."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = Given(slack, user, time.monotonic() + CODE_SECONDS)
        return code

    def end_token(self, slack: LocalSlack, why: str = "token_expired") -> None:
        """Let the token of a workspace end: Slack refuses it from now on."""
        slack.api.ended[slack.api.bot_token] = why

    # --- what the app asks

    async def _call(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["method"] == "oauth.v2.access":
            return web.json_response(await self._answer(request))
        token = request.headers.get("Authorization", "").partition(" ")[2].strip()
        for slack in self.slacks.values():
            if token and token in (slack.api.bot_token, *slack.api.ended):
                return await slack.api.handle(request)
        error = "invalid_auth" if token else "not_authed"
        return web.json_response({"ok": False, "error": error})

    async def _answer(self, request: web.Request) -> Json:
        try:
            asked = await read_arguments(request)
            require_app(request, asked)
            if asked.get("grant_type") == "refresh_token":
                return self._refresh(str(asked.get("refresh_token") or ""))
            return self._redeem(str(asked.get("code") or ""))
        except Refusal as refusal:
            return refusal.body()

    def _redeem(self, code: str) -> Json:
        given = self.codes.pop(code, None)
        if given is None or given.until < time.monotonic():
            raise Refusal("invalid_code")
        if self.is_for_organization:
            return self._token_of(given.slack) | {
                "team": None,
                "enterprise": {"id": "E0ACME00000", "name": "Acme Group"},
                "is_enterprise_install": True,
                "authed_user": {"id": given.user},
            }
        slack, seed = given.slack, given.slack.space.seed
        slack.api.is_revoked = False
        return self._token_of(slack) | {
            "team": {"id": seed.team.id, "name": seed.team.name},
            "enterprise": None,
            "is_enterprise_install": False,
            "authed_user": {"id": given.user},
        }

    def _refresh(self, token: str) -> Json:
        slack = self.refreshers.pop(token, None)
        if slack is None:
            raise Refusal("invalid_refresh_token")
        self.refreshed += 1
        return self._token_of(slack)

    def _token_of(self, slack: LocalSlack) -> Json:
        """Give a workspace a new token; the one before is revoked."""
        seed = slack.space.seed
        self.end_token(slack, "token_revoked")
        slack.api.bot_token = f"xoxb-{seed.team.id}-{secrets.token_hex(6)}"
        answer: Json = {
            "ok": True,
            "app_id": seed.app_id,
            "access_token": slack.api.bot_token,
            "token_type": "bot",
            "scope": ",".join(sorted(seed.scopes)),
            "bot_user_id": seed.bot_user,
        }
        if self.rotates:
            refresher = f"xoxe-1-{secrets.token_hex(12)}"
            self.refreshers[refresher] = slack
            answer |= {"refresh_token": refresher, "expires_in": ROTATED_SECONDS}
        return answer

    # --- what a person sees

    async def _ask(self, request: web.Request) -> web.StreamResponse:
        """Show who may let the app in where; only people of the workspace who are no guests."""
        query = dict(request.query)
        if query.get("client_id") != CLIENT_ID:
            return web.Response(status=400, text="invalid client_id")
        choices = "".join(
            f'<li><a href="/oauth/v2/yes?{urlencode({**query, "team_id": team, "user": it.id})}">'
            f"Allow in {slack.space.seed.team.name} as {it.name}</a></li>"
            for team, slack in self.slacks.items()
            for it in slack.space.members.values()
            if not (it.is_bot or it.is_restricted or it.is_stranger)
        )
        no = f"{self.redirect(query)}?{urlencode({'error': 'access_denied'})}"
        return web.Response(text=PAGE.format(choices=choices, no=no), content_type="text/html")

    async def _yes(self, request: web.Request) -> web.StreamResponse:
        query = dict(request.query)
        slack = self.slacks[query["team_id"]]
        code = self.code_of(slack, query["user"])
        back = urlencode({"code": code, "state": query.get("state", "")})
        raise web.HTTPFound(f"{self.redirect(query)}?{back}")

    def redirect(self, query: dict[str, str]) -> str:
        """Return where the browser goes back to: as asked, or beside the events."""
        if query.get("redirect_uri"):
            return query["redirect_uri"]
        events = urlsplit(next(iter(self.slacks.values())).events_url)
        return f"{events.scheme}://{events.netloc}/slack/oauth_redirect"


def require_app(request: web.Request, asked: dict[str, Any]) -> None:
    """Refuse who is not the app: id and secret come by Basic authentication or as arguments."""
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    client, secret = str(asked.get("client_id") or ""), str(asked.get("client_secret") or "")
    if kind.lower() == "basic":
        client, _, secret = base64.b64decode(given).decode().partition(":")
    if client != CLIENT_ID:
        raise Refusal("invalid_client_id")
    if secret != CLIENT_SECRET:
        raise Refusal("bad_client_secret")
