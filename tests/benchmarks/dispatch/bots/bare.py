"""Bolt as its documentation shows it, with every default: acknowledge, then respond."""

import asyncio
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.benchmarks.dispatch.bots.place import (
    MODE,
    NAME,
    SECRET,
    SLACK,
    TEXT,
    say_ready,
    wait_for_end,
)


async def main() -> None:
    client = AsyncWebClient(token="xoxb-bench", base_url=f"{SLACK}/api/")
    app = AsyncApp(client=client, signing_secret=SECRET)

    @app.command("/kpi")
    async def kpi(ack: Any, respond: Any, command: dict[str, Any]) -> None:
        await ack()
        await respond(TEXT.format(text=command["text"]))

    if MODE == "http":
        runner = web.AppRunner(app.server(port=0).web_app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        await say_ready(runner.addresses[0][1])
    else:
        handler = AsyncSocketModeHandler(app, f"xapp-{NAME}")
        await handler.connect_async()
        await say_ready(0)
    await wait_for_end()


if __name__ == "__main__":
    asyncio.run(main())
