"""Serving: Socket Mode or HTTP, ``/healthz``, and an end that leaves nothing half done."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from aiohttp import WSMessage, web
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.errors import SlackApiError

from bot import departing, logs
from bot.ingest.door import Desk
from bot.line import LineHandler
from bot.pulse import Pulse
from bot.rounds import Rounds, keep_watch
from bot.schedule import House, clean_house, reconnect
from bot.served import DRAIN_SECONDS, Served
from bot.settings import Settings, read_settings, require_slack
from bot.shared import Shared, share
from bot.site import build_site, receive_from
from bot.tally import Tally
from bot.watch import PACE, Pace, Watch
from bot.wiring import find_only
from bot.workspaces import Workspaces
from commands.calls import error_of, repeat
from commands.context import Context
from storage.errors import SettingsError

log = logging.getLogger(__name__)

COPY_SECONDS = 60
PLANNED = frozenset({"warning", "refresh_requested"})
"""Slack opens the next connection before it closes this one (slack-platform §2)."""


@dataclass(frozen=True)
class Running:
    """A bot that serves: ``port`` is the one that HTTP was bound to, if any."""

    workspaces: Workspaces
    rounds: Rounds
    port: int | None
    scheduler: Any
    """What wakes it; drills let it stand still."""

    @property
    def only(self) -> Served:
        """Return the one workspace of a bot that has a token of its own."""
        (served,) = self.workspaces
        return served

    @property
    def context(self) -> Context:
        return self.only.context

    @property
    def app(self) -> AsyncApp:
        return self.only.app

    @property
    def pulse(self) -> Pulse:
        return self.only.pulse

    @property
    def watch(self) -> Watch:
        return self.only.watch


def run_from_environment() -> None:
    """Serve as the environment says, until SIGTERM or SIGINT."""
    settings = read_settings()
    require_slack(settings)
    logs.configure(settings.secrets)
    asyncio.run(serve(settings))


async def serve(settings: Settings) -> None:
    """Serve until a signal asks to stop, then finish or hand back what is under way."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):
            loop.add_signal_handler(number, stop.set)
    async with start(settings) as running:
        teams = [it.team for it in running.workspaces]
        log.info("serving", extra={"teams": teams[:10], "port": running.port})
        await stop.wait()
        log.info("stopping")


@asynccontextmanager
async def start(settings: Settings, pace: Pace = PACE) -> AsyncIterator[Running]:
    """Start the bot and give it for as long as the block lasts; then drain and close."""
    tally, began = Tally(), time.monotonic()
    async with AsyncExitStack() as stack:
        shared = await stack.enter_async_context(share(settings, tally))
        rounds = Rounds(shared.database, shared.http, pace, settings.heartbeat)
        house = House()
        scheduler = stack.enter_context(house.open())
        workspaces = Workspaces(shared, rounds, house)
        stack.push_async_callback(workspaces.close)
        if settings.has_many:
            from bot.oauth.serve import serve_installed

            port = await stack.enter_async_context(serve_installed(workspaces))
        else:
            port = await serve_only(workspaces)
        keep_order(workspaces, stack)
        await stack.enter_async_context(keep_watch(rounds))
        warming = asyncio.create_task(warm(shared))
        stack.push_async_callback(asyncio.wait, [warming], timeout=DRAIN_SECONDS)
        tally.start_seconds = time.monotonic() - began
        yield Running(workspaces, rounds, port, scheduler)


def keep_order(workspaces: Workspaces, stack: AsyncExitStack) -> None:
    """Let be done what is of no one workspace: cleaning, copying, looking, erasing who left."""
    from bot import looking
    from bot.copies import copy_if_due

    shared, house = workspaces.shared, workspaces.house
    settings, looks = shared.settings, looking.Looking()
    stack.callback(looks.stop.set)

    async def copy() -> None:
        first = next(iter(workspaces), None)
        if first is not None:
            # A copy holds every workspace: of several none decides, nor hears of it.
            is_shared = settings.has_many
            fixed = settings.backup or ("off" if is_shared else "")
            folder = settings.backups
            await copy_if_due(first.context, folder=folder, fixed=fixed, is_shared=is_shared)

    async def look() -> None:
        if (first := next(iter(workspaces), None)) is not None:
            await looks.look(first.context, is_shared=settings.has_many)

    async def clean() -> None:
        await asyncio.to_thread(clean_house, shared.database, shared.clock())

    async def erase() -> None:
        first = None if settings.has_many else next(iter(workspaces), None)
        await departing.erase_departed(shared, told=first.context if first is not None else None)

    house.every(COPY_SECONDS, copy)
    house.every(looking.SECONDS, look, first=looking.FIRST)
    house.every(departing.SECONDS, clean, first=0)
    house.every(departing.SECONDS, erase)


