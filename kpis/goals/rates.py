"""“Needs 95 a day, has 30.”: how fast a goal must go on, beside how fast it goes."""

from __future__ import annotations

from datetime import date

from kpis.goals.measure import DAY, Days, Measuring
from kpis.goals.say import a_day, lower_first, write_target
from kpis.goals.shapes import unit_of_goal
from kpis.numbers import write
from kpis.tongue import say
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
    target = write_target(row.target, unit)
    return [say("Now {value}, wanted {target}.", value=lower_first(now), target=target)]


def total_rates(measuring: Measuring, days: Days, actual: float) -> list[str]:
    row = measuring.row
    unit = unit_of_goal(row)
    held = (days.end - row.start).days - len(days.missing)
    left = (row.end - days.end).days
    has = a_day(actual / held, unit) if held > 0 else ""
    rest = row.target - actual
    if left <= 0:
        told = {"value": write(actual, unit), "target": write(row.target, unit)}
        return [say("{value} of {target}, on settled days.", **told)]
    if row.better != "lower":
        return [say_need(a_day(rest / left, unit), has)]
    if rest < 0:
        return [say("Over the limit by {value}.", value=write(-rest, unit))]
    need = a_day(rest / left, unit)
    if not has:
        return [say("May have {need} a day from now on.", need=need)]
    return [say("May have {need} a day from now on, has {has}.", need=need, has=has)]


def say_need(need: str, has: str) -> str:
    if not has:
        return say("Needs {need} a day.", need=need)
    return say("Needs {need} a day, has {has}.", need=need, has=has)


def level_rates(measuring: Measuring, days: Days, actual: float) -> list[str]:
    """Return the rise a day that is left, beside the rise a day of late."""
    row = measuring.row
    unit = unit_of_goal(row)
    last = days.last_held or days.end - DAY
    left = (row.end - DAY - last).days
    rest = row.target - actual
    if left <= 0:
        told = {"value": write(actual, unit), "target": write(row.target, unit)}
        return [say("{value} of {target}, on the last settled day.", **told)]
    speed = speed_of(measuring, last, actual, row.start)
    need = a_day(abs(rest) / left, Unit.COUNT)
    if row.better != "lower":
        return [say_need(need, "" if speed is None else a_day(speed, Unit.COUNT))]
    if speed is None:
        return [say("Must fall by {need} a day.", need=need)]
    has = a_day(abs(speed), Unit.COUNT)
    if speed > 0:
        return [say("Must fall by {need} a day, rose by {has}.", need=need, has=has)]
    return [say("Must fall by {need} a day, fell by {has}.", need=need, has=has)]


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
