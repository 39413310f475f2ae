"""A Slack that does the least: signs requests, and takes acknowledgements and answers in.

It is kinder than the playground on purpose: here only time counts, and this side must be quick.
"""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

SECRET = "bench-signing-secret"
BROKEN = "Something broke"
TEAM, USER, CHANNEL = "T0BENCH", "U0BENCH", "C0BENCH"
ANSWERS: dict[str, dict[str, Any]] = {
    "auth.test": {
        "team": "Bench", "user": "kepi", "team_id": TEAM, "user_id": "U0KEPI", "bot_id": "B0KEPI",
        "url": "https://bench.example/",
    },
    "conversations.info": {"channel": {"id": CHANNEL, "name": "bench", "is_member": True}},
    "users.info": {"user": {"id": USER, "team_id": TEAM, "is_admin": True, "profile": {}}},
    "files.completeUploadExternal": {"files": []},
    "files.info": {"file": {"id": "F0BENCH", "mimetype": "image/png"}},
    "conversations.history": {"messages": []},
}  # fmt: skip


@dataclass
class Asked:
    """One command on its way: when it was sent, acknowledged and answered."""

    sent: float
    acked: float = 0.0
    answered: float = 0.0
    done: asyncio.Event = field(default_factory=asyncio.Event)
    with_chart: bool = False
    failed: bool = False

    def finish(self) -> None:
        """The answer has come; Slack's acknowledgement may still be outstanding."""
        self.answered = time.perf_counter()
        if self.acked:
            self.done.set()

    def acknowledge(self) -> None:
        self.acked = time.perf_counter()
        if self.answered:
            self.done.set()


