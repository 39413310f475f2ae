"""What is usual of a day: median and spread of the same weekday in the 8 weeks before.

A day's robust z is (value − median) ÷ scale. The scale is 1.4826 · MAD, which estimates a standard
deviation (Rousseeuw and Croux 1993); where more than half of the weeks are equal the MAD is 0, and
1.2533 · the mean absolute deviation stands in (Iglewicz and Hoaglin 1993). It is never less than
chance alone makes of a count, √median, nor than 2 % of the median: eight quiet weeks are no proof
of a number that cannot move.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from kpis.statistics import median
from storage.measures import Unit

WEEKS, LEAST_WEEKS = 8, 4
"""Same weekdays looked at, and how many of them must have a number."""
OF_MAD, OF_MEAN = 1.482602218505602, 1.2533141373155003
"""1 ÷ the normal quantile of 0.75; √(π ÷ 2)."""
LEAST_COUNT = 10
"""Days of counts on which both the median and the value are lower are too small to judge."""
STEADY = 0.02
COUNTS = frozenset({Unit.COUNT, Unit.PEOPLE, Unit.PERSON_DAYS})


@dataclass(frozen=True)
class UsualDay:
    """What is usual of a day."""

    median: float
    scale: float
    weeks: int

    def z(self, value: float) -> float:
        return (value - self.median) / self.scale if self.scale else 0.0

    def band(self, z: float) -> tuple[float, float]:
        """Return from where to where a day is usual, at a bar of ``z``."""
        low = self.median - z * self.scale
        return (max(low, 0.0) if self.median >= 0 else low), self.median + z * self.scale


def usual_day(
    values: Mapping[date, float], day: date, unit: Unit, breaks: Sequence[date] = ()
) -> UsualDay | None:
    """Return what is usual of ``day``, or nothing where too few weeks are known.

    Weeks before a definition break at or before ``day`` count something else.
    """
    since = max((it for it in breaks if it <= day), default=date.min)
    past = [day - timedelta(weeks=it) for it in range(1, WEEKS + 1)]
    known = [values[it] for it in past if it in values and it >= since]
    if len(known) < LEAST_WEEKS:
        return None
    middle = median(known)
    away = [abs(it - middle) for it in known]
    scale = OF_MAD * median(away) or OF_MEAN * sum(away) / len(away)
    least = STEADY * abs(middle)
    if unit in COUNTS:
        least = max(least, sqrt(abs(middle)))
    return UsualDay(middle, max(scale, least), len(known))


def is_too_small(value: float, usual: UsualDay, unit: Unit) -> bool:
    """Whether a day's count is too small, now and usually, to tell anything from."""
    return unit in COUNTS and max(abs(value), abs(usual.median)) < LEAST_COUNT
