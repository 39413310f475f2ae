"""Where somebody is told something who pressed in Home or in a form: their direct message."""

from __future__ import annotations

from dataclasses import replace

from commands.asker import Asker
from commands.context import Context
from commands.people import open_direct


async def land(context: Context, asker: Asker) -> Asker:
    """Return the asker with a place for answers: a press in a view comes without any (§8)."""
    if asker.channel or not asker.user:
        return asker
    return replace(asker, channel=await open_direct(context, asker.user), is_direct=True)
