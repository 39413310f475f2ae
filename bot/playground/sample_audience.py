"""Made-up people, so that the sample's reach adds up as real reach does.

Each account has an audience of single people who come by chance, each with a habit of their
own. Reach of a day, a week and 28 days counts the same people once, so a longer window holds at
least as many as any day in it and at most as many as its days together (kpi-catalogue §2).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

WINDOWS = (1, 7, 28)
WEEKDAYS = (1.08, 1.12, 1.10, 1.06, 0.98, 0.80, 0.86)
"""How lively each day of the week is, from Monday."""

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Scene:
    """When the sample happens; index 0 is its first day.

    Everything is drawn for all of its days; only those from ``since`` until before ``until`` are
    told. ``known`` of them are past when the demo begins.
    """

    start: date
    days: int
    known: int
    since: int
    until: int

    @property
    def told(self) -> range:
        """Return the days that are told."""
        return range(self.since, self.until)

    def day(self, index: int) -> date:
        return self.start + timedelta(days=index)

    def index(self, day: date) -> int:
        return (day - self.start).days


def draw_liveliness(
    scene: Scene, random: np.random.Generator, viral: int | None = None, last: int = 4
) -> Floats:
    """Return how lively each day is, 1 on average: weekdays, seasons, chance, a viral post."""
    index = np.arange(scene.days)
    weekday = (scene.start.weekday() + index) % 7
    lively: Floats = np.asarray(WEEKDAYS)[weekday]
    lively = lively * (1 + 0.12 * np.sin(index / 57.0)) * random.lognormal(0, 0.09, scene.days)
    if viral is not None:
        for after in range(min(last, scene.days - viral)):
            lively[viral + after] *= 1 + 4.0 / (1 + 2 * after)
    return lively


def count_reach(
    audience: int, share: float, lively: Floats, random: np.random.Generator
) -> dict[int, Counts]:
    """Return, by length of window, how many of ``audience`` came in the days until each day.

    ``share`` of the audience comes on a usual day. Windows that begin before the first day are
    -1: the platform was not read then.
    """
    habit = random.beta(0.6, 0.6 * (1 / share - 1), audience)
    days = len(lively)
    came = np.empty((days, audience), dtype=np.int16)
    for day in range(days):
        came[day] = random.random(audience, dtype=np.float32) < 1 - (1 - habit) ** lively[day]
    visits = np.cumsum(came, axis=0, dtype=np.int16)
    return {length: _count_windows(visits, length) for length in WINDOWS}


def _count_windows(visits: NDArray[np.int16], length: int) -> Counts:
    days = len(visits)
    people = np.full(days, -1, dtype=np.int64)
    for last in range(length - 1, days):
        before: Any = visits[last - length] if last >= length else 0
        people[last] = np.count_nonzero(visits[last] - before)
    return people
