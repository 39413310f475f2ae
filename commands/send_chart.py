"""*Send me the chart*: private text cannot carry it, so it comes to the direct message."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from commands import wording
from commands.answering import recall_reply
from commands.asker import tell
from commands.context import Context
from commands.people import open_direct
from commands.places import Place, Shown
from commands.pressed import Pressed, on_press
from commands.reply import show
from commands.rights import require_member


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, "send_chart", send_chart)


async def send_chart(context: Context, pressed: Pressed) -> None:
    """Answer again in the direct message, where the chart can be, and say so."""
    await require_member(context, pressed.asker.user)
    reply = await recall_reply(context, pressed.recall)
    channel = await open_direct(context, pressed.asker.user)
    place = Place(Shown.DIRECT, channel)
    await show(context, pressed.asker, place, reply, pressed.recall, key=f"press:{pressed.trigger}")
    await tell(context, pressed.asker, wording.CHART_SENT)
