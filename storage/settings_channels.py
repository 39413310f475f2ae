"""How every channel is set up, read at once: for a file of settings about hundreds of them."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from storage.issue_tables import DeskRules, WorkingHours
from storage.tables import table_of

RULES, HOURS = table_of(DeskRules), table_of(WorkingHours)


class RulesNow(NamedTuple):
    """The newest version of a channel's rules."""

    since: datetime
    rules: str
    """JSON (``support.rulebook``)."""
    by: str


class HoursNow(NamedTuple):
    """The newest version of a calendar's week."""

    zone: str
    week: str
    """JSON (``support.week``)."""


def newest_rules(
    connection: Connection, workspace: int, channel: str | None = None
) -> dict[str, RulesNow]:
    """Return the newest rules by channel: of every channel, or of one."""
    newest = (
        select(RULES.c.channel, func.max(RULES.c.since).label("since"))
        .where(RULES.c.workspace == workspace)
        .group_by(RULES.c.channel)
    )
    if channel is not None:
        newest = newest.where(RULES.c.channel == channel)
    last = newest.subquery()
    statement = select(RULES.c.channel, RULES.c.since, RULES.c.rules, RULES.c.by).where(
        RULES.c.workspace == workspace,
        RULES.c.channel == last.c.channel,
        RULES.c.since == last.c.since,
    )
    return {held: RulesNow(*row) for held, *row in connection.execute(statement)}


def newest_hours(connection: Connection, workspace: int) -> dict[int, HoursNow]:
    """Return the newest week by calendar; of one date, the one that was written last."""
    statement = (
        select(HOURS.c.calendar, HOURS.c.zone, HOURS.c.week)
        .where(HOURS.c.workspace == workspace)
        .order_by(HOURS.c.since, HOURS.c.id)
    )
    return {calendar: HoursNow(*row) for calendar, *row in connection.execute(statement)}
