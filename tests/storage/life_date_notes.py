"""Every verb on notes of dates, for the watch over queries."""

from datetime import UTC, date, datetime, timedelta

from storage import date_notes
from storage.database import Database

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def live(database: Database, workspace: int) -> None:
    """Call each verb once or more."""
    first = date(2026, 11, 12)
    with database.write() as connection:
        row = date_notes.add(connection, workspace, first, first + DAY, "Black Week", "U1", AT)
        date_notes.add(connection, workspace, first, first + DAY, "Black Week", "U1", AT)
        date_notes.change(
            connection, workspace, row.id, 1, first, first + 2 * DAY, "Fair", "U1", AT
        )
        date_notes.remove(connection, workspace, row.id, 2, "U1", AT)
        date_notes.bring_back(connection, workspace, row.id, "U1", AT)
    with database.read() as connection:
        date_notes.find(connection, workspace, row.id)
        date_notes.notes_between(connection, workspace, first, first + DAY)
        date_notes.standing_notes(connection, workspace)
        date_notes.count(connection, workspace)
        date_notes.last_change(connection, workspace, row.id)
