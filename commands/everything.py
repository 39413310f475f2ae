"""Everything that people can do, registered with the app; one line each."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands import (
    change,
    choices,
    data_file,
    events,
    files,
    how,
    kpi,
    more,
    post_to_channel,
    remove,
    send_chart,
)
from commands.context import Context

PARTS = (kpi, events, files, how, change, choices, send_chart, data_file, post_to_channel, remove)


def register(app: AsyncApp, context: Context) -> None:
    """Register every part, and last what takes presses that nobody else takes."""
    for part in PARTS:
        part.register(app, context)
    more.register(app, context)

    @app.action(re.compile(".*"))
    async def unknown(ack: AsyncAck) -> None:
        await ack()

    @app.view(re.compile(".*"))
    async def unknown_form(ack: AsyncAck) -> None:
        await ack()

    @app.view_closed(re.compile(".*"))
    async def closed(ack: AsyncAck) -> None:
        await ack()

    @app.options(re.compile(".*"))
    async def no_options(ack: AsyncAck) -> None:
        await ack(options=[])

    @app.shortcut(re.compile(".*"))
    async def unknown_shortcut(ack: AsyncAck) -> None:
        await ack()
