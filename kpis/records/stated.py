"""Reads what people declared: values with their days, and prices."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, or_, select

from kpis.readers.columns import TABLES, number
from kpis.records.frame import Stated
from storage.money import digits_of

DECLARED, RATES = TABLES["declared_value"], TABLES["rate_card"]


def read_declared(
    connection: Connection, workspace: int, kinds: Iterable[str], start: int, end: int
) -> tuple[Stated, ...]:
    """Return the declared values of some kinds that touch days from ``start`` before ``end``."""
    first, until = number(DECLARED.c.start), number(DECLARED.c.end)
    columns = [DECLARED.c[it] for it in ("kind", "name", "value", "currency")]
    statement = (
        select(*columns, first, until, DECLARED.c.owner, DECLARED.c.method)
        .where(
            DECLARED.c.workspace == workspace,
            DECLARED.c.kind.in_(sorted(kinds)),
            first < end,
            or_(until.is_(None), until > start),
        )
        .order_by(DECLARED.c.start, DECLARED.c.id)
    )
    return tuple(Stated._make(row) for row in connection.execute(statement))


def read_prices(
    connection: Connection, workspace: int, last: int
) -> dict[tuple[str, str], tuple[float, str]]:
    """Return kind and word (case folded) → the newest price up to a day, in units, its currency."""
    statement = (
        select(RATES.c.kind, RATES.c.what, RATES.c.price, RATES.c.currency)
        .where(RATES.c.workspace == workspace, number(RATES.c.since) <= last)
        .order_by(RATES.c.since, RATES.c.id)
    )
    return {
        (kind, what.casefold()): (price / 10 ** digits_of(currency), currency)
        for kind, what, price, currency in connection.execute(statement)
    }
