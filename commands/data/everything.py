"""What this room does: presses and forms, messages it writes, and what it looks at every minute."""

from __future__ import annotations

from collections.abc import Mapping

from slack_bolt.async_app import AsyncApp

from commands.context import Context
from commands.data import auditing, presses
from commands.letters import Planner, Writer

WRITERS: Mapping[str, Writer] = {auditing.KIND: auditing.write}
"""Kind of delivery → what writes it."""
PLANNERS: tuple[Planner, ...] = (auditing.plan,)
"""Asked at every wake what is due."""


def register(app: AsyncApp, context: Context) -> None:
    """Register what people can press here."""
    presses.register(app, context)
