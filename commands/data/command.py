"""``/kpi data``: what is held, how fresh it is, and what an audit found; to the asker alone."""

from __future__ import annotations

from commands.asker import Asker, tell_blocks
from commands.context import Context
from commands.rights import require_member
from commands.saying import say
from storage.errors import KepiError

GUESTS = "Guests can’t see what data there are. A member of the workspace can."
NO_WORDS = "I don’t know “{words}” here. /kpi data shows what there is, with buttons for the rest."


async def answer(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    """Answer the asker alone; ``words`` are those after the first one, ``key`` names the asking."""
    await require_member(context, asker.user, say(GUESTS))
    if words.strip():
        raise KepiError(NO_WORDS, words=words.strip()[:40])
    await show(context, asker, key=key)


async def show(
    context: Context, asker: Asker, said: str = "", *, replace: bool = False, key: str = ""
) -> None:
    """Show the page as it is now; ``said`` is what was just done."""
    from commands.data.page import compose
    from commands.data.reading import read_data
    from commands.support.looking import names_of

    await require_member(context, asker.user, say(GUESTS))
    seen = await context.read(read_data, context.home.workspace, context.clock())
    users = [it.accepted_by for it in seen.findings]
    names = await names_of(context, [*users, seen.newest.by if seen.newest else ""])
    text, blocks = compose(seen, names, said)
    await tell_blocks(
        context, asker, text, blocks, replace=replace, key=f"data:{key}" if key else ""
    )
