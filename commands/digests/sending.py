"""Sending a digest because somebody asked for it, and not because it is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.context import Context
from commands.digests.planning import LATEST
from commands.digests.reading import period_key

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.digests.plan import Plan


def send_now(
    connection: Connection, context: Context, plan: Plan, key: str, user: str, again: str = ""
) -> bool:
    """Write a period's digest down as due now; ``again`` tells it from what went out before."""
    from storage import digests, outbox

    now, period = context.clock(), period_key(plan, key)
    return outbox.add(
        connection,
        context.home.workspace,
        channel=plan.channel,
        kind=digests.KIND,
        period=f"{period}:{again}" if again else period,
        due=now,
        now=now,
        body={"owner": plan.owner, "asked": user},
        expires=now + LATEST,
        revive=True,
    )
