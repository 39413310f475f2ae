"""``/support help``: what can be typed, with the emoji that do the same."""

from __future__ import annotations

from commands.blocks import actions, button, context, escape, section
from commands.saying import say, say_declared
from commands.support import wording
from commands.support.listing import Listed
from commands.support.requests import Request


async def answer(request: Request) -> None:
    await request.answer(compose_help())


def compose_help() -> Listed:
    """Return the page; half of the readers hold a telephone."""
    blocks = [
        section("\n".join(escape(say_declared(it)) for it in lines))
        for lines in wording.HELP_SECTIONS
    ]
    blocks.append(context([escape(say(wording.HELP_NOTE))]))
    buttons = [
        button(say(wording.SET_UP), "support_setup"),
        button(say(wording.NEW), "support_new"),
    ]
    return Listed(escape(say(wording.HELP_TEXT)), [*blocks, actions(buttons)])
