"""Records without one import: what stood under it comes back, what a later one saw too is its own.

Most of an import's records nobody else saw: those go by runs of ids. Of the others every value
that a record had is laid out, oldest first (``storage.succession``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import Connection

from storage.bulk import fetch, insert, portions, run
from storage.observed import NOBODY, Sightings
from storage.record_credits import Span, renew_credits, span_of
from storage.record_kinds import EVERY_KIND, RecordKind
from storage.record_rows import Values
from storage.record_writing import REVISED, read_said, upsert, write_said
from storage.succession import Entry, following, place_of, without
from storage.undo_facts import Restored

Run = tuple[int, int]
"""Ids from the first until before the second."""


@dataclass(frozen=True)
class Told:
    """What a record said once; who said it makes no difference."""

    facts: Values
    stamps: Values = field(compare=False)


Stack = list[Entry[Told]]
"""What a record said, oldest first."""


class Turned(NamedTuple):
    """A record's values with the import and without it."""

    record: int
    key: Values
    before: Stack
    after: Stack


def undo_records(
    connection: Connection, workspace: int, import_id: int, sightings: Sightings
) -> Restored:
    """Take an import's records of every kind back, with what they had replaced."""
    done = Restored()
    spans: dict[str, Span] = {}
    for name, kind in EVERY_KIND.items():
        seen = [
            (first, until)
            for (measure, account, length), first, until in sightings.of(import_id)
            if measure == name and account == NOBODY and not length
        ]
        if not seen:
            continue
        restored, moments = _undo_kind(connection, workspace, kind, import_id, sightings, seen)
        done = done.plus(restored)
        if restored.removed or restored.restored:
            spans[name] = span_of(kind, moments)
    renew_credits(connection, workspace, spans)
    return done


def _undo_kind(
    connection: Connection,
    workspace: int,
    kind: RecordKind,
    import_id: int,
    sightings: Sightings,
    seen: list[Run],
) -> tuple[Restored, list[int]]:
    """Return what was done, and the moments of the records that went or changed."""
    imports = sightings.seen_by((kind.name, NOBODY, 0))
    older = _revisions(connection, workspace, kind, imports)
    shared = sightings.others((kind.name, NOBODY, 0), import_id)
    shared += [(record, record + 1) for record in older]
    alone, together = split(seen, shared)
    moments = _moments(connection, workspace, kind, import_id, alone)
    gone = _forget(connection, workspace, kind, import_id, alone)
    held = _held(connection, workspace, kind, together)
    turned = list(_turn(kind, held, older, sightings, import_id))
    _put_back(connection, workspace, kind, turned)
    _mend_revisions(connection, workspace, kind, turned)
    if "at" in kind.facts:
        at = kind.facts.index("at")
        moments += [
            int(it.value.facts[at]) for one in turned for it in (one.before[-1], *one.after[-1:])
        ]
    restored = sum(bool(it.after) and it.after[-1].value != it.before[-1].value for it in turned)
    return Restored(gone + sum(not it.after for it in turned), restored), moments


def split(runs: Iterable[Run], shared: Iterable[Run]) -> tuple[list[Run], list[Run]]:
    """Return the parts of ``runs`` that lie outside all of ``shared``, and those inside."""
    alone: list[Run] = []
    together: list[Run] = []
    walls = sorted(shared)
    begin = 0
    for first, until in sorted(runs):
        while begin < len(walls) and walls[begin][1] <= first:
            begin += 1
        place, at = begin, first
        while at < until:
            while place < len(walls) and walls[place][1] <= at:
                place += 1
            if place == len(walls) or walls[place][0] >= until:
                alone.append((at, until))
                break
            if walls[place][0] > at:
                alone.append((at, walls[place][0]))
                at = walls[place][0]
            stop = min(until, walls[place][1])
            together.append((at, stop))
            at = stop
    return alone, together


def _revisions(
    connection: Connection, workspace: int, kind: RecordKind, imports: Iterable[int]
) -> dict[int, Stack]:
    """Return by record the values that ``imports`` replaced, oldest first."""
    columns, width = (*kind.facts, *kind.stamped), len(kind.facts)
    found: defaultdict[int, Stack] = defaultdict(list)
    for replaced_by in sorted(imports):
        for record, source, said in fetch(
            connection,
            "SELECT record, import_id, said FROM revised_record"
            " WHERE workspace = ? AND replaced_by = ? AND kind = ?",
            (workspace, replaced_by, kind.name),
        ):
            values = read_said(columns, said)
            found[int(record)].append(Entry(Told(values[:width], values[width:]), int(source)))
    return dict(found)


