"""What people declare by hand: put in place, taken away, put back.

The rows are records (``storage.record_kinds.DECLARED``) that no import brought: ``import_id`` 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from storage.database import take_turns
from storage.record_kinds import RecordKind
from storage.record_tables import RevisedRecord
from storage.tables import table_of
from storage.workspaces import mark_changed

REVISED = table_of(RevisedRecord)
Told = dict[str, Any]
"""A row's columns but for id, workspace and import."""


class Put(NamedTuple):
    """What putting a row in place did."""

    id: int
    before: Told | None
    """What stood under the same key."""


def put(
    connection: Connection,
    workspace: int,
    kind: RecordKind,
    values: Mapping[str, Any],
    *,
    by: str,
    at: datetime,
) -> Put:
    """Put a row in place of one with the same key, if there is one."""
    take_turns(connection, workspace)
    table = kind.table
    told = {it: values[it] for it in kind.columns if it in values}
    row = {**told, "by": by, "at": at, "import_id": 0}
    here = [table.c.workspace == workspace, *(table.c[it] == told.get(it, "") for it in kind.key)]
    held = connection.execute(select(table).where(*here)).mappings().one_or_none()
    mark_changed(connection, workspace)
    if held is None:
        statement = insert(table).values(workspace=workspace, **row).returning(table.c.id)
        return Put(int(connection.execute(statement).scalar_one()), None)
    _forget_revisions(connection, workspace, kind, int(held["id"]))
    blank = {it: None for it in kind.facts if table.c[it].nullable}
    connection.execute(
        update(table).where(*of(kind, workspace, int(held["id"]))).values({**blank, **row})
    )
    return Put(int(held["id"]), _told(kind, held))


def take(connection: Connection, workspace: int, kind: RecordKind, row: int) -> Told | None:
    """Take a row away and return what it said; nothing where it is gone."""
    take_turns(connection, workspace)
    here = of(kind, workspace, row)
    held = connection.execute(select(kind.table).where(*here)).mappings().one_or_none()
    if held is None:
        return None
    connection.execute(delete(kind.table).where(*here))
    _forget_revisions(connection, workspace, kind, row)
    mark_changed(connection, workspace)
    return _told(kind, held)


def of(kind: RecordKind, workspace: int, row: int) -> tuple[ColumnElement[bool], ...]:
    return kind.table.c.workspace == workspace, kind.table.c.id == row


def _told(kind: RecordKind, held: Mapping[Any, Any]) -> Told:
    return {it: held[it] for it in (*kind.columns, *kind.stamped)}


def _forget_revisions(
    connection: Connection, workspace: int, kind: RecordKind, record: int
) -> None:
    """What a file once said does not come back over what a person said since."""
    connection.execute(
        delete(REVISED).where(
            REVISED.c.workspace == workspace,
            REVISED.c.kind == kind.name,
            REVISED.c.record == record,
        )
    )
