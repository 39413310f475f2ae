"""Where an answer appears, and who sees it (the table of what-people-see)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from commands import wording
from commands.asker import Asker
from commands.context import Context
from commands.saying import say
from storage.errors import KepiError


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


async def choose_place(context: Context, asker: Asker, *, private: bool) -> Place:
    """Return where the answer to ``asker`` appears; ``private`` is their own wish.

    Raises ``KepiError`` for guests and people of other companies where the answer would be theirs
    alone: they may read what everyone reads, and ask nothing private (design §10).
    """
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
        place = Place(Shown.EVERYONE, asker.channel, asker.thread)
    if person.is_guest and place.shown is not Shown.EVERYONE:
        raise KepiError(say(wording.GUEST))
    return place


def after_refusal(place: Place) -> Place:
    """Return where an answer goes when Slack did not let Kepi post into ``place``."""
    return Place(Shown.ALONE, place.channel, place.thread, say(wording.NOT_IN_CHANNEL))
