"""Journeys: the touches that a customer had, in order, up to a conversion or to none.

A touch counts for a conversion of the same customer where it was at or before it, by no more than
the look-back. All moments are UTC microseconds.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta
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


class Meeting(NamedTuple):
    """What there is to say of a touch beside whose it was and when; many are alike."""

    platform: str
    campaign: str
    paid: bool | None
    session: str


class Journey(NamedTuple):
    """A conversion and the touches before it that count, the oldest first."""

    conversion: Conversion
    moments: Sequence[int]
    meetings: Sequence[Meeting]


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

    ``look_back`` is in days. About 60 bytes are held for each touch.
    """
    waiting: dict[str, list[Conversion]] = defaultdict(list)
    for it in conversions:
        waiting[it.customer].append(it)
    shelf = Shelf(waiting)
    since = None if moments.first is None else moments.first - look_back * DAY
    touched, values = Span(since, moments.end).within("at")
    if moments != Span():  # of all touches none is looked up: reading in order is quicker
        converted, given = moments.within("at")
        touched += " AND customer IN"
        touched += f" (SELECT customer FROM conversion WHERE workspace = ?{converted})"
        values = (*values, workspace, *given)
    statement = f"SELECT {TOUCH} FROM touch WHERE workspace = ?{touched}"
    shelf.fill(_stream(connection, statement, (workspace, *values)))
    for customer, theirs in waiting.items():
        at, meetings = shelf.take(customer)
        for it in theirs:
            since, until = bisect_left(at, it.at - look_back * DAY), bisect_right(at, it.at)
            yield Journey(it, at[since:until], meetings[since:until])


def read_lost(connection: Connection, workspace: int, moments: Span) -> Iterator[Sequence[Meeting]]:
    """Yield the touches between two moments of each customer who did not convert in them."""
    bounds, values = moments.within("at")
    statement = f"SELECT DISTINCT customer FROM conversion WHERE workspace = ?{bounds}"
    converted = {row[0] for row in fetch(connection, statement, (workspace, *values))}
    statement = f"SELECT {TOUCH} FROM touch WHERE workspace = ?{bounds}"
    shelf = Shelf()
    shelf.fill(
        row
        for row in _stream(connection, statement, (workspace, *values))
        if row[0] not in converted
    )
    for customer in list(shelf.held):
        yield shelf.take(customer)[1]


TOUCH = "customer, at, id, platform, campaign, paid, session"
MEETING_BITS, ID_BITS = 32, 40


class Shelf:
    """Touches by customer, each in one whole number: moment, id and meeting, in this order.

    So millions fit into memory and are put in order without a word from the database, whose
    collation would differ. Touches of one moment keep the order in which they were stored.
    """

    def __init__(self, wanted: Collection[str] | None = None) -> None:
        self.wanted = wanted
        self.held: dict[str, list[int]] = defaultdict(list)
        self.numbers: dict[Meeting, int] = {}
        self.meetings: list[Meeting] = []

    def fill(self, rows: Iterable[Values]) -> None:
        """Put rows of ``TOUCH`` away; those that nobody wants, or of nobody, are left out."""
        held, numbers, wanted = self.held, self.numbers, self.wanted
        for customer, at, number, *rest in rows:
            if customer == NOBODY or (wanted is not None and customer not in wanted):
                continue
            told = tuple(rest)
            place = numbers.get(told)  # type: ignore[call-overload]
            if place is None:
                place = numbers[Meeting._make(told)] = len(self.meetings)
                self.meetings.append(Meeting._make(told))
            held[customer].append((at << ID_BITS | number) << MEETING_BITS | place)

    def take(self, customer: str) -> tuple[list[int], list[Meeting]]:
        """Return a customer's moments and meetings, the oldest first, and forget them."""
        packed = sorted(self.held.pop(customer, ()))
        mask = (1 << MEETING_BITS) - 1
        moments = [it >> (ID_BITS + MEETING_BITS) for it in packed]
        return moments, [self.meetings[it & mask] for it in packed]


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
