"""Declared values: costs, values and assumptions that people stand for with their name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import Connection, select

from storage.record_kinds import DECLARED

KIND = DECLARED["values"]
SHARE, MONEY, COUNT, YEARS = "share", "money", "count", "years"


@dataclass(frozen=True)
class ValueKind:
    """A kind of declared value."""

    key: str
    title: str
    unit: str
    """``money`` (in units of its currency), ``share`` (a fraction), ``count`` or ``years``."""
    spread: bool = False
    """It is of whole days, and spread evenly over them; others hold from their day on."""


VALUES = MappingProxyType(
    {
        it.key: it
        for it in (
            ValueKind("labour", "labour cost", MONEY, spread=True),
            ValueKind("tools", "cost of tools", MONEY, spread=True),
            ValueKind("indirect", "indirect value", MONEY, spread=True),
            ValueKind("deflected-contacts", "deflected contacts", COUNT, spread=True),
            ValueKind("cost-per-contact", "cost per contact", MONEY),
            ValueKind("lifetime-years", "customer lifetime", YEARS),
            ValueKind("margin", "margin", SHARE),
            ValueKind("churn", "monthly churn", SHARE),
            ValueKind("arpa", "revenue per account and month", MONEY),
        )
    }
)
"""Every kind by its key."""


class DeclaredRow(NamedTuple):
    """A declared value; the columns are told in ``storage.record_tables.DeclaredValue``."""

    id: int
    kind: str
    name: str
    value: float
    currency: str
    start: date
    end: date | None
    """Half-open; ``None``: from ``start`` on."""
    owner: str
    method: str
    by: str
    at: datetime
    import_id: int


COLUMNS = tuple(KIND.table.c[name] for name in DeclaredRow._fields)


def values(connection: Connection, workspace: int) -> list[DeclaredRow]:
    """Return every declared value by kind, name and first day."""
    table = KIND.table
    order = (table.c.kind, table.c.name, table.c.start)
    statement = select(*COLUMNS).where(table.c.workspace == workspace).order_by(*order)
    return [DeclaredRow._make(row) for row in connection.execute(statement)]
