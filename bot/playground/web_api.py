"""The door of the Web API: token, scopes, faults, then the method (slack-platform §6, §10)."""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.playground import (
    api_chat,
    api_conversations,
    api_files,
    api_groups,
    api_history,
    api_people,
    api_reactions,
    api_views,
)
from bot.playground.arguments import Args
from bot.playground.faults import Fault, Trouble
from bot.playground.refusals import Refusal
from bot.playground.workspace import Workspace
from bot.playground.world import Json

Method = Callable[[Workspace, Args], Awaitable[Json]]

READ_CHANNELS = "channels:read groups:read im:read"
HISTORY = "channels:history groups:history im:history"
METHODS: dict[str, tuple[Method, str]] = {
    "auth.test": (api_people.auth_test, ""),
    "chat.postMessage": (api_chat.post_message, "chat:write"),
    "chat.postEphemeral": (api_chat.post_ephemeral, "chat:write"),
    "chat.update": (api_chat.update_message, "chat:write"),
    "chat.delete": (api_chat.delete_message, "chat:write"),
    "chat.getPermalink": (api_chat.get_permalink, ""),
    "conversations.info": (api_conversations.info, READ_CHANNELS),
    "conversations.list": (api_conversations.list_all, READ_CHANNELS),
    "conversations.members": (api_conversations.members, READ_CHANNELS),
    "conversations.history": (api_history.history, HISTORY),
    "conversations.replies": (api_history.thread, HISTORY),
    "conversations.open": (api_conversations.open_direct, "im:write"),
    "conversations.join": (api_conversations.join, "channels:join"),
    "users.conversations": (api_conversations.list_mine, READ_CHANNELS),
    "users.info": (api_people.user_info, "users:read"),
    "users.list": (api_people.user_list, "users:read"),
    "team.info": (api_people.team_info, "team:read"),
    "files.getUploadURLExternal": (api_files.get_upload_url, "files:write"),
    "files.completeUploadExternal": (api_files.complete_upload, "files:write"),
    "files.info": (api_files.file_info, "files:read"),
    "files.delete": (api_files.delete_file, "files:write"),
    "views.open": (api_views.open_view, ""),
    "views.update": (api_views.update_view, ""),
    "views.push": (api_views.push_view, ""),
    "views.publish": (api_views.publish_view, ""),
    "reactions.add": (api_reactions.add_reaction, "reactions:write"),
    "reactions.remove": (api_reactions.remove_reaction, "reactions:write"),
    "reactions.get": (api_reactions.get_reactions, "reactions:read"),
    "usergroups.list": (api_groups.list_groups, "usergroups:read"),
    "usergroups.users.list": (api_groups.list_members, "usergroups:read"),
    "bots.info": (api_groups.bot_info, "users:read"),
}


@dataclass(frozen=True)
class Call:
    """One request the bot made: `outcome` is `ok`, an error, or the trouble it ran into.

    `when` is on the monotonic clock, `args` are without the token, `answer` is what was (or, after
    a dropped reply, would have been) answered.
    """

    method: str
    args: Json
    when: float
    outcome: str
    answer: Json


