"""Facts, merged: the newest observation wins, the one before it is kept as a revision.

Rows are tuples of plain numbers, because most of an import's time goes into making rows. They
are handled one measure of one platform at a time, in the order of the key, so that each is one
stretch of the table: most of it new, or most of it replaced (performance §4, row 10).
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from math import inf
from operator import eq, itemgetter
from typing import NamedTuple

from sqlalchemy import Connection

from storage import rollup
from storage.bulk import (
    collecting_later,
    fetch,
    insert,
    insert_cells,
    keyed,
    portions,
    run,
)
from storage.measures import AccountDays, Unique

DayTuple = tuple[str, str, int, int, int]
"""Measure, platform, day number, account, value."""
Cell = tuple[int, int, int]
"""Day number, account, value."""
Held = tuple[int, int, int, int]
"""Day number, account, value, and the import that it came from."""

FACT = ("workspace", "measure", "platform", "day", "account", "value", "import_id")
NEWER = "DO UPDATE SET value = excluded.value, import_id = excluded.import_id"
NEWER_FACT = f"(workspace, measure, platform, day, account) {NEWER}"
REVISION = (
    "workspace",
    "replaced_by",
    "measure",
    "start",
    "end",
    "account",
    "value",
    "import_id",
)
STRETCH = "workspace = ? AND measure = ? AND platform = ? AND day BETWEEN ? AND ?"
KEYED = (
    "key CROSS JOIN fact WHERE fact.workspace = ? AND fact.measure = ? AND fact.platform = ?"
    " AND fact.day = key.day AND fact.account = key.account"
)
REVISE_STRETCH = (
    'INSERT INTO revision (replaced_by, workspace, measure, start, "end", account, value,'
    " import_id) SELECT ?, workspace, measure, day, day + 1, account, value, import_id"
    f" FROM fact WHERE {STRETCH} ORDER BY day, account"
)
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
"""Of one account in more than so many, rows are looked up by key instead of by stretch."""

key_of, day_of, account_of, value_of = (
    itemgetter(0, 1),
    itemgetter(0),
    itemgetter(1),
    itemgetter(2),
)


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
    held: Sequence[Held]
    """What was read, in the order of the key."""
    new: Sequence[Cell]
    changed: Sequence[Cell]
    old: Sequence[Held]
    """What was held of each changed row."""
    same: int

    @property
    def counts(self) -> Counts:
        return Counts(len(self.new), len(self.changed), self.same)

    @property
    def is_replaced(self) -> bool:
        """Whether most of what is held there changes."""
        return self.whole and len(self.changed) * 2 > len(self.held)

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
    for measure, platform, asked in by_measure(sorted(rows)):
        first, last = asked[0][0], asked[-1][0]
        place = (workspace, measure, platform, first, last)
        whole = len(set(map(account_of, asked))) * FEW >= accounts.get(platform, 0)
        held = read(connection, place) if whole else look_up(connection, place, asked)
        found = compare(asked, held)
        stretches.append(Stretch(measure, platform, first, last, whole, held, *found))
    return stretches


def by_measure(rows: Sequence[DayTuple]) -> Iterator[tuple[str, str, list[Cell]]]:
    """Yield measure, platform and cells of rows in order."""
    start = 0
    while start < len(rows):
        measure, platform = rows[start][:2]
        end = bisect_right(rows, (measure, platform, inf), start)
        yield measure, platform, list(map(itemgetter(2, 3, 4), rows[start:end]))
        start = end


def read(connection: Connection, place: tuple[int, str, str, int, int]) -> list[Held]:
    """Return all that is held in a stretch, in the order of the key."""
    columns = "SELECT day, account, value, import_id FROM fact WHERE"
    return fetch(connection, f"{columns} {STRETCH} ORDER BY day, account", place)


def look_up(
    connection: Connection, place: tuple[int, str, str, int, int], asked: Sequence[Cell]
) -> list[Held]:
    """Return what is held of the keys that are asked for."""
    found: list[Held] = []
    for some in portions(list(map(key_of, asked))):
        head, values = keyed(("day", "account"), some)
        query = f"{head} SELECT fact.day, fact.account, fact.value, fact.import_id FROM {KEYED}"
        found += fetch(connection, query, (*values, *place[:3]))
    return found


def count_accounts(connection: Connection, workspace: int) -> dict[str, int]:
    """Return how many accounts there are on each platform."""
    query = "SELECT platform, count(*) FROM account WHERE workspace = ? GROUP BY platform"
    return dict(fetch(connection, query, (workspace,)))


def compare(
    asked: Sequence[Cell], held: Sequence[Held]
) -> tuple[Sequence[Cell], Sequence[Cell], Sequence[Held], int]:
    """Return new cells, changed ones, what was held of those, and how many are the same."""
    if not held:
        return asked, (), (), 0
    if have_equal_keys(asked, held) and not any(map(eq, map(value_of, asked), map(value_of, held))):
        return (), asked, held, 0
    known = dict(zip(map(key_of, held), held, strict=True))
    new, changed, old = [], [], []
    for cell in asked:
        was = known.get(key_of(cell))
        if was is None:
            new.append(cell)
        elif was[2] != cell[2]:
            changed.append(cell)
            old.append(was)
    return new, changed, old, len(asked) - len(new) - len(changed)


def have_equal_keys(asked: Sequence[Cell], held: Sequence[Held]) -> bool:
    return len(asked) == len(held) and all(
        all(map(eq, map(part, asked), map(part, held))) for part in (day_of, account_of)
    )


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
    """Supersede some facts of a stretch, each in its place."""
    revise(connection, workspace, stretch, import_id)
    put(connection, workspace, stretch, stretch.changed, import_id, NEWER_FACT)


def sweep(connection: Connection, workspace: int, stretch: Stretch, import_id: int) -> None:
    """Supersede most facts of a stretch.

    Taking the stretch away and writing it again is twice as fast as changing it in place.
    """
    place = stretch.place(workspace)
    kept: list[Held] = []
    if len(stretch.changed) == len(stretch.held):
        run(connection, REVISE_STRETCH, (import_id, *place))
    else:
        revise(connection, workspace, stretch, import_id)
        changed = set(map(key_of, stretch.changed))
        kept = [cell for cell in stretch.held if key_of(cell) not in changed]
    run(connection, f"DELETE FROM fact WHERE {STRETCH}", place)
    put(connection, workspace, stretch, stretch.changed, import_id)
    insert(connection, "fact", FACT, [(*place[:3], *cell) for cell in kept])


def revise(connection: Connection, workspace: int, stretch: Stretch, import_id: int) -> None:
    """Keep what was held of the rows that change."""
    rows = [
        (workspace, import_id, stretch.measure, day, day + 1, account, value, source)
        for day, account, value, source in stretch.old
    ]
    insert(connection, "revision", REVISION, rows)
