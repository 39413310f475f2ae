"""Channels that something shall be told in by itself: whether Kepi can, said in one way."""

from __future__ import annotations

from commands.context import Context
from commands.known import Channel
from commands.saying import say
from commands.support.sight import may_see
from storage.errors import KepiError

NOT_A_CHANNEL = "It goes to a channel, so that whoever is there can act. Choose one."
ARCHIVED = "{name} is archived. Choose a channel that people read."
NOT_IN = "I'm not in {name}. Write /invite @Kepi there, then {then}."
UNSEEN = "I can't see that channel. If it is private, write /invite @Kepi there, then {then}."
SHARED = "{name} is shared with another company. Choose a channel of your own."


async def require_channel(
    context: Context, channel: str, user: str = "", *, then: str = "save again"
) -> Channel:
    """Return a channel as Slack knows it now; whether it is shared is the caller's to judge.

    Raises ``KepiError`` where nothing can be posted, or where ``user``, if given, may not look
    in: a private channel is not even named to them. ``then`` ends what would help.
    """
    context.channels.forget(channel)
    found = await context.channels.find(channel)
    name = f"#{found.name}"
    if found.is_direct or not channel.startswith(("C", "G")):
        raise KepiError(NOT_A_CHANNEL)
    if not found.name or (user and not await may_see(context, user, channel)):
        raise KepiError(UNSEEN, then=say_then(then))
    if found.is_archived:
        raise KepiError(ARCHIVED, name=name)
    if not found.is_member:
        raise KepiError(NOT_IN, name=name, then=say_then(then))
    return found


def say_then(then: str) -> str:
    """Return what would help in the end, in the spoken language."""
    match then:
        case "try again":
            return say("try again")
        case "open its settings again":
            return say("open its settings again")
        case _:
            return say("save again")


async def require_own_channel(
    context: Context, channel: str, user: str = "", *, then: str = "save again"
) -> Channel:
    """Return a channel whose readers are all of this workspace; raises as ``require_channel``."""
    found = await require_channel(context, channel, user, then=then)
    if found.is_shared:
        raise KepiError(SHARED, name=f"#{found.name}")
    return found


async def is_read_outside(context: Context, channel: str) -> bool:
    """Say whether another company reads a channel; a direct message is read by nobody else.

    Slack is asked anew: an event that told of it may have been lost, and what is said cannot be
    taken back.
    """
    if not channel.startswith(("C", "G")):
        return False
    context.channels.forget(channel)
    return (await context.channels.find(channel)).is_shared
