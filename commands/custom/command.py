"""``/kpi own``: a team's own KPIs."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.asker import Asker, tell_blocks
from commands.blocks import Block, actions, button, escape, section
from commands.blocks import context as small
from commands.context import Context
from commands.names import find_name
from commands.rights import require_member
from commands.saying import say
from kpis.words import unescape
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.surroundings import Surroundings
    from storage.custom_kpis import CustomRow, CustomValueRow

GUESTS = "Guests don't change KPIs. Ask a member of the team."
LIST = re.compile(r"(?:kpis?|list|all|show|help|\?)?\W*$", re.IGNORECASE)
NEW = re.compile(r"(?:new|declare|create|change)\s+(.+)$", re.IGNORECASE | re.DOTALL)
ADD = re.compile(r"(?:add|count|put)\s+(.+)$", re.IGNORECASE | re.DOTALL)
REMOVE = re.compile(r"(?:remove|delete|drop)\s+(.+)$", re.IGNORECASE | re.DOTALL)
REMOVE_PRESS, RESTORE_PRESS, TAKE_PRESS = "own_remove", "own_restore", "own_take"
A_PAGE = 12
NONE = "No KPIs of your own yet. A counter that you keep, or a formula:\n{counter}\n{formula}"


async def answer(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    """Answer the asker alone; ``words`` are those after the first one."""
    await require_member(context, asker.user, say(GUESTS))
    words = unescape(words)
    if LIST.match(words):
        await show_list(context, asker, key=key)
    elif found := NEW.match(words):
        await declare(context, asker, found[1], key)
    elif found := ADD.match(words):
        await count(context, asker, found[1], key)
    elif found := REMOVE.match(words):
        from commands.custom.reading import find
        from storage.custom_kpis import customs

        own = await context.read(customs, context.home.workspace)
        await remove(context, asker, find(found[1], own).key, key)
    elif words.strip().lower() in ("new", "declare", "create"):
        from commands.custom.reading import EXAMPLE

        raise KepiError("Say its name: {example}", example=EXAMPLE)
    else:
        raise KepiError("After “own”: list, new, add or remove. See what there is: /kpi own")


async def declare(context: Context, asker: Asker, words: str, key: str) -> None:
    """Keep a KPI that the words declare, and say how it is asked."""
    from commands.custom.reading import read_new
    from storage import custom_kpis

    def work(connection: Connection, owner: str) -> CustomRow:
        row = read_new(words, owner, look(context, connection).directory)
        custom_kpis.declare(connection, context.home.workspace, row, context.clock())
        return row

    row = await context.write(work, await find_name(context, asker.user))
    asked = row.title.lower()
    if row.kind == "R":
        how = say("It is {formula}.", formula=row.formula)
    else:
        how = say("Count it: {example}", example=f"/kpi own add {asked} 1 on 12 nov")
    text = escape(say("{name} is one of your KPIs now. Ask: /kpi {asked}",
                      name=row.title, asked=asked))  # fmt: skip
    choice = button(say("Remove"), REMOVE_PRESS, row.key)
    blocks = [section(f"{text}\n{escape(how)}"), actions([choice])]
    await tell_blocks(context, asker, text, blocks, key=key)


async def count(context: Context, asker: Asker, words: str, key: str) -> None:
    """Keep a value that the words add, and offer to take it back."""
    from commands.custom.reading import read_value
    from kpis.periods import say_day
    from kpis.tongue import exact
    from storage import custom_kpis

    def work(connection: Connection) -> tuple[int, str, date, float, bool]:
        around = look(context, connection)
        own = custom_kpis.customs(connection, context.home.workspace)
        today = context.clock().astimezone(ZoneInfo(around.zone)).date()
        told = read_value(words, own, today, around.directory)
        number = custom_kpis.put_value(
            connection, context.home.workspace, told.key, told.day, told.value, told.note,
            asker.user, context.clock(),
        )  # fmt: skip
        return number, told.title, told.day, told.value, told.day >= today

    number, title, day, value, is_today = await context.write(work)
    text = escape(say("{name}: {value} on {day}.", name=title, value=exact(value),
                      day=say_day(day, None)))  # fmt: skip
    if is_today:
        text += " " + say("Answers end with yesterday, so it is in them from tomorrow.")
    blocks = [section(text), actions([button(say("Take it back"), TAKE_PRESS, str(number))])]
    await tell_blocks(context, asker, text, blocks, key=key)


async def remove(
    context: Context, asker: Asker, key_of_kpi: str, key: str = "", *, replace: bool = False
) -> None:
    """Remove a KPI and offer to bring it back; its values stay."""
    from storage.custom_kpis import remove as take_away

    if not await context.write(take_away, context.home.workspace, key_of_kpi, context.clock()):
        raise KepiError("That KPI is gone already. See what there is: /kpi own")
    text = say("Removed. Its values are kept.")
    row = actions([button(say("Bring it back"), RESTORE_PRESS, key_of_kpi)])
    await tell_blocks(context, asker, text, [section(text), row], replace=replace, key=key)


async def show_list(
    context: Context, asker: Asker, *, said: str = "", replace: bool = False, key: str = ""
) -> None:
    """Show the own KPIs with their newest values."""
    from commands.custom.reading import EXAMPLE, FORMULA_EXAMPLE
    from kpis.tongue import say_count
    from storage import custom_kpis

    own = await context.read(custom_kpis.customs, context.home.workspace)
    keys = [it.key for it in own]
    values = await context.read(custom_kpis.values, context.home.workspace, keys, 200)
    blocks: list[Block] = [small([said])] if said else []
    blocks += [section(describe(row, values)) for row in own[:A_PAGE]]
    if len(own) > A_PAGE:
        blocks.append(small([say("{number} more.", number=len(own) - A_PAGE)]))
    if not own:
        blocks.append(section(say(NONE, counter=EXAMPLE, formula=FORMULA_EXAMPLE)))
    else:
        blocks.append(small([say("To remove one: /kpi own remove NAME")]))
    text = say_count("{number} KPI of your own.", "{number} KPIs of your own.", len(own))
    await tell_blocks(context, asker, text, blocks, replace=replace, key=key)


def describe(row: CustomRow, values: list[CustomValueRow]) -> str:
    """Return a KPI's name, how it comes about, and its newest value."""
    from kpis.periods import say_day
    from kpis.tongue import exact

    how = {"A": say("added up"), "L": say("the last value"), "R": f"= {row.formula}"}[row.kind]
    facts = [how, say("aim: {aim}", aim=row.aim)] if row.aim else [how]
    lines = [f"*{escape(row.title)}* · {escape(' · '.join(facts))}"]
    newest = next((it for it in values if it.kpi == row.key), None)
    if newest is not None:
        note = f" ({newest.note})" if newest.note else ""
        value, day = exact(newest.value), say_day(newest.day, None)
        lines.append(escape(say("Newest: {value} on {day}", value=value, day=day) + note))
    lines.append(f"/kpi {escape(row.title.lower())}")
    return "\n".join(lines)


def look(context: Context, connection: Connection) -> Surroundings:
    from kpis.surroundings import look_around

    return look_around(context.database, connection, context.home.workspace)
