"""*Post to a channel*: a private answer is shown to everyone in a channel of one's choice."""

from __future__ import annotations

import json
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.models.blocks import ConversationFilter, ConversationSelectElement

from commands import wording
from commands.answering import recall_reply
from commands.asker import Asker, sender_of, tell, unpack_asker
from commands.blocks import field, form
from commands.context import Context
from commands.places import Place, Shown
from commands.posting import NotWelcome, Unconfirmed
from commands.pressed import Pressed, on_press
from commands.recall import Recall, unpack
from commands.reply import publish
from commands.rights import require_member
from commands.saying import say
from commands.tongues import in_own_language, language_of_channel, language_of_person
from commands.unpacking import unpacking
from commands.views import open_form, state_of
from commands.who_sees import Readers
from storage.errors import KepiError

FORM = "post_to_channel"


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, "post", in_own_language(ask_for_channel))

    @app.view(FORM)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        view = body["view"]
        with unpacking(context.home.command):
            held = json.loads(view["private_metadata"])
            asker, recall = sender_of(unpack_asker(held["asker"]), body), unpack(held["recall"])
        channel = str(state_of(view).get("channel") or "")
        context.tasks.start(
            post_there(context, asker, recall, channel, str(view["id"])),
            lambda words: tell(context, asker, words),
        )


async def ask_for_channel(context: Context, pressed: Pressed) -> None:
    """Open the form that asks which channel."""
    await require_member(context, pressed.asker.user)
    chooser = ConversationSelectElement(
        action_id="channel",
        filter=ConversationFilter(
            include=["public", "private"], exclude_external_shared_channels=True
        ),
    )
    view = form(
        say(wording.FORM_POST),
        [field(say("Channel"), chooser, "channel")],
        callback_id=FORM,
        submit=say("Post"),
        close=say("Cancel"),
        memory=json.dumps(
            {"asker": pressed.asker.pack(), "recall": pressed.recall.pack()}, ensure_ascii=False
        ),
    )
    await open_form(context, pressed.trigger, view)


async def post_there(
    context: Context, asker: Asker, recall: Recall, channel: str, view_id: str
) -> None:
    """Post the answer in ``channel`` for everyone, in its language, and tell the asker."""
    from kpis.tongue import speaking

    with speaking(await language_of_person(context, asker.user)):
        await post_for_all(context, asker, recall, channel, view_id)


async def post_for_all(
    context: Context, asker: Asker, recall: Recall, channel: str, view_id: str
) -> None:
    from kpis.tongue import speaking

    await require_member(context, asker.user)
    found = await context.channels.find(channel)
    if not found.is_member:
        raise KepiError(wording.NOT_THERE)
    if found.is_shared:
        raise KepiError(wording.SHARED_THERE)
    mine, place = Recall(asker.user, recall.words), Place(Shown.EVERYONE, channel)
    try:
        with speaking(await language_of_channel(context, channel)):
            reply = await recall_reply(context, recall, Readers(asker.user, channel))
            await publish(context, place, reply, mine, key=f"post:{view_id}")
    except NotWelcome as refusal:
        context.channels.forget(channel)
        raise KepiError(wording.NOT_THERE) from refusal
    except Unconfirmed as fault:
        raise KepiError(wording.UNSURE, channel=found.name or say("that channel")) from fault
    await tell(context, asker, say(wording.POSTED, channel=found.name or say("the channel")))
