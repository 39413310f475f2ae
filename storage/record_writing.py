"""Records written: new ones, and newer values in place of old ones, which are kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from storage.bulk import fetch, insert, names
from storage.record_changes import KindChanges, RecordChanges
from storage.record_credits import Span, renew_credits, span_of
from storage.record_kinds import RecordKind
from storage.record_rows import Values
from storage.tables import instant_number

REVISED = ("workspace", "replaced_by", "kind", "record", "import_id", "said")


class Stamp(NamedTuple):
    """Who sends rows, and when."""

    import_id: int
    by: str
    at: datetime

    def values(self, kind: RecordKind) -> Values:
        """Return what goes into ``RecordKind.stamped``."""
        told = {"by": self.by, "at": instant_number(self.at)}
        return tuple(told[it] for it in kind.stamped)


def write_records(
    connection: Connection,
    workspace: int,
    changes: RecordChanges,
    import_id: int,
    by: str,
    at: datetime,
) -> Mapping[str, list[int]]:
    """Write what is new or changed; return the ids of all records that the batch speaks of."""
    stamp = Stamp(import_id, by, at)
    seen: dict[str, list[int]] = {}
    spans: dict[str, Span] = {}
    for it in changes.kinds:
        made = _insert(connection, workspace, it.kind, it.new, stamp)
        _replace(connection, workspace, it, stamp)
        seen.setdefault(it.kind.name, []).extend([*it.same, *made])
        seen[it.kind.name] += [row.record for row in it.changed]
        if it.new or it.changed:
            spans[it.kind.name] = span_of(it.kind, _moments(it))
    renew_credits(connection, workspace, spans)
    return seen


def _insert(
    connection: Connection, workspace: int, kind: RecordKind, rows: Sequence[Values], stamp: Stamp
) -> list[int]:
    """Insert records and return their ids."""
    if not rows:
        return []
    table = kind.table.name
    # ``+`` keeps the search to the ids: those of the workspace alone are not in their order.
    newest = fetch(
        connection,
        f'SELECT id FROM "{table}" WHERE +workspace = ? ORDER BY id DESC LIMIT 1',
        (workspace,),
    )
    end = (*stamp.values(kind), stamp.import_id)
    columns = ("workspace", *kind.columns, *kind.stamped, "import_id")
    insert(connection, table, columns, [(workspace, *row, *end) for row in rows])
    made = fetch(
        connection,
        f'SELECT id FROM "{table}" WHERE id > ? AND +workspace = ? AND import_id = ?',
        (newest[0][0] if newest else 0, workspace, stamp.import_id),
    )
    return [int(it) for (it,) in made]


def _replace(connection: Connection, workspace: int, it: KindChanges, stamp: Stamp) -> None:
    """Keep what stood of the records that are told otherwise, and put the newer in place."""
    if not it.changed:
        return
    kind = it.kind
    revised = [
        (
            *(workspace, stamp.import_id, kind.name, row.record, row.old_import),
            write_said((*kind.facts, *kind.stamped), row.old),
        )
        for row in sorted(it.changed)
    ]
    insert(connection, "revised_record", REVISED, revised)
    end = (*stamp.values(kind), stamp.import_id)
    upsert(connection, workspace, kind, [(*row.row, *end) for row in it.changed])


def upsert(
    connection: Connection, workspace: int, kind: RecordKind, rows: Iterable[Values]
) -> None:
    """Put values in place of records that are there: columns, stamps, import."""
    told = (*kind.facts, *kind.stamped, "import_id")
    sets = ", ".join(f'"{it}" = excluded."{it}"' for it in told)
    on_conflict = f"({names(('workspace', *kind.key))}) DO UPDATE SET {sets}"
    columns = ("workspace", *kind.columns, *kind.stamped, "import_id")
    placed = [(workspace, *row) for row in rows]
    insert(connection, kind.table.name, columns, placed, on_conflict)


def write_said(columns: Sequence[str], values: Sequence[Any]) -> str:
    """Return values as ``revised_record.said`` holds them."""
    return json.dumps(dict(zip(columns, values, strict=True)), ensure_ascii=False)


def read_said(columns: Sequence[str], said: str) -> Values:
    """Return what ``write_said`` wrote, in the order of ``columns``."""
    held = json.loads(said)
    return tuple(held[it] for it in columns)


def _moments(it: KindChanges) -> Iterable[int]:
    """Yield when the records that are written are and were; nothing of kinds without a moment."""
    if it.kind.when != "moment":
        return
    at, was = it.kind.columns.index("at"), it.kind.facts.index("at")
    yield from (row[at] for row in it.new)
    for change in it.changed:
        yield change.row[at]
        yield change.old[was]
