"""Who an admin made an admin of Kepi; Slack's own admins and the installer need no row."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, select

from storage.bulk import fetch
from storage.house_tables import Admin
from storage.tables import instant_number, table_of

ADMIN = table_of(Admin)


class AdminRow(NamedTuple):
    """Somebody who was made an admin, by whom and when."""

    person: str
    by: str
    at: datetime


def add_admin(connection: Connection, workspace: int, person: str, by: str, at: datetime) -> bool:
    """Make somebody an admin; say whether they were not one by this table before."""
    statement = (
        "INSERT INTO admin (workspace, person, by, at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (workspace, person) DO NOTHING RETURNING person"
    )
    return bool(fetch(connection, statement, (workspace, person, by, instant_number(at))))


def remove_admin(connection: Connection, workspace: int, person: str) -> bool:
    """Take it back; say whether there was something to take back."""
    here = (ADMIN.c.workspace == workspace) & (ADMIN.c.person == person)
    return connection.execute(delete(ADMIN).where(here)).rowcount > 0


def is_admin(connection: Connection, workspace: int, person: str) -> bool:
    """Say whether somebody was made an admin."""
    here = (ADMIN.c.workspace == workspace) & (ADMIN.c.person == person)
    return connection.execute(select(ADMIN.c.person).where(here)).first() is not None


def admins(connection: Connection, workspace: int) -> list[AdminRow]:
    """Return who was made an admin, oldest first."""
    statement = (
        select(ADMIN.c.person, ADMIN.c.by, ADMIN.c.at)
        .where(ADMIN.c.workspace == workspace)
        .order_by(ADMIN.c.at, ADMIN.c.person)
    )
    return [AdminRow._make(row) for row in connection.execute(statement)]
