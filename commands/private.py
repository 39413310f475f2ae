"""A message that a press changes: a preview becomes a report."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.errors import SlackApiError

from commands.asker import tell_blocks
from commands.blocks import Block
from commands.calls import error_of
from commands.context import Context
from commands.posting import update
from commands.pressed import Pressed


async def swap(context: Context, pressed: Pressed, text: str, blocks: Sequence[Block]) -> None:
    """Put other words in the place of the message whose button was pressed."""
    if pressed.is_private or not pressed.ts:
        await tell_blocks(context, pressed.asker, text, blocks, replace=True)
        return
    try:
        await update(
            context, channel=pressed.asker.channel, ts=pressed.ts, text=text, blocks=blocks
        )
    except SlackApiError as refusal:
        if error_of(refusal) != "message_not_found":
            raise
        await tell_blocks(context, pressed.asker, text, blocks)  # it was removed meanwhile
