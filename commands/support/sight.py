"""Which issues a person may see: what is said in a private channel stays with its members."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable

from commands.calls import FAULTS
from commands.context import Context
from commands.support.people import channel_members

log = logging.getLogger(__name__)


async def may_see(context: Context, user: str, channel: str) -> bool:
    """Say whether a member of the workspace may see what is said in a channel.

    Public channels are everybody's but guests'. Where Slack does not say, the answer is no.
    """
    try:
        if (await context.people.find(user)).is_guest:
            return False
        found = await context.channels.find(channel)
        if found.name and not found.is_private and not found.is_direct:
            return True
        return user in await channel_members(context, channel)
    except FAULTS as fault:
        log.info("a channel's members are unknown", extra={"why": str(fault)[:200]})
        return False


async def visible(context: Context, user: str, channels: Iterable[str]) -> set[str]:
    """Return those of some channels that a person may see into, each asked about once."""
    wanted = sorted(set(channels))
    told = await asyncio.gather(*(may_see(context, user, it) for it in wanted))
    return {channel for channel, may in zip(wanted, told, strict=True) if may}
