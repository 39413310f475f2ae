"""What this room does: presses beside what did not go out, and what it tells the ops channel."""

from __future__ import annotations

from collections.abc import Mapping

from slack_bolt.async_app import AsyncApp

from commands.context import Context
from commands.letters import Planner, Writer
from commands.status import ops, presses

WRITERS: Mapping[str, Writer] = ops.WRITERS
"""Kind of delivery → what writes it."""
PLANNERS: tuple[Planner, ...] = ()
"""Alarms are planned by ``bot.watch``, apart from the alarm clock that they are about."""


def register(app: AsyncApp, context: Context) -> None:
    """Register what people can press here."""
    presses.register(app, context)
