"""Different people, told truthfully (kpi-catalogue §2).

Reach of a union is at least any part and at most the sum of parts; daily reach says nothing
more. So a period without a window of its own gets proven bounds:

* at least the largest stored window lying inside it;
* at most the cheapest cover of its days by stored windows. Overlap and overhang are allowed,
  since reach grows with the set and is at most the sum of the parts that cover it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from kpis.answers import Absent, Reading, Reason, Value


class Window(NamedTuple):
    """People in the days from ``start`` until before ``end`` (day numbers)."""

    start: int
    end: int
    people: int

    @property
    def days(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class Bounds:
    """What the stored windows prove of a period."""

    low: int
    high: int | None
    exact: bool
    largest: Window | None
    """The window inside that proves the lower bound."""
    cover: tuple[Window, ...]
    """The windows whose sum is the upper bound, in order of days."""
    missing: tuple[int, ...]
    """Days in no window at all."""

    @property
    def crossed(self) -> bool:
        """Whether the platform's own figures contradict each other."""
        return self.high is not None and self.low > self.high

    @property
    def wide(self) -> bool:
        """Whether the upper bound exceeds 1.5 × the lower."""
        return self.high is None or self.high > 1.5 * self.low


def bounds(windows: Iterable[Window], start: int, end: int) -> Bounds | None:
    """Return what ``windows`` prove of the days from ``start`` until before ``end``."""
    near = [it for it in windows if it.start < end and it.end > start]
    if not near:
        return None
    for window in near:
        if window.start == start and window.end == end:
            return Bounds(window.people, window.people, True, window, (window,), ())
    inside = [it for it in near if it.start >= start and it.end <= end]
    largest = max(inside, key=lambda it: it.people, default=None)
    covered = {day for it in near for day in range(max(it.start, start), min(it.end, end))}
    missing = tuple(day for day in range(start, end) if day not in covered)
    cover = () if missing else cheapest_cover(near, start, end)
    high = sum(it.people for it in cover) if cover else None
    return Bounds(largest.people if largest else 0, high, False, largest, cover, missing)


def cheapest_cover(windows: Sequence[Window], start: int, end: int) -> tuple[Window, ...]:
    """Return the windows of least sum that cover every day (dynamic programme over days).

    ``cost[k]`` is the least sum that covers the first ``k`` days. The windows must cover all.
    """
    best: dict[tuple[int, int], Window] = {}
    for window in windows:
        clipped = (max(window.start, start) - start, min(window.end, end) - start)
        if clipped not in best or window.people < best[clipped].people:
            best[clipped] = window
    days = end - start
    cost: list[float] = [0.0] + [inf] * days
    chosen: list[tuple[int, Window] | None] = [None] * (days + 1)
    for (first, last), window in sorted(best.items()):
        price = cost[first] + window.people
        for upto in range(first + 1, last + 1):
            if price < cost[upto]:
                cost[upto], chosen[upto] = price, (first, window)
    cover: list[Window] = []
    at = days
    while at > 0:
        step = chosen[at]
        if step is None:
            return ()
        at = step[0]
        cover.append(step[1])
    return tuple(reversed(cover))


def people(found: Bounds | None) -> Reading:
    """Return the people of one account's period, exact or in bounds."""
    if found is None or (found.largest is None and found.high is None):
        return Absent(Reason.NO_DATA, "reach")
    return Value(found.low, found.high, 1)


def together(readings: Sequence[Reading]) -> Reading:
    """Return the bounds of several accounts: the largest lower, the sum of the uppers.

    An account without windows leaves no upper bound.
    """
    values = [it for it in readings if isinstance(it, Value)]
    if not values:
        return Absent(Reason.NO_DATA, "reach")
    if len(readings) == 1:
        return values[0]
    highs = [it.high for it in values if it.high is not None]
    high = sum(highs) if len(highs) == len(readings) else None
    return Value(max(it.low for it in values), high, len(values))


def longest_ending(windows: Iterable[Window], start: int, end: int) -> Window | None:
    """Return the longest window of several days inside the period that ends on its last day."""
    inside = (it for it in windows if it.end == end and it.start >= start and it.days > 1)
    return max(inside, key=lambda it: it.days, default=None)


def daily(windows: Iterable[Window], start: int, end: int) -> dict[int, int]:
    """Return the people of each single day that is stored."""
    return {it.start: it.people for it in windows if it.days == 1 and start <= it.start < end}
