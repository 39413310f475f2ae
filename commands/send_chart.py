"""*Send me the chart*: private text cannot carry it, so it comes to the direct message."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from commands import wording
from commands.answering import recall_reply
from commands.asker import tell
from commands.context import Context
from commands.messages import has_chart
from commands.people import open_direct
from commands.places import Place, Shown
from commands.posting import NotWelcome, Unconfirmed
from commands.pressed import Pressed, on_press
from commands.reply import add_chart, post_text
from commands.rights import require_member
from commands.saying import say
from commands.tongues import in_own_language
from commands.who_sees import readers_of
from storage.errors import KepiError


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, "send_chart", in_own_language(send_chart))


async def send_chart(context: Context, pressed: Pressed) -> None:
    """Answer again in the direct message, where the chart can be, and say whether it is."""
    await require_member(context, pressed.asker.user)
    reply = await recall_reply(context, pressed.recall, readers_of(pressed))
    if not has_chart(reply):
        raise KepiError(wording.NO_CHART)
    channel = await open_direct(context, pressed.asker.user)
    place = Place(Shown.DIRECT, channel)
    try:
        ts = await post_text(context, place, reply, pressed.recall, key=f"press:{pressed.trigger}")
    except (NotWelcome, Unconfirmed) as fault:
        raise KepiError(wording.CHART_FAILED) from fault
    mark = context.latest.begin(channel, ts)
    if not await add_chart(context, place, ts, reply, pressed.recall, mark):
        raise KepiError(wording.CHART_FAILED)
    await tell(context, pressed.asker, say(wording.CHART_SENT))
