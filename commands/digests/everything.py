"""What this room does: presses and forms, messages it writes, and what it looks at every minute."""

from __future__ import annotations

from collections.abc import Mapping

from slack_bolt.async_app import AsyncApp

from commands.context import Context
from commands.digests import (
    comment,
    exports,
    owner,
    planning,
    presses,
    saving,
    step_presses,
    writers,
)
from commands.letters import Planner, Writer

WRITERS: Mapping[str, Writer] = writers.WRITERS
"""Kind of delivery → what writes it."""
PLANNERS: tuple[Planner, ...] = (planning.plan,)
"""Asked at every wake what is due."""


def register(app: AsyncApp, context: Context) -> None:
    """Register what people can press here."""
    for part in (owner, comment, exports, presses, saving, step_presses):
        part.register(app, context)
