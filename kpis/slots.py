"""Cuts a period into the slots of a series, and days into the groups of a breakdown."""

from datetime import date, timedelta
from functools import lru_cache

from kpis.periods import say_day, say_unit, say_weekday
from kpis.question import Grain, Period
from kpis.tongue import say
from storage.tables import EPOCH_DAY, day_number

DAYS_BY_DAY, DAYS_BY_WEEK = 45, 190
"""Up to so many days a series has a slot a day, then a slot a week, then a slot a month."""

FEW_DAYS = 14
"""Sparse series are cut by week from here on."""

LONG_BY_DAY = 400
"""Stored windows cannot be merged into weeks, so reach is drawn day by day for longer."""

Slot = tuple[int, int]
"""First day number and the one after the last."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@lru_cache(maxsize=256)
def slots(period: Period, *, daily: bool = False, sparse: bool = False) -> tuple[Slot, ...]:
    """Return the slots of a period; weeks count from its first day, the last may be shorter.

    ``daily`` keeps days for longer; ``sparse`` goes over to weeks where most days hold nothing.
    """
    start, end = day_number(period.start), day_number(period.end)
    by_day = FEW_DAYS if sparse else LONG_BY_DAY if daily else DAYS_BY_DAY
    if period.days <= by_day:
        return tuple((day, day + 1) for day in range(start, end))
    if period.days <= DAYS_BY_WEEK:
        return tuple((day, min(day + 7, end)) for day in range(start, end, 7))
    return tuple(months(start, end))


def months(start: int, end: int) -> list[Slot]:
    """Return the calendar months that days from ``start`` until before ``end`` touch."""
    found: list[Slot] = []
    at = start
    while at < end:
        after = day_number(next_month(day_of(at)))
        found.append((at, min(after, end)))
        at = after
    return found


def next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


@lru_cache(maxsize=4096)
def day_of(number: int) -> date:
    """Return the day of a day number."""
    return EPOCH_DAY + timedelta(days=number)


def group_days(period: Period, dimension: str, week_start: int) -> dict[str, list[Slot]]:
    """Return the days of each group of a breakdown by day, week, month or weekday."""
    start, end = day_number(period.start), day_number(period.end)
    if dimension == "month":
        return {
            say_unit(Grain.MONTH, day_of(first)): [(first, last)]
            for first, last in months(start, end)
        }
    groups: dict[str, list[Slot]] = {}
    if dimension == "weekday":
        groups = {say_weekday(number): [] for number in range(7)}
    for day in range(start, end):
        at = day_of(day)
        if dimension == "weekday":
            name = say_weekday(at.weekday())
        elif dimension == "week":
            first = at - timedelta(days=(at.weekday() - week_start) % 7)
            name = say("week of {day}", day=say_day(first, None))
        else:
            name = say_day(at, None)
        groups.setdefault(name, []).append((day, day + 1))
    return {name: joined(days) for name, days in groups.items()}


def joined(days: list[Slot]) -> list[Slot]:
    """Return neighbouring slots as one."""
    found: list[Slot] = []
    for first, last in days:
        if found and found[-1][1] == first:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found
