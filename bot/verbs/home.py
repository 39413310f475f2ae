"""The database that a verb acts on, and the workspace in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.clock import start_clock
from bot.opening import open_database
from bot.settings import read_settings
from storage.database import Database
from storage.tables import Workspace, table_of
from storage.workspaces import WorkspaceRow, only_workspace

WORKSPACE = table_of(Workspace)


@dataclass(frozen=True)
class Home:
    """An open database, the workspace, and the clock."""

    database: Database
    workspace: WorkspaceRow
    clock: Callable[[], datetime]


@contextmanager
def open_home(team: str | None = None) -> Iterator[Home]:
    """Open the database of the environment at its only workspace, or at ``team``'s."""
    settings = read_settings()
    with open_database(settings) as database:
        yield Home(database, find_workspace(database, team), start_clock(settings.clock))


def find_workspace(database: Database, team: str | None) -> WorkspaceRow:
    """Return the workspace; only the very first is written, so that reading waits for nobody."""
    with database.read() as connection:
        if team is not None or connection.execute(select(WORKSPACE.c.id).limit(1)).first():
            return only_workspace(connection, team)
    with database.write() as connection:
        return only_workspace(connection)
