"""What did not go out and somebody decides on: once more, or never."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Update, func, select, update

from storage.outbox import DELIVERY

LOST = ("dead", "missed")
AGAIN = "again"
"""Why it is looked for in the channel before it is posted: an earlier try may have got there."""


def try_again(connection: Connection, workspace: int, delivery: int, now: datetime) -> bool:
    """Let a message that was given up be due now, however late; say whether it was given up."""
    statement = lost(workspace, delivery).values(
        state="due", wake=now, expires=None, tries=0, holder="", why=AGAIN
    )
    return connection.execute(statement).rowcount > 0


def forget(connection: Connection, workspace: int, delivery: int) -> bool:
    """Let nobody be told of a message any more; say whether it was given up."""
    statement = lost(workspace, delivery).values(state="dropped", why="forgotten")
    return connection.execute(statement).rowcount > 0


def count_sent(connection: Connection, workspace: int, since: datetime) -> dict[str, int]:
    """Return how many messages of each kind went out since a moment."""
    statement = (
        select(DELIVERY.c.kind, func.count())
        .where(*of(workspace), DELIVERY.c.state == "sent", DELIVERY.c.sent >= since)
        .group_by(DELIVERY.c.kind)
    )
    return {kind: int(count) for kind, count in connection.execute(statement)}


def count_late(connection: Connection, workspace: int, since: datetime) -> int:
    """Return how many messages went out late since a moment."""
    statement = select(func.count()).where(
        *of(workspace),
        DELIVERY.c.state == "sent",
        DELIVERY.c.sent >= since,
        DELIVERY.c.late.is_(True),
    )
    return int(connection.execute(statement).scalar_one())


def of(workspace: int) -> tuple[ColumnElement[bool], ...]:
    return (DELIVERY.c.workspace == workspace,)


def lost(workspace: int, delivery: int) -> Update:
    return update(DELIVERY).where(
        *of(workspace), DELIVERY.c.id == delivery, DELIVERY.c.state.in_(LOST)
    )
