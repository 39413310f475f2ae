"""Declared rows, listed with who said them and when; each can be removed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from commands.asker import Asker, tell_blocks
from commands.blocks import Block, actions, button, escape, section
from commands.blocks import context as small
from commands.context import Context
from commands.declare import wording
from commands.declare.rows import describe
from commands.names import find_name
from commands.pressed import Pressed, number_of
from commands.rights import require_member
from commands.saying import say

if TYPE_CHECKING:
    from sqlalchemy import Connection

NEXT, REMOVE = "declare_page", "declare_remove"
A_PAGE = 6


async def show_list(
    context: Context,
    asker: Asker,
    kind: str,
    start: int = 0,
    *,
    key: str = "",
    replace: bool = False,
) -> None:
    """Show the asker alone the rows of a kind, some at a time."""

    rows = await context.read(rows_of, context.home.workspace, kind)
    example = wording.EXAMPLES[kind]
    if not rows:
        text = escape(wording.say_none(kind))
        await tell_blocks(context, asker, text, [section(text)], replace=replace, key=key)
        return
    start = min(max(start, 0), (len(rows) - 1) // A_PAGE * A_PAGE)
    shown = rows[start : start + A_PAGE]
    text = escape(wording.say_how_many(kind, len(rows)))
    blocks = [section(f"*{text}*"), *[await line_of(context, kind, it) for it in shown]]
    blocks.append(small([escape(say("Add one: {example}", example=example))]))
    turns = page_buttons(kind, start, len(rows))
    if turns:
        blocks.append(actions(turns))
    await tell_blocks(context, asker, text, blocks, replace=replace, key=key)


def page_buttons(kind: str, start: int, total: int) -> list[Any]:

    buttons = []
    if start:
        buttons.append(button(say("Earlier"), f"{NEXT}:back", f"{kind}:{start - A_PAGE}"))
    left = total - start - A_PAGE
    if left > 0:
        buttons.append(
            button(say("{number} more", number=left), f"{NEXT}:on", f"{kind}:{start + A_PAGE}")
        )
    return buttons


async def line_of(context: Context, kind: str, row: Any) -> Block:
    """Return a row: what it says, its number, who said it and when."""
    from kpis.periods import say_day

    told = row._asdict()
    who = await find_name(context, row.by) if row.by else say("a file")
    day = say_day(row.at.date(), None)
    lines = f"{escape(describe(kind, told))}\n{row.id} · {escape(who)}, {day}"
    choice = button(say("Remove"), f"{REMOVE}:{row.id}", f"{kind}:{row.id}")
    return section(lines) | {"accessory": choice.to_dict()}


def rows_of(connection: Connection, workspace: int, kind: str) -> Sequence[Any]:
    from storage.benchmarks import benchmarks
    from storage.declared import values
    from storage.rate_cards import rates

    if kind == "benchmarks":
        return benchmarks(connection, workspace)
    return rates(connection, workspace) if kind == "rates" else values(connection, workspace)


async def turn_page(context: Context, pressed: Pressed) -> None:
    await require_member(context, pressed.asker.user, say(wording.GUESTS))
    kind, number = read_value(pressed.value)
    await show_list(context, pressed.asker, kind, number, replace=pressed.is_private)


async def remove(context: Context, pressed: Pressed) -> None:
    from commands.declare.command import take_away

    await require_member(context, pressed.asker.user, say(wording.GUESTS))
    kind, number = read_value(pressed.value)
    await take_away(context, pressed.asker, kind, number)


def read_value(value: str) -> tuple[str, int]:
    """Return the kind and the number that a button of the list remembers."""
    kind, _, number = value.partition(":")
    return (kind if kind in wording.EXAMPLES else "values"), number_of(number)
