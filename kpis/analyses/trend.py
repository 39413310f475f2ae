"""``/kpi trend …``: which way a KPI goes, by how much, and how sure that is (feature 90).

Only settled days count. Up to thirteen weeks are looked at by day (less the weekdays' own
pattern), longer and sparse series by week. What chance alone often does is not told as a trend.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from statistics import median

from sqlalchemy import Connection

from kpis.analyses.ground import ruled, seat, told
from kpis.analyses.slopes import Break, Slope, pettitt, theil_sen, weekday_effect
from kpis.answers import Absent, Answer, Change, Figure, Point, Receipt, Value
from kpis.coverage import provisional_from
from kpis.language import Levels, People
from kpis.names import meaning_of
from kpis.numbers import write, write_change
from kpis.periods import say_day, say_weekday
from kpis.question import Period, Question
from kpis.sitting import Sitting, exact_in
from kpis.slots import WEEKDAYS, day_of
from kpis.surroundings import Surroundings
from kpis.tongue import say, say_count
from storage.measures import Unit
from storage.tables import day_number

FEWEST = 8
"""Numbers below which no trend is looked for."""
SURE = 0.05
SURE_OF_BREAK = 0.01
"""Breaks are looked for at every place, so the bar is higher."""
BY_DAY = 91
"""Longer periods are told by week."""
WEEKS_FOR_WEEKDAYS = 4
MOSTLY = 0.7
LONGEST = 400
DEFAULT_DAYS = 84
"""Twelve weeks: a trend needs more than the 28 days that a number is told of."""


@dataclass(frozen=True)
class Trend:
    """What a series says."""

    points: tuple[Point, ...]
    step: int
    """Days of a slot: 1 or 7."""
    slope: Slope
    weekdays: tuple[float, ...] = ()
    """How far each weekday lies from the days around it, where the weekdays truly differ."""
    shift: Break | None = None

    @property
    def is_sure(self) -> bool:
        return self.slope.p < SURE and (self.slope.low > 0) == (self.slope.high > 0)

    @property
    def a_week(self) -> float:
        return self.slope.slope * 7 / self.step


def answer_trend(question: Question, connection: Connection, around: Surroundings) -> Answer:
    """Return the trend as an answer; raises ``Refusal`` for what has none."""
    sitting = seat(widen(question), connection, around)
    if isinstance(sitting, Answer):
        return sitting
    points, step = settled_points(sitting)
    values = [it.value for it in points]
    many = sum(it is not None for it in values)
    if many < FEWEST:
        headline = say("Too few numbers for a trend: {many}, needs {fewest}",
                       many=many, fewest=FEWEST)  # fmt: skip
        return tell(sitting, points, headline, ())
    return say_trend(sitting, find_trend(points, step))


def widen(question: Question) -> Question:
    """Return the question over twelve weeks, where nobody named a period."""
    from kpis.periods import DEFAULT_DAYS as USUAL

    period = question.period
    is_usual = period.days == USUAL and period.words == f"last {USUAL} days"
    if not is_usual:
        return question
    start = period.end - timedelta(days=DEFAULT_DAYS)
    return replace(question, period=Period(start, period.end, f"last {DEFAULT_DAYS} days"))


def settled_points(sitting: Sitting) -> tuple[tuple[Point, ...], int]:
    """Return the series of settled slots, and the days of a slot."""
    period = sitting.question.period
    unsure = provisional_from(sitting.way, sitting.accounts, sitting.question.today)
    end = min(day_number(period.end), unsure)
    start = max(day_number(period.start), end - 7 * LONGEST)
    daily = cut(sitting, start, end, 1) if end > start else ()
    held = [at for at, it in enumerate(daily) if it.value is not None]
    daily = daily[held[0] : held[-1] + 1] if held else ()
    if len(daily) <= BY_DAY and len(held) >= MOSTLY * len(daily):
        return daily, 1
    start, end = day_number(daily[0].start), day_number(daily[-1].end)
    whole = start + (end - start) % 7
    return (cut(sitting, whole, end, 7) if end > whole else ()), 7


def cut(sitting: Sitting, start: int, end: int, step: int) -> tuple[Point, ...]:
    formula = sitting.way.formula
    if isinstance(formula, People):
        period = Period(day_of(start), day_of(end), "")
        days = sitting.people_series(formula, sitting.now, sitting.accounts, period, end)
        return days if step == 1 else in_weeks(days)
    return tuple(
        Point(
            day_of(at),
            day_of(at + step),
            exact_in(formula, sitting.cell(sitting.now, sitting.accounts, at, at + step)),
        )
        for at in range(start, end, step)
    )


def in_weeks(days: tuple[Point, ...]) -> tuple[Point, ...]:
    """Return the average daily number of each week: days of people are never added."""
    found = []
    for at in range(0, len(days) - 6, 7):
        week = days[at : at + 7]
        held = [it.value for it in week if it.value is not None]
        found.append(Point(week[0].start, week[-1].end, sum(held) / 7 if len(held) == 7 else None))
    return tuple(found)


def find_trend(points: tuple[Point, ...], step: int) -> Trend:
    """Return what at least ``FEWEST`` numbers say."""
    values = [it.value for it in points]
    weekdays = find_weekdays(points) if step == 1 else ()
    if weekdays:
        values = [
            None if it.value is None else it.value - weekdays[it.start.weekday()] for it in points
        ]
    slope = theil_sen(values)
    found = pettitt(values)
    is_step = found.p < SURE_OF_BREAK and fits_better(values, found, slope)
    return Trend(points, step, slope, weekdays, found if is_step else None)


def find_weekdays(points: tuple[Point, ...]) -> tuple[float, ...]:
    """Return how far each weekday lies from the days around it, where weekdays truly differ.

    Four weeks of each are needed. The days around: the median of the seven whose middle it is.
    """
    rest: list[list[float]] = [[] for _ in WEEKDAYS]
    for at in range(3, len(points) - 3):
        around = [it.value for it in points[at - 3 : at + 4]]
        value = points[at].value
        if value is not None and None not in around:
            rest[points[at].start.weekday()].append(value - median(it or 0.0 for it in around))
    if min(map(len, rest)) < WEEKS_FOR_WEEKDAYS or weekday_effect(rest) >= SURE:
        return ()
    return tuple(median(it) for it in rest)


def fits_better(values: list[float | None], found: Break, slope: Slope) -> bool:
    """Whether two levels leave less over than a straight line."""
    step = line = 0.0
    for at, value in enumerate(values):
        if value is not None:
            step += abs(value - (found.before if at < found.at else found.after))
            line += abs(value - slope.start - slope.slope * at)
    return step < line


# --- words -----------------------------------------------------------------------------------


def say_trend(sitting: Sitting, trend: Trend) -> Answer:
    headline, details = say_slope(trend, sitting.way.unit, sitting.question.today.year)
    return tell(sitting, trend.points, headline, details, trend)


def say_slope(trend: Trend, unit: Unit, year: int) -> tuple[str, tuple[str, ...]]:
    """Return “Up 1.2 % (34) a week” where that is sure, and what else the series says."""
    size, every = signed(trend.a_week, unit), say("a day") if trend.step == 1 else say("a week")
    first, last = line_of(trend)
    low, high = (signed(it * 7 / trend.step, unit) for it in (trend.slope.low, trend.slope.high))
    if trend.shift is not None:
        return say_break(trend, trend.shift, unit, year), tuple(say_weekdays(trend, unit))
    if trend.is_sure:
        way = say("Up") if trend.a_week > 0 else say("Down")
        headline = say("{way} {size} a week", way=way, size=size_of(abs(trend.a_week), trend, unit))
        said = say(
            "The line goes from {first} to {last} {every}: {size} each week "
            "(19 in 20: {low} to {high}).",
            first=write(first, unit),
            last=write(last, unit),
            every="" if unit is Unit.PERCENT else every,
            size=size,
            low=low,
            high=high,
        ).replace(" :", ":")
    else:
        weeks = round(len(trend.points) * trend.step / 7)
        headline = say_count(
            "No clear trend in {number} week", "No clear trend in {number} weeks", weeks
        )
        said = say(
            "What moved, {size} a week, may be chance (19 in 20: {low} to {high}).",
            size=size,
            low=low,
            high=high,
        )
    return headline, (said, *say_weekdays(trend, unit))


def size_of(size: float, trend: Trend, unit: Unit) -> str:
    """Return “1.2 %” of the usual level; of a share its points."""
    level = median(it.value for it in trend.points if it.value is not None)
    if unit is Unit.PERCENT or level <= 0:
        return signed(size, unit).lstrip("+")
    return write_change(Change("percent", size / level), unit).lstrip("+")


def levels_of(trend: Trend, found: Break) -> tuple[float, ...]:
    return tuple(found.before if at < found.at else found.after for at in range(len(trend.points)))


def line_of(trend: Trend) -> tuple[float, float]:
    """Return the line's first and last value."""
    slope = trend.slope
    return slope.start, slope.start + slope.slope * (len(trend.points) - 1)


