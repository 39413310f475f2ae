"""A team's own KPIs: declared, changed, removed and brought back; and the values they count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from storage.errors import KepiError
from storage.record_tables import CustomKpi, CustomValue
from storage.tables import table_of
from storage.workspaces import mark_changed

KPI, VALUE = table_of(CustomKpi), table_of(CustomValue)
MOST = 100
"""Own KPIs of a workspace."""


class CustomRow(NamedTuple):
    """An own KPI as it was declared."""

    key: str
    title: str
    unit: str
    better: str
    kind: str
    """``A`` added up, ``L`` the last value, ``R`` a formula."""
    formula: str
    meaning: str
    aim: str
    owner: str


class CustomValueRow(NamedTuple):
    """A value of an own counter."""

    id: int
    kpi: str
    day: date
    value: float
    note: str
    by: str
    at: datetime


COLUMNS = tuple(KPI.c[name] for name in CustomRow._fields)
VALUE_COLUMNS = tuple(VALUE.c[name] for name in CustomValueRow._fields)


def customs(connection: Connection, workspace: int) -> list[CustomRow]:
    """Return the own KPIs that stand, by their titles."""
    statement = (
        select(*COLUMNS)
        .where(KPI.c.workspace == workspace, KPI.c.removed.is_(None))
        .order_by(KPI.c.title)
    )
    return [CustomRow._make(row) for row in connection.execute(statement)]


def declare(connection: Connection, workspace: int, row: CustomRow, at: datetime) -> None:
    """Keep an own KPI; one of the same key is changed, and brought back where it was removed."""
    if len(customs(connection, workspace)) >= MOST:
        raise KepiError("There are {most} own KPIs already. Remove one first: /kpi own", most=MOST)
    facts = row._asdict() | {"made": at, "removed": None}
    here = (KPI.c.workspace == workspace) & (KPI.c.key == row.key)
    if not connection.execute(update(KPI).where(here).values(**facts)).rowcount:
        connection.execute(insert(KPI).values(workspace=workspace, **facts))
    mark_changed(connection, workspace)


def remove(connection: Connection, workspace: int, key: str, at: datetime) -> bool:
    """Remove an own KPI; its values stay, for it may be brought back. Say whether it stood."""
    here = (KPI.c.workspace == workspace) & (KPI.c.key == key) & KPI.c.removed.is_(None)
    removed = connection.execute(update(KPI).where(here).values(removed=at)).rowcount
    mark_changed(connection, workspace)
    return bool(removed)


def restore(connection: Connection, workspace: int, key: str) -> bool:
    """Bring a removed KPI back; say whether there was one."""
    here = (KPI.c.workspace == workspace) & (KPI.c.key == key) & KPI.c.removed.is_not(None)
    found = connection.execute(update(KPI).where(here).values(removed=None)).rowcount
    mark_changed(connection, workspace)
    return bool(found)


def put_value(
    connection: Connection,
    workspace: int,
    kpi: str,
    day: date,
    value: float,
    note: str,
    by: str,
    at: datetime,
) -> int:
    """Keep a value of a day and return its id; the same day and note again replaces it."""
    here = (VALUE.c.workspace == workspace) & (VALUE.c.kpi == kpi)
    here = here & (VALUE.c.day == day) & (VALUE.c.note == note)
    connection.execute(delete(VALUE).where(here))
    statement = insert(VALUE).values(
        workspace=workspace, kpi=kpi, day=day, value=value, note=note, by=by, at=at, import_id=0
    )
    made = int(connection.execute(statement.returning(VALUE.c.id)).scalar_one())
    mark_changed(connection, workspace)
    return made


def take_value(connection: Connection, workspace: int, number: int) -> bool:
    """Take a value back; say whether it was there."""
    here = (VALUE.c.workspace == workspace) & (VALUE.c.id == number)
    gone = connection.execute(delete(VALUE).where(here)).rowcount
    mark_changed(connection, workspace)
    return bool(gone)


def values(
    connection: Connection, workspace: int, kpis: Sequence[str], limit: int = 10
) -> list[CustomValueRow]:
    """Return the newest values of some own KPIs."""
    statement = (
        select(*VALUE_COLUMNS)
        .where(VALUE.c.workspace == workspace, VALUE.c.kpi.in_(kpis))
        .order_by(VALUE.c.day.desc(), VALUE.c.id.desc())
        .limit(limit)
    )
    return [CustomValueRow._make(row) for row in connection.execute(statement)]
