"""What is offered after a channel was set up: to be told of a surge of complaints, and of silence.

A leaf of its own: the rooms that set channels up know nothing of alerts, whose room acts on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slack_sdk.models.blocks.block_elements import ButtonElement

from commands.blocks import button
from commands.context import Context
from commands.saying import say

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.alerts.rules import Kind

WATCH = "alert_defaults"
"""The button; its value is the channel that is to be told."""
WATCH_WORDS = "Watch crises and stopped data"
KINDS: tuple[Kind, ...] = ("crisis", "silence")
"""The rules that every team wants."""


def offer_watching(channel: str) -> ButtonElement:
    """Return the button that has both watched, told in ``channel``."""
    return button(say(WATCH_WORDS), f"{WATCH}:offer", channel)


async def find_offers(context: Context, channel: str) -> list[ButtonElement]:
    """Return what there is to offer: nothing where another company reads along."""
    if (await context.channels.find(channel)).is_shared:
        return []
    is_of_use = await context.read(may_be_watched, context.home.workspace, channel)
    return [offer_watching(channel)] if is_of_use else []


def may_be_watched(connection: Connection, workspace: int, channel: str) -> bool:
    """Say whether there is a brand to watch, and a channel is not told of both already."""
    from storage import alerts
    from storage.accounts import brands

    told = {it.kind for it in alerts.rules(connection, workspace) if it.channel == channel}
    return not told.issuperset(KINDS) and any(it.own for it in brands(connection, workspace))
