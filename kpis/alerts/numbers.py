"""The numbers of a rule, day by day, as answers tell them: nothing is added up here.

Where an answer's own series has a slot a day it is taken; rates, medians, windows of several days
and changes are asked for each day apart, since no day's share says how many it is of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from kpis.alerts.rules import Rule
from kpis.answers import Answer, Change, Value
from kpis.asking import work_out
from kpis.audit.holding import held_back
from kpis.catalogue import CATALOGUE, Kpi, Service
from kpis.goals.currency import in_currency
from kpis.language import Quotient, Statistic
from kpis.periods import say_days
from kpis.question import Period, Question
from kpis.records.telling import SMALL_SURVEY
from kpis.service_shapes import Attainment, Clocked, Portion
from kpis.slots import DAYS_BY_DAY, FEW_DAYS
from kpis.statistics import SMALL_POSTS, SMALL_RATE
from kpis.surroundings import Surroundings
from storage.measures import Unit

DAY = timedelta(days=1)
EXPECTED = 7
"""Days for which an account that had numbers is expected to have them again."""
SMALL_TIMES = 10
"""A median of fewer times is no news (kpi-catalogue §1, *Small samples*)."""


@dataclass(frozen=True)
class DayNumber:
    """What a KPI was on a day, or in the days up to it."""

    day: date
    value: float | None
    """Empty: no data, bounds instead of a number, or too few rows behind it."""
    change: Change | None = None
    before: float | None = None
    """What ``change`` is from."""
    is_settled: bool = True
    of: frozenset[str] = frozenset()
    """Whose numbers it adds up, where there are several accounts."""


@dataclass(frozen=True)
class Numbers:
    """A KPI's numbers over some days, the oldest first, and what they are called."""

    days: tuple[DayNumber, ...]
    title: str
    """“Likes · Instagram acme”."""
    unit: Unit
    better: str
    breaks: tuple[date, ...] = ()
    """Days from which it is counted otherwise."""
    zone: str = "UTC"


def today_of(around: Surroundings, now: datetime) -> date:
    """Return the workspace's day at a moment."""
    return now.astimezone(ZoneInfo(around.zone)).date()


def read_numbers(
    rule: Rule, connection: Connection, around: Surroundings, now: datetime, first: date, end: date
) -> Numbers:
    """Return the numbers of the days from ``first`` until before ``end``."""
    apart = replace(around, answers={})  # hundreds of days would push out what people asked
    reader = Reader(rule, connection, apart, now)
    if is_told_by_day(rule):
        early = first - timedelta(days=EXPECTED)
        days = tuple(it for it in whole_ones(reader.series(early, end)) if it.day >= first)
    else:
        days = tuple(reader.ask_each(first, end))
    days = tuple(reader.without_held(days))
    told = reader.last or reader.ask(Period(end - DAY, end, "one day"))
    return Numbers(
        days=days,
        title=" · ".join(it for it in (told.kpi_title, told.scope_title) if it),
        unit=told.unit,
        better=told.better,
        breaks=tuple(sorted(reader.breaks)),
        zone=(told.coverage.zones or (around.zone,))[0],
    )


def is_told_by_day(rule: Rule) -> bool:
    """Whether a series says all that the rule must know of a day."""
    if rule.kind == "change" or rule.settings.days > 1:
        return False
    entry = CATALOGUE[rule.kpi]
    if isinstance(entry, Service):
        return not isinstance(entry.figure, Clocked | Portion | Attainment)
    return isinstance(entry, Kpi) and not isinstance(entry.formula, Quotient | Statistic)