async def serve_only(workspaces: Workspaces) -> int | None:
    """Serve the workspace whose token the settings hold; return the port of HTTP, if any."""
    client, home = await find_only(workspaces.shared)
    port: int | None = None

    @asynccontextmanager
    async def door(served: Served) -> AsyncIterator[None]:
        nonlocal port
        async with open_door(workspaces, served) as bound:
            port = bound
            yield

    await workspaces.begin(client, home, door)
    return port


@asynccontextmanager
async def open_door(workspaces: Workspaces, served: Served) -> AsyncIterator[int | None]:
    """Let Slack in by socket or by HTTP; give the port of HTTP, if it is served."""
    shared, context = workspaces.shared, served.context
    settings = shared.settings
    async with AsyncExitStack() as stack:
        if settings.app_token is not None:
            token = settings.app_token.get_secret_value()
            handler = await connect_socket(served.app, token, served.pulse, context, shared.tally)
            stack.push_async_callback(handler.close_async)
        if settings.port is None:
            yield None
            return
        desk = Desk(context.database, context.home.workspace, context.clock)
        site = build_site(workspaces.rounds, shared.tally, desk)
        if settings.app_token is None and settings.signing_secret is not None:

            async def find(_request: AsyncBoltRequest) -> Served:
                return served

            secret = settings.signing_secret.get_secret_value()
            receive = receive_from(find, secret, shared.tally)
            site.router.add_post("/slack/events", receive)
        yield await stack.enter_async_context(open_site(site, settings))


@asynccontextmanager
async def open_site(site: web.Application, settings: Settings) -> AsyncIterator[int]:
    """Serve a site, and give the port it is bound to."""
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, settings.host, settings.port).start()
        except OSError as error:
            raise SettingsError(
                f"Port {settings.port} on {settings.host} cannot be used: {error.strerror}."
            ) from error
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


async def connect_socket(
    app: AsyncApp, app_token: str, pulse: Pulse, context: Context, tally: Tally
) -> LineHandler:
    """Open the websocket; a refused token ends the start, a bad network is tried again.

    The first address is asked for here: the SDK would ask for ever with a wrong token.
    """
    try:
        opened = await repeat(lambda: app.client.apps_connections_open(app_token=app_token))
    except SlackApiError as refusal:
        raise SettingsError(
            f"Slack refused SLACK_APP_TOKEN: {error_of(refusal) or 'no reason given'}."
        ) from refusal
    handler = LineHandler(app, app_token, tally.ack)
    handler.client.wss_uri = str(opened["url"])
    handler.client.on_message_listeners.append(feel(pulse, context))
    pulse.is_connected = handler.client.is_connected

    async def renew() -> None:
        await handler.client.connect_to_new_endpoint(force=True)

    pulse.renew = renew
    await handler.connect_async()  # type: ignore[no-untyped-call]
    return handler


def feel(pulse: Pulse, context: Context) -> Callable[[WSMessage], Awaitable[None]]:
    """Return what notes each message of the socket, and catches up after a lost connection."""

    async def listen(message: WSMessage) -> None:
        words: dict[str, Any] = {}
        if '"envelope_id"' not in message.data[:200]:
            with suppress(ValueError):
                words = json.loads(message.data)
        if words.get("type") == "disconnect":
            pulse.is_planned = words.get("reason") in PLANNED
        elif words.get("type") == "hello" and pulse.greet():
            context.tasks.start(reconnect(context, pulse))
        pulse.hear()

    return listen


async def warm(shared: Shared) -> None:
    """Load what the first answer needs, once Slack is connected: it would wait for it."""
    await asyncio.to_thread(__import__, "kpis.asking")
    await shared.workers.warm()
