"""Everything about customer issues that people can type, press and fill in."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from commands.context import Context
from commands.support import (
    attach,
    buttons,
    command,
    csat,
    explain,
    holidays,
    hours,
    line_presses,
    new,
    relay,
    relays_list,
    setup,
    shortcuts,
    targets,
)

PARTS = (
    command,
    buttons,
    explain,
    new,
    shortcuts,
    attach,
    relay,
    relays_list,
    setup,
    hours,
    holidays,
    targets,
    line_presses,
    csat,
)


def register(app: AsyncApp, context: Context) -> None:
    """Register every part."""
    for part in PARTS:
        part.register(app, context)
