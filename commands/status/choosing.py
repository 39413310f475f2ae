"""``/kpi status ops #channel``: where failures are told; an admin chooses."""

from __future__ import annotations

import re

from commands.asker import Asker, tell
from commands.context import Context
from commands.destinations import require_own_channel
from commands.rights import require_admin
from commands.saying import say
from commands.undelivered import OPS_CHANNEL
from storage.errors import KepiError

CHANNEL = re.compile(r"<#([CG][A-Z0-9]+)(?:\|[^>]*)?>")
NOBODY = frozenset({"off", "none", "nobody", "-"})
HOW = "Name a channel: /kpi status ops #kepi-ops, or /kpi status ops off"
CHOSEN = "Failures are told in #{name} from now on, and still to whoever owns the message."
OFF = "Failures are told to whoever owns the message, and nowhere else."


async def choose_ops(context: Context, asker: Asker, words: str) -> None:
    """Keep the channel, or none; says why one will not do."""
    await require_admin(context, asker.user)
    said = words.strip()
    if said.lower() in NOBODY:
        await keep(context, "", asker.user)
        await tell(context, asker, say(OFF))
        return
    found = CHANNEL.search(said)
    if found is None:
        raise KepiError(HOW)
    channel = await require_own_channel(context, found[1], asker.user, then=say("try again"))
    await keep(context, channel.id, asker.user)
    await tell(context, asker, say(CHOSEN, name=channel.name))


async def keep(context: Context, channel: str, user: str) -> None:
    from storage.settings import change

    home, at = context.home.workspace, context.clock()
    await context.write(change, home, OPS_CHANNEL, channel or "off", user, at)
