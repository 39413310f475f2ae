"""The two rules that every team wants, with one press: a surge of complaints, and silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.alerts import saving, wording
from commands.alerts.draft import Draft
from commands.alerts.known import name_channel
from commands.alerts.naming import say_one
from commands.asker import tell_blocks
from commands.blocks import escape, section
from commands.context import Context
from commands.offers import KINDS, WATCH
from commands.pressed import Pressed
from commands.saying import say
from storage.errors import KepiError

if TYPE_CHECKING:
    from kpis.alerts.rules import Rule

DEFAULTS = WATCH


async def make_defaults(context: Context, pressed: Pressed, channel: str) -> None:
    """Save those that the channel does not have; each may be refused with what to do."""
    from kpis.alerts.rules import Rule
    from kpis.titles import listed

    user, made, refused = pressed.asker.user, list[str](), list[str]()
    for kind in KINDS:
        draft = Draft(Rule(0, context.home.workspace, channel, kind, owner=user, by=user))
        if await context.read(saving.find_same, context.home.workspace, draft.rule) is not None:
            continue
        try:
            await saving.check(context, user, draft)
        except KepiError as trouble:
            refused.append(str(trouble))
            continue
        rule: Rule = await saving.save(context, user, draft)
        made.append(await context.read(say_one, context, rule))
    where = await name_channel(context, channel)
    lines = list(dict.fromkeys(refused))
    if made:
        lines.insert(0, say(wording.MADE_DEFAULTS, rules=listed(made), where=where))
    elif not refused:
        lines.append(say(wording.HAD_DEFAULTS, where=where))
    text = escape(" ".join(lines))
    await tell_blocks(context, pressed.asker, text, [section(text)], replace=pressed.is_private)
