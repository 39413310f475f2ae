"""The local workspace as one server: Web API, deliveries, files and the web page."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Literal, Self

from aiohttp import web

from bot.playground.clock import SlackClock
from bot.playground.deliveries import Acked, Deliveries, Delivery
from bot.playground.delivery_http import HttpDelivery
from bot.playground.delivery_socket import SocketDelivery
from bot.playground.events import event_delivery, event_envelope
from bot.playground.faults import Faults
from bot.playground.happenings import Happenings
from bot.playground.page import Page
from bot.playground.person import Person
from bot.playground.seed import Seed
from bot.playground.web_api import Call, WebApi
from bot.playground.web_files import MAX_UPLOAD, FileDoor
from bot.playground.workspace import Workspace
from bot.playground.world import Channel, Json

Mode = Literal["socket", "http"]
BOT_TOKEN, APP_TOKEN = "xoxb-local-playground", "xapp-local-playground"
SIGNING_SECRET = "local-signing-secret"


class LocalSlack(Happenings):
    """A Slack on loopback. Use it as `async with LocalSlack() as slack:`.

    `mode` is `socket`, or `http` with the bot's `events_url` (which may be set later). Message
    times run `clock_offset` seconds beside the real clock, and `clock.advance(seconds)` lets time
    pass. `slack.space` is the state, `faults` the knobs, `calls` and `acks` what happened.
    """

    def __init__(
        self,
        *,
        seed: Seed | None = None,
        mode: Mode = "socket",
        events_url: str = "",
        bot_token: str = BOT_TOKEN,
        app_token: str = APP_TOKEN,
        signing_secret: str = SIGNING_SECRET,
        clock_offset: float = 0.0,
        faults: Faults | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        self.mode = mode
        self.faults = faults or Faults()
        self.space = Workspace(seed or Seed(), SlackClock(clock_offset), self.faults)
        self.host, self.port = host, port
        self.signing_secret = signing_secret
        self.api = WebApi(self.space, bot_token, app_token)
        self.socket = SocketDelivery(self.space.seed.app_id, self.faults)
        self.http = HttpDelivery(signing_secret, self.faults, events_url)
        self.deliveries = Deliveries(
            self.socket if mode == "socket" else self.http, self.faults, self.space.clock
        )
        self.page = Page(self.space, self.person)
        self._runner: web.AppRunner | None = None

    def use_http(self) -> None:
        """Deliver by signed HTTP, whatever was chosen; before the start."""
        self.mode, self.deliveries.transport = "http", self.http

    async def start(self) -> None:
        """Serve; `url` is known afterwards."""
        runner = web.AppRunner(self.build(), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        site = web.TCPSite(runner, self.host, self.port)
        await site.start()
        self._runner = runner
        self.port = runner.addresses[0][1]
        self.space.base_url = self.url
        self.space.send_event = self._send_event
        self.space.later = self._later
        if self.mode == "socket":
            self.api.open_line = lambda: self.socket.new_ticket(self.url)

    def build(self) -> web.Application:
        """Return the site: Web API, files, answers, the line and the page."""
        app = web.Application(client_max_size=MAX_UPLOAD)
        doors = FileDoor(self.space, self.api)
        app.router.add_route("*", "/api/{method}", self.api.handle)
        app.router.add_post("/upload/v1/{key}", doors.upload)
        app.router.add_get("/files-pri/{file}/download/{name}", doors.download)
        app.router.add_get("/files-pri/{file}/{name}", doors.download)
        app.router.add_post("/hooks/{key:.+}", doors.hook)
        app.router.add_get("/link/", self.socket.serve)
        self.page.add_routes(app)
        return app

    async def stop(self) -> None:
        """Close everything; nothing is left running."""
        self.space.send_event = lambda event, channel, by: None
        await self.page.close()
        await self.deliveries.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """Return the address of the web page, without a slash at the end."""
        return f"http://{self.host}:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Return what a bot needs to be told (design §2), but for PORT in HTTP mode."""
        told = {"SLACK_API_URL": f"{self.url}/api/", "SLACK_BOT_TOKEN": self.api.bot_token}
        if self.mode == "socket":
            return told | {"SLACK_APP_TOKEN": self.api.app_token}
        return told | {"SLACK_SIGNING_SECRET": self.signing_secret}

    @property
    def events_url(self) -> str:
        """Return where events are posted in HTTP mode."""
        return self.http.url

    @events_url.setter
    def events_url(self, url: str) -> None:
        self.http.url = url

    @property
    def calls(self) -> deque[Call]:
        """Return every request the bot made, oldest first."""
        return self.api.calls

    def calls_of(self, method: str) -> list[Call]:
        """Return the calls of one method (also `response_url`, `upload`, `download`)."""
        return [call for call in self.calls if call.method == method]

    @property
    def acks(self) -> deque[Acked]:
        """Return every delivery attempt and how it was acked, oldest first."""
        return self.deliveries.acks

    def person(self, name: str) -> Person:
        """Return a member by name (`mia`) or id."""
        return Person(self.space, self.deliveries, self.member(name))

    async def bot_ready(self, within: float = 10.0) -> None:
        """Wait until the bot is connected, or its events URL verified; else TimeoutError."""
        if not await self.deliveries.transport.ready(within):
            raise TimeoutError(f"the bot did not connect within {within} s")

    async def settle(self, within: float = 10.0) -> None:
        """Wait until no event is on its way."""
        await self.deliveries.settle(within)

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the bot's sockets to reconnect (§2)."""
        await self.socket.disconnect(reason)

    def cut(self) -> None:
        """Drop the bot's sockets without a word."""
        self.socket.cut()

    def hold_events(self) -> None:
        """Keep events back, to release them in another order."""
        self.deliveries.held = []

    def release_events(
        self,
        *,
        backwards: bool = False,
        order: Sequence[int] | None = None,
        shuffled: random.Random | None = None,
        copies: int = 1,
    ) -> None:
        """Send what was held, one after the other.

        In their own order, `backwards`, in a given `order` (of positions; those left out are
        lost), or `shuffled` by dice; each `copies` times, also shuffled.
        """
        held, self.deliveries.held = self.deliveries.held or [], None
        chosen = held if order is None else [held[position] for position in order]
        chosen = [each for each in chosen for _ in range(copies)]
        if shuffled is not None:
            shuffled.shuffle(chosen)
        self.deliveries.send_in_order(chosen[::-1] if backwards else chosen)

    def lose_events(self) -> int:
        """Lose what was held; return how many."""
        held, self.deliveries.held = self.deliveries.held or [], None
        return len(held)

    def inject(self, event: object, **envelope: object) -> None:
        """Send any inner `event` at all, malformed ones too, whatever the bot subscribed to.

        `envelope` replaces fields of the outer payload, such as `authorizations=None`.
        """
        known = event_envelope(self.space, {}, None, None) | {"event": event}
        self.deliveries.send_event(Delivery("events_api", known | envelope))

    def revoke(self) -> None:
        """Uninstall the app: it is told, and every call is refused with token_revoked."""
        tokens = {"oauth": [], "bot": [self.space.seed.bot_user]}
        self.inject({"type": "tokens_revoked", "tokens": tokens})
        self.inject({"type": "app_uninstalled"})
        self.api.is_revoked = True

    def _send_event(self, event: Json, channel: Channel | None, by: str | None) -> None:
        delivery = event_delivery(self.space, event, channel, by)
        if delivery is not None:
            self.deliveries.send_event(delivery)

    def _later(self, seconds: float, act: Callable[[], None]) -> None:
        async def wait() -> None:
            await asyncio.sleep(seconds)
            act()

        self.deliveries.start(wait())
