"""What this room does: presses and forms, messages it writes, and what it looks at every minute."""

from __future__ import annotations

from collections.abc import Mapping

from slack_bolt.async_app import AsyncApp

from commands.alerts import (
    acts,
    assigning,
    fewer,
    forms,
    listing,
    rule_menu,
    setting,
    snoozing,
    trying,
)
from commands.alerts.assigning import ASSIGNED, write_assigned
from commands.alerts.story import ALERT, STORY, write_line
from commands.alerts.telling import SHARED, write_alert, write_shared
from commands.alerts.watching import plan
from commands.context import Context
from commands.letters import Planner, Writer

WRITERS: Mapping[str, Writer] = {
    ALERT: write_alert,
    SHARED: write_shared,
    STORY: write_line,
    ASSIGNED: write_assigned,
}
"""Kind of delivery → what writes it."""
PLANNERS: tuple[Planner, ...] = (plan,)
"""Asked at every wake what is due."""
PARTS = (acts, assigning, fewer, forms, listing, rule_menu, setting, snoozing, trying)


def register(app: AsyncApp, context: Context) -> None:
    """Register what people can press here."""
    for part in PARTS:
        part.register(app, context)
