"""``/kpi settings``, and after it ``here``, ``history``, ``history here`` or ``export``."""

from __future__ import annotations

import re

from commands.asker import Asker
from commands.context import Context
from commands.rights import require_member
from commands.saying import say
from commands.settings import wording
from storage.errors import KepiError

HERE = re.compile(r"(?:for |of )?(?:here|this channel|channel)$")
HISTORY = re.compile(r"(?:history|changes|log)$")
HISTORY_HERE = re.compile(r"(?:history|changes|log) (?:of )?(?:here|this channel)$")
EXPORT = re.compile(r"(?:export|file|toml)$")


async def answer(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    """Answer the asker alone; ``words`` are those after the first one."""
    from commands.settings.exchange import send_file
    from commands.settings.history import show_history
    from commands.settings.opening import open_settings

    await require_member(context, asker.user, say(wording.GUESTS))
    said = " ".join(words.lower().strip(" .?!").split())
    if not said:
        await open_settings(context, asker, trigger)
    elif HERE.match(said):
        await open_settings(context, asker, trigger, channel_of(context, asker))
    elif HISTORY.match(said):
        await show_history(context, asker, key=key)
    elif HISTORY_HERE.match(said):
        await show_history(context, asker, channel_of(context, asker), key=key)
    elif EXPORT.match(said):
        await send_file(context, asker)
    else:
        raise KepiError(wording.HOW, words=words.strip()[:40], command=context.home.command)


def channel_of(context: Context, asker: Asker) -> str:
    """Return the channel where it was said; raises ``KepiError`` in a direct message."""
    if asker.is_direct or not asker.channel.startswith(("C", "G")):
        raise KepiError(wording.IN_CHANNEL, command=context.home.command)
    return asker.channel