@dataclass
class Reader:
    """Asks for the numbers of one rule."""

    rule: Rule
    connection: Connection
    around: Surroundings
    now: datetime
    last: Answer | None = None
    """The newest answer that has a number, for what things are called."""
    breaks: set[date] = field(default_factory=set)

    def question(self, period: Period) -> Question:
        settings = self.rule.settings
        return Question(
            kpi=self.rule.kpi,
            scope=self.rule.scope,
            period=period,
            today=today_of(self.around, self.now),
            variant=settings.variant or None,
            options=settings.options,
        )

    def ask(self, period: Period) -> Answer:
        """Return the answer of some days; raises ``KepiError`` where there is nothing to ask."""
        found = work_out(self.question(period), self.connection, self.around, self.now)
        found = in_currency(found, self.rule.settings.currency)
        self.breaks |= {it.day for it in found.marks}
        if self.last is None or isinstance(found.main.value, Value):
            self.last = found
        return found

    def without_held(self, days: Iterable[DayNumber]) -> Iterator[DayNumber]:
        """Yield the days, without the numbers that an audit holds back: those are no news.

        A change is from the days before as well.
        """
        holding = held_back(self.connection, self.around.workspace)
        settings = self.rule.settings
        back = timedelta(days=settings.days * (2 if self.rule.kind == "change" else 1) - 1)
        for number in days:
            question = self.question(span(number.day - back, number.day + DAY))
            is_held = bool(holding) and bool(holding.of(question, self.around))
            yield replace(number, value=None) if is_held else number

    def series(self, first: date, end: date) -> Iterator[DayNumber]:
        """Yield a number a day from series, some weeks at a time."""
        at, length = first, DAYS_BY_DAY
        while at < end:
            until = min(at + timedelta(days=length), end)
            found = self.ask(span(at, until))
            points = found.main.series
            if any(it.end - it.start > DAY for it in points):
                length = FEW_DAYS  # posts are rare: longer series are cut by week
                continue
            held = held_by_day(found)
            for point in points:
                value = None if point.few else point.value
                of = held.get(point.start, frozenset())
                yield DayNumber(point.start, value, is_settled=not point.provisional, of=of)
            at = until

    def ask_each(self, first: date, end: date) -> Iterator[DayNumber]:
        """Yield the number of each day, or of the days up to it, asked apart."""
        for number in range((end - first).days):
            day = first + timedelta(days=number)
            start = day - timedelta(days=self.rule.settings.days - 1)
            found = self.ask(span(start, day + DAY))
            yield self.number_of(found, day)

    def number_of(self, found: Answer, day: date) -> DayNumber:
        figure, settled = found.main, found.coverage.provisional == 0
        value = figure.value
        told = isinstance(value, Value) and value.exact and is_covered(found)
        if not isinstance(value, Value) or not told or is_small(found, value):
            return DayNumber(day, None, is_settled=settled)
        before = figure.previous.low if isinstance(figure.previous, Value) else None
        return DayNumber(day, value.low, figure.change, before, settled)


def held_by_day(found: Answer) -> dict[date, frozenset[str]]:
    """Return which of several lines have a number on each day."""
    held: dict[date, set[str]] = {}
    for line in found.lines if len(found.lines) > 1 else ():
        for point in line.series:
            if point.value is not None:
                held.setdefault(point.start, set()).add(line.name)
    return {day: frozenset(names) for day, names in held.items()}


def whole_ones(days: Iterable[DayNumber]) -> Iterator[DayNumber]:
    """Yield the days, without a number where an account that had one last week has none.

    What is added up falls when a file is late; that is no news of the number.
    """
    recent: list[DayNumber] = []
    for number in days:
        expected = frozenset().union(*(it.of for it in recent[-EXPECTED:]))
        recent.append(number)
        yield number if number.of >= expected else replace(number, value=None)


def is_covered(found: Answer) -> bool:
    """Whether a sum or a level is of every day that it is of; a rate may be of some."""
    entry, coverage = CATALOGUE[found.question.kpi], found.coverage
    if isinstance(entry, Service) or coverage.held >= coverage.days:
        return True
    return isinstance(entry, Kpi) and isinstance(entry.formula, Quotient | Statistic)


def is_small(found: Answer, value: Value) -> bool:
    """Whether too few rows stand behind a rate or a median (kpi-catalogue §1)."""
    entry = CATALOGUE[found.question.kpi]
    if found.unit is Unit.SCORE:
        return value.n < SMALL_SURVEY
    if isinstance(entry, Kpi) and isinstance(entry.formula, Quotient):
        below = found.receipt.components[-1].value if found.receipt.components else None
        return found.unit is Unit.PERCENT and (below or 0) < SMALL_RATE
    if isinstance(entry, Kpi) and isinstance(entry.formula, Statistic):
        return value.n < SMALL_POSTS
    if found.unit is Unit.SECONDS:
        return value.n < SMALL_TIMES
    return found.unit is Unit.PERCENT and value.n < SMALL_RATE


def span(start: date, end: date) -> Period:
    return Period(start, end, say_days(start, end, end.year))
