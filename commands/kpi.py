"""``/kpi WORDS``."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands.asker import asker_of_command, tell
from commands.context import Context
from commands.heard import without_kepi
from commands.reply import answer_in_slack
from commands.support.command import about_support
from commands.support.command import answer_command as answer_support


def register(app: AsyncApp, context: Context) -> None:
    @app.command("/kpi")
    async def kpi(ack: AsyncAck, command: dict[str, Any]) -> None:
        await ack()
        answer_command(context, command)


def answer_command(context: Context, command: dict[str, Any]) -> None:
    """Start the answer to a slash command; whatever goes wrong is told to the asker alone."""
    asker = asker_of_command(command)
    words = without_kepi(str(command.get("text") or ""), context.home.bot_user)
    about = about_support(words)
    if about is not None:
        answer_support(context, command, about)
        return
    context.tasks.start(
        answer_in_slack(context, asker, words, key=str(command.get("trigger_id"))),
        lambda words: tell(context, asker, words),
    )
