"""One asking of ``/support``: who, what, and how they are answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from commands.asker import Asker, tell_blocks
from commands.blocks import View_, actions, button, escape, section
from commands.context import Context
from commands.saying import say
from commands.support import wording
from commands.support.grammar import Said
from commands.support.listing import Listed
from commands.views import open_form


@dataclass(frozen=True)
class Request:
    """A command, or a button that asks what a command would."""

    context: Context
    asker: Asker
    said: Said
    trigger: str = ""
    """Opens a form, for three seconds; empty where nothing was pressed."""
    key: str = ""
    """Names the asking: what it does, it does once."""
    replace: bool = False
    """The answer takes the place of the private message whose button was pressed."""

    async def answer(self, page: Listed) -> None:
        """Show a page to the asker alone."""
        await tell_blocks(
            self.context, self.asker, page.text, page.blocks, replace=self.replace, key=self.key
        )

    async def say(self, line: str) -> None:
        """Say one line, with its buttons if it has any, to the asker alone."""
        await self.answer(Listed(escape(line), [section(escape(line))]))

    async def open(self, make: Callable[[], Awaitable[View_]], words: str, action: str) -> None:
        """Open a form; where nothing was pressed, offer a button that does.

        ``action`` is the button's, with what it remembers after a bar.
        """
        if self.trigger:
            await open_form(self.context, self.trigger, await make())
            return
        action_id, _, value = action.partition("|")
        blocks = [
            section(escape(words)),
            actions([button(say(wording.OPEN_FORM), action_id, value)]),
        ]
        await self.answer(Listed(escape(words), blocks))
