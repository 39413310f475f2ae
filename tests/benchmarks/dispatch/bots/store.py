"""Bolt with the SDK's own installation store, as its documentation shows it: 200 workspaces."""

import asyncio
import os
from pathlib import Path
from typing import Any

from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.sqlite3 import SQLite3InstallationStore
from slack_sdk.web.async_client import AsyncWebClient

from tests.benchmarks.dispatch.bots.place import SECRET, SLACK, TEXT, say_ready, wait_for_end
from tests.benchmarks.dispatch.slack import TEAM

COUNT = 200


def fill(file: Path) -> SQLite3InstallationStore:
    file.unlink(missing_ok=True)
    store = SQLite3InstallationStore(database=str(file), client_id="1.2")
    for team in (TEAM, *(f"T{number:07}" for number in range(COUNT - 1))):
        store.save(
            Installation(
                app_id="A0KEPI",
                team_id=team,
                bot_token="xoxb-bench",
                bot_id="B0KEPI",
                bot_user_id="U0KEPI",
                user_id="U0BENCH",
            )
        )
    return store


async def main() -> None:
    store = fill(Path(os.environ["BENCH_DATABASE"]).with_suffix(".store"))
    client = AsyncWebClient(base_url=f"{SLACK}/api/")
    app = AsyncApp(client=client, signing_secret=SECRET, installation_store=store)

    @app.command("/kpi")
    async def kpi(ack: Any, respond: Any, command: dict[str, Any]) -> None:
        await ack()
        await respond(TEXT.format(text=command["text"]))

    runner = web.AppRunner(app.server(port=0).web_app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await say_ready(runner.addresses[0][1])
    await wait_for_end()


if __name__ == "__main__":
    asyncio.run(main())
