"""Facts, merged: the newest observation wins, the one before it is kept as a revision.

Rows are tuples of plain numbers, because most of an import's time goes into making rows. They
are handled one measure of one platform at a time, in the order of the key, so that each is one
stretch of the table: most of it new, or most of it replaced (performance §4, row 10).
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import eq, itemgetter
from typing import NamedTuple

from sqlalchemy import Connection

from storage import rollup
from storage.bulk import (
    collecting_later,
    fetch,
    fetch_for_keys,
    insert,
    insert_cells,
    run,
    run_for_keys,
)
from storage.measures import AccountDays, Unique

DayTuple = tuple[str, str, int, int, int]
"""Measure, platform, day number, account, value."""
Cell = tuple[int, int, int]
"""Day number, account, value."""

FACT = ("workspace", "measure", "platform", "day", "account", "value", "import_id")
NEWER = "DO UPDATE SET value = excluded.value, import_id = excluded.import_id"
NEWER_FACT = f"(workspace, measure, platform, day, account) {NEWER}"
SUPERSEDE = (
    'INSERT INTO revision (workspace, replaced_by, measure, start, "end", account, value,'
    " import_id) SELECT workspace, ?, measure, day, day + 1, account, value, import_id"
    " FROM fact WHERE "
)
STRETCH = "workspace = ? AND measure = ? AND platform = ? AND day BETWEEN ? AND ?"
DAY_MEASURES, WINDOW_MEASURES = (
    frozenset(
        name
        for name, measure in AccountDays.measures().items()
        if (measure.kind is Unique) is windows
    )
    for windows in (False, True)
)
"""The measures that are counted for days, and those that count people in windows."""

FEW = 4
"""One in so many is few: below that, rows are looked up by key; above it, by stretch."""

key_of, value_of = itemgetter(0, 1), itemgetter(2)


class Counts(NamedTuple):
    """How many rows were new, differed from what was held, or said the same."""

    added: int = 0
    changed: int = 0
    same: int = 0

    def plus(self, other: "Counts") -> "Counts":
        return Counts(*map(sum, zip(self, other, strict=True)))


class Stretch(NamedTuple):
    """What an import changes of one measure of one platform, over some days."""

    measure: str
    platform: str
    first: int
    last: int
    whole: bool
    """All that is held there was read, not only what was asked for."""
    new: Sequence[Cell]
    changed: Sequence[Cell]
    old: Sequence[int]
    """The value before, of each changed row."""
    same: int
    kept: int
    """Rows that were read and do not change."""

    @property
    def counts(self) -> Counts:
        return Counts(len(self.new), len(self.changed), self.same)

    @property
    def is_replaced(self) -> bool:
        """Whether nearly all that is held there changes."""
        return self.whole and self.kept * FEW <= len(self.changed)

    def place(self, workspace: int) -> tuple[int, str, str, int, int]:
        """Return the values of ``STRETCH``."""
        return workspace, self.measure, self.platform, self.first, self.last


def merge_days(
    connection: Connection, workspace: int, rows: Iterable[DayTuple], import_id: int
) -> Counts:
    """Store rows, each key at most once, and their rollup; return what they changed."""
    with collecting_later():
        stretches = compare_days(connection, workspace, rows)
        write_days(connection, workspace, stretches, import_id)
        rollup.add_changes(connection, workspace, stretches)
    return count(stretches)


def count(stretches: Iterable[Stretch]) -> Counts:
    total = Counts()
    for stretch in stretches:
        total = total.plus(stretch.counts)
    return total


def compare_days(connection: Connection, workspace: int, rows: Iterable[DayTuple]) -> list[Stretch]:
    """Tell new, changed and equal rows apart."""
    accounts = count_accounts(connection, workspace)
    stretches = []
    for (measure, platform), group in groupby(sorted(rows), key=itemgetter(0, 1)):
        asked = list(map(itemgetter(2, 3, 4), group))
        first, last = asked[0][0], asked[-1][0]
        place = (workspace, measure, platform, first, last)
        whole = len(set(map(itemgetter(1), asked))) * FEW >= accounts.get(platform, 0)
        query = f"SELECT day, account, value FROM fact WHERE {STRETCH}"
        if whole:
            held = fetch(connection, f"{query} ORDER BY day, account", place)
        else:
            keys = list(map(key_of, asked))
            held = fetch_for_keys(connection, f"{query} AND (day, account)", place, keys)
        stretches.append(Stretch(measure, platform, first, last, whole, *compare(asked, held)))
    return stretches


def count_accounts(connection: Connection, workspace: int) -> dict[str, int]:
    """Return how many accounts there are on each platform."""
    query = "SELECT platform, count(*) FROM account WHERE workspace = ? GROUP BY platform"
    return dict(fetch(connection, query, (workspace,)))


def compare(
    asked: Sequence[Cell], held: Sequence[Cell]
) -> tuple[Sequence[Cell], Sequence[Cell], Sequence[int], int, int]:
    """Return new and changed cells, old values, and how many are the same, and are kept."""
    if not held:
        return asked, (), (), 0, 0
    if list(map(key_of, asked)) == list(map(key_of, held)):
        before = list(map(value_of, held))
        if not any(map(eq, map(value_of, asked), before)):
            return (), asked, before, 0, 0
    values = {key_of(cell): value_of(cell) for cell in held}
    new, changed, old = [], [], []
    for cell in asked:
        was = values.get(key_of(cell))
        if was is None:
            new.append(cell)
        elif was != cell[2]:
            changed.append(cell)
            old.append(was)
    same = len(asked) - len(new) - len(changed)
    return new, changed, old, same, len(held) - len(changed)


def write_days(
    connection: Connection, workspace: int, stretches: Iterable[Stretch], import_id: int
) -> None:
    """Write facts, and the revisions of those that they supersede; the rollup is apart."""
    for stretch in stretches:
        if stretch.changed and stretch.is_replaced:
            sweep(connection, workspace, stretch, import_id)
        elif stretch.changed:
            replace(connection, workspace, stretch, import_id)
        put(connection, workspace, stretch, stretch.new, import_id)


def put(
    connection: Connection,
    workspace: int,
    stretch: Stretch,
    cells: Sequence[Cell],
    import_id: int,
    on_conflict: str = "",
) -> None:
    head = (workspace, stretch.measure, stretch.platform)
    insert_cells(connection, "fact", FACT, head, cells, import_id, on_conflict)


def replace(connection: Connection, workspace: int, stretch: Stretch, import_id: int) -> None:
    """Supersede some facts of a stretch, found by their keys."""
    place = stretch.place(workspace)
    keys = list(map(key_of, stretch.changed))
    run_for_keys(connection, f"{SUPERSEDE}{STRETCH} AND (day, account)", (import_id, *place), keys)
    put(connection, workspace, stretch, stretch.changed, import_id, NEWER_FACT)


def sweep(connection: Connection, workspace: int, stretch: Stretch, import_id: int) -> None:
    """Supersede (nearly) all facts of a stretch.

    Taking the stretch away and writing it again is twice as fast as changing it in place.
    """
    place = stretch.place(workspace)
    kept = list(kept_facts(connection, workspace, stretch)) if stretch.kept else []
    run(connection, SUPERSEDE + STRETCH, (import_id, *place))
    run(connection, f"DELETE FROM fact WHERE {STRETCH}", place)
    put(connection, workspace, stretch, stretch.changed, import_id)
    insert(connection, "fact", FACT, kept)
    run(
        connection,
        "DELETE FROM revision WHERE workspace = ? AND replaced_by = ? AND measure = ?"
        ' AND start = ? AND "end" = ? AND account = ?',
        [
            (workspace, import_id, stretch.measure, day, day + 1, account)
            for _, _, _, day, account, _, _ in kept
        ],
    )


def kept_facts(
    connection: Connection, workspace: int, stretch: Stretch
) -> Iterator[tuple[int, str, str, int, int, int, int]]:
    """Yield the facts of a stretch that do not change."""
    changed = set(map(key_of, stretch.changed))
    place = stretch.place(workspace)
    for day, account, value, source in fetch(
        connection,
        f"SELECT day, account, value, import_id FROM fact WHERE {STRETCH}",
        place,
    ):
        if (day, account) not in changed:
            yield (*place[:3], day, account, value, source)
