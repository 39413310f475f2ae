"""``/kpi WORDS``."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands import wording
from commands.asker import asker_of_command, tell
from commands.context import Context
from commands.heard import without_kepi
from commands.reply import answer_in_slack


def register(app: AsyncApp, context: Context) -> None:
    @app.command("/kpi")
    async def kpi(ack: AsyncAck, command: dict[str, Any]) -> None:
        await ack()
        answer_command(context, command)

    @app.command(re.compile("^/"))
    async def other(ack: AsyncAck, command: dict[str, Any]) -> None:
        await ack(wording.OTHER_COMMAND.format(command=command.get("command", "this")))


def answer_command(context: Context, command: dict[str, Any]) -> None:
    """Start the answer to a slash command; whatever goes wrong is told to the asker alone."""
    asker = asker_of_command(command)
    words = without_kepi(str(command.get("text") or ""), context.home.bot_user)
    context.tasks.start(
        answer_in_slack(context, asker, words, key=str(command.get("trigger_id"))),
        lambda words: tell(context, asker, words),
    )
