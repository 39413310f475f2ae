"""What somebody looked after goes to the admin who lets them be forgotten; the history tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.alerts import noting as of_alerts
from commands.context import Context
from commands.digests import noting as of_digests
from commands.goals import noting as of_goals

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.forgetting import Order

MOST_GOALS = 10_000


def hand_over(connection: Connection, context: Context, order: Order) -> None:
    """Let the heir look after digests, alerts and goals; what else there is goes with the order."""
    user, heir = order.person.user, order.heir
    if user and heir:
        hand_over_digests(connection, context, user, heir)
        hand_over_alerts(connection, context, user, heir)
        hand_over_goals(connection, context, user, heir)


def hand_over_digests(connection: Connection, context: Context, user: str, heir: str) -> None:
    from storage import digests

    workspace, now = context.home.workspace, context.clock()
    for row in digests.all_digests(connection, workspace):
        if row.owner == user:
            with of_digests.noted(connection, context, row.id, heir):
                digests.change(connection, workspace, row._replace(owner=heir), now)


def hand_over_alerts(connection: Connection, context: Context, user: str, heir: str) -> None:
    from storage import alerts

    workspace = context.home.workspace
    for row in alerts.rules(connection, workspace):
        if row.owner == user:
            with of_alerts.noted(connection, context, row.id, heir):
                alerts.change_rule(connection, workspace, row.id, owner=heir)


def hand_over_goals(connection: Connection, context: Context, user: str, heir: str) -> None:
    from storage import goals

    workspace = context.home.workspace
    for row in goals.in_state(connection, workspace, limit=MOST_GOALS):
        if row.owner == user:
            with of_goals.noted(connection, context, row.id, heir):
                goals.change(connection, workspace, row.id, {"owner": heir})
                goals.tell_pace(connection, workspace, row.id, row.pace, was="")  # as it was told
