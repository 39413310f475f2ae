"""Weeks and months of which a series holds some days only, so that none looks like a collapse.

The edge of the asked period cuts them, or some of their days were never read.
"""

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AnySet

from kpis.answers import Short
from kpis.counting import Assumed, Latest
from kpis.language import (
    Difference,
    Formula,
    Levels,
    Product,
    Quotient,
    Scaled,
    Statistic,
    Sum,
)
from kpis.slots import Slot, day_of, next_month

WEEK = 7


def adds_days(formula: Formula) -> bool:
    """Whether fewer days make the value less: a sum of days, not a rate or a level of them."""
    if isinstance(formula, Levels):
        return formula.at == "change"
    if isinstance(formula, Quotient):
        # Both sides shrink alike: the rate stays. A gain over a level is less.
        return adds_days(formula.top) and not adds_days(formula.bottom)
    if isinstance(formula, Product | Difference):
        return adds_days(formula.left) or adds_days(formula.right)
    if isinstance(formula, Sum):
        return any(map(adds_days, formula.parts))
    if isinstance(formula, Scaled):
        return adds_days(formula.part)
    if isinstance(formula, Assumed):
        return formula.how == "total"
    return not isinstance(formula, Statistic | Latest)


def is_level(formula: Formula) -> bool:
    """Whether a slot needs no more than its ends: nothing is said of the days between."""
    leaves = formula.leaves()
    return bool(leaves) and all(isinstance(it, Levels) for it in leaves)


def shorts_of(
    slots: Sequence[Slot], formula: Formula, held: Iterable[AnySet[int]] = ()
) -> list[Short | None]:
    """Return for each slot of a series which of its days it holds, or nothing where it has all.

    ``held`` are the days of each account, or of each kind of records, that were read.
    """
    if is_level(formula):
        return cut_slots(slots, is_less=True) if adds_days(formula) else [None] * len(slots)
    return cut_slots(slots, is_less=adds_days(formula), held=list(held))


def cut_slots(
    slots: Sequence[Slot], *, is_less: bool, held: Collection[AnySet[int]] = ()
) -> list[Short | None]:
    """Return the same of anything that is counted by days."""
    lengths = whole_lengths(slots)
    return [short_of(it, held, whole, is_less) for it, whole in zip(slots, lengths, strict=True)]


def whole_lengths(slots: Sequence[Slot]) -> list[int]:
    """Return how many days each slot would have if nothing cut it."""
    longest = max((end - start for start, end in slots), default=1)
    if longest == 1:
        return [1] * len(slots)
    if longest <= WEEK:
        return [WEEK] * len(slots)
    return [month_length(start) for start, _ in slots]


def month_length(day: int) -> int:
    """Return the days of the month that holds a day number."""
    first = day_of(day).replace(day=1)
    return (next_month(first) - first).days


def short_of(slot: Slot, held: Iterable[AnySet[int]], whole: int, is_less: bool) -> Short | None:
    """Return what a slot holds of its ``whole`` days: of several accounts, the one with least.

    An account without any of these days has no part in the slot.
    """
    start, end = slot
    if whole == 1:
        return None
    counts = [sum(start <= day < end for day in days) for days in held]
    days = min((it for it in counts if it), default=end - start)
    return Short(days, whole, is_less) if days < whole else None


def short_of_part(
    by: str, slot: Slot, formula: Formula, held: Iterable[AnySet[int]] = ()
) -> Short | None:
    """Return what a part of a breakdown holds of its days, where it is a week or a month."""
    if is_level(formula):
        return cut_part(by, slot, is_less=True) if adds_days(formula) else None
    return cut_part(by, slot, is_less=adds_days(formula), held=held)


def cut_part(
    by: str, slot: Slot, *, is_less: bool, held: Iterable[AnySet[int]] = ()
) -> Short | None:
    """Return the same of anything that is counted by days."""
    if by not in ("week", "month"):
        return None
    return short_of(slot, held, WEEK if by == "week" else month_length(slot[0]), is_less)
