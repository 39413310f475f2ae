"""Who changed a channel's settings, and when: every version of its rules names both."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from storage.issue_tables import DeskRules
from storage.tables import table_of

RULES = table_of(DeskRules)


class RulesChange(NamedTuple):
    """A version of a channel's rules: since when, and by whom."""

    since: datetime
    by: str


def changes_of(connection: Connection, workspace: int, channel: str) -> list[RulesChange]:
    """Return a channel's changes of rules, oldest first."""
    statement = (
        select(RULES.c.since, RULES.c.by)
        .where(RULES.c.workspace == workspace, RULES.c.channel == channel)
        .order_by(RULES.c.since)
    )
    return [RulesChange(since, by) for since, by in connection.execute(statement)]
