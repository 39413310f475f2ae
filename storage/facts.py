"""Facts, merged: the newest observation wins, the one before it is kept as a revision.

Rows are tuples of plain numbers, because most of an import's time goes into making rows. They
are handled one measure of one platform at a time, in the order of the key, so that each is one
stretch of the table: most of it new, or most of it replaced (performance §4, row 10).
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from math import inf
from operator import itemgetter

from sqlalchemy import Connection

from storage.bulk import (
    fetch,
    insert,
    insert_cells,
    keyed,
    portions,
    run,
)
from storage.measures import AccountDays, Unique
from storage.stretches import Cell, Held, Stretch, account_of, compare, key_of

DayTuple = tuple[str, str, int, int, int]
"""Measure, platform, day number, account, value."""
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


def write_days(
    connection: Connection, workspace: int, stretches: Sequence[Stretch], import_id: int
) -> None:
    """Write facts, and the revisions of those that they supersede; the rollup is apart.

    What must go goes first, of all stretches: an import of all that is held then appends its
    rows, which is twice as fast as writing each stretch between two others.
    """
    for stretch in stretches:
        if stretch.is_replaced:
            clear(connection, workspace, stretch, import_id)
    for stretch in stretches:
        if stretch.is_replaced:
            refill(connection, workspace, stretch, import_id)
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


def clear(connection: Connection, workspace: int, stretch: Stretch, import_id: int) -> None:
    """Take a stretch away of which most is superseded.

    With ``refill`` this is twice as fast as changing its facts in place.
    """
    place = stretch.place(workspace)
    if len(stretch.changed) == len(stretch.held):
        run(connection, REVISE_STRETCH, (import_id, *place))
    else:
        revise(connection, workspace, stretch, import_id)
    run(connection, f"DELETE FROM fact WHERE {STRETCH}", place)


def refill(connection: Connection, workspace: int, stretch: Stretch, import_id: int) -> None:
    """Write a stretch again that was taken away: what changed, and what did not."""
    put(connection, workspace, stretch, stretch.changed, import_id)
    if len(stretch.changed) < len(stretch.held):
        changed = set(map(key_of, stretch.changed))
        head = stretch.place(workspace)[:3]
        kept = [(*head, *cell) for cell in stretch.held if key_of(cell) not in changed]
        insert(connection, "fact", FACT, kept)


def revise(connection: Connection, workspace: int, stretch: Stretch, import_id: int) -> None:
    """Keep what was held of the rows that change."""
    rows = [
        (workspace, import_id, stretch.measure, day, day + 1, account, value, source)
        for day, account, value, source in stretch.old
    ]
    insert(connection, "revision", REVISION, rows)
