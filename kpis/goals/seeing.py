"""A goal's numbers on its settled days: what is, what should be, and when it was reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kpis.goals.measure import DAY, Days, Measuring
from kpis.goals.pace import Pace, level_pace, meets, total_pace, value_pace
from kpis.goals.shapes import is_of_people
from storage.goals import GoalRow

FEW = 10
"""Times and rates of fewer rows are small samples, and reach nothing early."""


@dataclass(frozen=True)
class Seen:
    """A goal's numbers up to a day: how they stand, and how the day before they stood."""

    days: Days
    low: float
    high: float | None
    now: Pace
    before: Pace
    reached_on: date | None = None
    baseline: float | None = None


def days_of(measuring: Measuring, until: date) -> Days:
    row = measuring.row
    if row.shape == "recent":
        return measuring.recent(until)
    if row.shape == "level":
        return measuring.over(min(row.start, until - 28 * DAY), until)
    return measuring.over(row.start, until)


def see(measuring: Measuring, days: Days, until: date) -> Seen:
    if measuring.row.shape == "total":
        return see_total(measuring, days, until)
    if measuring.row.shape == "level":
        return see_level(measuring, days)
    return see_value(measuring, days, until)


def see_total(measuring: Measuring, days: Days, until: date) -> Seen:
    """Judge a sum on the days that have numbers; what is missing is not held against it."""
    row, value = measuring.row, days.value
    assert value is not None
    whole = measuring.weigh(row.start, row.end)
    share = held_weight(measuring, days, until) / whole
    now = total_pace(value.low, row.target, share, row.better)
    earlier = measuring.over(row.start, until - DAY) if until - row.start > DAY else None
    before = Pace(None)
    if earlier is not None and earlier.value is not None:
        share = held_weight(measuring, earlier, until - DAY) / whole
        before = total_pace(earlier.value.low, row.target, share, row.better)
    reached_on = None
    if row.better == "higher" and value.low >= row.target:
        reached_on = first_sum(measuring, until)
    return Seen(days, value.low, value.high, now, before, reached_on)


def held_weight(measuring: Measuring, days: Days, until: date) -> float:
    """Return what the days with numbers weigh; of several accounts the share that is there."""
    coverage = days.answer.coverage
    if coverage.several and coverage.days:
        part = coverage.held / coverage.days
        return measuring.weigh(measuring.row.start, until) * part
    return measuring.weigh(measuring.row.start, until, days.missing)


def first_sum(measuring: Measuring, until: date) -> date:
    """Return the day on which a sum came to its target."""
    total = 0.0
    for point in measuring.daily(measuring.row.start, until):
        total += point.value or 0.0
        if total >= measuring.row.target:
            return point.end - DAY
    return until - DAY


def see_level(measuring: Measuring, days: Days) -> Seen:
    """Judge a level on its last day with a number, on a line from where it began."""
    row, value = measuring.row, days.value
    assert value is not None
    last = days.last_held or days.end - DAY
    begins = max(row.start, min(measuring.made_on, row.end - DAY))
    baseline = baseline_of(measuring, begins)
    length = max((row.end - begins).days, 1)
    series = [
        (it.end - DAY, it.value)
        for it in measuring.daily(max(begins, last - 45 * DAY), last + DAY)
        if it.value is not None
    ]
    now = level_at(value.low, baseline, row, ((last - begins).days + 1) / length)
    before = Pace(None)
    if len(series) > 1:
        day, level = series[-2]
        before = level_at(level, baseline, row, ((day - begins).days + 1) / length)
    if not series and last >= begins:
        series = [(last, value.low)]
    early = [day for day, level in series if meets(level, row.target, row.better)]
    if not early and begins < last - 45 * DAY:
        early = peak_before(measuring, begins, last - 45 * DAY)
    return Seen(days, value.low, value.high, now, before, early[0] if early else None, baseline)


def peak_before(measuring: Measuring, start: date, end: date) -> list[date]:
    """Return when a level stood at its target longer ago, as far as weeks or months show it."""
    row = measuring.row
    points = measuring.over(start, end).answer.main.series
    return [
        it.end - DAY
        for it in points
        if it.value is not None and meets(it.value, row.target, row.better)
    ]


def level_at(level: float, baseline: float | None, row: GoalRow, elapsed: float) -> Pace:
    return Pace(None) if baseline is None else level_pace(level, baseline, row.target, elapsed)


def baseline_of(measuring: Measuring, begins: date) -> float | None:
    """Return where a level stood when its days began; of days to come, what it was when set."""
    row = measuring.row
    if begins > measuring.made_on and begins < measuring.today:
        held = measuring.over(begins - 28 * DAY, begins).value
        if held is not None:
            return held.low
    return row.baseline


def see_value(measuring: Measuring, days: Days, until: date) -> Seen:
    row, value = measuring.row, days.value
    assert value is not None
    elapsed = (until - row.start).days / max((row.end - row.start).days, 1)
    now = pace_of_value(measuring, days, elapsed)
    earlier = until - DAY
    before = Pace(None)
    if earlier > row.start:
        before = pace_of_value(measuring, days_of(measuring, earlier), elapsed)
    reached_on = until - DAY if is_met(row, days) and may_be_early(row, days) else None
    return Seen(days, value.low, value.high, now, before, reached_on)


def pace_of_value(measuring: Measuring, days: Days, elapsed: float) -> Pace:
    """Return the pace of a value; of bounds only what is proven counts."""
    row, value = measuring.row, days.value
    if value is None or row.shape == "recent":
        return Pace(None, elapsed=elapsed)
    if is_of_people(row.kpi):
        return Pace(1.0, row.target, elapsed) if is_met(row, days) else Pace(None, elapsed=elapsed)
    return value_pace(value.low, row.target, elapsed, row.better)


def is_met(row: GoalRow, days: Days) -> bool:
    """Whether the target is met for certain: bounds count on their worse side."""
    value = days.value
    if value is None:
        return False
    worse = value.high if row.better == "lower" else value.low
    return worse is not None and meets(worse, row.target, row.better)


def may_be_early(row: GoalRow, days: Days) -> bool:
    """Whether a value counts as reached before its days are over.

    People only become more; a value to reach “by” a day is reached when it is there.
    """
    if is_of_people(row.kpi) and row.better == "higher":
        return True
    value = days.value
    return row.shape == "recent" and value is not None and value.n >= FEW


def share_of(row: GoalRow, seen: Seen) -> float | None:
    """Return how far a goal is: of a sum its part, of a level its part of the way."""
    if row.better == "lower" and row.shape != "level":
        return None
    if row.shape == "level":
        if seen.baseline is None or row.target == seen.baseline:
            return None
        return max(0.0, (seen.low - seen.baseline) / (row.target - seen.baseline))
    return max(0.0, seen.low / row.target) if row.target else None
