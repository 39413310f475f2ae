"""[How]: where each platform gives its export, as a form to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.accounts.surface import Surface, show_form
from commands.blocks import Block, View_, context, escape, form, section
from commands.context import Context
from commands.digests.words import EXPORTS
from commands.rights import require_member
from commands.saying import say
from storage.platforms import PLATFORMS

if TYPE_CHECKING:
    from sqlalchemy import Connection

FORM = "home_how"
ASK_MEMBER = "Guests cannot add data. A member of the workspace can drop a file."


async def show_how(context_: Context, surface: Surface) -> None:
    """Show the form: the platforms of the accounts first, where there are any alone."""
    await require_member(context_, surface.user, say(ASK_MEMBER))
    platforms = await context_.read(own_platforms, context_.home.workspace)
    await show_form(context_, surface, compose_how(platforms or tuple(PLATFORMS)))


def own_platforms(connection: Connection, workspace: int) -> tuple[str, ...]:
    """Return the platforms of own accounts."""
    from storage.accounts import accounts

    held = [it.platform for it in accounts(connection, workspace) if it.own]
    return tuple(it for it in PLATFORMS if it in held)


def compose_how(platforms: tuple[str, ...]) -> View_:
    head = say(
        "Export your posts or days as CSV or XLSX, and drop the file in Messages. "
        "I show what it would add before anything is stored."
    )
    blocks: list[Block] = [section(head)]
    blocks += [
        section(f"*{escape(PLATFORMS[it].title)}*\n{escape(EXPORTS[it])}")
        for it in platforms
        if it in EXPORTS
    ]
    others = say(
        "Also read: files of Hootsuite and Sprout Social, web visits, ad spend, mentions. "
        "Of any other table I ask once what its columns are."
    )
    return form(
        say("How to export"), [*blocks, context([others])], callback_id=FORM, close=say("Close")
    )
