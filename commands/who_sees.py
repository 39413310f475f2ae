"""Whose issues an answer may tell of: what is said in a private channel stays with its members."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.calls import FAULTS
from commands.context import Context
from commands.pressed import Pressed
from commands.rights import refuse
from commands.saying import say
from commands.support.sight import visible

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.asking import Reply

log = logging.getLogger(__name__)

GUESTS_AND_ISSUES = "Guests can't ask about customer issues. A member of the workspace can."


@dataclass(frozen=True)
class Readers:
    """Who reads an answer: somebody alone, or everyone in a channel."""

    user: str
    channel: str = ""
    """Everyone in it reads the answer; empty where ``user`` does alone."""


def readers_of(pressed: Pressed) -> Readers:
    """Return who reads the message that was pressed: nobody else is told more by a press."""
    asker = pressed.asker
    if pressed.is_private or asker.is_direct or not asker.channel:
        return Readers(asker.user)
    return Readers(asker.user, asker.channel)


async def hidden_from(context: Context, readers: Readers) -> frozenset[str]:
    """Return the channels of whose issues nothing may be told to these readers.

    In a channel that is every private one but itself; for a person, those they are not in.
    """
    held = await context.read(channels_of_issues, context.home.workspace)
    return await hidden_among(context, readers, held) if held else held


async def hidden_among(context: Context, readers: Readers, held: frozenset[str]) -> frozenset[str]:
    """Return which of the channels that hold issues are hidden from these readers."""
    await context.people.find(readers.user)  # once, and not for each channel
    hidden = held - await visible(context, readers.user, held)
    if readers.channel:
        hidden |= await closed_among(context, held - {readers.channel} - hidden)
    return frozenset(hidden)


async def hidden_in(context: Context, channel: str) -> frozenset[str]:
    """Return the channels of whose issues ``channel`` is told nothing, whoever joins it later."""
    held = await context.read(channels_of_issues, context.home.workspace)
    return await closed_among(context, held - {channel})


async def closed_among(context: Context, channels: frozenset[str]) -> frozenset[str]:
    """Return those of some channels that not every member may read."""
    asked = sorted(channels)
    public = await asyncio.gather(*(is_public(context, it) for it in asked))
    return frozenset(it for it, is_open in zip(asked, public, strict=True) if not is_open)


async def is_public(context: Context, channel: str) -> bool:
    """Say whether every member may read a channel; where Slack does not say, the answer is no."""
    try:
        found = await context.channels.find(channel)
    except FAULTS as fault:
        log.info("a channel is unknown", extra={"why": str(fault)[:200]})
        return False
    return bool(found.name) and not found.is_private and not found.is_direct


def channels_of_issues(connection: Connection, workspace: int) -> frozenset[str]:
    from kpis.service_desks import channels_of_issues

    return channels_of_issues(connection, workspace)


def is_of_issues(reply: Reply) -> bool:
    """Say whether a reply tells figures of customer issues."""
    from kpis.asking import Answers
    from kpis.catalogue import CATALOGUE, Service

    return isinstance(reply, Answers) and any(
        isinstance(CATALOGUE.get(it.question.kpi), Service) for it in reply.answers
    )


async def refuse_guests(context: Context, user: str, reply: Reply) -> None:
    """Raise ``KepiError`` where a guest is about to read figures of customer issues."""
    if is_of_issues(reply) and (await context.people.find(user)).is_guest:
        refuse(user, "member", say(GUESTS_AND_ISSUES))
