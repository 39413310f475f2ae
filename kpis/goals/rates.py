"""“Needs 95 a day, has 30.”: how fast a goal must go on, beside how fast it goes."""

from __future__ import annotations

from datetime import date

from kpis.goals.measure import DAY, Days, Measuring
from kpis.goals.say import a_day, write_target
from kpis.goals.shapes import unit_of_goal
from kpis.numbers import write
from kpis.wording import say_value
from storage.measures import Unit

ENOUGH_DAYS = 7
"""Fewer days of a goal say nothing of its speed; the four weeks before are taken then."""


def say_rates(measuring: Measuring, days: Days, actual: float, baseline: float | None) -> list[str]:
    """Return one sentence about the way that is left."""
    row = measuring.row
    if row.shape == "total":
        return total_rates(measuring, days, actual)
    if row.shape == "level":
        return level_rates(measuring, days, actual)
    unit = unit_of_goal(row)
    now = say_value(days.answer.main, unit)
    return [f"Now {now[0].lower()}{now[1:]}, wanted {write_target(row.target, unit)}."]


def total_rates(measuring: Measuring, days: Days, actual: float) -> list[str]:
    row = measuring.row
    unit = unit_of_goal(row)
    held = (days.end - row.start).days - len(days.missing)
    left = (row.end - days.end).days
    has = f", has {a_day(actual / held, unit)}" if held > 0 else ""
    rest = row.target - actual
    if left <= 0:
        return [f"{write(actual, unit)} of {write(row.target, unit)}, on settled days."]
    if row.better == "lower":
        if rest < 0:
            return [f"Over the limit by {write(-rest, unit)}."]
        return [f"May have {a_day(rest / left, unit)} a day from now on{has}."]
    return [f"Needs {a_day(rest / left, unit)} a day{has}."]


def level_rates(measuring: Measuring, days: Days, actual: float) -> list[str]:
    """Return the rise a day that is left, beside the rise a day of late."""
    row = measuring.row
    unit = unit_of_goal(row)
    last = days.last_held or days.end - DAY
    left = (row.end - DAY - last).days
    rest = row.target - actual
    if left <= 0:
        return [f"{write(actual, unit)} of {write(row.target, unit)}, on the last settled day."]
    falls = row.better == "lower"
    verb = "Must fall by" if falls else "Needs"
    speed = speed_of(measuring, last, actual, row.start)
    has = ""
    if speed is not None:
        way = ("rose by" if speed > 0 else "fell by") if falls else "has"
        has = f", {way} {a_day(abs(speed) if falls else speed, Unit.COUNT)}"
    return [f"{verb} {a_day(abs(rest) / left, Unit.COUNT)} a day{has}."]


def speed_of(measuring: Measuring, last: date, actual: float, start: date) -> float | None:
    """Return the rise a day since the goal began, or over four weeks where that is too short."""
    since = max(start, measuring.made_on)
    if (last - since).days < ENOUGH_DAYS:
        since = last - 28 * DAY
    then = measuring.over(since - 7 * DAY, since + DAY)
    value, held = then.value, then.last_held
    if value is None or held is None or held >= last:
        return None
    return (actual - value.low) / (last - held).days
