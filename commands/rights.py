"""Who may do what: asked here, in one place, before anything is done (reliability row 38)."""

from __future__ import annotations

import logging

from commands import wording
from commands.context import Context
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


def is_installer(context: Context, user: str) -> bool:
    """Say whether ``user`` installed Kepi, which makes them an admin of it."""
    return bool(context.home.installer) and user == context.home.installer
