"""Kepi itself, wired and served as ``python -m bot`` does, and three commands to measure with."""

import asyncio
from types import SimpleNamespace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot import logs, serve
from bot.settings import read_settings
from commands import everything
from commands.asker import asker_of_command, respond, tell
from commands.context import Context
from commands.pace import Rate
from tests.benchmarks.chart.picture import PICTURE
from tests.benchmarks.dispatch.bots.place import TEXT, say_ready, wait_for_end

rendering: list[asyncio.Task[None]] = []


def register(app: AsyncApp, context: Context) -> None:
    """Register an echo made of the product's own parts, and a way to keep the workers busy.

    One person asks thousands of times: the pace of people is not what is measured.
    """
    context.pace.person = context.pace.workspace = Rate(1_000_000, 1_000_000.0)

    @app.command("/echo")
    async def echo(ack: AsyncAck, command: dict[str, Any]) -> None:
        await ack()
        words = TEXT.format(text=command["text"])
        context.tasks.start(echo_back(context, command["response_url"], words))

    @app.command("/render")
    async def render(ack: AsyncAck, command: dict[str, Any]) -> None:
        await ack()
        rendering.extend(asyncio.create_task(keep_drawing(context)) for _ in range(2))
        context.tasks.start(tell(context, asker_of_command(command), "drawing"))

    @app.command("/rest")
    async def rest(ack: AsyncAck, command: dict[str, Any]) -> None:
        await ack()
        while rendering:
            rendering.pop().cancel()
        context.tasks.start(tell(context, asker_of_command(command), "resting"))


async def echo_back(context: Context, address: str, words: str) -> None:
    """Answer as the other bots do: with a text, and no blocks."""
    await respond(context, address, {"text": words})


async def keep_drawing(context: Context) -> None:
    while True:
        await context.workers.draw(PICTURE)


async def main() -> None:
    settings = read_settings()
    logs.configure(settings.secrets)
    everything.PARTS = (SimpleNamespace(register=register), *everything.PARTS)  # type: ignore[assignment]
    async with serve.start(settings) as running:
        await running.context.tasks.settle()
        await say_ready(running.port or 0)
        await wait_for_end()


if __name__ == "__main__":
    asyncio.run(main())
