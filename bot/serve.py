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
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot import logs
from bot.line import LineHandler
from bot.pulse import Pulse
from bot.schedule import begin_listening, catch_up, clean, end_listening, keep_house, reconnect
from bot.settings import Settings, read_settings, require_slack
from bot.site import build_site
from bot.slack_app import build_app
from bot.tally import Tally
from bot.watch import PACE, Pace, Watch, keep_watch
from bot.wiring import wire
from commands.calls import error_of, repeat
from commands.context import Context
from commands.events import begin, read_backlog
from storage.errors import SettingsError

log = logging.getLogger(__name__)

DRAIN_SECONDS = 8.0
"""Given to running work at the end; with the rest of the shutdown it stays under ten."""

PLANNED = frozenset({"warning", "refresh_requested"})
"""Slack opens the next connection before it closes this one (slack-platform §2)."""


@dataclass(frozen=True)
class Running:
    """A bot that serves: ``port`` is the one that HTTP was bound to, if any."""

    context: Context
    app: AsyncApp
    port: int | None
    pulse: Pulse
    watch: Watch
    scheduler: Any
    """What wakes it; drills let it stand still."""


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
        log.info("serving", extra={"team": running.context.home.team, "port": running.port})
        await stop.wait()
        log.info("stopping")


@asynccontextmanager
async def start(settings: Settings, pace: Pace = PACE) -> AsyncIterator[Running]:
    """Start the bot and give it for as long as the block lasts; then drain and close."""
    tally, began = Tally(), time.monotonic()
    async with AsyncExitStack() as stack:
        context = await stack.enter_async_context(wire(settings, tally))
        stack.push_async_callback(drain, context)
        app = build_app(settings, context)
        pulse = Pulse()
        watch = Watch(context, pulse, tally, pace, settings.heartbeat)
        # Read before anything new can come in: what comes then is begun by its own delivery.
        backlog = await read_backlog(context)
        await begin_listening(context)
        port = await open_door(settings, app, stack, watch)
        stack.push_async_callback(end_listening, context, pulse)
        scheduler = stack.enter_context(keep_house(context, pulse))
        await stack.enter_async_context(keep_watch(watch))
        for heard in backlog:
            begin(context, heard)
        context.tasks.start(warm(context))
        context.tasks.start(clean(context))
        context.tasks.start(catch_up(context))
        tally.start_seconds = time.monotonic() - began
        yield Running(context, app, port, pulse, watch, scheduler)


async def open_door(
    settings: Settings, app: AsyncApp, stack: AsyncExitStack, watch: Watch
) -> int | None:
    """Let Slack in by socket or by HTTP; return the port of HTTP, if it is served."""
    if settings.app_token is not None:
        token = settings.app_token.get_secret_value()
        handler = await connect_socket(app, token, watch.pulse, watch.context, watch.tally)
        stack.push_async_callback(handler.close_async)
    if settings.port is None:
        return None
    secret = settings.signing_secret if settings.app_token is None else None
    site = build_site(app, secret.get_secret_value() if secret else None, watch)
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
    except OSError as error:
        raise SettingsError(
            f"Port {settings.port} on {settings.host} cannot be used: {error.strerror}."
        ) from error
    return int(runner.addresses[0][1])


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


async def drain(context: Context) -> None:
    """Let running work finish; what does not in time is cut off and finished after the restart."""
    left = await context.tasks.drain(DRAIN_SECONDS)
    if left:
        log.warning("work was cut off", extra={"tasks": left})


async def warm(context: Context) -> None:
    """Load what the first answer needs, once Slack is connected: it would wait for it."""
    await asyncio.to_thread(__import__, "kpis.asking")
    await context.workers.warm()
