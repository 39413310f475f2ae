"""What people can press in this room."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncApp

from commands.context import Context
from commands.declare import command, listing
from commands.pressed import on_press
from commands.tongues import in_own_language


def register(app: AsyncApp, context: Context) -> None:
    """Register the buttons."""
    on_press(app, context, command.UNDO, in_own_language(command.undo))
    on_press(app, context, command.AGAIN, in_own_language(command.again))
    on_press(app, context, re.compile(f"^{listing.NEXT}:"), in_own_language(listing.turn_page))
    on_press(app, context, re.compile(f"^{listing.REMOVE}:"), in_own_language(listing.remove))
