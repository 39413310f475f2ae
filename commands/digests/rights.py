"""Who may change a digest: its owner, who set it up, and admins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.context import Context
from commands.digests import words
from commands.names import find_name
from commands.rights import require_member, require_own

if TYPE_CHECKING:
    from kpis.digests.plan import Plan


async def require_digest_right(context: Context, user: str, plan: Plan) -> None:
    """Refuse everyone else, with whom to ask."""
    await require_member(context, user, words.GUESTS)
    if user in (plan.owner, plan.by):
        return
    owner = await find_name(context, plan.owner)
    await require_own(context, user, plan.owner, words.NOT_YOURS.format(owner=owner))
