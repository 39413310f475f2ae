"""Rate cards: the prices that estimates stand on (AVE, PPC-equivalent)."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from storage.record_kinds import DECLARED

KIND = DECLARED["rates"]


class RateRow(NamedTuple):
    """A price; the columns are told in ``storage.record_tables.RateCard``."""

    id: int
    kind: str
    what: str
    currency: str
    price: int
    """In minor units of the currency."""
    since: date
    source: str
    by: str
    at: datetime
    import_id: int


COLUMNS = tuple(KIND.table.c[name] for name in RateRow._fields)


def rates(connection: Connection, workspace: int, kind: str | None = None) -> list[RateRow]:
    """Return the prices of a kind (``cpm``, ``cpc``), or all, by what they are of, oldest first.

    A price holds from its day ``since`` on, until the next one of the same thing and currency.
    """
    table = KIND.table
    statement = select(*COLUMNS).where(table.c.workspace == workspace)
    if kind is not None:
        statement = statement.where(table.c.kind == kind)
    order = (table.c.kind, table.c.what, table.c.currency, table.c.since)
    return [RateRow._make(row) for row in connection.execute(statement.order_by(*order))]
