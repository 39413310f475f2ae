"""``/kpi columns``: the layouts that were matched."""

from __future__ import annotations

import re

from commands.asker import Asker
from commands.context import Context
from storage.errors import KepiError

LIST = re.compile(r"(?:list|all|show|help|\?)?\W*$", re.IGNORECASE)


async def answer(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    """Answer the asker alone; ``words`` are those after the first one."""
    from commands.columns.listing import answer_list

    if not LIST.match(words):
        raise KepiError(
            "Columns are matched in a form: drop a table that I don't know into Messages. "
            "What is matched: /kpi columns"
        )
    await answer_list(context, asker, key)
