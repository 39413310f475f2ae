"""The database that a verb acts on, and the workspace in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.clock import start_clock
from bot.opening import open_database
from bot.settings import read_settings
from storage.database import Database
from storage.workspaces import WorkspaceRow, only_workspace


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
        with database.write() as connection:
            workspace = only_workspace(connection, team)
        yield Home(database, workspace, start_clock(settings.clock))
