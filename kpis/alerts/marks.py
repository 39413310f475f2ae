"""Days of numbers, each held against its rule: beyond, near, or usual; and the spells of them.

Near the bar a number comes and goes. So a spell that has begun ends with the first day that is
back by a margin, or with the second one in a row that is no longer beyond.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kpis.alerts.numbers import DayNumber, Numbers
from kpis.alerts.rules import Rule
from kpis.alerts.unusual import UsualDay, is_too_small, usual_day

LIMIT_MARGIN, CHANGE_MARGIN, Z_MARGIN = 0.05, 0.8, 0.7
"""Back by a margin: 5 % of a limit, below 0.8 of a change, below 0.7 of a z."""
LONGEST_GAP = timedelta(days=4)
"""Days without numbers between two of the same spell."""


@dataclass(frozen=True)
class Mark:
    """A day that could be judged. Sides are 1 for high or up, −1 for low or down, 0 for neither."""

    number: DayNumber
    measured: float
    """What is held against the bar: the value, or how it changed."""
    beyond: int
    near: int
    """The side on which it is beyond, or not back from by a margin."""
    usual: UsualDay | None = None

    @property
    def day(self) -> date:
        return self.number.day


@dataclass(frozen=True)
class Run:
    """Days in a row on which a rule held, to one side."""

    side: int
    marks: tuple[Mark, ...]
    after: Mark | None = None
    """The day with which it was over; empty: it still holds."""


def limit_of(rule: Rule) -> float:
    """Return the bar of a threshold or change rule, moved by its sensitivity."""
    settings, moved = rule.settings, rule.bar.limit
    if rule.kind == "change":
        return settings.limit * (1 + moved)
    away = abs(settings.limit) * moved
    return settings.limit + (away if settings.side != "below" else -away)


def mark_days(rule: Rule, numbers: Numbers) -> list[Mark]:
    """Return the days that can be judged, the oldest first."""
    values: dict[frozenset[str], dict[date, float]] = {}
    for it in numbers.days:
        if it.value is not None:
            values.setdefault(it.of, {})[it.day] = it.value
    found = []
    for number in numbers.days:
        if number.value is None or not (number.is_settled or rule.settings.is_live):
            continue
        if rule.kind == "threshold":
            mark: Mark | None = hold_against_limit(rule, number, number.value)
        elif rule.kind == "change":
            mark = hold_against_change(rule, number)
        else:
            usual = usual_day(values[number.of], number.day, numbers.unit, numbers.breaks)
            if usual is None:
                continue
            small = is_too_small(number.value, usual, numbers.unit)
            mark = hold_against_usual(rule, number, number.value, usual, small)
        if mark is not None:
            found.append(mark)
    return found


def hold_against_limit(rule: Rule, number: DayNumber, value: float) -> Mark:
    limit = limit_of(rule)
    side = -1 if rule.settings.side == "below" else 1
    back = limit - side * abs(limit) * LIMIT_MARGIN
    beyond = side if (value - limit) * side > 0 else 0
    return Mark(number, value, beyond, side if (value - back) * side > 0 else 0)


def hold_against_change(rule: Rule, number: DayNumber) -> Mark | None:
    """Only a percentage or points can be held against a bar: not a change from nothing."""
    change = number.change
    if change is None or change.kind not in ("percent", "points"):
        return None
    size, limit = abs(change.amount), limit_of(rule)
    side = watched_side(rule, 1 if change.amount > 0 else -1)
    return Mark(
        number,
        change.amount,
        side if size >= limit else 0,
        side if size >= limit * CHANGE_MARGIN else 0,
    )


def hold_against_usual(
    rule: Rule, number: DayNumber, value: float, usual: UsualDay, is_small: bool
) -> Mark:
    z = 0.0 if is_small else usual.z(value)
    side = watched_side(rule, 1 if z > 0 else -1)
    beyond = side if abs(z) >= rule.bar.z else 0
    return Mark(number, value, beyond, side if abs(z) >= rule.bar.z * Z_MARGIN else 0, usual)


def watched_side(rule: Rule, side: int) -> int:
    """Return a side where the rule looks to it, else 0."""
    watched = {"above": (1,), "below": (-1,)}.get(rule.settings.side, (1, -1))
    return side if side in watched else 0


def runs(marks: Sequence[Mark]) -> list[Run]:
    """Return the spells of some days, the oldest first."""
    found: list[Run] = []
    sides = sides_of(marks)
    for place, (mark, side) in enumerate(zip(marks, sides, strict=True)):
        goes_on = place > 0 and is_next(marks[place - 1], mark)
        if place and sides[place - 1] and (side != sides[place - 1] or not goes_on):
            found[-1] = Run(found[-1].side, found[-1].marks, mark)
        if side and place and side == sides[place - 1] and goes_on:
            found[-1] = Run(side, (*found[-1].marks, mark))
        elif side:
            found.append(Run(side, (mark,)))
    return found


def sides_of(marks: Sequence[Mark]) -> list[int]:
    """Return on which side each day counts: one that is near still does after one beyond."""
    sides = []
    for place, mark in enumerate(marks):
        before = marks[place - 1] if place else None
        held = before is not None and before.beyond == mark.near and is_next(before, mark)
        sides.append(mark.beyond or (mark.near if held else 0))
    return sides


def is_next(before: Mark, mark: Mark) -> bool:
    """Whether no long gap lies between two days."""
    return mark.day - before.day <= LONGEST_GAP
