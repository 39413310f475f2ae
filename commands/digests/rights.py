"""Who may change a digest: its owner, who set it up, and admins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.context import Context
from commands.digests import words
from commands.rights import require_keeper
from commands.saying import say

if TYPE_CHECKING:
    from kpis.digests.plan import Plan


async def require_digest_right(context: Context, user: str, plan: Plan) -> None:
    """Refuse everyone else, with whom to ask."""
    guests, others = say(words.GUESTS), say(words.NOT_YOURS)
    await require_keeper(context, user, plan, guests=guests, others=others)
