"""Facts and window facts, merged: the newest observation wins, the one before it is kept.

Rows are tuples of plain numbers, because most of an import's time goes into making rows:
days ``(measure, platform, day_number, account_id, value)``, windows
``(measure, account_id, start, end, value)``.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import Connection

from storage import rollup
from storage.bulk import fetch, insert
from storage.measures import AccountDays, Unique

DayTuple = tuple[str, str, int, int, int]
WindowTuple = tuple[str, int, int, int, int]
Old = tuple[int, int]
"""What was held of a row: its value, and the import it came from."""

FACT = ("workspace", "measure", "platform", "day", "account", "value", "import_id")
WINDOW = ("workspace", "measure", "account", "start", "end", "value", "import_id")
REVISION = ("workspace", "measure", "account", "start", "end", "replaced_by", "value", "import_id")
NEWER = "DO UPDATE SET value = excluded.value, import_id = excluded.import_id"
NEWER_FACT = f"(workspace, measure, platform, day, account) {NEWER}"
NEWER_WINDOW = f'(workspace, measure, account, start, "end") {NEWER}'
WINDOW_MEASURES = frozenset(
    name for name, measure in AccountDays.measures().items() if measure.kind is Unique
)
"""The measures that count people: they have windows, all others have days."""


class Counts(NamedTuple):
    """How many rows were new, differed from what was held, or said the same."""

    added: int = 0
    changed: int = 0
    same: int = 0

    def plus(self, other: "Counts") -> "Counts":
        return Counts(*map(sum, zip(self, other, strict=True)))


class DayChanges(NamedTuple):
    """Day rows beside what is held: only these are written."""

    new: list[DayTuple]
    changed: list[DayTuple]
    old: list[Old]
    """What was held of each changed row, in their order."""
    same: int

    @property
    def counts(self) -> Counts:
        return Counts(len(self.new), len(self.changed), self.same)


class WindowChanges(NamedTuple):
    """Window rows beside what is held."""

    new: list[WindowTuple]
    changed: list[WindowTuple]
    old: list[Old]
    same: int

    @property
    def counts(self) -> Counts:
        return Counts(len(self.new), len(self.changed), self.same)


def merge_days(
    connection: Connection, workspace: int, rows: Iterable[DayTuple], import_id: int
) -> Counts:
    """Store day rows, each key once, with their rollup; return what they changed."""
    changes = compare_days(connection, workspace, rows)
    write_days(connection, workspace, changes, import_id)
    count_days(connection, workspace, changes)
    return changes.counts


def merge_windows(
    connection: Connection, workspace: int, rows: Iterable[WindowTuple], import_id: int
) -> Counts:
    """Store window rows, each key once; return what they changed."""
    changes = compare_windows(connection, workspace, rows)
    write_windows(connection, workspace, changes, import_id)
    return changes.counts


def compare_days(connection: Connection, workspace: int, rows: Iterable[DayTuple]) -> DayChanges:
    """Tell new, changed and equal rows apart, in the order of the key."""
    changes = DayChanges([], [], [], 0)
    new, changed, old, same = changes
    for (measure, platform), group in groupby(sorted(rows), key=itemgetter(0, 1)):
        asked = list(group)
        held = held_days(connection, workspace, measure, platform, asked)
        if not held:
            new.extend(asked)
            continue
        for row in asked:
            was = held.get(row[2:4])
            if was is None:
                new.append(row)
            elif was[0] != row[4]:
                changed.append(row)
                old.append(was)
            else:
                same += 1
    return changes._replace(same=same)


def held_days(
    connection: Connection, workspace: int, measure: str, platform: str, rows: Sequence[DayTuple]
) -> dict[tuple[int, int], Old]:
    """Return what is held of a measure by day and account, at least for the keys of ``rows``."""
    found = fetch(
        connection,
        "SELECT day, account, value, import_id FROM fact WHERE workspace = ? AND measure = ?"
        " AND platform = ? AND day BETWEEN ? AND ?",
        (workspace, measure, platform, rows[0][2], rows[-1][2]),
    )
    return {(day, account): (value, source) for day, account, value, source in found}


def write_days(connection: Connection, workspace: int, changes: DayChanges, import_id: int) -> None:
    """Write facts and revisions, without the rollup."""
    new = [(workspace, *row, import_id) for row in changes.new]
    insert(connection, "fact", FACT, new)
    if not changes.changed:
        return
    superseded = [
        (workspace, measure, account, day, day + 1, import_id, *old)
        for (measure, _, day, account, _), old in zip(changes.changed, changes.old, strict=True)
    ]
    insert(connection, "revision", REVISION, superseded)
    changed = [(workspace, *row, import_id) for row in changes.changed]
    insert(connection, "fact", FACT, changed, NEWER_FACT)


def count_days(connection: Connection, workspace: int, changes: DayChanges) -> None:
    """Bring the rollup up to the changes."""
    standings = rollup.standings(connection, workspace)
    sums: dict[rollup.Slot, tuple[int, int, int]] = {}
    for measure, platform, day, account, value in changes.new:
        own, mark = standings[account]
        slot = (measure, platform, own, day)
        total, n, who = sums.get(slot, (0, 0, 0))
        sums[slot] = (total + value, n + 1, who + mark)
    for (measure, platform, day, account, value), (before, _) in zip(
        changes.changed, changes.old, strict=True
    ):
        slot = (measure, platform, standings[account].own, day)
        total, n, who = sums.get(slot, (0, 0, 0))
        sums[slot] = (total + value - before, n, who)
    rollup.add(connection, workspace, sums)


def compare_windows(
    connection: Connection, workspace: int, rows: Iterable[WindowTuple]
) -> WindowChanges:
    """Tell new, changed and equal windows apart, in the order of the key."""
    changes = WindowChanges([], [], [], 0)
    new, changed, old, same = changes
    for (measure, account), group in groupby(sorted(rows), key=itemgetter(0, 1)):
        asked = list(group)
        found = fetch(
            connection,
            'SELECT start, "end", value, import_id FROM window_fact WHERE workspace = ?'
            " AND measure = ? AND account = ? AND start BETWEEN ? AND ?",
            (workspace, measure, account, asked[0][2], asked[-1][2]),
        )
        held = {(start, end): (value, source) for start, end, value, source in found}
        for row in asked:
            was = held.get(row[2:4])
            if was is None:
                new.append(row)
            elif was[0] != row[4]:
                changed.append(row)
                old.append(was)
            else:
                same += 1
    return changes._replace(same=same)


def write_windows(
    connection: Connection, workspace: int, changes: WindowChanges, import_id: int
) -> None:
    """Write window facts and the revisions of those that they supersede."""
    insert(connection, "window_fact", WINDOW, [(workspace, *row, import_id) for row in changes.new])
    superseded = [
        (workspace, *row[:4], import_id, *old)
        for row, old in zip(changes.changed, changes.old, strict=True)
    ]
    insert(connection, "revision", REVISION, superseded)
    changed = [(workspace, *row, import_id) for row in changes.changed]
    insert(
        connection,
        "window_fact",
        WINDOW,
        changed,
        NEWER_WINDOW,
    )
