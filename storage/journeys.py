"""Journeys: the touches that a customer had, in order, up to a conversion or to none.

A touch counts for a conversion of the same customer where it was at or before it, by no more than
the look-back. All moments are UTC microseconds.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from storage.bulk import Values, fetch, spell
from storage.calendar import start_of
from storage.support_notes import chosen
from storage.tables import EPOCH_DAY, instant_number

LOOK_BACK_KEY = "attribution.look-back"
LOOK_BACK_DAYS = 30
DAY = timedelta(days=1) // timedelta(microseconds=1)
ROWS_AT_ONCE = 10_000
NOBODY = ""
"""Customer of a conversion that nobody can be told of: no touch is theirs."""


class Span(NamedTuple):
    """Half-open, in days or in instants; ``None`` has no bound on that side."""

    first: int | None = None
    end: int | None = None

    def instants(self, zone: ZoneInfo) -> Span:
        """Return the moments between which the local days of a span lie."""
        return Span(*(None if it is None else _start_of(it, zone) for it in self))

    def within(self, column: str) -> tuple[str, tuple[int, ...]]:
        """Return conditions on a column, to follow others, and their values."""
        pairs = ((f' AND "{column}" >= ?', self.first), (f' AND "{column}" < ?', self.end))
        held = [(words, bound) for words, bound in pairs if bound is not None]
        return "".join(words for words, _ in held), tuple(bound for _, bound in held)


def _start_of(day: int, zone: ZoneInfo) -> int:
    return instant_number(start_of(EPOCH_DAY + timedelta(days=day), zone))


class Conversion(NamedTuple):
    """A row of ``conversion``, as credits need it."""

    customer: str
    at: int
    type: str
    value: int | None
    currency: str
    platform: str
    campaign: str
    direct: bool | None
    session: str


class Touch(NamedTuple):
    """A row of ``touch``."""

    customer: str
    at: int
    platform: str
    campaign: str
    paid: bool | None
    session: str


class Journey(NamedTuple):
    """A conversion and the touches before it."""

    conversion: Conversion
    touches: Sequence[Touch]
    """Those that count, the oldest first."""


def look_back_days(connection: Connection, workspace: int) -> int:
    """Return for how many days before a conversion touches count."""
    return int(chosen(connection, workspace, LOOK_BACK_KEY, LOOK_BACK_DAYS))


def read_conversions(connection: Connection, workspace: int, moments: Span) -> list[Conversion]:
    bounds, values = moments.within("at")
    rows = fetch(
        connection,
        "SELECT customer, at, type, value, currency, platform, campaign, direct, session"
        f" FROM conversion WHERE workspace = ?{bounds}",
        (workspace, *values),
    )
    return list(map(Conversion._make, rows))


def read_journeys(
    connection: Connection,
    workspace: int,
    conversions: Sequence[Conversion],
    moments: Span,
    look_back: int,
) -> Iterator[Journey]:
    """Yield a journey for each of the conversions between two moments, which were read before.

    ``look_back`` is in days. Touches are streamed: there may be millions.
    """
    waiting: dict[str, list[Conversion]] = defaultdict(list)
    for it in conversions:
        waiting[it.customer].append(it)
    for customer, touches in _touches_of_buyers(connection, workspace, moments, look_back * DAY):
        at = [it.at for it in touches]
        for it in waiting.pop(customer, ()):
            since = bisect_left(at, it.at - look_back * DAY)
            yield Journey(it, touches[since : bisect_right(at, it.at)])
    for rest in waiting.values():
        for it in rest:
            yield Journey(it, ())


def read_lost(
    connection: Connection, workspace: int, moments: Span
) -> Iterator[tuple[str, list[Touch]]]:
    """Yield each customer who was touched between two moments and did not convert in them."""
    bounds, values = moments.within("at")
    statement = (
        "SELECT customer, at, platform, campaign, paid, session FROM touch t"
        f" WHERE workspace = ? AND customer <> '{NOBODY}'{bounds} AND NOT EXISTS"
        " (SELECT 1 FROM conversion c WHERE c.workspace = t.workspace"
        f" AND c.customer = t.customer{bounds.replace(' AND ', ' AND c.')})"
        " ORDER BY customer, at, id"
    )
    yield from _by_customer(connection, statement, (workspace, *values, *values))


def _touches_of_buyers(
    connection: Connection, workspace: int, moments: Span, look_back: int
) -> Iterator[tuple[str, list[Touch]]]:
    """Yield each customer who converted between two moments, with the touches in their order."""
    converted, given = moments.within("at")
    since = None if moments.first is None else moments.first - look_back
    touched, reached = Span(since, moments.end).within("at")
    statement = (
        "SELECT customer, at, platform, campaign, paid, session FROM touch"
        f" WHERE workspace = ? AND customer <> '{NOBODY}'{touched} AND customer IN"
        f" (SELECT customer FROM conversion WHERE workspace = ?{converted})"
        " ORDER BY customer, at, id"
    )
    yield from _by_customer(connection, statement, (workspace, *reached, workspace, *given))


def _by_customer(
    connection: Connection, statement: str, values: Values
) -> Iterator[tuple[str, list[Touch]]]:
    for customer, rows in groupby(_stream(connection, statement, values), itemgetter(0)):
        yield customer, list(map(Touch._make, rows))


def _stream(connection: Connection, statement: str, values: Values) -> Iterator[Values]:
    """Yield the rows of a query without holding all of them."""
    pool: Any = connection.connection
    # A cursor that has a name is read portion by portion; SQLite's all are.
    name = {} if connection.dialect.name == "sqlite" else {"name": "journeys"}
    cursor = pool.cursor(**name)
    try:
        cursor.execute(spell(connection, statement), values)
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield from rows
    finally:
        cursor.close()
