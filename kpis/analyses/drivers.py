"""Splits the difference of two values into parts that add up to it, to the last bit of a float.

Of sums a part's own difference. Of rates Σ top ÷ Σ bottom, with s a part's share of the bottom
and r its own rate (0 before, 1 now; R the whole's):

    mix  = (s₁ − s₀) · (r₀ − R₀)    the part weighs more or less than it did
    rate = s₁ · (r₁ − r₀)           the part itself got better or worse

Summed over parts they give R₁ − R₀. A part that is new has r₀ = R₀, one that is gone no rate.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kpis.answers import Absent
from kpis.language import (
    Cell,
    Count,
    Difference,
    Formula,
    Levels,
    Mean,
    People,
    PerPerson,
    Quotient,
    Scaled,
    Sum,
    Total,
)


class Driver(NamedTuple):
    """What one part gives to a difference; ``mix`` and ``rate`` are of rates alone."""

    name: str
    size: float
    mix: float = 0.0
    rate: float = 0.0
    now: float | None = None
    then: float | None = None


class Fraction(NamedTuple):
    """Top and bottom of a rate."""

    top: float
    bottom: float


Cells = Mapping[str, tuple[Cell, Cell]]
"""Part → its cells now and before."""


def is_rate(formula: Formula) -> bool:
    return isinstance(formula, Quotient | Mean) and not isinstance(formula, PerPerson)


def can_split(formula: Formula) -> bool:
    """Whether a formula's value is made of its parts' values: never people, never medians."""
    if any(isinstance(it, People) for it in formula.leaves()):
        return False
    if isinstance(formula, Quotient):
        return can_split(formula.top) and can_split(formula.bottom)
    return isinstance(formula, Total | Count | Levels | Sum | Difference | Scaled | Mean)


def split_difference(formula: Formula, cells: Cells) -> list[Driver]:
    """Return what each part gives, the largest first."""
    made = split_rate(formula, cells) if is_rate(formula) else split_sum(formula, cells)
    return sorted(made, key=lambda it: (-abs(it.size), it.name))


def split_sum(formula: Formula, cells: Cells) -> list[Driver]:
    found = []
    for name, (now, then) in cells.items():
        here, there = amount(formula, now), amount(formula, then)
        if here is not None or there is not None:
            found.append(Driver(name, (here or 0.0) - (there or 0.0), now=here, then=there))
    return found


def amount(formula: Formula, cell: Cell) -> float | None:
    reading = formula.value(cell)
    return None if isinstance(reading, Absent) else reading.low


def split_rate(formula: Formula, cells: Cells) -> list[Driver]:
    now = {name: fraction(formula, pair[0]) for name, pair in cells.items()}
    then = {name: fraction(formula, pair[1]) for name, pair in cells.items()}
    whole_now, whole_then = added(now), added(then)
    if not whole_now.bottom or not whole_then.bottom:
        return []
    usual = whole_then.top / whole_then.bottom
    found = []
    for name in cells:
        here, there = now[name], then[name]
        if not here.bottom and not there.bottom:
            continue
        weight, before = here.bottom / whole_now.bottom, there.bottom / whole_then.bottom
        old = there.top / there.bottom if there.bottom else usual
        new = here.top / here.bottom if here.bottom else None
        mix = (weight - before) * (old - usual)
        rate = 0.0 if new is None else weight * (new - old)
        past = old if there.bottom else None
        found.append(Driver(name, mix + rate, mix, rate, new, past))
    return found


def fraction(formula: Formula, cell: Cell) -> Fraction:
    """Return top and bottom in a cell; nothing there is 0 of 0."""
    if isinstance(formula, Mean):
        values = cell.values(formula)
        return Fraction(sum(values), len(values))
    assert isinstance(formula, Quotient)
    top, bottom = amount(formula.top, cell), amount(formula.bottom, cell)
    return Fraction(0.0, 0.0) if top is None or bottom is None else Fraction(top, bottom)


def added(parts: Mapping[str, Fraction]) -> Fraction:
    return Fraction(sum(it.top for it in parts.values()), sum(it.bottom for it in parts.values()))