def signed(size: float, unit: Unit) -> str:
    return write_change(Change("points" if unit is Unit.PERCENT else "absolute", size), unit)


def say_break(trend: Trend, found: Break, unit: Unit, year: int) -> str:
    return say(
        "A new level from {day}: usually {after}, {before} until then",
        day=say_day(trend.points[found.at].start, year),
        after=write(found.after, unit),
        before=write(found.before, unit),
    )


def say_weekdays(trend: Trend, unit: Unit) -> list[str]:
    if not trend.weekdays:
        return []
    best = max(range(7), key=lambda it: trend.weekdays[it])
    worst = min(range(7), key=lambda it: trend.weekdays[it])
    return [
        say(
            "{best} is usually the highest ({more}), {worst} the lowest ({less}).",
            best=say_weekday(best),
            more=signed(trend.weekdays[best], unit),
            worst=say_weekday(worst),
            less=signed(trend.weekdays[worst], unit),
        )
    ]


def tell(
    sitting: Sitting,
    points: tuple[Point, ...],
    headline: str,
    details: tuple[str, ...],
    trend: Trend | None = None,
) -> Answer:
    value = sitting.value()
    if isinstance(value, Absent):
        value = Value(0.0, 0.0)
    held = [it.value for it in points if it.value is not None]
    of_levels = any(isinstance(it, Levels) for it in sitting.way.formula.leaves())
    figure = Figure(
        sitting.way.title,
        Value(held[-1], held[-1], len(held)) if of_levels and held else value,
        series=points,
        headline=headline,
        details=details,
    )
    step = say("weeks") if trend is not None and trend.step == 7 else say("days")
    lines = (
        say("Settled {slots} only; {many} numbers.", slots=step, many=len(held)),
        say(
            "Slope: median of the slopes of all pairs (Theil–Sen); chance: Mann–Kendall, "
            "widened because neighbouring days are alike."
        ),
    )
    receipt = Receipt(sitting.way.formula.words, meaning_of(sitting.way.kpi), lines=lines)
    answer = told(sitting, say("Trend of {kpi}", kpi=sitting.way.title), figure, receipt)
    if trend is not None and trend.shift is not None:
        return ruled(answer, ((say("level"), levels_of(trend, trend.shift), "plan"),))
    if trend is None or not trend.is_sure:
        return answer
    first, last = line_of(trend)
    steps = max(1, len(points) - 1)
    line = tuple(first + (last - first) * at / steps for at in range(len(points)))
    return ruled(answer, ((say("trend"), line, "plan"),))
