"""A tiny bolt bot, started in this process against a fresh workspace in either mode."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Faults, LocalSlack

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@pytest.fixture
def png() -> bytes:
    """Bytes that Slack takes for a PNG."""
    return PNG


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    """A workspace without a bot, fast where Slack is slow."""
    async with LocalSlack(faults=quick()) as running:
        yield running


def quick() -> Faults:
    return Faults(file_processing=0.05, ack_seconds=0.4, retry_scale=0.0, warning_seconds=0.05)


@pytest.fixture
def client(slack: LocalSlack) -> AsyncWebClient:
    """The SDK's client as the bot has it."""
    return AsyncWebClient(token=slack.api.bot_token, base_url=f"{slack.url}/api/")


@pytest.fixture(params=["socket", "http"])
async def echo(request: pytest.FixtureRequest) -> AsyncIterator[tuple[LocalSlack, AsyncApp]]:
    """A workspace and a bare bolt app connected to it, in both modes."""
    async with LocalSlack(mode=request.param, faults=quick()) as slack:
        app = AsyncApp(
            token=slack.api.bot_token,
            signing_secret=slack.signing_secret,
            client=AsyncWebClient(token=slack.api.bot_token, base_url=f"{slack.url}/api/"),
            process_before_response=True,
        )
        async with running(slack, app):
            yield slack, app


@asynccontextmanager
async def running(slack: LocalSlack, app: AsyncApp) -> AsyncIterator[None]:
    """Run `app` in the workspace's mode until the block ends."""
    stop = await (over_socket if slack.mode == "socket" else over_http)(slack, app)
    try:
        await slack.bot_ready(5)
        yield
    finally:
        await stop()


async def over_socket(slack: LocalSlack, app: AsyncApp) -> Callable[[], Awaitable[Any]]:
    handler = AsyncSocketModeHandler(app, slack.api.app_token, ping_interval=1)
    await handler.connect_async()
    return handler.close_async


async def over_http(slack: LocalSlack, app: AsyncApp) -> Callable[[], Awaitable[Any]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    runner = web.AppRunner(app.web_app(path="/slack/events"), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    slack.events_url = f"http://127.0.0.1:{port}/slack/events"
    await asyncio.sleep(0)
    return runner.cleanup
