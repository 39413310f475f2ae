"""How far a goal is beside how far it should be (kpi-catalogue §1, *Goal pace*); pure numbers.

A: the sum beside the target's share of the days so far, each day weighing what its weekday does.
L: the way come beside a straight line from the baseline. R, E, U: the value beside the target.
Every ratio is turned so that more is better.
"""

from __future__ import annotations

from dataclasses import dataclass

AHEAD, BEHIND = 1.05, 0.95
"""Ratios from which a goal is ahead, and under which it is behind."""
BACK = 1.0
"""One that was told to be behind is back on pace from here on, so that nothing flaps."""
EARLY = 0.10
"""Before this share of the days nothing is announced."""


@dataclass(frozen=True)
class Pace:
    """A goal's pace at one moment."""

    ratio: float | None
    """What is, by what should be; 1 and more is well. Empty where nothing is due yet."""
    due: float | None = None
    """What should be by now."""
    elapsed: float = 0.0
    """Share of the goal's days, as they weigh."""

    @property
    def word(self) -> str:
        if self.ratio is None:
            return ""
        if self.ratio >= AHEAD:
            return "ahead"
        return "behind" if self.ratio < BEHIND else "on pace"


def divide(part: float, whole: float) -> float:
    """Return a ratio of two amounts that may be nothing."""
    if whole:
        return part / whole
    return AHEAD if part >= 0 else 0.0


def total_pace(actual: float, target: float, elapsed: float, better: str) -> Pace:
    """Return the pace of a sum; where less is better, what was used up so far counts."""
    due = target * elapsed
    if elapsed <= 0:
        return Pace(None)
    if better == "lower":
        return Pace(min(divide(due, actual) if actual else 10.0, 10.0), due, elapsed)
    return Pace(divide(actual, due), due, elapsed)


def level_pace(actual: float, baseline: float, target: float, elapsed: float) -> Pace:
    """Return the pace of a level on its straight line; works upwards and downwards alike."""
    way = target - baseline
    if elapsed <= 0 or not way:
        return Pace(None)
    return Pace((actual - baseline) / way / elapsed, baseline + way * elapsed, elapsed)


def value_pace(actual: float, target: float, elapsed: float, better: str) -> Pace:
    """Return the pace of a value: never by the share of the days, so at the target or behind it."""
    if better == "lower":
        ratio = divide(target, actual) if actual else 10.0
    else:
        ratio = divide(actual, target)
    if BEHIND <= ratio < 1:
        ratio = BEHIND - 1e-9
    return Pace(ratio, target, elapsed)


def meets(actual: float, target: float, better: str) -> bool:
    return actual <= target if better == "lower" else actual >= target


def steady(now: Pace, before: Pace) -> str:
    """Return ``behind`` or ``on pace`` where two settled days agree on it, else nothing."""
    if now.elapsed < EARLY or now.ratio is None or before.ratio is None:
        return ""
    if now.ratio < BEHIND and before.ratio < BEHIND:
        return "behind"
    return "on pace" if min(now.ratio, before.ratio) >= BACK else ""
