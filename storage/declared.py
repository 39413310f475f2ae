"""Declared values: costs, values and assumptions that people stand for with their name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import Connection, or_, select

from storage.rate_cards import RateRow, rates
from storage.record_kinds import DECLARED

__all__ = ["VALUES", "DeclaredRow", "RateRow", "ValueKind", "declared", "rates", "values"]

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


def declared(
    connection: Connection, workspace: int, kinds: Sequence[str], start: date, end: date
) -> list[DeclaredRow]:
    """Return the values of some kinds whose days touch those from ``start`` until before ``end``.

    They come by kind, name and first day: of values that hold from their day on, the last one of
    a name is the newest.
    """
    table = KIND.table
    statement = select(*COLUMNS).where(
        table.c.workspace == workspace,
        table.c.kind.in_(kinds),
        table.c.start < end,
        or_(table.c.end.is_(None), table.c.end > start),
    )
    order = (table.c.kind, table.c.name, table.c.start)
    return [DeclaredRow._make(row) for row in connection.execute(statement.order_by(*order))]


def values(connection: Connection, workspace: int) -> list[DeclaredRow]:
    """Return every declared value by kind, name and first day."""
    table = KIND.table
    order = (table.c.kind, table.c.name, table.c.start)
    statement = select(*COLUMNS).where(table.c.workspace == workspace).order_by(*order)
    return [DeclaredRow._make(row) for row in connection.execute(statement)]
