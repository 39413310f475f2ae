"""``/kpi WORDS``."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands.asker import asker_of_command, tell
from commands.context import Context
from commands.first_words import about
from commands.heard import without_kepi
from commands.reply import answer_in_slack


def register(app: AsyncApp, context: Context) -> None:
    @app.command(context.home.command)
    async def kpi(ack: AsyncAck, command: dict[str, Any]) -> None:
        await ack()
        answer_command(context, command)


def answer_command(context: Context, command: dict[str, Any]) -> None:
    """Start the answer to a slash command; whatever goes wrong is told to the asker alone."""
    asker = asker_of_command(command)
    words = without_kepi(str(command.get("text") or ""), context.home.bot_user)
    trigger = str(command.get("trigger_id") or "")
    other = about(words)
    if other is None:
        work = answer_in_slack(context, asker, words, key=trigger)
    else:
        answer, rest = other
        work = answer(context, asker, rest, trigger=trigger, key=trigger)
    context.tasks.start(work, lambda line: tell(context, asker, line))
