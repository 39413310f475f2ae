"""Messages for one person that are changed later: a preview becomes a report."""

from __future__ import annotations

from collections.abc import Sequence

from commands.asker import Asker, tell_blocks
from commands.blocks import Block
from commands.context import Context
from commands.posting import NotWelcome, Unconfirmed, post, update
from commands.pressed import Pressed


async def show_to(
    context: Context, asker: Asker, text: str, blocks: Sequence[Block], *, key: str
) -> None:
    """Show a message in the direct message, or before the asker alone in a channel."""
    if asker.is_direct:
        try:
            await post(
                context,
                channel=asker.channel,
                text=text,
                blocks=blocks,
                key=key,
                thread=asker.thread,
            )
            return
        except (NotWelcome, Unconfirmed):
            pass
    await tell_blocks(context, asker, text, blocks)


async def swap(context: Context, pressed: Pressed, text: str, blocks: Sequence[Block]) -> None:
    """Put other words in the place of the message whose button was pressed."""
    if pressed.is_private:
        await tell_blocks(context, pressed.asker, text, blocks, replace=True)
    else:
        await update(
            context, channel=pressed.asker.channel, ts=pressed.ts, text=text, blocks=blocks
        )
