"""Opening the database that the settings name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from bot.settings import Settings, database_url
from storage.database import Database
from storage.errors import SettingsError
from storage.schema import require_current


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """Give the database with an up-to-date schema; raises ``SettingsError`` where it cannot be."""
    database = Database(database_url(settings))
    try:
        try:
            require_current(database)
        except DBAPIError as fault:
            place = database.url.render_as_string(hide_password=True)
            raise SettingsError(f"The database at {place} cannot be opened.") from fault
        yield database
    finally:
        database.close()
