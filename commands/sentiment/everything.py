"""What this room does: presses, and labelling what waits in the background."""

from __future__ import annotations

from collections.abc import Mapping

from slack_bolt.async_app import AsyncApp

from commands.context import Context
from commands.letters import Planner, Writer
from commands.sentiment import classifying, presses

WRITERS: Mapping[str, Writer] = {}
"""This room writes no messages by itself."""
PLANNERS: tuple[Planner, ...] = (classifying.plan,)
"""Asked at every wake what is due."""


def register(app: AsyncApp, context: Context) -> None:
    """Register what people can press here."""
    presses.register(app, context)
