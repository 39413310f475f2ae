"""How all goals stand: the one call that digests, alerts and lists make."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from kpis.goals.judge import judge
from kpis.goals.state import Standing
from kpis.surroundings import Surroundings
from storage.goals import GoalRow, in_state

__all__ = ["Standing", "standings"]


def standings(
    connection: Connection,
    around: Surroundings,
    now: datetime,
    *,
    private_of: str = "",
    drawn: bool = True,
) -> list[Standing]:
    """Return every open goal, judged at ``now`` (aware); those that end first before the others.

    Private ones are left out, but those of ``private_of``, a user id.
    """
    rows = [it for it in in_state(connection, around.workspace) if is_shown(it, private_of)]
    return [judge(it, connection, around, now, drawn=drawn) for it in rows]


def is_shown(row: GoalRow, user: str) -> bool:
    """Whether a goal is everybody's to see, or this user's own."""
    return not row.scoped.get("private") or user in (row.owner, row.by)
