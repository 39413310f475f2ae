"""The rules that say when somebody is told; what they mean is for ``kpis.alerts`` to know."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, insert, select, update

from storage.outgoing_tables import AlertRule
from storage.overtaken import Overtaken, overtaken_by
from storage.setting_changes import last_change
from storage.tables import table_of

RULE = table_of(AlertRule)


class RuleRow(NamedTuple):
    """A rule, as it is stored."""

    id: int
    workspace: int
    channel: str
    kind: str
    name: str
    kpi: str
    scope: str
    """JSON, read and written by ``kpis.alerts.rules`` alone, as are ``settings``."""
    settings: str
    owner: str
    by: str
    made: datetime
    paused: datetime | None
    muted: datetime | None
    removed: datetime | None


COLUMNS = tuple(RULE.c[name] for name in RuleRow._fields)


def add_rule(
    connection: Connection,
    workspace: int,
    *,
    channel: str,
    kind: str,
    by: str,
    at: datetime,
    kpi: str = "",
    scope: str = "{}",
    settings: str = "{}",
    name: str = "",
    owner: str = "",
) -> int:
    """Write a rule down and return its id; ``owner`` is whoever made it, unless named."""
    statement = insert(RULE).values(
        workspace=workspace,
        channel=channel,
        kind=kind,
        name=name,
        kpi=kpi,
        scope=scope,
        settings=settings,
        owner=owner or by,
        by=by,
        made=at,
    )
    return int(connection.execute(statement.returning(RULE.c.id)).scalar_one())


def rules(connection: Connection, workspace: int, *, running: bool = False) -> list[RuleRow]:
    """Return the rules that were not removed; with ``running`` not those that are paused."""
    statement = select(*COLUMNS).where(RULE.c.workspace == workspace, RULE.c.removed.is_(None))
    if running:
        statement = statement.where(RULE.c.paused.is_(None))
    return [RuleRow._make(row) for row in connection.execute(statement.order_by(RULE.c.id))]


def rule(connection: Connection, workspace: int, number: int) -> RuleRow | None:
    """Return a rule, also one that was removed."""
    row = connection.execute(select(*COLUMNS).where(*of(workspace, number))).one_or_none()
    return None if row is None else RuleRow._make(row)


def change_rule(connection: Connection, workspace: int, number: int, **values: Any) -> bool:
    """Set columns of a rule that stands; say whether there is one.

    What it watches may change with it, so it is judged from here on as if it were new: give
    ``made`` then.
    """
    statement = update(RULE).where(*of(workspace, number), RULE.c.removed.is_(None))
    return connection.execute(statement.values(**values)).rowcount > 0


def pause_rule(connection: Connection, workspace: int, number: int, at: datetime | None) -> bool:
    """Let a rule rest from ``at`` on; nothing lets it go on."""
    return change_rule(connection, workspace, number, paused=at)


def mute_rule(connection: Connection, workspace: int, number: int, until: datetime | None) -> bool:
    """Let a rule be silent until a moment; nothing lets it speak again."""
    return change_rule(connection, workspace, number, muted=until)


def remove_rule(connection: Connection, workspace: int, number: int, at: datetime) -> bool:
    return change_rule(connection, workspace, number, removed=at)


def overtaken(connection: Connection, workspace: int, number: int) -> Overtaken:
    """Return what to raise for a rule that is not as somebody saw it."""
    row = rule(connection, workspace, number)
    if row is None:
        return Overtaken(is_gone=True)
    last = last_change(connection, workspace, key_of(number), row.channel)
    return overtaken_by(last, is_gone=row.removed is not None)


def key_of(number: int) -> str:
    """Return what the history of settings calls a rule."""
    return f"alert {number}"


def of(workspace: int, number: int) -> tuple[ColumnElement[bool], ...]:
    return (RULE.c.workspace == workspace, RULE.c.id == number)
