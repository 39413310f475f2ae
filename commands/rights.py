"""Who may do what: asked here, in one place, before anything is done (reliability row 38)."""

from __future__ import annotations

import logging
from typing import Protocol

from commands import wording
from commands.context import Context
from commands.names import find_name
from storage.errors import KepiError

log = logging.getLogger(__name__)


async def require_member(context: Context, user: str, words: str = wording.GUEST_PRESSES) -> None:
    """Refuse guests, bots and people of other companies."""
    if (await context.people.find(user)).is_guest:
        log.warning("refused", extra={"user": user, "rule": "member"})
        raise KepiError(words)


async def require_own(context: Context, user: str, owner: str, words: str) -> None:
    """Refuse everyone but ``owner`` and the admins of the workspace."""
    person = await context.people.find(user)
    if person.is_guest or (
        user != owner and not person.is_admin and not is_installer(context, user)
    ):
        log.warning("refused", extra={"user": user, "rule": "own"})
        raise KepiError(words)


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
        owner = await find_name(context, kept.owner) if kept.owner else "its owner"
        await require_own(context, user, kept.owner, others.format(owner=owner))


def is_installer(context: Context, user: str) -> bool:
    """Say whether ``user`` installed Kepi, which makes them an admin of it."""
    return bool(context.home.installer) and user == context.home.installer
