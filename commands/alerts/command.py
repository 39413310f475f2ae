"""``/kpi alert …``."""

from __future__ import annotations

import asyncio
import re

from commands.alerts import wording
from commands.asker import Asker, tell_blocks
from commands.blocks import VALUE, actions, button, escape, section
from commands.context import Context
from commands.rights import require_member
from commands.saying import say
from storage.errors import KepiError

LISTED = re.compile(r"(?:s|list|show|all|rules|help|\?)?\W*", re.IGNORECASE)
NEW = re.compile(r"(?:new|add|set ?up|create)\W*", re.IGNORECASE)


async def answer(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    """Answer the asker alone; ``words`` are those after the first one, ``key`` names the asking.

    No words list the rules; others are read as a rule, whose form opens where a trigger came.
    """
    from commands.alerts.draft import Draft
    from commands.alerts.forms import open_rule
    from commands.alerts.listing import empty_draft, show_list
    from commands.alerts.reading import read_draft

    await require_member(context, asker.user, say(wording.GUESTS))
    if LISTED.fullmatch(words):
        await show_list(context, asker)
        return
    channel = "" if asker.is_direct or asker.channel.startswith("D") else asker.channel
    if NEW.fullmatch(words):
        draft = empty_draft(channel, asker.user)
    else:
        draft = await asyncio.to_thread(read_draft, context, words, channel, asker.user)
    draft = Draft(draft.rule, draft.company, tuple(asker.pack()))
    if trigger:
        await open_rule(context, trigger, draft)
    else:
        await offer(context, asker, draft, key)


async def offer(context: Context, asker: Asker, draft: object, key: str) -> None:
    """Show what was read, with a button that saves it and one that opens its form."""
    from commands.alerts.draft import Draft
    from commands.alerts.forms import OPEN
    from commands.alerts.known import name_channel
    from commands.alerts.naming import say_one
    from commands.alerts.setting import SET

    assert isinstance(draft, Draft)
    rule = draft.rule
    said = await context.read(say_one, context, rule)
    words = say("An alert: {rule}.", rule=said)
    if rule.channel:
        where = await name_channel(context, rule.channel)
        words = say("An alert: {rule}, told in {where}.", rule=said, where=where)
    text = escape(words)
    packed = Draft(rule, draft.company).pack()
    if len(packed) > VALUE:
        raise KepiError(wording.TOO_LONG)
    row = [button(say(wording.OPEN_FORM), OPEN, packed)]
    if rule.channel:
        row.insert(0, button(say(wording.SAVE_IT), SET, packed))
    await tell_blocks(context, asker, text, [section(text), actions(row)], key=key)
