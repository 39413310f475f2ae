"""``/kpi accounts``: the list, with its forms."""

from __future__ import annotations

import re

from commands.asker import Asker
from commands.context import Context
from commands.saying import say
from storage.errors import KepiError

LIST = re.compile(r"(?:list|all|show|brands?|competitors?|help|\?)?\W*$", re.IGNORECASE)
NEW = re.compile(r"(?:new|add|form)\b.*$", re.IGNORECASE | re.DOTALL)
ELSE = "After “accounts”: nothing for the list, or add for the form. See: /kpi accounts"


async def answer(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    """Answer the asker alone; ``words`` are those after the first one."""
    from commands.accounts.listing import show_list
    from commands.accounts.opening import open_add

    if LIST.match(words):
        await show_list(context, asker, key=key)
    elif NEW.match(words):
        await open_add(context, asker, trigger, key)
    else:
        raise KepiError(say(ELSE))
