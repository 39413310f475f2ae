"""Opening the database that the settings name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from bot.settings import Settings, database_url
from storage.database import Database
from storage.errors import SettingsError
from storage.schema import require_current
from storage.soundness import find_damage_at_start, path_of


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """Give the database with an up-to-date schema; raises ``SettingsError`` where it cannot be."""
    database = Database(database_url(settings))
    try:
        if database.sqlite:
            require_sound(database)
        try:
            require_current(database)
        except DBAPIError as fault:
            place = database.url.render_as_string(hide_password=True)
            raise SettingsError(f"The database at {place} cannot be opened.") from fault
        yield database
    finally:
        database.close()


def require_sound(database: Database) -> None:
    """Refuse a file that SQLite finds damaged, and one that is gone while copies of it are there.

    Nothing is ever made anew in its place (reliability row 19): a copy has to be restored.
    """
    file = path_of(database)
    is_gone = not file.exists() or not file.stat().st_size
    damage = "" if is_gone else find_damage_at_start(file)
    if not (is_gone or damage):
        return
    from storage.backup_manifest import copies_of, suggest

    if damage:
        raise SettingsError(f"The database at {file} is damaged ({damage}). {suggest(file)}")
    if copies_of(file):
        raise SettingsError(
            f"The database at {file} is gone, but there are copies of it. {suggest(file)} "
            "To begin without data, move them away."
        )
