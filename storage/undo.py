"""An import taken back: everything is as if it had never come, also under later imports.

Each value of a key was brought by one import, and perhaps seen again, equal, by later ones
(``observed``). Taking back the one that brought it leaves the value to the first of those; where
there is none, the value goes and what it had replaced comes back.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from storage.bulk import fetch, run
from storage.database import Database, take_turns
from storage.errors import KepiError
from storage.mentions import undo_mentions
from storage.observed import Sightings
from storage.records import undo_records
from storage.said import Words
from storage.tables import Import, table_of
from storage.undo_facts import undo_days, undo_windows
from storage.undo_posts import undo_posts
from storage.workspaces import mark_changed

IMPORT = table_of(Import)


class Undone(NamedTuple):
    """What taking an import back did."""

    import_id: int
    file_name: str
    removed: int
    """Values and posts that are gone."""
    restored: int
    """Values and posts that are as they were before."""


def undo(database: Database, workspace: int, import_id: int, at: datetime) -> Undone:
    """Take an import back in one transaction; the accounts and brands that it made stay.

    Raises ``KepiError`` for an import that is not there, or was taken back before.
    """
    with database.write() as connection:
        take_turns(connection, workspace)
        file_name = demand_standing(connection, workspace, import_id)
        sightings = Sightings(connection, workspace, import_id)
        done = undo_days(connection, workspace, import_id, sightings)
        done = done.plus(undo_windows(connection, workspace, import_id, sightings))
        done = done.plus(undo_posts(connection, workspace, import_id, sightings))
        done = done.plus(undo_mentions(connection, workspace, import_id, sightings))
        done = done.plus(undo_records(connection, workspace, import_id, sightings))
        for table in ("watched", "observed"):
            run(
                connection,
                f"DELETE FROM {table} WHERE workspace = ? AND import_id = ?",
                (workspace, import_id),
            )
        here = (IMPORT.c.workspace == workspace) & (IMPORT.c.id == import_id)
        connection.execute(update(IMPORT).where(here).values(undone=at))
        mark_changed(connection, workspace)
    return Undone(import_id, file_name, *done)


def demand_standing(connection: Connection, workspace: int, import_id: int) -> str:
    """Return the file's name of an import that can be taken back."""
    columns = (IMPORT.c.file_name, IMPORT.c.undone)
    row = connection.execute(
        select(*columns).where(IMPORT.c.id == import_id, IMPORT.c.workspace == workspace)
    ).one_or_none()
    if row is None:
        raise KepiError(
            "There is no import {import_id}. {standing}",
            import_id=import_id,
            standing=name_standing(connection, workspace),
        )
    if row.undone is not None:
        raise KepiError(
            "Import {import_id} ({file_name}) was already taken back.",
            import_id=import_id,
            file_name=row.file_name,
        )
    return str(row.file_name)


def name_standing(connection: Connection, workspace: int) -> str:
    """Return a sentence that names the newest imports that can be taken back."""
    rows = fetch(
        connection,
        'SELECT id, file_name FROM "import" WHERE workspace = ? AND undone IS NULL'
        " ORDER BY id DESC LIMIT 3",
        (workspace,),
    )
    if not rows:
        return Words("Nothing was imported that could be taken back.")
    newest = ", ".join(f"{number} ({name})" for number, name in rows)
    return Words("The newest: {newest}.", newest=newest)
