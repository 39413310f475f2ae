"""What people can press in this room."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncApp

from commands.context import Context
from commands.declare import command, listing
from commands.pressed import on_press


def register(app: AsyncApp, context: Context) -> None:
    """Register the buttons."""
    on_press(app, context, command.UNDO, command.undo)
    on_press(app, context, command.AGAIN, command.again)
    on_press(app, context, re.compile(f"^{listing.NEXT}:"), listing.turn_page)
    on_press(app, context, re.compile(f"^{listing.REMOVE}:"), listing.remove)
