"""Who may do what: asked here, in one place, before anything is done (reliability row 38).

Admins are Slack's admins and owners, who installed Kepi, and whoever an admin named (design §10);
``commands.rights_table`` says of every act who may.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NoReturn, Protocol

from commands import wording
from commands.context import Context
from commands.known import Person
from commands.names import find_name
from commands.saying import say
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

log = logging.getLogger(__name__)

ADMINS = (
    "Only an admin can do this: an admin or owner of Slack, who installed Kepi, or someone "
    "an admin of Kepi named."
)


async def is_admin(context: Context, user: str) -> bool:
    """Say whether somebody is an admin of Kepi; guests, bots and outsiders never are.

    Asked of the table each time, never of memory: who is removed is one no longer.
    """
    return await holds_office(context, await context.people.find(user))


async def holds_office(context: Context, person: Person) -> bool:
    if person.is_guest:
        return False
    if person.is_admin or is_installer(context, person.id):
        return True
    return await context.read(is_named, context.home.workspace, person.id)


async def require_admin(context: Context, user: str, words: str = "") -> None:
    """Refuse everyone but admins; ``words`` are what they hear instead of the usual."""
    if not await is_admin(context, user):
        refuse(user, "admin", words or say(ADMINS))


async def require_member(context: Context, user: str, words: str = "") -> None:
    """Refuse guests, bots and people of other companies; ``words`` are what they hear instead."""
    if (await context.people.find(user)).is_guest:
        refuse(user, "member", words or say(wording.GUEST_PRESSES))


async def require_own(context: Context, user: str, owner: str, words: str) -> None:
    """Refuse everyone but ``owner`` and the admins of the workspace."""
    person = await context.people.find(user)
    if person.is_guest or (user != owner and not await holds_office(context, person)):
        refuse(user, "own", words)


class Kept(Protocol):
    """Something that people set up: a digest, a goal, an alert rule."""

    @property
    def owner(self) -> str: ...

    @property
    def by(self) -> str:
        """Who set it up."""
        ...


async def require_keeper(
    context: Context, user: str, kept: Kept, *, guests: str, others: str
) -> None:
    """Refuse everyone but who looks after a thing, who set it up, and the admins.

    ``others`` is what those hear, ``{owner}`` in it the owner's name; ``guests`` what guests do.
    """
    await require_member(context, user, guests)
    if user not in (kept.owner, kept.by):
        owner = await find_name(context, kept.owner) if kept.owner else say("its owner")
        await require_own(context, user, kept.owner, others.format(owner=owner))


def is_installer(context: Context, user: str) -> bool:
    """Say whether ``user`` installed Kepi, which makes them an admin of it."""
    return bool(context.home.installer) and user == context.home.installer


def is_named(connection: Connection, workspace: int, person: str) -> bool:
    from storage.admins import is_admin

    return is_admin(connection, workspace, person)


def refuse(user: str, rule: str, words: str) -> NoReturn:
    """Write down that somebody was refused, and tell them."""
    log.warning("refused", extra={"user": user, "rule": rule})
    raise KepiError(words)
