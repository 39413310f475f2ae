"""Opening the database that the settings name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
            require_sound(path_of(database))
        try:
            require_current(database)
        except DBAPIError as fault:
            place = database.url.render_as_string(hide_password=True)
            raise SettingsError(f"The database at {place} cannot be opened.") from fault
        yield database
    finally:
        database.close()


def require_sound(file: Path) -> None:
    """Refuse a file that SQLite finds damaged, and one that is gone while it, or a copy, is near.

    Nothing is ever made anew in its place (reliability row 19): a copy has to be restored.
    """
    is_gone = not file.exists() or not file.stat().st_size
    damage = "" if is_gone else find_damage_at_start(file)
    if not (is_gone or damage):
        return
    from storage.backup_manifest import copies_of, cut_off, suggest

    if damage:
        raise SettingsError(f"The database at {file} is damaged ({damage}). {suggest(file)}")
    if aside := cut_off(file):
        raise SettingsError(
            f"The database at {file} is gone: a restore that was cut off moved it to {aside}. "
            "Run that restore again, or move it back. To begin without data, move it away."
        )
    if copies_of(file):
        raise SettingsError(
            f"The database at {file} is gone, but there are copies of it. {suggest(file)} "
            "To begin without data, move them away."
        )
