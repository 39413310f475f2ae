"""Window facts, merged: different people in some days, as the platform counted them."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import Connection

from storage.bulk import fetch, insert
from storage.facts import NEWER
from storage.stretches import Counts

WindowTuple = tuple[str, int, int, int, int]
"""Measure, account, start and end as day numbers, value."""
Old = tuple[int, int]
"""What was held: its value, and the import it came from."""

WINDOW = ("workspace", "measure", "account", "start", "end", "value", "import_id")
REVISION = ("workspace", "measure", "account", "start", "end", "replaced_by", "value", "import_id")
NEWER_WINDOW = f'(workspace, measure, account, start, "end") {NEWER}'


class WindowChanges(NamedTuple):
    """Windows beside what is held: only these are written."""

    new: Sequence[WindowTuple]
    changed: Sequence[WindowTuple]
    old: Sequence[Old]
    """What was held of each changed window."""
    same: int

    @property
    def counts(self) -> Counts:
        return Counts(len(self.new), len(self.changed), self.same)


def compare_windows(
    connection: Connection, workspace: int, rows: Iterable[WindowTuple]
) -> WindowChanges:
    """Tell new, changed and equal windows apart."""
    new: list[WindowTuple] = []
    changed: list[WindowTuple] = []
    old: list[Old] = []
    same = 0
    for (measure, account), group in groupby(sorted(rows), key=itemgetter(0, 1)):
        asked = list(group)
        held = held_windows(connection, (workspace, measure, account, asked[0][2], asked[-1][2]))
        for row in asked:
            was = held.get(row[2:4])
            if was is None:
                new.append(row)
            elif was[0] != row[4]:
                changed.append(row)
                old.append(was)
            else:
                same += 1
    return WindowChanges(new, changed, old, same)


def held_windows(
    connection: Connection, place: tuple[int, str, int, int, int]
) -> dict[tuple[int, int], Old]:
    found = fetch(
        connection,
        'SELECT start, "end", value, import_id FROM window_fact WHERE workspace = ?'
        " AND measure = ? AND account = ? AND start BETWEEN ? AND ?",
        place,
    )
    return {(start, end): (value, source) for start, end, value, source in found}


def write_windows(
    connection: Connection, workspace: int, changes: WindowChanges, import_id: int
) -> None:
    """Write window facts and the revisions of those that they supersede."""
    new = [(workspace, *row, import_id) for row in changes.new]
    insert(connection, "window_fact", WINDOW, new)
    superseded = [
        (workspace, *row[:4], import_id, *old)
        for row, old in zip(changes.changed, changes.old, strict=True)
    ]
    insert(connection, "revision", REVISION, superseded)
    changed = [(workspace, *row, import_id) for row in changes.changed]
    insert(connection, "window_fact", WINDOW, changed, NEWER_WINDOW)