class WebApi:
    """Answers `/api/METHOD` and remembers every call."""

    def __init__(self, space: Workspace, bot_token: str, app_token: str) -> None:
        self.space = space
        self.bot_token = bot_token
        self.app_token = app_token
        self.calls: deque[Call] = deque(maxlen=100_000)
        self.open_line: Callable[[], str] | None = None
        self.is_revoked = False
        self.ended: dict[str, str] = {}
        """Tokens that were given once and hold no more, and what Slack says of them."""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        method = request.match_info["method"]
        try:
            values = await read_arguments(request)
        except Refusal as refusal:
            return web.json_response(refusal.body())
        token = _bearer(request) or str(values.pop("token", "") or "")
        values.pop("token", None)
        channel = values.get("channel") or values.get("channel_id")
        fault = self.space.faults.take(method, str(channel) if channel else None)

        async def work() -> Json:
            return await self._answer(method, token, Args(values))

        return await self.through(fault, request, method, values, work)

    async def through(
        self,
        fault: Fault | None,
        request: web.Request,
        method: str,
        args: Json,
        work: Callable[[], Awaitable[Json]],
    ) -> web.StreamResponse:
        """Run `work` under a fault, record the call, and answer as Slack would."""
        if fault is not None and fault.trouble is not Trouble.HANG:
            answer = await work() if fault.trouble is Trouble.DROP_REPLY else {}
            self.record(method, args, fault.trouble.name.lower(), answer)
            return self._misbehave(fault, request)
        if fault is not None:
            await asyncio.sleep(fault.seconds)
        answer = await work()
        self.record(method, args, "ok" if answer["ok"] else str(answer["error"]), answer)
        scopes = {"x-oauth-scopes": ",".join(sorted(self.space.seed.scopes))}
        return web.json_response(answer, headers=scopes)

    def record(self, method: str, args: Json, outcome: str, answer: Json) -> None:
        """Remember a call."""
        self.calls.append(Call(method, args, time.monotonic(), outcome, answer))

    def _misbehave(self, fault: Fault, request: web.Request) -> web.Response:
        if fault.trouble is Trouble.RATE_LIMITED:
            body = {"ok": False, "error": "ratelimited"}
            wait = {"Retry-After": str(math.ceil(fault.seconds))}
            return web.json_response(body, status=429, headers=wait)
        if fault.trouble is Trouble.OK_FALSE:
            return web.json_response({"ok": False, "error": fault.error})
        if fault.trouble is Trouble.BAD_JSON:
            return web.Response(text='{"ok": tru', content_type="application/json")
        if fault.trouble is Trouble.ERROR_STATUS:
            page = "<html><body>Server Error</body></html>"
            return web.Response(text=page, status=fault.status, content_type="text/html")
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def _answer(self, method: str, token: str, args: Args) -> Json:
        try:
            if method == "api.test":
                return {"ok": True}
            if method == "apps.connections.open":
                return self._connections_open(token)
            if method not in METHODS:
                raise Refusal("unknown_method")
            run, scopes = METHODS[method]
            self._check_token(token)
            self._check_scope(scopes)
            return await run(self.space, args)
        except Refusal as refusal:
            return refusal.body()

    def _connections_open(self, token: str) -> Json:
        """Give the address of a new socket to the app-level token only (§2, §9)."""
        if not token:
            raise Refusal("not_authed")
        if token != self.app_token:
            known = token == self.bot_token
            raise Refusal("not_allowed_token_type" if known else "invalid_auth")
        if self.open_line is None:
            raise Refusal("socket_mode_disabled")
        return {"ok": True, "url": self.open_line()}

    def _check_token(self, token: str) -> None:
        if not token:
            raise Refusal("not_authed")
        if token == self.app_token:
            raise Refusal("not_allowed_token_type")
        if token in self.ended:
            raise Refusal(self.ended[token])
        if token != self.bot_token:
            raise Refusal("invalid_auth")
        if self.is_revoked:
            raise Refusal("token_revoked")

    def _check_scope(self, scopes: str) -> None:
        """One of the named scopes is enough."""
        have = self.space.seed.scopes
        if scopes and have.isdisjoint(scopes.split()):
            provided = ",".join(sorted(have))
            raise Refusal("missing_scope", needed=scopes.split()[0], provided=provided)


def _bearer(request: web.Request) -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


async def read_arguments(request: web.Request) -> Json:
    """Return the arguments from query, form or JSON body."""
    values: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        raw = await request.text()
        try:
            body = json.loads(raw) if raw else {}
        except ValueError:
            raise Refusal("invalid_json") from None
        if not isinstance(body, dict):
            raise Refusal("json_not_object")
        return values | body
    if request.can_read_body:
        form = await request.post()
        values |= {name: value for name, value in form.items() if isinstance(value, str)}
    return values
