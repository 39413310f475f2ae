"""*Remove*: an answer goes away when the person who asked, or an admin, says so."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from commands import wording
from commands.calls import error_of, repeat
from commands.context import Context
from commands.pressed import Pressed, on_press
from commands.rights import require_own
from commands.saying import say
from commands.tongues import in_own_language


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, "remove", in_own_language(remove))


async def remove(context: Context, pressed: Pressed) -> None:
    """Delete the message under which the button is."""
    recall, channel, ts = pressed.recall, pressed.asker.channel, pressed.ts
    refusal = say(wording.NOT_YOURS, command=f"/kpi {recall.words[0]}")
    await require_own(context, pressed.asker.user, recall.user, refusal)
    context.latest.begin(channel, ts)
    try:
        await repeat(lambda: context.client.chat_delete(channel=channel, ts=ts))
    except SlackApiError as gone:
        if error_of(gone) != "message_not_found":
            raise
