"""``/kpi actions``: what was tried, by whom, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.asker import Asker, tell_blocks
from commands.blocks import Block, escape, section
from commands.blocks import context as small
from commands.context import Context
from commands.digests.words import TAKE
from commands.names import find_name
from commands.rights import require_member
from commands.saying import say
from commands.who_sees import Readers, hidden_from

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.actions import Action

GUESTS = "Guests can't see what was tried. A member of the workspace can."
NONE = "Nothing taken on yet. Press “{button}” under a digest's next step, and I'll keep count."
HOW = "Before: the account's posts of the 8 weeks until then. After: posts that follow the step."


async def answer(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    """Show the asker alone the latest steps with their before and after."""
    from kpis.tongue import say_count

    await require_member(context, asker.user, say(GUESTS))
    hidden = await hidden_from(context, Readers(asker.user))
    found = await context.read(read, context, hidden)
    if not found:
        none = say(NONE, button=say(TAKE))
        await tell_blocks(context, asker, none, [section(none)], key=key)
        return
    text = say_count("{number} step taken.", "{number} steps taken.", len(found))
    blocks: list[Block] = [section(f"*{text}*")]
    blocks += [section(await describe(context, it)) for it in found]
    blocks.append(small([say(HOW)]))
    await tell_blocks(context, asker, text, blocks, key=key)


def read(connection: Connection, context: Context, hidden: frozenset[str]) -> list[Action]:
    from kpis.actions import list_actions
    from kpis.surroundings import look_around

    around = look_around(context.database, connection, context.home.workspace)
    return list_actions(connection, around.without(hidden), context.clock())


async def describe(context: Context, action: Action) -> str:
    """Return a step in at most three lines."""
    from kpis.periods import say_day

    owner = await find_name(context, action.owner)
    when = say_day(action.since, context.clock().year)
    lines = [f"*{escape(action.what)}*", escape(say("{owner}, since {day}", owner=owner, day=when))]
    return "\n".join([*lines, *([escape(action.result)] if action.result else [])])
