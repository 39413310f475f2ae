"""The line to Slack in Socket Mode: none is closed before the next one is open.

The SDK closes the old websocket first, sees one that broke only at its next ping (10 s), and
gives a handshake five minutes. Here the old line is read to its end, an acknowledgement goes back
on the line that its envelope came by, a broken line is noticed at once, and one that
is only half open (no pong) within eight (reliability row 15).
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from contextlib import suppress
from copy import copy
from typing import Any

import aiohttp
from aiohttp import ClientWebSocketResponse, WSMsgType
from slack_bolt.adapter.socket_mode.async_base_handler import AsyncBaseSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from commands.calls import FAULTS

log = logging.getLogger(__name__)

PING_SECONDS = 5.0
"""A pong that is missing for half as long again ends the line (aiohttp's heartbeat)."""
LOOK_SECONDS = 0.2
ADDRESS_SECONDS = 10
LINGER_SECONDS = 15.0
"""Slack closes a line about 10 s after it has said so (slack-platform §2)."""
HANDSHAKE = aiohttp.ClientTimeout(total=20, sock_connect=10)
LONGEST_PAUSE = 10.0
REMEMBERED = 1000
ENVELOPE = re.compile(r'"envelope_id"\s*:\s*"([^"]{1,100})"')

Count = Callable[[str, bool, float], None]
"""Told of each envelope: its type, whether it was acknowledged, and after how many seconds."""


class Line(SocketModeClient):
    """The SDK's client, which changes lines without letting go of the old one first."""

    def __init__(self, app_token: str, app: AsyncApp) -> None:
        # Kept connections may be as dead as the line: its address is asked for on a new one.
        client = copy(app.client)
        client.session, client.timeout = None, ADDRESS_SECONDS
        super().__init__(
            app_token=app_token,
            logger=app.logger,
            web_client=client,
            ping_interval=PING_SECONDS,
        )
        self._unbounded = self.aiohttp_client_session
        self.aiohttp_client_session = aiohttp.ClientSession(timeout=HANDSHAKE)
        self._came_by: OrderedDict[str, ClientWebSocketResponse] = OrderedDict()
        self._has_to_make_room = False
        self._leaving: set[asyncio.Task[None]] = set()
        self._look: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        """Open a line, and only then leave the one before it.

        Where Slack said that there are too many, the old one has to go first.
        """
        old = self.current_session
        if self._has_to_make_room and old is not None:
            await old.close()
        self._has_to_make_room = False
        new = await self._dial()
        if new is None:
            return
        self.current_session, self.stale, self.last_ping_pong_time = new, False, None
        # From here on nothing is awaited: this may be the very task that is cancelled.
        for task in (self.current_session_monitor, self.message_receiver):
            if task is not None:
                task.cancel()
        self.current_session_monitor = asyncio.ensure_future(self.monitor_current_session())
        self.message_receiver = asyncio.ensure_future(self.receive_messages())
        if old is not None and not old.closed:
            self._keep(self._read_out(old))
        if self._look is None:
            self._look = asyncio.create_task(self._look_after())

    async def _dial(self) -> ClientWebSocketResponse | None:
        """Return an open line, asked for again until there is one; nothing when Kepi stops."""
        pause = LOOK_SECONDS
        while not self.closed:
            try:
                address = self.wss_uri or await self.issue_new_wss_url()
                self.wss_uri = None  # it works once: the SDK would try a used one for ever
                return await self.aiohttp_client_session.ws_connect(
                    address, autoping=False, heartbeat=self.ping_interval, proxy=self.proxy
                )
            except Exception as fault:
                log.warning("no line to Slack", extra={"why": type(fault).__name__})
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
        return None

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    async def _read_out(self, old: ClientWebSocketResponse) -> None:
        """Take what still comes by a line that is being left, until Slack closes it."""
        await asyncio.sleep(0)  # the SDK's reader of it was told to stop, and stops now
        with suppress(TimeoutError, aiohttp.ClientError, RuntimeError):
            async with asyncio.timeout(LINGER_SECONDS):
                async for message in old:
                    if message.type is WSMsgType.PING:
                        await old.pong(message.data)
                    elif message.type is WSMsgType.TEXT and '"disconnect"' not in message.data:
                        self._remember(message.data, old)
                        await super().enqueue_message(message.data)
        with suppress(Exception):
            await old.close()

    async def _look_after(self) -> None:
        """Connect anew as soon as a line has broken."""
        while not self.closed:
            await asyncio.sleep(LOOK_SECONDS)
            session = self.current_session
            if session is not None and session.closed and not self.closed:
                with suppress(SlackApiError, *FAULTS):
                    await self.connect_to_new_endpoint()

    async def enqueue_message(self, message: str) -> None:
        """Take what came by the line in use."""
        if self.current_session is not None:
            self._remember(message, self.current_session)
        if '"too_many_websockets"' in message[:200]:
            self._has_to_make_room = True
        await super().enqueue_message(message)

    def _remember(self, message: str, session: ClientWebSocketResponse) -> None:
        found = ENVELOPE.search(message[:300])
        if found:
            self._came_by[found[1]] = session
        while len(self._came_by) > REMEMBERED:
            self._came_by.popitem(last=False)

    async def send_socket_mode_response(self, response: Any) -> None:
        """Acknowledge by the line that the envelope came by, as long as it is open."""
        words = response if isinstance(response, dict) else response.to_dict()
        came_by = self._came_by.pop(str(words.get("envelope_id")), None)
        if came_by is not None and came_by is not self.current_session and not came_by.closed:
            with suppress(ConnectionError):
                await came_by.send_str(json.dumps(words))
                return
        await super().send_socket_mode_response(words)

    async def close(self) -> None:
        """Close every line; nothing of it goes on."""
        self.closed = True
        if self._look is not None:
            self._look.cancel()
        for task in list(self._leaving):
            task.cancel()
        await super().close()  # type: ignore[no-untyped-call]
        await self._unbounded.close()


class LineHandler(AsyncBaseSocketModeHandler):
    """Bolt behind a line."""

    client: Line

    def __init__(self, app: AsyncApp, app_token: str, count: Count) -> None:
        self.app: AsyncApp = app
        self.app_token = app_token
        self.client = Line(app_token, app)
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]
        self._count = count

    async def handle(  # type: ignore[override]
        self, client: SocketModeClient, req: SocketModeRequest
    ) -> None:
        """Hand an envelope to bolt and acknowledge it."""
        began, clock = time.time(), time.perf_counter()
        answer = await run_async_bolt_app(self.app, req)
        try:
            await send_async_response(client, req, answer, began)
        except (ConnectionError, aiohttp.ClientError):
            # The line was closed meanwhile, by a stop say: Slack sends the envelope again.
            log.info("an acknowledgement came too late for its line")
            answer.status = 503
        self._count(req.type, answer.status == 200, time.perf_counter() - clock)
