"""The least that bolt allows: tuned by hand, and nothing of Kepi but its chart workers.

An echo shows what bolt itself costs. A chart is what Kepi does for ``/kpi``, text first and then
the picture: one SQL statement, one drawing, one upload; nothing is parsed, compared or worded.
"""

import asyncio
import json
import os
import sqlite3
from typing import Any

import aiohttp
from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from kpis.charts.workers import ChartWorkers
from tests.benchmarks.chart.picture import PICTURE
from tests.benchmarks.dispatch.bots.place import (
    MODE,
    NAME,
    SECRET,
    SLACK,
    TEXT,
    say_ready,
    wait_for_end,
)

SQL = (
    "SELECT day, total, n, who FROM rollup WHERE workspace = 1 AND measure = 'impressions'"
    " AND platform = 'instagram' AND own = 1 ORDER BY day DESC LIMIT 60"
)


async def main() -> None:
    database = sqlite3.connect(os.environ["BENCH_DATABASE"])
    async with aiohttp.ClientSession() as http, ChartWorkers(2) as workers:
        await workers.warm()
        client = AsyncWebClient(token="xoxb-bench", base_url=f"{SLACK}/api/", session=http)

        async def authorize() -> AuthorizeResult:
            return AuthorizeResult(enterprise_id=None, team_id="T0BENCH", bot_token="xoxb-bench")

        app = AsyncApp(
            client=client,
            signing_secret=SECRET,
            authorize=authorize,
            process_before_response=True,
            ssl_check_enabled=False,
            attaching_function_token_enabled=False,
            attaching_conversation_kwargs_enabled=False,
            ignoring_self_assistant_message_events_enabled=False,
        )
        tasks: set[asyncio.Task[None]] = set()

        @app.command("/kpi")
        async def kpi(ack: Any, command: dict[str, Any]) -> None:
            await ack()
            if command["text"] == "hello":
                work = echo(http, command)
            else:
                work = answer(client, http, workers, database, command)
            task = asyncio.create_task(work)
            tasks.add(task)
            task.add_done_callback(tasks.discard)

        await serve(app)
        await wait_for_end()


async def serve(app: AsyncApp) -> None:
    """Let the driver in, by HTTP or by socket."""
    if MODE == "http":
        runner = web.AppRunner(app.server(port=0).web_app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        await say_ready(runner.addresses[0][1])
    else:
        await AsyncSocketModeHandler(app, f"xapp-{NAME}").connect_async()
        await say_ready(0)


async def echo(http: aiohttp.ClientSession, command: dict[str, Any]) -> None:
    body = json.dumps({"text": TEXT.format(text=command["text"]), "response_type": "ephemeral"})
    headers = {"Content-Type": "application/json"}
    async with http.post(command["response_url"], data=body, headers=headers) as reply:
        await reply.read()


async def answer(
    client: AsyncWebClient,
    http: aiohttp.ClientSession,
    workers: ChartWorkers,
    database: sqlite3.Connection,
    command: dict[str, Any],
) -> None:
    rows = database.execute(SQL).fetchall()
    text = f"Impressions: {sum(row[1] for row in rows[:30]):,}"
    block = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    metadata = {"event_type": "bench", "event_payload": {"key": command["trigger_id"]}}
    posted = await client.chat_postMessage(
        channel=command["channel_id"], text=text, blocks=[block], metadata=metadata
    )
    picture = await workers.draw(PICTURE)
    place = await client.files_getUploadURLExternal(filename="chart.png", length=len(picture))
    async with http.post(place["upload_url"], data=picture) as reply:
        await reply.read()
    file = place["file_id"]
    await client.files_completeUploadExternal(files=[{"id": file, "title": "chart.png"}])
    await client.files_info(file=file)
    image = {"type": "image", "slack_file": {"id": file}, "alt_text": text}
    blocks = json.loads(json.dumps([block, image]))
    await client.chat_update(
        channel=command["channel_id"], ts=posted["ts"], text=text, blocks=blocks
    )


if __name__ == "__main__":
    asyncio.run(main())
