"""``/kpi audience country SE, NO``: whom the team wants to reach; ``audience fit`` stands on it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from commands.asker import Asker, tell_blocks
from commands.blocks import escape, section
from commands.context import Context
from commands.custom.command import GUESTS
from commands.rights import require_member
from commands.saying import say
from kpis.words import unescape

SHOW = re.compile(r"(?:show|target|help|\?)?\W*$", re.IGNORECASE)
NONE = "No target yet. Say whom you want to reach: /kpi audience country SE, NO"
TARGET = "Target: {dimension} {segments}. Ask: /kpi audience fit"


async def answer(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    """Answer the asker alone; without words, tell the target."""
    from storage.settings import AUDIENCE, choose_audience
    from storage.support_notes import chosen

    await require_member(context, asker.user, say(GUESTS))
    workspace = context.home.workspace
    if SHOW.match(words):
        target = await context.read(chosen, workspace, AUDIENCE)
        text = say_target(target["dimension"], target["segments"]) if target else say(NONE)
    else:
        now = context.clock()
        dimension, segments = await context.write(
            choose_audience, workspace, unescape(words), asker.user, now
        )
        text = say_target(dimension, segments)
    await tell_blocks(context, asker, escape(text), [section(escape(text))], key=key)


def say_target(dimension: str, segments: Iterable[str]) -> str:
    from kpis.titles import say_dimension

    return say(TARGET, dimension=say_dimension(dimension), segments=", ".join(segments))