def _moments(
    connection: Connection, workspace: int, kind: RecordKind, import_id: int, runs: Iterable[Run]
) -> list[int]:
    """Return the first and last moment of each run of an import's records."""
    if kind.when != "moment":
        return []
    moments: list[int] = []
    for first, until in runs:
        ((low, high),) = fetch(
            connection,
            f'SELECT min(at), max(at) FROM "{kind.table.name}"'
            " WHERE +workspace = ? AND id >= ? AND id < ? AND import_id = ?",
            (workspace, first, until, import_id),
        )
        if low is not None:
            moments += (int(low), int(high))
    return moments


def _forget(
    connection: Connection, workspace: int, kind: RecordKind, import_id: int, runs: Iterable[Run]
) -> int:
    """Delete an import's records in runs of ids, and return how many."""
    statement = (
        f'DELETE FROM "{kind.table.name}"'
        " WHERE +workspace = ? AND id >= ? AND id < ? AND import_id = ?"
    )
    if connection.dialect.name != "sqlite":
        statement = statement.replace("?", "%s")
    return sum(
        connection.exec_driver_sql(statement, (workspace, *some, import_id)).rowcount
        for some in runs
    )


def _held(
    connection: Connection, workspace: int, kind: RecordKind, runs: Iterable[Run]
) -> Iterator[Values]:
    """Yield id, import, key, and facts with stamps of records in runs of ids."""
    told = ", ".join(f'"{it}"' for it in (*kind.key, *kind.facts, *kind.stamped))
    statement = (
        f'SELECT id, import_id, {told} FROM "{kind.table.name}"'
        " WHERE +workspace = ? AND id >= ? AND id < ?"
    )
    for first, until in runs:
        yield from fetch(connection, statement, (workspace, first, until))


def _turn(
    kind: RecordKind,
    held: Iterable[Values],
    older: dict[int, Stack],
    sightings: Sightings,
    import_id: int,
) -> Iterator[Turned]:
    """Yield the records to which the import brought a value, with and without it."""
    width = 2 + len(kind.key)
    end = width + len(kind.facts)
    seen_as = (kind.name, NOBODY, 0)
    for row in held:
        record = int(row[0])
        stands = Told(tuple(row[width:end]), tuple(row[end:]))
        before = [*older.get(record, ()), Entry(stands, int(row[1]))]
        at = place_of(before, import_id)
        if at is None:
            continue
        heir = sightings.next_after(seen_as, record, import_id, following(before, at))
        yield Turned(record, tuple(row[2:width]), before, without(before, at, heir))


def _put_back(
    connection: Connection, workspace: int, kind: RecordKind, turned: Iterable[Turned]
) -> None:
    """Let each record stand as it does without the import."""
    places = {it: at for at, it in enumerate((*kind.key, *kind.facts))}
    order = [places[it] for it in kind.columns]
    back: list[Values] = []
    gone: list[int] = []
    for it in turned:
        if not it.after:
            gone.append(it.record)
        elif it.after[-1] != it.before[-1]:
            value = it.after[-1].value
            told: Values = (*it.key, *value.facts)
            back.append((*[told[at] for at in order], *value.stamps, it.after[-1].import_id))
    upsert(connection, workspace, kind, back)
    for some in portions(gone):
        marks = ", ".join("?" * len(some))
        statement = f'DELETE FROM "{kind.table.name}" WHERE workspace = ? AND id IN ({marks})'
        run(connection, statement, (workspace, *some))


def _mend_revisions(
    connection: Connection, workspace: int, kind: RecordKind, turned: Iterable[Turned]
) -> None:
    """Make the kept old values what the records' values without the import make them."""
    columns = (*kind.facts, *kind.stamped)
    gone: list[Values] = []
    come: list[Values] = []
    for it in turned:
        before, after = (
            [
                (newer.import_id, kind.name, it.record, older.import_id, older.value)
                for older, newer in pairwise(entries)
            ]
            for entries in (it.before, it.after)
        )
        gone += [row[:3] for row in before if row not in after]
        come += [
            (*row[:4], write_said(columns, (*row[4].facts, *row[4].stamps)))
            for row in after
            if row not in before
        ]
    run(
        connection,
        "DELETE FROM revised_record"
        " WHERE workspace = ? AND replaced_by = ? AND kind = ? AND record = ?",
        [(workspace, *row) for row in gone],
    )
    insert(connection, "revised_record", REVISED, sorted((workspace, *row) for row in come))
