"""Bytes in and out: the upload address, downloads by token, and response_url (§1, §4)."""

from __future__ import annotations

import hmac

from aiohttp import web

from bot.playground.arguments import Args
from bot.playground.files import may_open
from bot.playground.refusals import Refusal
from bot.playground.response_url import use_hook
from bot.playground.web_api import WebApi, read_arguments
from bot.playground.workspace import Workspace
from bot.playground.world import Json, SlackFile

MAX_UPLOAD = 200_000_000
LOGIN_PAGE = "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body></body></html>"


class FileDoor:
    """Serves what is not JSON."""

    def __init__(self, space: Workspace, api: WebApi) -> None:
        self.space = space
        self.api = api

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """Take the bytes of step 2, raw or as a form, and answer `OK - n`."""
        file = self._awaited(request.match_info["key"])
        fault = self.space.faults.take("upload", None)
        if file is None:
            return web.Response(status=404, text="not found")
        data = await _body(request)
        answer: Json = {"ok": len(data) == file.size}
        if not answer["ok"]:
            answer["error"] = "length_mismatch"

        async def store() -> Json:
            if answer["ok"]:
                file.data = data
            return answer

        args = {"file": file.id, "length": len(data)}
        done = await self.api.through(fault, request, "upload", args, store)
        if fault is not None or not answer["ok"]:
            return done if fault is not None else web.Response(status=400, text="length mismatch")
        return web.Response(text=f"OK - {len(data)}")

    def _awaited(self, key: str) -> SlackFile | None:
        for file in self.space.files.values():
            if hmac.compare_digest(file.upload_key, key) and not file.completed:
                return file
        return None

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Give a file to the bearer of the bot token; to others, 200 with a login page (§4)."""
        file = self.space.files.get(request.match_info["file"].rpartition("-")[2])
        sent = request.headers.get("Authorization", "")
        known = hmac.compare_digest(sent.encode(), f"Bearer {self.api.bot_token}".encode())
        allowed = known and "files:read" in self.space.seed.scopes
        if not allowed:
            self.api.record("download", {"path": request.path}, "login_page", {})
            return web.Response(text=LOGIN_PAGE, content_type="text/html")
        if (
            file is None
            or file.data is None
            or not may_open(self.space, file, self.space.seed.bot_user)
        ):
            return web.Response(status=404, text=LOGIN_PAGE, content_type="text/html")
        data = file.data

        async def found() -> Json:
            return {"ok": True}

        fault = self.space.faults.take("download", None)
        done = await self.api.through(fault, request, "download", {"file": file.id}, found)
        if fault is not None:
            return done
        return web.Response(body=data, content_type=file.mimetype or "application/octet-stream")

    async def hook(self, request: web.Request) -> web.StreamResponse:
        """Take a response_url request; refusals are HTTP 404 with the reason (§1)."""
        key = request.match_info["key"]
        try:
            values = await read_arguments(request)
        except Refusal as refusal:
            return web.json_response(refusal.body(), status=400)
        if isinstance(values.get("payload"), str):
            values = Args(values).data("payload")

        async def work() -> Json:
            try:
                use_hook(self.space, key, Args(values))
            except Refusal as refusal:
                return refusal.body()
            return {"ok": True}

        known = self.space.hooks.get(key)
        fault = self.space.faults.take("response_url", known.channel if known else None)
        done = await self.api.through(fault, request, "response_url", values, work)
        if fault is None and self.api.calls[-1].outcome != "ok":
            return web.json_response(self.api.calls[-1].answer, status=404)
        return done


async def _body(request: web.Request) -> bytes:
    """Return the uploaded bytes, of a multipart form its first file."""
    if request.content_type.startswith("multipart/"):
        for value in (await request.post()).values():
            if isinstance(value, web.FileField):
                return value.file.read()
        return b""
    return await request.read()
