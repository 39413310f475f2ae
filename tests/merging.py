"""Facts merged as an import does it, without a file."""

from collections.abc import Iterable

from sqlalchemy import Connection

from storage import rollup
from storage.bulk import collecting_later
from storage.facts import DayTuple, compare_days, write_days
from storage.stretches import Counts, count


def merge_days(
    connection: Connection, workspace: int, rows: Iterable[DayTuple], import_id: int
) -> Counts:
    """Store rows, each key at most once, and their rollup; return what they changed."""
    with collecting_later():
        stretches = compare_days(connection, workspace, rows)
        write_days(connection, workspace, stretches, import_id)
        rollup.add_changes(connection, workspace, stretches)
    return count(stretches)
