"""Reaching a person: the direct message with Kepi."""

from __future__ import annotations

from commands.calls import repeat
from commands.context import Context


async def open_direct(context: Context, user: str) -> str:
    """Return the channel of the direct message with ``user``."""
    answer = await repeat(lambda: context.client.conversations_open(users=user))
    return str(answer["channel"]["id"])
