"""When a digest is due, and which days it tells of: pure arithmetic on a zone's calendar.

A key names the period told ABOUT: ``2026-W47``, ``2026-11``, ``2026-Q4``, ``2026-11-22``. It is
due on the first fitting local day after that period has ended. A local time that the clocks skip
falls on the next minute that there is; one that comes twice counts once, the first time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from kpis.digests.plan import Plan
from kpis.periods import (
    number_week,
    previous_unit,
    say_day,
    shift_months,
    unit_start,
    week_of_year,
)
from kpis.periods import say_days as say_span
from kpis.periods import whole_unit as unit_of
from kpis.question import Grain, Period
from storage.errors import KepiError

GRAINS = {"weekly": Grain.WEEK, "monthly": Grain.MONTH, "quarterly": Grain.QUARTER}
EXAMPLES = {"daily": "2026-11-22", "weekly": "2026-W47", "monthly": "2026-11"}
EXAMPLES["quarterly"] = "2026-Q4"
KEYS = {
    "daily": re.compile(r"(\d{4})-(\d\d)-(\d\d)"),
    "weekly": re.compile(r"(\d{4})-W(\d\d?)", re.IGNORECASE),
    "monthly": re.compile(r"(\d{4})-(\d\d?)"),
    "quarterly": re.compile(r"(\d{4})-Q([1-4])", re.IGNORECASE),
}
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
AHEAD = 8
"""Days, or periods, within which the next due one is found whatever a zone does."""
EARLIEST = date(2000, 1, 1)
NO_PERIOD = "“{key}” is no period of this digest. Write it as {example}."
BEYOND = "That day is beyond the calendar."


def period_of(plan: Plan, key: str) -> Period:
    """Return the days that ``key`` names. Raises ``KepiError`` with a key that would work."""
    found = KEYS[plan.cadence].fullmatch(key.strip())
    try:
        if found is None:
            raise ValueError(key)
        return span_of(plan, [int(it) for it in found.groups()])
    except (ValueError, OverflowError) as fault:
        example = EXAMPLES[plan.cadence]
        raise KepiError(NO_PERIOD, key=key, example=example) from fault


def span_of(plan: Plan, numbers: list[int]) -> Period:
    match plan.cadence:
        case "daily":
            day = date(numbers[0], numbers[1], numbers[2])
            return Period(day, day + DAY, say_span(day, day + DAY, None))
        case "weekly":
            return unit_of(Grain.WEEK, week_of_year(numbers[0], numbers[1], plan.week_start))
        case "monthly":
            return unit_of(Grain.MONTH, date(numbers[0], numbers[1], 1))
        case _:
            return unit_of(Grain.QUARTER, date(numbers[0], numbers[1] * 3 - 2, 1))


def as_told(plan: Plan, key: str) -> Plan:
    """Return the digest as it was when it told of ``key``: its rhythm may have changed since."""
    fitting = [cadence for cadence, shape in KEYS.items() if shape.fullmatch(key)]
    if not fitting or plan.cadence in fitting:
        return plan
    return replace(plan, cadence=fitting[0])


def key_of(plan: Plan, start: date) -> str:
    """Return the key of the period that begins on ``start``."""
    match plan.cadence:
        case "daily":
            return start.isoformat()
        case "weekly":
            year, week = number_week(start)
            return f"{year}-W{week:02d}"
        case "monthly":
            return f"{start:%Y-%m}"
        case _:
            return f"{start.year}-Q{(start.month + 2) // 3}"


def due_at(plan: Plan, key: str) -> datetime:
    """Return the instant (UTC) at which the digest about ``key`` is due."""
    return instant(plan.zone, due_day(plan, period_of(plan, key)), plan.hour, plan.minute)


def latest_due(plan: Plan, now: datetime) -> tuple[str, datetime] | None:
    """Return key and instant of the last digest due by ``now``; nothing if none ever was."""
    for period in backwards(plan, now):
        due = instant(plan.zone, due_day(plan, period), plan.hour, plan.minute)
        if due <= now and has_been(plan.zone, period):
            return key_of(plan, period.start), due
    return None


def next_due(plan: Plan, now: datetime) -> tuple[str, datetime]:
    """Return key and instant of the first digest that is due after ``now``."""
    found: tuple[str, datetime] | None = None
    for period in backwards(plan, now):
        due = instant(plan.zone, due_day(plan, period), plan.hour, plan.minute)
        if due <= now:
            break
        if has_been(plan.zone, period):
            found = key_of(plan, period.start), due
    if found is None:
        raise KepiError(BEYOND)
    return found


def earlier(plan: Plan, key: str) -> Iterator[tuple[str, datetime]]:
    """Yield key and instant of the digests before ``key``, latest first."""
    period = period_of(plan, key)
    while period.start > EARLIEST:
        if plan.cadence == "daily":
            period = Period(period.start - DAY, period.start, "")
        else:
            period = previous_unit(GRAINS[plan.cadence], period.start)
        if has_been(plan.zone, period):
            due = instant(plan.zone, due_day(plan, period), plan.hour, plan.minute)
            yield key_of(plan, period.start), due


def latest_whole(plan: Plan, now: datetime) -> str:
    """Return the key of the last period that is over by ``now``, due already or not."""
    for period in backwards(plan, now):
        if instant(plan.zone, period.end, 0) <= now and has_been(plan.zone, period):
            return key_of(plan, period.start)
    raise KepiError(BEYOND)


def due_day(plan: Plan, period: Period) -> date:
    """Return the first local day, not before the period's end, on which the digest comes."""
    match plan.cadence:
        case "daily":
            return period.end
        case "weekly":
            return period.end + timedelta(days=(plan.weekday - period.end.weekday()) % 7)
        case _:
            return period.end.replace(day=max(1, min(plan.day, 28)))


def backwards(plan: Plan, now: datetime) -> Iterator[Period]:
    """Yield periods from some that are still to come back into the past, latest first."""
    today = now.astimezone(ZoneInfo(plan.zone)).date()
    if plan.cadence == "daily":
        for number in range(2 * AHEAD):
            day = today + timedelta(days=AHEAD - number)
            yield Period(day, day + DAY, "")
        return
    grain = GRAINS[plan.cadence]
    ahead = timedelta(days=14) if grain is Grain.WEEK else None
    later = today + ahead if ahead else shift_months(today.replace(day=1), 6)
    start = unit_start(grain, later, plan.week_start)
    for _ in range(AHEAD):
        period = previous_unit(grain, start)
        yield period
        start = period.start


def has_been(zone: str, period: Period) -> bool:
    """Say whether a period has any moment: a zone that moves over the date line skips a day."""
    return period.days > 1 or instant(zone, period.start, 0) < instant(zone, period.end, 0)


@lru_cache(maxsize=4096)
def instant(zone: str, day: date, hour: int, minute: int = 0) -> datetime:
    """Return the instant (UTC) of a local time, or of the next minute that there is."""
    place = ZoneInfo(zone)
    wanted = datetime.combine(day, time(hour, minute))
    for number in range(25 * 60):
        local = wanted + number * MINUTE
        found = local.replace(tzinfo=place).astimezone(UTC)
        if found.astimezone(place).replace(tzinfo=None) == local:
            return found
    at, said = f"{wanted:%H:%M}", say_day(day, None)
    raise KepiError("{zone} has no {time} on {day}.", zone=zone, time=at, day=said)
