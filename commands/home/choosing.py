"""[Set up a channel]: which one, then its set-up opens in the same form."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands import forms
from commands.asker import Asker, tell
from commands.blocks import View_, form, section
from commands.calls import FAULTS
from commands.context import Context
from commands.pressed import Pressed, on_press
from commands.rights import require_member
from commands.saying import say
from commands.support import wording
from commands.support.draft import Draft
from commands.support.saving import draft_to_fill
from commands.support.setup import of_partners, require_setup, show_again
from commands.tongues import in_own_language, language_of_person
from commands.views import CHECK_SECONDS, open_form, show_trouble, state_of
from storage.errors import KepiError

log = logging.getLogger(__name__)

PRESS, FORM = "support_choose", "support_which"
SLOW = "Slack took too long to tell me about that channel. Press Next again."
WHICH = "Choose a channel."


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, PRESS, in_own_language(ask_which))

    @app.view(FORM)
    async def chosen(ack: AsyncAck, body: dict[str, Any]) -> None:
        await take(context, ack, body)


async def ask_which(context: Context, pressed: Pressed) -> None:
    """Ask which channel, beginning with the one where it was pressed."""
    asker = pressed.asker
    await require_member(context, asker.user, wording.GUESTS)
    here = asker.channel if asker.channel.startswith(("C", "G")) else ""
    await open_form(context, pressed.trigger, compose_which(here))


def compose_which(here: str = "") -> View_:
    """Return the form; Slack offers the channels that its reader sees."""
    hint = say("Kepi has to be in it: write /invite @Kepi there first.")
    return form(
        say("Set up a channel"),
        [forms.channel(say("Channel where customers write"), here, hint)],
        callback_id=FORM,
        submit=say("Next"),
        close=say("Cancel"),
    )


async def take(context: Context, ack: AsyncAck, body: Mapping[str, Any]) -> None:
    """Check the channel while the form stands, then put the set-up in its place."""
    from kpis.tongue import speaking

    user, view = str(body["user"]["id"]), body["view"]
    channel = str(state_of(view).get("channel") or "")
    with speaking(await language_of_person(context, user)):
        fault = await find_fault(context, user, channel)
        if fault:
            await ack(response_action="errors", errors={"channel": fault})
            return
        await ack(response_action="update", view=loading())
    asker = Asker(user, "")
    context.tasks.start(
        show_setup(context, str(view["id"]), user, channel),
        lambda line: tell(context, asker, line),
    )


async def find_fault(context: Context, user: str, channel: str) -> str:
    """Return why the channel cannot be set up by this person, or nothing."""
    try:
        await require_member(context, user, wording.GUESTS)
        if not channel.startswith(("C", "G")):
            return say(WHICH)
        async with asyncio.timeout(CHECK_SECONDS):
            context.channels.forget(channel)
            await require_setup(context, user, channel)
    except KepiError as trouble:
        return str(trouble)
    except (TimeoutError, *FAULTS) as fault:
        log.warning("a channel could not be checked", extra={"why": repr(fault)[:200]})
        return say(SLOW)
    return ""


def loading() -> View_:
    return form(wording.FORM_SETUP, [section(say("One moment."))], callback_id="loading")


async def show_setup(context: Context, view_id: str, user: str, channel: str) -> None:
    """Show the channel's set-up in the open form."""
    try:
        draft = await context.read(draft_to_fill, context.home.workspace, channel)
        if draft == Draft(channel, opened=0) and (await context.channels.find(channel)).is_shared:
            draft = of_partners(draft)
        asker = tuple(Asker(user, "").pack())
        await show_again(context, view_id, replace(draft, asker=asker))
    except KepiError as trouble:
        await show_trouble(context, view_id, wording.FORM_SETUP, trouble)
