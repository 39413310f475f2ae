"""The statistics that answers show, each with its source; tests check them against SciPy."""

from collections.abc import Sequence
from math import sqrt

Z95 = 1.959963984540054
"""The standard normal quantile of 0.975."""

SMALL_RATE, SMALL_POSTS, FEW_TAGGED = 100, 5, 3
"""Below these a rate, a ranking and a hashtag are marked “small sample” (kpi-catalogue §1, §4)."""


def wilson(part: float, whole: float) -> tuple[float, float]:
    """Return the Wilson 95 % interval of ``part`` in ``whole`` (Wilson 1927)."""
    if whole <= 0:
        raise ValueError("a proportion of nothing has no interval")
    share = part / whole
    spread = Z95 * sqrt(share * (1 - share) / whole + Z95**2 / (4 * whole**2))
    middle, size = share + Z95**2 / (2 * whole), 1 + Z95**2 / whole
    return max(0.0, (middle - spread) / size), min(1.0, (middle + spread) / size)


def quantile(ordered: Sequence[float], at: float) -> float:
    """Return the quantile of sorted numbers by linear interpolation (numpy's default)."""
    position = (len(ordered) - 1) * at
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


def median(values: Sequence[float]) -> float:
    return quantile(sorted(values), 0.5)


def shrink(value: float, n: int, towards: float, weight: int = SMALL_POSTS) -> float:
    """Return ``value`` of ``n`` rows pulled towards the whole's, as by ``weight`` such rows."""
    return (value * n + towards * weight) / (n + weight)
