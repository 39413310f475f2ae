"""Where an answer appears, and who sees it (the table of what-people-see)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from commands import wording
from commands.asker import Asker
from commands.context import Context
from commands.landing import land
from commands.rights import refuse
from commands.saying import say

if TYPE_CHECKING:
    from sqlalchemy import Connection

ASKER_ALONE = "In this channel answers are for the asker alone: {command} settings here"


class Shown(Enum):
    """Who sees an answer, and so what it can hold."""

    DIRECT = "the direct message with Kepi: the person, with the chart"
    EVERYONE = "a channel Kepi was invited to: everyone, with the chart"
    ALONE = "the asker alone: text, for private messages cannot carry files"


@dataclass(frozen=True)
class Place:
    """Where one answer goes."""

    shown: Shown
    channel: str
    thread: str | None = None
    hint: str = ""
    """Why there is no chart, where the person can change that."""
    language: str = ""
    """What everyone in the channel reads; empty where it was not looked up."""


async def choose_place(context: Context, asker: Asker, *, private: bool) -> Place:
    """Return where the answer to ``asker`` appears; ``private`` is their own wish.

    Raises ``KepiError`` for guests and people of other companies where the answer would be theirs
    alone: they may read what everyone reads, and ask nothing private (design §10).
    """
    asker = await land(context, asker)
    channel = await context.channels.find(asker.channel)
    person = await context.people.find(asker.user)
    if channel.is_direct:
        place = Place(Shown.DIRECT, asker.channel, asker.thread)
    elif channel.is_shared:
        place = Place(Shown.ALONE, asker.channel, asker.thread, say(wording.SHARED_CHANNEL))
    elif not channel.is_member:
        place = Place(Shown.ALONE, asker.channel, asker.thread, say(wording.NOT_IN_CHANNEL))
    elif private:
        place = Place(Shown.ALONE, asker.channel, asker.thread)
    else:
        place = await as_chosen(context, asker)
    if person.is_guest and place.shown is not Shown.EVERYONE:
        refuse(asker.user, "member", say(wording.GUEST))
    return place


async def as_chosen(context: Context, asker: Asker) -> Place:
    """Return where an answer goes in a channel that may be set to “only the asker”.

    One hop tells that, and the channel's language, which everyone's answer needs in any case. Why
    only the asker sees it is told them once for each channel.
    """
    home, user = context.home.workspace, asker.user
    manners = await context.read(read_manners, home, asker.channel, user)
    if not manners.is_private:
        return Place(Shown.EVERYONE, asker.channel, asker.thread, language=manners.language)
    hint = "" if manners.was_told else await context.write(tell_why, context, asker)
    return Place(Shown.ALONE, asker.channel, asker.thread, hint)


class Manners(NamedTuple):
    """How a channel is answered."""

    is_private: bool
    """Only the asker sees answers."""
    language: str
    was_told: bool
    """The asker knows why."""


def read_manners(connection: Connection, workspace: int, channel: str, user: str) -> Manners:
    from storage.settings import ASKER, SETTINGS, chosen_here
    from storage.support_notes import was_told

    wanted = [SETTINGS["answers"], SETTINGS["language"]]
    found = chosen_here(connection, workspace, channel, wanted)
    is_private = found["answers"].value == ASKER
    knows = is_private and was_told(connection, workspace, why_key(channel, user))
    return Manners(is_private, str(found["language"].value), knows)


def tell_why(connection: Connection, context: Context, asker: Asker) -> str:
    """Return why the asker alone sees the answer, the first time; else nothing."""
    from storage.support_notes import tell_once

    key, home = why_key(asker.channel, asker.user), context.home.workspace
    is_first = tell_once(connection, home, key, context.clock())
    return say(ASKER_ALONE, command=context.home.command) if is_first else ""


def why_key(channel: str, user: str) -> str:
    return f"alone|{user}|{channel}"


def after_refusal(place: Place) -> Place:
    """Return where an answer goes when Slack did not let Kepi post into ``place``."""
    return Place(Shown.ALONE, place.channel, place.thread, say(wording.NOT_IN_CHANNEL))
