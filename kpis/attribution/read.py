"""Reads what attribution is told from: stored credits, and journeys for the chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, Connection, cast, func, select

from kpis.attribution.markov import Ways
from kpis.readers.columns import TABLES, number
from storage.credit_models import MODELS, ONE
from storage.credit_paths import media_of
from storage.credits import PAID, read_paths
from storage.journeys import (
    Conversion,
    Meeting,
    Span,
    look_back_days,
    read_conversions,
    read_journeys,
    read_lost,
)
from storage.money import digits_of

CREDIT = TABLES["credit"]
COLUMNS = {"platform": "platform", "campaign": "campaign", "paid": "paid"}
"""Dimension → the column of ``credit`` whose words are the rows of the answer."""


@dataclass(frozen=True)
class Asked:
    """What to read: whole days of a workspace, as day numbers, split by a dimension."""

    workspace: int
    zone: str
    start: int
    end: int
    by: str = "platform"

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class Beyond(NamedTuple):
    """A collection of paths of which some days lie outside the period."""

    name: str
    start: int
    end: int


@dataclass
class Credited:
    """Conversions and amounts by model and word; amounts by currency, in its units."""

    conversions: dict[str, dict[str, float]] = field(default_factory=dict)
    revenue: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)
    """Currency → model → word."""

    def words(self) -> set[str]:
        return {word for held in self.conversions.values() for word in held}

    def total(self, model: str) -> float:
        return sum(self.conversions.get(model, {}).values())


@dataclass
class Walks:
    """How people walked in a period, by what they brought in: a currency, or “” for anything.

    A currency's chain is that of the conversions which had a price in it, so that nobody takes
    the credit for amounts who only led to what is free.
    """

    converted: dict[str, Ways] = field(default_factory=lambda: defaultdict(Ways))
    amounts: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    """Conversions for “”, else units of the currency."""
    lost: Ways = field(default_factory=Ways)

    def add(
        self, path: Sequence[str], converted: int, lost: int, currency: str, amount: float
    ) -> None:
        """Add walks; those without a stop are unattributed, and no part of any chain."""
        if not path:
            return
        self.lost.add(path, 0, lost)
        if converted:
            self._bring("", path, converted, converted)
        if converted and currency:
            self._bring(currency, path, converted, amount)

    def _bring(self, brought: str, path: Sequence[str], converted: int, amount: float) -> None:
        self.amounts[brought] += amount
        self.converted[brought].add(path, converted, 0)

    def chain(self, currency: str = "") -> Ways:
        return self.converted[currency].beside(self.lost)


def read_credits(connection: Connection, asked: Asked) -> Credited:
    """Return the credits of the conversions whose days lie inside the period."""
    word = CREDIT.c[COLUMNS[asked.by]]
    sums = [cast(func.sum(it), BigInteger) for it in (CREDIT.c.credit, CREDIT.c.value)]
    statement = (
        select(CREDIT.c.model, word, CREDIT.c.currency, *sums)
        .where(
            CREDIT.c.workspace == asked.workspace,
            CREDIT.c.model.in_(MODELS),
            number(CREDIT.c.start) >= asked.start,
            number(CREDIT.c.end) <= asked.end,
        )
        .group_by(CREDIT.c.model, word, CREDIT.c.currency)
    )
    conversions: dict[tuple[str, str], int] = defaultdict(int)
    found = Credited()
    for model, name, currency, credit, value in connection.execute(statement):
        conversions[model, name] += credit
        if currency:
            by_model = found.revenue.setdefault(currency, {})
            by_model.setdefault(model, {})[name] = value / 10 ** digits_of(currency)
    for (model, name), credit in conversions.items():
        found.conversions.setdefault(model, {})[name] = credit / ONE
    return found


def read_beyond(connection: Connection, asked: Asked) -> list[Beyond]:
    """Return the collections that reach beyond the period, which leaves them out."""
    start, end = number(CREDIT.c.start), number(CREDIT.c.end)
    statement = (
        select(CREDIT.c.collection, start.label("d0"), end.label("d1"))
        .where(
            CREDIT.c.workspace == asked.workspace,
            CREDIT.c.collection != "",
            start < asked.end,
            end > asked.start,
            (start < asked.start) | (end > asked.end),
        )
        .distinct()
        .order_by("d0", "d1", CREDIT.c.collection)
    )
    return [Beyond(*row) for row in connection.execute(statement)]


def read_held(connection: Connection, workspace: int) -> tuple[int, int] | None:
    """Return the first day that any credit is of, and the day after the last."""
    statement = select(func.min(number(CREDIT.c.start)), func.max(number(CREDIT.c.end))).where(
        CREDIT.c.workspace == workspace
    )
    first, end = connection.execute(statement).one()
    return None if first is None else (first, end)


def read_walks(connection: Connection, asked: Asked) -> Walks:
    """Return how everybody walked who converted in the period, and those who did not.

    Whoever was touched in the period and did not convert in it walked to nothing; paths that a
    file added up say themselves how many were lost. Touches of nothing known are no stops.
    """
    walks, workspace = Walks(), asked.workspace
    moments = asked.span.instants(ZoneInfo(asked.zone))
    days = look_back_days(connection, workspace)
    conversions = read_conversions(connection, workspace, moments)
    for conversion, _, meetings in read_journeys(connection, workspace, conversions, moments, days):
        path = _words(meetings, asked.by) if meetings else _own_word(conversion, asked.by)
        currency = "" if conversion.value is None else conversion.currency
        amount = (conversion.value or 0) / 10 ** digits_of(currency) if currency else 0.0
        walks.add(path, 1, 0, currency, amount)
    for meetings in read_lost(connection, workspace, moments):
        walks.add(_words(meetings, asked.by), 0, 1, "", 0.0)
    inside = ' AND start >= ? AND "end" <= ?'
    for it in read_paths(connection, workspace, inside, (asked.start, asked.end)):
        path = media_of(it.path) if asked.by == "platform" else ()
        walks.add(path, it.conversions, it.others, it.currency, it.value / ONE)
    return walks


def _words(meetings: Sequence[Meeting], by: str) -> list[str]:
    """Return the stops of a journey, in a dimension's words."""
    if by == "platform":
        return [it.platform for it in meetings if it.platform]
    if by == "campaign":
        return [it.campaign for it in meetings if it.campaign]
    return [PAID[it.paid] for it in meetings if it.paid is not None]


def _own_word(conversion: Conversion, by: str) -> tuple[str, ...]:
    word = {"platform": conversion.platform, "campaign": conversion.campaign}.get(by)
    return (word,) if word else ()
