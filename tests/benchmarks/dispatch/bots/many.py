"""Kepi as any workspace may install it: the same commands as ``kepi``, and 200 workspaces."""

import asyncio
import os
from pathlib import Path
from types import SimpleNamespace

from bot import logs, serve
from bot.settings import read_settings
from commands import everything
from tests.benchmarks.dispatch.bots.kepi import register
from tests.benchmarks.dispatch.bots.place import say_ready, wait_for_end


def told() -> dict[str, str]:
    """Return the environment of a bot for many: no token, but a client and a key."""
    key = Path(os.environ["BENCH_DATABASE"]).with_suffix(".key").read_text()
    kept = {name: value for name, value in os.environ.items() if name != "SLACK_BOT_TOKEN"}
    more = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "bench", "KEPI_SECRET_KEYS": key}
    return kept | more


async def main() -> None:
    settings = read_settings(told())
    logs.configure(settings.secrets)
    everything.PARTS = (SimpleNamespace(register=register), *everything.PARTS)  # type: ignore[assignment]
    async with serve.start(settings) as running:
        for served in running.workspaces:
            await served.context.tasks.settle()
        await say_ready(running.port or 0)
        await wait_for_end()


if __name__ == "__main__":
    asyncio.run(main())
