"""What a file's records would change: new ones, ones told otherwise, ones that are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Integer

from storage.batch import RecordRows
from storage.bulk import collecting_later, fetch, keyed, portions
from storage.record_clashes import refuse_clashes
from storage.record_kinds import RecordKind
from storage.record_rows import Resolved, Values, places_reader, resolve
from storage.stretches import Counts
from storage.tables import Day

KEYS_AT_ONCE = 5_000
"""Keys that PostgreSQL is asked for in one statement."""


class Changed(NamedTuple):
    """A record that is told otherwise than before."""

    record: int
    old: Values
    """What stands: ``RecordKind.facts``, then the stamps."""
    old_import: int
    row: Values
    """What is told now, in the order of ``RecordKind.columns``."""


class Held(NamedTuple):
    """A record that is stored."""

    key: Values
    record: int
    import_id: int
    told: Values
    """Facts, then stamps."""


class KindChanges(NamedTuple):
    """What the rows of one kind would change."""

    kind: RecordKind
    new: list[Values]
    changed: list[Changed]
    same: list[int]
    """Ids of the records that say it already."""

    @property
    def counts(self) -> Counts:
        return Counts(len(self.new), len(self.changed), len(self.same))


class RecordChanges(NamedTuple):
    """What the records of a batch would change, a part for each kind."""

    kinds: tuple[KindChanges, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def counts(self) -> Counts:
        total = Counts()
        for it in self.kinds:
            total = total.plus(it.counts)
        return total


def compare_records(
    connection: Connection, workspace: int, told: Sequence[RecordRows]
) -> RecordChanges:
    """Tell new, changed and known records apart; write nothing.

    Raises ``KepiError`` for a brand that is unknown, and for days that are held already in
    another length or by other columns: both together would count twice.
    """
    kinds: list[KindChanges] = []
    notes: list[str] = []
    with collecting_later():
        for it in _join(told):
            resolved = resolve(connection, workspace, it)
            refuse_clashes(connection, workspace, resolved)
            kinds.append(_compare(connection, workspace, resolved))
            notes += resolved.notes
    return RecordChanges(tuple(kinds), tuple(notes))


def _join(told: Iterable[RecordRows]) -> Iterable[RecordRows]:
    """Return each kind once: a file of several tables may tell one twice."""
    joined: dict[str, RecordRows] = {}
    for it in told:
        held = joined.get(it.kind)
        joined[it.kind] = it if held is None else held._replace(rows=(*held.rows, *it.rows))
    return joined.values()


def _compare(connection: Connection, workspace: int, resolved: Resolved) -> KindChanges:
    kind, rows = resolved.kind, resolved.rows
    changes = KindChanges(kind, [], [], [])
    if not _holds_any(connection, workspace, kind):
        changes.new.extend(rows.values())
        return changes
    facts_of = places_reader(kind, kind.facts)
    width = len(kind.facts)
    held = {it.key: it for it in _look_up(connection, workspace, kind, rows)}
    for key, values in rows.items():
        found = held.get(key)
        if found is None:
            changes.new.append(values)
            continue
        if found.told[:width] == facts_of(values):
            changes.same.append(found.record)
        else:
            changes.changed.append(Changed(found.record, found.told, found.import_id, values))
    return changes


def _holds_any(connection: Connection, workspace: int, kind: RecordKind) -> bool:
    statement = f'SELECT 1 FROM "{kind.table.name}" WHERE workspace = ? LIMIT 1'
    return bool(fetch(connection, statement, (workspace,)))


def _look_up(
    connection: Connection, workspace: int, kind: RecordKind, keys: Iterable[Values]
) -> Iterator[Held]:
    """Yield the records of some keys that are held."""
    table = f'"{kind.table.name}"'
    told = [*kind.key, *kind.facts, *kind.stamped]
    columns = ", ".join(f'{table}."{it}"' for it in told)
    same = " AND ".join(f'{table}."{it}" = key."{it}"' for it in kind.key)
    width = len(kind.key)
    for head, values in _ask(connection, kind, list(keys)):
        statement = (
            f"{head} SELECT {table}.id, {table}.import_id, {columns} FROM key CROSS JOIN {table}"
            f" WHERE {table}.workspace = ? AND {same}"
        )
        for record, source, *held in fetch(connection, statement, (*values, workspace)):
            yield Held(tuple(held[:width]), int(record), int(source), tuple(held[width:]))


def _ask(
    connection: Connection, kind: RecordKind, keys: Sequence[Values]
) -> Iterator[tuple[str, Values]]:
    """Yield ``WITH key (…)`` and its values, some keys at a time.

    PostgreSQL takes thousands as arrays, which it plans once; SQLite takes them as rows.
    """
    names = [f'"{it}"' for it in kind.key]
    if connection.dialect.name == "sqlite":
        for some in portions(keys):
            yield keyed(names, some)
        return
    types = [_array_of(kind, it) for it in kind.key]
    head = f"WITH key ({', '.join(names)}) AS (SELECT * FROM unnest({', '.join(types)}))"
    for start in range(0, len(keys), KEYS_AT_ONCE):
        columns = zip(*keys[start : start + KEYS_AT_ONCE], strict=True)
        yield head, tuple(list(it) for it in columns)


def _array_of(kind: RecordKind, column: str) -> str:
    is_whole = isinstance(kind.table.c[column].type, Integer | Day)
    return "?::bigint[]" if is_whole else "?::text[]"
