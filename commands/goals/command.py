"""``/kpi goal …``: goals listed, said in plain words, opened and changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.asker import Asker, tell_blocks
from commands.blocks import actions, button, escape, section
from commands.context import Context
from commands.goals import wording
from commands.goals.setting import Setting
from commands.rights import require_member
from commands.saying import say
from storage.errors import KepiError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from kpis.goals.draft import Draft
    from kpis.surroundings import Surroundings

LIST = re.compile(r"(?:list|all|show|status|help|\?)?\W*$", re.IGNORECASE)
NEW = re.compile(r"(?:new|set|add|form)\W*$", re.IGNORECASE)
ACTS = "show|open|goal|number|drop|remove|delete|cancel|stop|change|edit"
ONE = re.compile(rf"(?:(?:{ACTS})\s+)*#?\s*(\d{{1,9}})\W*$", re.IGNORECASE)
"""What can be done with a goal is on its page."""


async def answer(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    """Answer the asker alone; ``words`` are those after the first one, ``key`` names the asking."""
    from commands.goals.confirm import show
    from commands.goals.listing import show_list
    from commands.goals.opening import open_new
    from commands.goals.page import show_page

    await require_member(context, asker.user, say(wording.GUESTS))
    if LIST.match(words):
        await show_list(context, asker, key=key)
        return
    if found := ONE.match(words):
        await show_page(context, asker, int(found[1]), trigger, key)
        return
    if NEW.match(words):
        await open_new(context, asker, trigger, key)
        return
    setting = await read(context, asker, words)
    if setting.draft.missing:
        await ask_rest(context, setting, key)
        return
    await show(context, setting, trigger, key)


async def read(context: Context, asker: Asker, words: str) -> Setting:
    """Return the goal that the words say, of the asker, told where they asked."""
    from commands.goals.looking import default_channel, look
    from commands.who_sees import Readers
    from kpis.goals.reading import read_goal

    def work(connection: Connection, around: Surroundings, now: datetime) -> Draft:
        today = now.astimezone(ZoneInfo(around.zone)).date()
        return read_goal(words, today, around.directory)

    draft = await look(context, Readers(asker.user), work)
    channel = await default_channel(context, asker.channel, asker.is_direct)
    return Setting(draft, asker.user, channel, asker=asker)


async def ask_rest(context: Context, setting: Setting, key: str) -> None:
    """Say which part of a goal is missing, with an example, and offer the form."""
    from commands.goals.confirm import FILL
    from commands.goals.looking import look
    from commands.who_sees import Readers
    from kpis.goals.parts import ask_for, name_part, say_held

    today = context.clock().date()
    missing = setting.draft.missing
    lines = [ask_for(it, today) for it in missing]
    if len(missing) == 3:
        raise KepiError(wording.UNREAD, example=wording.EXAMPLE)
    held = await look(
        context,
        Readers(setting.asker.user),
        lambda _connection, around, _now: say_held(setting.draft, around.directory, today.year),
    )
    parts = [*held, *zip(missing, lines, strict=True)]
    shown = "\n".join(f"*{name_part(it)}* {escape(words)}" for it, words in parts)
    text = escape(f"{say(wording.NOT_YET)} {lines[0]}")
    blocks = [section(f"{say(wording.NOT_YET)}\n{shown}")]
    value = setting.pack(with_asker=False)
    blocks.append(actions([button(say(wording.FILL_IN), FILL, value)]))
    await tell_blocks(context, setting.asker, text, blocks, key=key)
