"""Policies: what a team promises. A change is a new row; the old one keeps until when it held."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, insert, select, update

from storage.database import take_turns
from storage.issue_tables import Policy
from storage.tables import table_of
from storage.workspaces import mark_changed

TABLE = table_of(Policy)


class PolicyRow(NamedTuple):
    """A policy as it was from ``since`` until before ``until``."""

    id: int
    name: str
    since: datetime
    until: datetime | None
    policy: str
    """JSON (``support.policies``)."""
    by: str


COLUMNS = tuple(TABLE.c[name] for name in PolicyRow._fields)


def save(
    connection: Connection, workspace: int, name: str, policy: str, by: str, at: datetime
) -> int:
    """Let a policy hold from ``at`` on, in the place of the one of its name; return its row."""
    take_turns(connection, workspace)
    retire(connection, workspace, name, at)
    values = {"name": name, "since": at, "until": None, "policy": policy, "by": by}
    statement = insert(TABLE).values(workspace=workspace, **values).returning(TABLE.c.id)
    return int(connection.execute(statement).scalar_one())


def retire(connection: Connection, workspace: int, name: str, at: datetime) -> bool:
    """Let a policy hold for no new issue from ``at`` on; return whether it did."""
    here = (TABLE.c.workspace == workspace) & (TABLE.c.name == name) & TABLE.c.until.is_(None)
    ended = connection.execute(update(TABLE).where(here).values(until=at)).rowcount
    mark_changed(connection, workspace)
    return ended > 0


def current(connection: Connection, workspace: int) -> list[PolicyRow]:
    """Return the policies that hold for new issues, by name."""
    return find(connection, workspace, TABLE.c.until.is_(None), TABLE.c.name)


def history(connection: Connection, workspace: int) -> list[PolicyRow]:
    """Return every row there ever was, in order of time."""
    return find(connection, workspace, TABLE.c.id > 0, TABLE.c.since)


def find(
    connection: Connection,
    workspace: int,
    condition: ColumnElement[bool],
    by: ColumnElement[object],
) -> list[PolicyRow]:
    statement = (
        select(*COLUMNS).where(TABLE.c.workspace == workspace, condition).order_by(by, TABLE.c.id)
    )
    return [PolicyRow._make(row) for row in connection.execute(statement)]
