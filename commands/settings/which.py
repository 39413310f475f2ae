"""*Channel settings* from Home: which channel, then its form in the same place."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck

from commands import forms
from commands.asker import Asker, tell
from commands.blocks import View_, form, section
from commands.calls import FAULTS
from commands.context import Context
from commands.pressed import Pressed
from commands.rights import require_member
from commands.saying import say
from commands.settings import wording
from commands.settings.memory import Memory
from commands.settings.opening import compose, open_settings
from commands.settings.saving import require_right
from commands.tongues import language_of_person
from commands.views import CHECK_SECONDS, fill_form, open_form, show_trouble, state_of
from storage.errors import KepiError

FORM = "settings_which"


async def press_channel(context: Context, pressed: Pressed) -> None:
    """Open the form of the channel that the button names, else ask which."""
    await require_member(context, pressed.asker.user, say(wording.GUESTS))
    if pressed.value.startswith(("C", "G")):
        await open_settings(context, pressed.asker, pressed.trigger, pressed.value)
        return
    here = pressed.asker.channel
    await open_form(
        context, pressed.trigger, compose_which(here if here.startswith(("C", "G")) else "")
    )


def compose_which(here: str = "") -> View_:
    return form(
        say(wording.WHICH_FORM),
        [forms.channel(say(wording.CHANNEL_LABEL), here)],
        callback_id=FORM,
        submit=say("Next"),
        close=say("Cancel"),
    )


async def take(context: Context, ack: AsyncAck, body: Mapping[str, Any]) -> None:
    """Check the channel while the form stands, then put its settings in the form's place."""
    from kpis.tongue import speaking

    user, view = str(body["user"]["id"]), body["view"]
    channel = str(state_of(view).get("channel") or "")
    with speaking(await language_of_person(context, user)):
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                await require_right(context, user, channel or "-")
        except KepiError as trouble:
            await ack(response_action="errors", errors={"channel": str(trouble)})
            return
        except (TimeoutError, *FAULTS):
            await ack(response_action="errors", errors={"channel": say(wording.SLOW)})
            return
        waiting = form(say(wording.CHANNEL_FORM), [section(say("One moment."))], callback_id="wait")
        await ack(response_action="update", view=waiting)
        asker = Asker(user, "")
        context.tasks.start(
            show(context, str(view["id"]), asker, channel), lambda line: tell(context, asker, line)
        )


async def show(context: Context, view_id: str, asker: Asker, channel: str) -> None:
    try:
        await fill_form(context, view_id, await compose(context, Memory(asker.pack(), channel)))
    except KepiError as trouble:
        await show_trouble(context, view_id, say(wording.CHANNEL_FORM), trouble)