class FakeSlack:
    """Serves the Web API, ``response_url`` and Socket Mode on a free port of this machine."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: dict[str, Asked] = {}
        self.ready: dict[str, int] = {}
        self.sockets: dict[str, web.WebSocketResponse] = {}
        self._number = 0
        self._posts: dict[str, str] = {}
        self._home: Asked | None = None
        self._runner: web.AppRunner | None = None
        self._http: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> "FakeSlack":
        site = web.Application(client_max_size=1 << 24)
        site.router.add_route("*", "/api/{method}", self._answer_api)
        site.router.add_post("/response/{key}", self._take_answer)
        site.router.add_post("/upload/{key}", self._take_bytes)
        site.router.add_get("/link/{name}", self._link)
        site.router.add_get("/ready/{name}/{port}", self._take_ready)
        self._runner = web.AppRunner(site, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=100))
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._http
        assert self._runner
        await self._http.close()
        for socket in self.sockets.values():
            await socket.close()
        await self._runner.cleanup()

    # --- what the driver does ---------------------------------------------------------------

    async def ask(self, bot: str, command: str, text: str, *, chart: bool = False) -> Asked:
        """Send a command to a bot and wait until it is acknowledged and answered."""
        asked = await self.send(bot, command, text, chart=chart)
        async with asyncio.timeout(60):
            await asked.done.wait()
        if asked.failed:
            raise RuntimeError(f"{bot} failed at {command} {text}; its log says why")
        return asked

    async def open_home(self, bot: str) -> Asked:
        """Tell a bot that somebody opened Home, and wait until it has published the page."""
        self._number += 1
        key = str(self._number)
        asked = self.asked[key] = self._home = Asked(time.perf_counter())
        payload = home_opened(key)
        if bot in self.sockets:
            envelope = {"type": "events_api", "envelope_id": key, "payload": payload}
            asked.sent = time.perf_counter()
            await self.sockets[bot].send_str(json.dumps(envelope))
        else:
            body = json.dumps(payload).encode()
            headers = sign(body) | {"Content-Type": "application/json"}
            address = f"http://127.0.0.1:{self.ready[bot]}/slack/events"
            assert self._http
            asked.sent = time.perf_counter()
            async with self._http.post(address, data=body, headers=headers) as answer:
                await answer.read()
                if answer.status != 200:
                    raise RuntimeError(f"{bot} answered {answer.status}")
                asked.acknowledge()
        async with asyncio.timeout(60):
            await asked.done.wait()
        return asked

    async def send(self, bot: str, command: str, text: str, *, chart: bool = False) -> Asked:
        """Send a command; the acknowledgement of HTTP has come when this returns."""
        self._number += 1
        key = str(self._number)
        payload = self._payload(key, command, text)
        asked = self.asked[key] = Asked(time.perf_counter(), with_chart=chart)
        if bot in self.sockets:
            envelope = {"type": "slash_commands", "envelope_id": key, "payload": payload}
            asked.sent = time.perf_counter()
            await self.sockets[bot].send_str(json.dumps(envelope))
            return asked
        body = urlencode(payload).encode()
        headers = sign(body)
        address = f"http://127.0.0.1:{self.ready[bot]}/slack/events"
        asked.sent = time.perf_counter()
        assert self._http
        async with self._http.post(address, data=body, headers=headers) as answer:
            await answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{bot} answered {answer.status}")
            asked.acknowledge()
        return asked

    def _payload(self, key: str, command: str, text: str) -> dict[str, str]:
        return {
            "token": "unused", "team_id": TEAM, "team_domain": "bench", "channel_id": CHANNEL,
            "channel_name": "bench", "user_id": USER, "user_name": "bench", "command": command,
            "text": text, "api_app_id": "A0BENCH", "is_enterprise_install": "false",
            "response_url": f"{self.url}/response/{key}", "trigger_id": key,
        }  # fmt: skip

    async def wait_ready(self, name: str, is_alive: Callable[[], bool]) -> None:
        """Wait until a bot says that it serves."""
        async with asyncio.timeout(60):
            while name not in self.ready:
                if not is_alive():
                    raise RuntimeError(f"{name} ended before it served; its log says why")
                await asyncio.sleep(0.05)

    # --- what bots call ---------------------------------------------------------------------

    async def _answer_api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        given = await request.post() if request.content_type.endswith("urlencoded") else {}
        if method == "apps.connections.open":
            token = request.headers["Authorization"].removeprefix("Bearer xapp-")
            address = self.url.replace("http", "ws", 1)
            return web.json_response({"ok": True, "url": f"{address}/link/{token}"})
        if method == "files.getUploadURLExternal":
            address = f"{self.url}/upload/F0BENCH"
            return web.json_response({"ok": True, "upload_url": address, "file_id": "F0BENCH"})
        if method in ("chat.postMessage", "chat.update"):
            body = given or await request.json()
            return web.json_response({"ok": True, **self._take_message(method, body)})
        if method == "views.publish" and self._home is not None:
            self._home.finish()
        return web.json_response({"ok": True, **ANSWERS.get(method, {})})

    def _take_message(self, method: str, body: Any) -> dict[str, str]:
        """Note a message: the first of an answer, or the one that the chart has joined."""
        if method == "chat.update":
            ts = str(body["ts"])
            self.asked[self._posts[ts]].finish()
            return {"ts": ts, "channel": CHANNEL}
        metadata = body["metadata"]
        held = json.loads(metadata) if isinstance(metadata, str) else metadata
        key = str(held["event_payload"]["key"])
        ts = f"1700000000.{int(key):06d}"
        self._posts[ts] = key
        if not self.asked[key].with_chart:
            self.asked[key].finish()
        return {"ts": ts, "channel": CHANNEL}

    async def _take_answer(self, request: web.Request) -> web.Response:
        words = await request.text()
        asked = self.asked[request.match_info["key"]]
        asked.failed = asked.with_chart or BROKEN in words
        asked.finish()
        return web.Response(text="ok")

    async def _take_bytes(self, request: web.Request) -> web.Response:
        await request.read()
        return web.Response(text="OK")

    async def _take_ready(self, request: web.Request) -> web.Response:
        self.ready[request.match_info["name"]] = int(request.match_info["port"])
        return web.Response()

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets[request.match_info["name"]] = socket
        await socket.send_str(
            '{"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0BENCH"}}'
        )
        async for message in socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                key = json.loads(message.data).get("envelope_id")
                if key in self.asked:
                    self.asked[key].acknowledge()
        return socket


def home_opened(key: str) -> dict[str, Any]:
    """Return the event that somebody opened Home (slack-platform §2, §8)."""
    event = {
        "type": "app_home_opened", "user": USER, "channel": "D0BENCH", "tab": "home",
        "event_ts": f"1700000000.{int(key):06d}",
    }  # fmt: skip
    who = {"team_id": TEAM, "user_id": "U0KEPI", "is_bot": True, "is_enterprise_install": False}
    return {
        "type": "event_callback", "team_id": TEAM, "api_app_id": "A0BENCH", "event_id": f"Ev{key}",
        "event_time": 1_700_000_000, "authorizations": [who | {"enterprise_id": None}],
        "is_ext_shared_channel": False, "event": event,
    }  # fmt: skip


def sign(body: bytes) -> dict[str, str]:
    """Return the headers with which Slack signs."""
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256)
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest.hexdigest()}",
    }
