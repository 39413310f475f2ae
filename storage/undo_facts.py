"""Facts and window facts without one import: what stood under it comes back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import Connection

from storage import rollup
from storage.bulk import fetch, insert, run
from storage.facts import FACT, NEWER_FACT, STRETCH, WINDOW_MEASURES
from storage.observed import POSTS, Sightings
from storage.succession import Entry, following, place_of, without
from storage.windows import NEWER_WINDOW, REVISION, WINDOW

Key = tuple[int, int, int]
"""Account, start and end as day numbers."""
Stack = list[Entry[int]]
RevisionTuple = tuple[str, int, int, int, int, int, int]
"""Measure, account, start, end, replaced_by, value, import."""
WINDOW_RANGE = "workspace = ? AND measure = ? AND account = ? AND start BETWEEN ? AND ?"


class Restored(NamedTuple):
    """How many values are gone, and how many are as they were before."""

    removed: int = 0
    restored: int = 0

    def plus(self, other: "Restored") -> "Restored":
        return Restored(self.removed + other.removed, self.restored + other.restored)


class Turned(NamedTuple):
    """The values of one key with the import and without it."""

    measure: str
    key: Key
    before: Stack
    after: Stack


def undo_days(
    connection: Connection, workspace: int, import_id: int, sightings: Sightings
) -> Restored:
    """Take an import's facts back, with their revisions and their rollup."""
    platforms: dict[int, str] = dict(
        fetch(connection, "SELECT id, platform FROM account WHERE workspace = ?", (workspace,))
    )
    ranges: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for (measure, account, _), first, until in sightings.of(import_id):
        if account in platforms and measure not in WINDOW_MEASURES and measure != POSTS:
            ranges[measure, platforms[account]] += (first, until - 1)
    done = Restored()
    for (measure, platform), ends in sorted(ranges.items()):
        place = (workspace, measure, platform, min(ends), max(ends))
        held = fetch(
            connection,
            f"SELECT account, day, day + 1, value, import_id FROM fact WHERE {STRETCH}",
            place,
        )
        turned = turn(connection, workspace, import_id, sightings, measure, held)
        standing = [
            (workspace, measure, platform, it.key[1], it.key[0], *it.after[-1])
            for it in turned
            if it.after and it.after[-1] != it.before[-1]
        ]
        insert(connection, "fact", FACT, standing, NEWER_FACT)
        run(
            connection,
            f"DELETE FROM fact WHERE {STRETCH} AND import_id = ?",
            (*place, import_id),
        )
        mend_revisions(connection, workspace, turned)
        recount(connection, workspace, platform, turned)
        done = done.plus(tally(turned))
    return done


def undo_windows(
    connection: Connection, workspace: int, import_id: int, sightings: Sightings
) -> Restored:
    """Take an import's window facts back, with their revisions."""
    ranges: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for (measure, account, _), first, until in sightings.of(import_id):
        if measure in WINDOW_MEASURES:
            ranges[measure, account] += (first, until - 1)
    done = Restored()
    for (measure, account), ends in sorted(ranges.items()):
        place = (workspace, measure, account, min(ends), max(ends))
        held = fetch(
            connection,
            f'SELECT account, start, "end", value, import_id FROM window_fact WHERE {WINDOW_RANGE}',
            place,
        )
        turned = turn(connection, workspace, import_id, sightings, measure, held)
        standing = [
            (workspace, measure, *it.key, *it.after[-1])
            for it in turned
            if it.after and it.after[-1] != it.before[-1]
        ]
        insert(connection, "window_fact", WINDOW, standing, NEWER_WINDOW)
        run(
            connection,
            f"DELETE FROM window_fact WHERE {WINDOW_RANGE} AND import_id = ?",
            (*place, import_id),
        )
        mend_revisions(connection, workspace, turned)
        done = done.plus(tally(turned))
    return done


def turn(
    connection: Connection,
    workspace: int,
    import_id: int,
    sightings: Sightings,
    measure: str,
    held: Iterable[tuple[int, ...]],
) -> list[Turned]:
    """Return the keys to which the import brought a value, with and without it.

    ``held`` are account, start, end, value and import of what stands now.
    """
    accounts = sightings.accounts(import_id, measure)
    older = revisions(connection, workspace, measure, sightings.imports())
    turned: list[Turned] = []
    for account, start, end, value, source in held:
        if account not in accounts:
            continue
        key = (account, start, end)
        before = [*older.get(key, ()), Entry(value, source)]
        at = place_of(before, import_id)
        if at is None:
            continue
        seen_as = (measure, account, end - start)
        heir = sightings.next_after(seen_as, start, import_id, following(before, at))
        turned.append(Turned(measure, key, before, without(before, at, heir)))
    return turned


def revisions(
    connection: Connection, workspace: int, measure: str, imports: Iterable[int]
) -> Mapping[Key, Stack]:
    """Return the values of a measure that ``imports`` superseded, oldest first."""
    found: defaultdict[Key, Stack] = defaultdict(list)
    for replaced_by in sorted(imports):
        for account, start, end, value, source in fetch(
            connection,
            'SELECT account, start, "end", value, import_id FROM revision'
            " WHERE workspace = ? AND replaced_by = ? AND measure = ?",
            (workspace, replaced_by, measure),
        ):
            found[account, start, end].append(Entry(value, source))
    return found


def mend_revisions(connection: Connection, workspace: int, turned: Iterable[Turned]) -> None:
    """Make the revisions of the keys what their values without the import make them."""
    gone: list[RevisionTuple] = []
    come: list[RevisionTuple] = []
    for it in turned:
        before, after = superseded(it, it.before), superseded(it, it.after)
        gone += [row for row in before if row not in after]
        come += [row for row in after if row not in before]
    run(
        connection,
        "DELETE FROM revision WHERE workspace = ? AND measure = ? AND account = ? AND start = ?"
        ' AND "end" = ? AND replaced_by = ?',
        [(workspace, *row[:5]) for row in gone],
    )
    insert(connection, "revision", REVISION, sorted((workspace, *row) for row in come))


def superseded(it: Turned, entries: Stack) -> list[RevisionTuple]:
    """Return the revisions that a key's values, oldest first, leave behind."""
    return [
        (it.measure, *it.key, newer.import_id, older.value, older.import_id)
        for older, newer in pairwise(entries)
    ]


def recount(
    connection: Connection, workspace: int, platform: str, turned: Iterable[Turned]
) -> None:
    """Bring the rollup to the values that stand."""
    standings = rollup.standings(connection, workspace)
    sums: dict[rollup.Slot, rollup.Sums] = {}
    for measure, (account, day, _), before, after in turned:
        own, mark = standings[account]
        slot = rollup.Slot(measure, platform, own, day)
        moved = sums.get(slot, rollup.Sums()).plus(-before[-1].value, -1, -mark)
        sums[slot] = moved.plus(after[-1].value, 1, mark) if after else moved
    rollup.add(connection, workspace, sums)
    rollup.sweep(connection, workspace, platform, {slot.measure for slot in sums})


def tally(turned: Iterable[Turned]) -> Restored:
    removed = restored = 0
    for it in turned:
        if not it.after:
            removed += 1
        elif it.after[-1].value != it.before[-1].value:
            restored += 1
    return Restored(removed, restored)
