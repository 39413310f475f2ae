"""Interleaved timing: every contender has its turn in every round, so that noise meets all alike.

Absolute times move by two or three times on a shared machine; ratios within one round move far
less, so a ratio is the median of the rounds' own ratios.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

Turn = Callable[[], object]
Clock = Callable[[], float]

LONGEST_TURN = 0.02
"""Seconds for which a quick contender is repeated within a turn."""


@dataclass(frozen=True)
class Times:
    """Seconds a call, per contender and round."""

    of: Mapping[str, Sequence[float]]

    def median(self, name: str) -> float:
        return median(self.of[name])

    def least(self, name: str) -> float:
        return min(self.of[name])

    def ratio(self, name: str, other: str) -> float:
        """Return how many times as long ``name`` takes as ``other``."""
        pairs = zip(self.of[name], self.of[other], strict=True)
        return median(mine / theirs for mine, theirs in pairs)


def race(
    contenders: Mapping[str, Turn],
    rounds: int,
    *,
    clock: Clock = time.perf_counter,
    repeat: bool = True,
) -> Times:
    """Return the times of ``rounds`` turns each; the one who begins changes every round."""
    counts = {name: choose_count(turn) if repeat else 1 for name, turn in contenders.items()}
    times: dict[str, list[float]] = {name: [] for name in contenders}
    names = list(contenders)
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            times[name].append(take(contenders[name], counts[name], clock))
    return Times(times)


def choose_count(turn: Turn) -> int:
    """Warm a contender up, and return how often it is called in a turn."""
    turn()
    once = max(take(turn, 1, time.perf_counter), 1e-7)
    return max(1, min(1000, int(LONGEST_TURN / once)))


def take(turn: Turn, count: int, clock: Clock) -> float:
    """Return the seconds of one call, over ``count`` calls."""
    start = clock()
    for _ in range(count):
        turn()
    return (clock() - start) / count


def percentile(values: Sequence[float], part: float) -> float:
    """Return the value below which ``part`` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]
