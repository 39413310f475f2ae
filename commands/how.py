"""*How?*: the receipt of an answer as a form, and from there its details and its data file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncApp

from commands import wording
from commands.answering import recall_reply
from commands.asker import unpack_asker
from commands.blocks import Block, View_, actions, button, escape, form, section
from commands.context import Context
from commands.data_file import send_data
from commands.pressed import Pressed, on_press, on_press_in_view
from commands.rights import require_member
from commands.saying import say
from commands.tongues import in_own_language
from commands.views import fill_form, open_loading, push_loading, show_trouble
from commands.who_sees import readers_of
from storage.errors import KepiError

if TYPE_CHECKING:
    from kpis.answers import Answer
    from kpis.asking import Answers

LINES = 5
"""Of one paragraph; what has more goes on in the next."""


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, "how", in_own_language(show_how))
    on_press_in_view(app, context, "how_details", in_own_language(show_details))
    on_press_in_view(app, context, "how_data", in_own_language(send_data_of))


async def show_how(context: Context, pressed: Pressed) -> None:
    """Open the receipt of the answer that was pressed."""
    await require_member(context, pressed.asker.user)
    title = say(wording.FORM_HOW)
    view_id = await open_loading(context, pressed.trigger, title)
    await fill(context, pressed, view_id, title, lambda reply: compose_how(reply, pressed))


async def show_details(context: Context, pressed: Pressed, view: dict[str, Any]) -> None:
    """Put the formula, the rows and the statistics on top of the receipt."""
    await require_member(context, pressed.asker.user)
    title, answer = say(wording.FORM_DETAILS), answer_of(pressed, view)
    view_id = await push_loading(context, pressed.trigger, title)
    await fill(context, answer, view_id, title, compose_details)


async def send_data_of(context: Context, pressed: Pressed, view: dict[str, Any]) -> None:
    """Send the presser the numbers of the answer whose receipt they read."""
    await require_member(context, pressed.asker.user)
    await send_data(context, answer_of(pressed, view))


async def fill(
    context: Context,
    pressed: Pressed,
    view_id: str,
    title: str,
    compose: Callable[[Answers], View_],
) -> None:
    """Fill an open form with what an answer says, or with why it says nothing."""
    try:
        reply = await recall_reply(context, pressed.recall, readers_of(pressed))
    except KepiError as trouble:
        await show_trouble(context, view_id, title, trouble)
        return
    await fill_form(context, view_id, compose(reply))


def remember(pressed: Pressed) -> str:
    """Return what the form has to know of the message under which *How?* was pressed."""
    return json.dumps(
        {
            "asker": pressed.asker.pack(),
            "recall": pressed.recall.pack(),
            "private": pressed.is_private,
        },
        ensure_ascii=False,
    )


def answer_of(pressed: Pressed, view: dict[str, Any]) -> Pressed:
    """Return the press in a form as if it were one under the answer: the same people read it.

    Raises ``KepiError`` where the form does not remember which.
    """
    if not view.get("private_metadata"):
        raise KepiError(wording.OLD_BUTTON)
    held = json.loads(view["private_metadata"])
    asker = replace(unpack_asker(held["asker"]), user=pressed.asker.user)
    return replace(pressed, asker=asker, value=held["recall"], is_private=bool(held["private"]))


def compose_how(reply: Answers, pressed: Pressed) -> View_:
    """Return the form: for each answer its number, what it was built from, and how to repeat it."""
    from kpis.receipt_words import receipt_sections

    further = [
        button(say("All details"), "how_details"),
        button(say("Data file"), "how_data"),
        button(say("Note a day"), "note_new"),
    ]
    blocks = [*lay_out(reply, receipt_sections), actions(further)]
    title, close = say(wording.FORM_HOW), say("Close")
    return form(title, blocks, callback_id="how", close=close, memory=remember(pressed))


def compose_details(reply: Answers) -> View_:
    """Return the form that has all that is known of how the numbers were worked out."""
    from kpis.receipt_details import detail_sections

    title, close = say(wording.FORM_DETAILS), say("Back")
    return form(title, lay_out(reply, detail_sections), callback_id="how_details", close=close)


def lay_out(
    reply: Answers, sections_of: Callable[[Answer], list[tuple[str, list[str]]]]
) -> list[Block]:
    """Return the sections of each answer, under its title where there are several."""
    blocks: list[Block] = []
    for answer in reply.answers:
        if len(reply.answers) > 1:
            blocks.append(section(f"*{escape(answer.title)}*"))
        for heading, lines in sections_of(answer):
            blocks += part_lines([f"*{escape(heading)}*", *map(escape, lines)])
    return blocks


def part_lines(lines: Sequence[str]) -> Iterator[Block]:
    for at in range(0, len(lines), LINES):
        yield section("\n".join(lines[at : at + LINES]))
