"""The forms of settings."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from commands.context import Context


def register(app: AsyncApp, context: Context) -> None:
    """Register what can be pressed and filled in."""
