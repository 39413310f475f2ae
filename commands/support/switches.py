"""``/support people`` and ``/support ratings``: off until an admin turns them on (§9.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from commands.context import Context
from commands.rights import require_admin
from commands.saying import declare, say, say_declared
from commands.support import wording
from commands.support.grammar import Verb
from commands.support.requests import Request
from storage.errors import KepiError
from support.rules import FIGURES_BY_PERSON, RATINGS

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Switch(NamedTuple):
    """A choice of the workspace, and what is said of it."""

    key: str
    now: str
    turned_on: str
    turned_off: str


SWITCHES: Mapping[Verb, Switch] = {
    Verb.PEOPLE: Switch(
        FIGURES_BY_PERSON,
        declare(wording.FIGURES_NOW),
        declare(wording.FIGURES_ON),
        declare(wording.FIGURES_OFF),
    ),
    Verb.RATINGS: Switch(
        RATINGS,
        declare(wording.RATINGS_NOW),
        declare(wording.RATINGS_ON),
        declare(wording.RATINGS_OFF),
    ),
}
ON = frozenset({"on", "yes", "an", "true", "1"})
OFF = frozenset({"off", "no", "false", "0"})


async def answer(request: Request) -> None:
    """Turn it on or off, or say how it is."""
    context, words, verb = request.context, request.said.rest.casefold().strip(), request.said.verb
    switch = SWITCHES[verb]
    if not words:
        is_on = await context.read(read_choice, context.home.workspace, switch.key)
        await request.say(say_declared(switch.now, state=say_state(is_on)))
        return
    if words not in ON | OFF:
        raise KepiError(wording.SWITCH_HOW, verb=verb)
    await require_admin(context, request.asker.user)
    is_on = words in ON
    await context.write(choose, context, switch.key, request.asker.user, is_on)
    await request.say(say_declared(switch.turned_on if is_on else switch.turned_off))


def say_state(is_on: bool) -> str:
    return say("on") if is_on else say("off")


def read_choice(connection: Connection, workspace: int, key: str) -> bool:
    from storage import support_notes

    return bool(support_notes.chosen(connection, workspace, key, False))


def choose(connection: Connection, context: Context, key: str, user: str, is_on: bool) -> None:
    from storage import settings

    words = "on" if is_on else "off"
    named = next(it.key for it in settings.SETTINGS.values() if it.key_of() == key)
    settings.change(connection, context.home.workspace, named, words, user, context.clock())
