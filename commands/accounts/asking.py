"""*Ask* under what was saved: the answer goes where the asker began."""

from __future__ import annotations

from commands.accounts.surface import Surface
from commands.context import Context
from commands.landing import land
from commands.reply import answer_in_slack
from commands.rights import require_member


async def press_ask(context: Context, surface: Surface) -> None:
    """Answer the question on the button, as if the presser had typed it where they began."""
    await require_member(context, surface.user)
    asker = await land(context, surface.asker)
    key = f"press:{surface.pressed.trigger}"
    await answer_in_slack(context, asker, surface.value, key=key)
