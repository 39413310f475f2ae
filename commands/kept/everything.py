"""The buttons of what is kept."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from commands.context import Context
from commands.kept.command import FORGET_PRESS
from commands.kept.working import forget
from commands.pressed import on_press
from commands.tongues import in_own_language


def register(app: AsyncApp, context: Context) -> None:
    """Register what can be pressed and filled in."""
    on_press(app, context, FORGET_PRESS, in_own_language(forget))
