"""``/kpi accounts``: the list, with its forms."""

from __future__ import annotations

import re

from commands.asker import Asker
from commands.context import Context
from storage.errors import KepiError

LIST = re.compile(r"(?:list|all|show|brands?|competitors?|help|\?)?\W*$", re.IGNORECASE)
NEW = re.compile(r"(?:new|add|form)\b.*$", re.IGNORECASE | re.DOTALL)
ACTS = re.compile(r"(?:remove|delete|drop|change|edit|rename|move)\b", re.IGNORECASE)
BY_FORM = "Accounts are changed in their list, by the menu beside each: /kpi accounts"


async def answer(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    """Answer the asker alone; ``words`` are those after the first one.

    “account acme reach” names an account: that is a question like any other.
    """
    from commands.accounts.listing import show_list
    from commands.accounts.opening import open_add

    if LIST.match(words):
        await show_list(context, asker, key=key)
    elif NEW.match(words):
        await open_add(context, asker, trigger, key)
    elif ACTS.match(words):
        raise KepiError(BY_FORM)
    else:
        from commands.reply import answer_question

        await answer_question(context, asker, f"account {words}", key=key, look_first=False)
