"""A copy that takes a database's place forgets whoever the database had forgotten since."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.errors import KepiError
from storage.forgetting import Order, begin, carry_out, find_orders, forget_again
from storage.installations import depart, departures, uninstall
from storage.kept.again import Forgotten, forgotten_in
from storage.tables import Workspace, table_of

WORKSPACE = table_of(Workspace)


def forget_as_before(before: Path, restored: Path, now: datetime) -> int:
    """Return how many people a restored file was made to forget; 0 where ``before`` is unreadable.

    Both are SQLite files of this schema: the one that was set aside, and the one in its place.
    """
    try:
        with opened(before) as database, database.read() as connection:
            known, gone = known_to(connection), departed_from(connection)
            begun = {workspace: find_orders(connection, workspace) for workspace in known}
    except DBAPIError:  # what was damaged enough to be replaced may tell nothing
        return 0
    with opened(restored) as database:
        depart_again(database, gone)
        count = sum(
            forget_again(database, workspace, forgotten, "", now)
            for workspace, forgotten in known.items()
            if forgotten
        )
        return count + sum(go_on(database, it, orders, now) for it, orders in begun.items())


def go_on(database: Database, workspace: int, orders: list[Order], now: datetime) -> int:
    """Forget in a restored file whoever was just being forgotten; return how many."""
    with database.read() as connection:
        here = select(WORKSPACE.c.id).where(WORKSPACE.c.id == workspace)
        if connection.execute(here).first() is None:
            return 0
    for order in orders:
        with database.write() as connection:
            try:
                fresh = begin(connection, workspace, order.person, "", now)
            except KepiError:
                continue  # there it is an account of a brand
        carry_out(database, workspace, fresh, now)
    return len(orders)


def departed_from(connection: Connection) -> dict[str, tuple[datetime, datetime]]:
    """Return the teams that removed Kepi: since when, and when they are to be erased."""
    rows = connection.execute(select(WORKSPACE.c.id, WORKSPACE.c.team_id))
    teams = {int(workspace): team for workspace, team in rows}
    found = departures(connection)
    return {team: (at, erase) for it, at, erase in found if (team := teams.get(it))}


def depart_again(database: Database, gone: dict[str, tuple[datetime, datetime]]) -> None:
    """Let teams that removed Kepi since be erased in their time; their old tokens go at once."""
    with database.write() as connection:
        for team, (at, erase) in gone.items():
            here = select(WORKSPACE.c.id).where(WORKSPACE.c.team_id == team)
            workspace = connection.execute(here).scalar()
            if workspace is not None:
                uninstall(connection, workspace)
                depart(connection, workspace, at, (erase - at).days)


def known_to(connection: Connection) -> dict[int, list[Forgotten]]:
    """Return who was forgotten in each workspace."""
    found = connection.execute(select(WORKSPACE.c.id)).scalars().all()
    return {workspace: forgotten_in(connection, workspace) for workspace in found}


@contextmanager
def opened(file: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{file}")
    try:
        yield database
    finally:
        database.close()
