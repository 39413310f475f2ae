"""``/kpi status``, ``/kpi status ops #channel``."""

from __future__ import annotations

import re

from commands.asker import Asker, tell_blocks
from commands.context import Context
from commands.rights import is_admin, require_member
from commands.saying import say
from commands.status.choosing import choose_ops
from commands.status.page import compose
from commands.support.granted import find_granted
from storage.errors import KepiError

GUESTS = "Guests and people of other companies can’t ask how Kepi is. A member can."
UNKNOWN = "I don’t know “{word}”. Try: /kpi status or /kpi status ops #channel"
NOT_GRANTED = "Not granted at the installation: {scopes}. What stops without: python -m bot doctor"
OPS = re.compile(r"^\W*ops\b[\s:]*(?:channel\b)?", re.IGNORECASE)


async def answer(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    """Answer the asker alone; ``words`` are those after the first one, ``key`` names the asking."""
    await require_member(context, asker.user, say(GUESTS))
    about_ops = OPS.match(words)
    if about_ops:
        await choose_ops(context, asker, words[about_ops.end() :])
    elif words.strip(" .?!"):
        raise KepiError(UNKNOWN, word=words.strip()[:40])
    else:
        await show(context, asker, key=key)


async def show(
    context: Context, asker: Asker, *, key: str = "", replace: bool = False, line: str = ""
) -> None:
    """Show how Kepi is; ``replace`` takes the place of the page whose button was pressed."""
    from commands.blocks import context as small
    from commands.blocks import escape, section
    from commands.status.facts import read_facts
    from commands.status.version import find_version

    facts = await context.read(read_facts, context.home.workspace, context.clock())
    may_decide = await is_admin(context, asker.user)
    text, blocks = compose(facts, find_version(), is_admin=may_decide)
    if may_decide and (lacking := (await find_granted(context)).lacks_of_all):
        blocks.append(small([escape(say(NOT_GRANTED, scopes=", ".join(lacking)))]))
    if line:
        blocks = [section(escape(line)), *blocks]
    await tell_blocks(context, asker, line or text, blocks, key=key, replace=replace)
