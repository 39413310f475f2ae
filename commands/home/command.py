"""``/kpi start``: the first steps, and what Home shows, in a message."""

from __future__ import annotations

from commands.asker import Asker
from commands.context import Context
from storage.errors import KepiError


async def answer(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    """Answer the asker alone; ``words`` are those after the first one."""
    raise KepiError("That is being built.")
