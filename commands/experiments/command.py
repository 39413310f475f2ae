"""``/kpi test …``: tests listed, begun in plain words, looked at."""

from __future__ import annotations

import re

from commands.asker import Asker
from commands.context import Context
from commands.experiments import wording
from commands.rights import require_member
from commands.saying import say
from kpis.words import unescape

LIST = re.compile(r"(?:list|all|show|status|help|\?)?\W*$", re.IGNORECASE)
FORM = re.compile(r"(?:new|add|form|begin|start)\W*$", re.IGNORECASE)
NEW = re.compile(r"(?:new|add|begin|start)\b\s*(?P<words>.+)$", re.IGNORECASE | re.DOTALL)
COUNTS = re.compile(r"#?\s*(\d{1,9})\s+counts?\b\s*:?\s*(.+)$", re.IGNORECASE | re.DOTALL)
ACTS = "show|open|test|number|end|stop|undo|remove|forget|delete"
ONE = re.compile(rf"(?:(?:{ACTS})\s+)*#?\s*(\d{{1,9}})\W*$", re.IGNORECASE)
"""What can be done with a test is on its page."""


async def answer(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    """Answer the asker alone; ``words`` are those after the first one, ``key`` names the asking."""
    from commands.experiments.changing import begin, count_again, read_new
    from commands.experiments.listing import show_list
    from commands.experiments.opening import open_new
    from commands.experiments.page import show_page

    await require_member(context, asker.user, say(wording.GUESTS))
    words = unescape(words).strip()
    if LIST.match(words):
        await show_list(context, asker, key=key)
    elif FORM.match(words):
        await open_new(context, asker, trigger, key)
    elif found := ONE.match(words):
        await show_page(context, asker, int(found[1]), trigger, key)
    elif found := COUNTS.match(words):
        await count_again(context, asker, int(found[1]), found[2], key)
    else:
        told = found["words"] if (found := NEW.match(words)) else words
        await begin(context, asker, await read_new(context, asker.user, told), key)
