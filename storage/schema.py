"""The schema: brought to the newest revision in one transaction, or left as it was."""

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from storage.database import Database, take_turns
from storage.errors import SettingsError

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0005"
"""The newest revision: known without loading Alembic, which a start does not need."""
SCHEMA_TURN = -1
"""Changes of schema wait for each other; imports take the turn of their workspace's id."""


ALONE = Lock()
"""Alembic's ``op`` is one for the process: of two threads, one would change the other's file."""


def migrate(database: Database, revision: str = "head") -> None:
    """Bring the schema to ``revision``: all of it, or none of it where it is interrupted."""
    from alembic import command

    with ALONE, database.reshape() as connection:
        take_turns(connection, SCHEMA_TURN)
        command.upgrade(configure(connection), revision)


def step_back(database: Database, revision: str) -> None:
    """Take the schema back to ``revision`` (``base``: no tables at all)."""
    from alembic import command

    with ALONE, database.reshape() as connection:
        command.downgrade(configure(connection), revision)


def configure(connection: Connection) -> "Config":
    """Return Alembic's settings, made in code and bound to ``connection``."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def is_current(database: Database) -> bool:
    """Return whether the schema is the one that this program was written for."""
    with database.read() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    return list(found) == [HEAD]


def require_current(database: Database) -> None:
    """Let an SQLite file catch up; refuse an out-of-date PostgreSQL schema."""
    if is_current(database):
        return
    if not database.sqlite:
        raise SettingsError("The database schema is out of date. Run: python -m bot migrate")
    migrate(database)
