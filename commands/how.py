"""*How?*: the receipt of an answer as a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slack_bolt.async_app import AsyncApp

from commands import wording
from commands.answering import recall_reply
from commands.blocks import Block, View_, actions, button, escape, form, section
from commands.context import Context
from commands.pressed import Pressed, on_press
from commands.rights import require_member
from commands.saying import say
from commands.tongues import in_own_language
from commands.views import fill_form, open_loading, show_trouble
from commands.who_sees import readers_of
from storage.errors import KepiError

if TYPE_CHECKING:
    from kpis.asking import Answers


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, "how", in_own_language(show_how))


async def show_how(context: Context, pressed: Pressed) -> None:
    """Open the receipt of the answer that was pressed."""
    await require_member(context, pressed.asker.user)
    title = say(wording.FORM_HOW)
    view_id = await open_loading(context, pressed.trigger, title)
    try:
        reply = await recall_reply(context, pressed.recall, readers_of(pressed))
    except KepiError as trouble:
        await show_trouble(context, view_id, title, trouble)
        return
    await fill_form(context, view_id, compose_how(reply))


def compose_how(reply: Answers) -> View_:
    """Return the form: for each answer its number, what it was built from, and how to repeat it."""
    from kpis.receipt_words import receipt_sections

    blocks: list[Block] = []
    for answer in reply.answers:
        if len(reply.answers) > 1:
            blocks.append(section(f"*{escape(answer.title)}*"))
        for heading, lines in receipt_sections(answer):
            blocks.append(section("\n".join(escape(line) for line in (f"*{heading}*", *lines))))
    blocks.append(actions([button(say("Note a day"), "note_new")]))
    return form(say(wording.FORM_HOW), blocks, callback_id="how", close=say("Close"))
