"""What a goal's days say: every number is taken from an Answer (``kpis.asking.work_out``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from kpis.answers import Absent, Answer, Point, Value
from kpis.asking import work_out
from kpis.catalogue import CATALOGUE, Service
from kpis.goals.currency import in_currency
from kpis.goals.shapes import RECENT_DAYS, is_of_people
from kpis.names import title_of
from kpis.periods import say_days
from kpis.question import Period, Question, Scope
from kpis.scopes import unpack_scope
from kpis.surroundings import Surroundings
from storage.goals import GoalRow
from storage.platforms import PLATFORMS

DAY = timedelta(days=1)
DAILY = 14
"""Up to so many days a series has a slot a day, whatever it is made of (``kpis.slots``)."""
PROFILE_DAYS = 56
"""Eight weeks show how the days of the week differ (kpi-catalogue §1, *Goal pace*)."""
FEW_OF_A_WEEKDAY = 4


def scope_of(row: GoalRow) -> Scope:
    """Return the scope that a goal's row holds, beside its options."""
    return unpack_scope(row.scoped)


@dataclass(frozen=True)
class Days:
    """Some days of a goal, answered."""

    answer: Answer
    start: date
    end: date

    @property
    def value(self) -> Value | None:
        """Return the number, unless there is none or it is of something else."""
        reading = self.answer.main.value
        if isinstance(reading, Absent) or self.stands_in:
            return None
        return reading

    @property
    def stands_in(self) -> bool:
        """Whether post reach was told for want of reach: people who may come several times."""
        kpi = self.answer.question.kpi
        return is_of_people(kpi) and self.answer.kpi_title != title_of(CATALOGUE[kpi])

    @cached_property
    def missing(self) -> frozenset[date]:
        """Return the days that not every account has numbers of."""
        return frozenset(self.answer.coverage.missing)

    @property
    def last_held(self) -> date | None:
        """Return the last day with numbers; of issues every day has them."""
        at = self.end - DAY
        while at >= self.start:
            if at not in self.missing:
                return at
            at -= DAY
        return None


@dataclass(frozen=True)
class Measuring:
    """A goal with all that it takes to ask for its numbers."""

    row: GoalRow
    connection: Connection
    around: Surroundings
    now: datetime

    @cached_property
    def today(self) -> date:
        return self.now.astimezone(ZoneInfo(self.around.zone)).date()

    @cached_property
    def made_on(self) -> date:
        return self.row.made.astimezone(ZoneInfo(self.around.zone)).date()

    @cached_property
    def is_service(self) -> bool:
        return isinstance(CATALOGUE[self.row.kpi], Service)

    def over(self, start: date, end: date) -> Days:
        """Return the answer over whole days; raises ``KepiError`` where nothing can be asked."""
        row = self.row
        question = Question(
            kpi=row.kpi,
            scope=scope_of(row),
            period=Period(start, end, say_days(start, end, self.today.year)),
            today=self.today,
            variant=row.variant or None,
            options=tuple(row.scoped.get("options", ())),
        )
        found = work_out(question, self.connection, self.around, self.now)
        return Days(in_currency(found, str(row.scoped.get("currency", ""))), start, end)

    @cached_property
    def settled(self) -> date:
        """Return the first day whose numbers may still change (kpi-catalogue §1, *Late*)."""
        if self.is_service:
            return self.today
        probe = self.over(self.today - 7 * DAY, self.today)
        if probe.answer.coverage.unit == "posts":
            return self.today
        accounts = self.around.choose(scope_of(self.row))
        return self.today - max(PLATFORMS[it.platform].settle_days for it in accounts) * DAY

    def daily(self, start: date, end: date) -> Iterator[Point]:
        """Yield a point a day."""
        at = start
        while at < end:
            after = min(at + DAILY * DAY, end)
            yield from self.over(at, after).answer.main.series
            at = after

    def recent(self, end: date) -> Days:
        return self.over(end - RECENT_DAYS * DAY, end)

    @cached_property
    def profile(self) -> tuple[float, ...]:
        """Return what each day of the week weighs, Monday first, of the last eight weeks.

        All alike where a weekday has fewer than four days with numbers, or sums fall.
        """
        by_weekday: list[list[float]] = [[] for _ in range(7)]
        for point in self.daily(self.settled - PROFILE_DAYS * DAY, self.settled):
            if point.value is not None:
                by_weekday[point.start.weekday()].append(point.value)
        flat = (1.0,) * 7
        if any(len(it) < FEW_OF_A_WEEKDAY for it in by_weekday):
            return flat
        means = tuple(sum(it) / len(it) for it in by_weekday)
        return flat if min(means) < 0 or not sum(means) else means

    def weigh(self, start: date, end: date, without: frozenset[date] = frozenset()) -> float:
        """Return what some days weigh together, by their days of the week."""
        days = ((start + count * DAY) for count in range((end - start).days))
        return sum(self.profile[it.weekday()] for it in days if it not in without)
