"""Reaching a person: the direct message with Kepi, and the language that they read."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError

from commands.calls import FAULTS, repeat
from commands.context import Context


async def open_direct(context: Context, user: str) -> str:
    """Return the channel of the direct message with ``user``."""
    answer = await repeat(lambda: context.client.conversations_open(users=user))
    return str(answer["channel"]["id"])


async def language_of_person(context: Context, user: str) -> str:
    """Return the language that somebody reads Slack in; English where Slack does not say."""
    from kpis.tongue import ENGLISH, language_of

    if not user:
        return ENGLISH
    try:
        return language_of((await context.people.find(user)).locale)
    except (SlackApiError, *FAULTS):
        return ENGLISH
