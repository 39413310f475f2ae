"""A copy that takes a database's place forgets whoever the database had forgotten since."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.forgetting import forget_again
from storage.kept_again import Forgotten, forgotten_in
from storage.tables import Workspace, table_of

WORKSPACE = table_of(Workspace)


def forget_as_before(before: Path, restored: Path, now: datetime) -> int:
    """Return how many people a restored file was made to forget; 0 where ``before`` is unreadable.

    Both are SQLite files of this schema: the one that was set aside, and the one in its place.
    """
    try:
        with opened(before) as database, database.read() as connection:
            known = known_to(connection)
    except DBAPIError:  # what was damaged enough to be replaced may tell nothing
        return 0
    with opened(restored) as database:
        return sum(
            forget_again(database, workspace, forgotten, "", now)
            for workspace, forgotten in known.items()
            if forgotten
        )


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
