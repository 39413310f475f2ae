"""Trends, weekdays and breaks in a series, with the chance that there is nothing of the kind.

Robust throughout: medians and ranks, so that one viral day makes no trend. Days resemble their
neighbours, which makes chance look like a trend; every variance is therefore widened by how much
they do (``widening``). Tests check the formulas against SciPy and the false alarms by simulation.
"""

from __future__ import annotations

from math import erfc, exp, sqrt
from typing import TYPE_CHECKING, NamedTuple

from kpis.statistics import Z95

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    Numbers = np.ndarray[tuple[int], np.dtype[np.float64]]

MOST = 400
"""Points of a series: the pairs are squared."""


class Slope(NamedTuple):
    """How much a series moves by the slot."""

    slope: float
    """The median of the slopes of all pairs (Theil 1950, Sen 1968)."""
    low: float
    high: float
    """95 % interval (Sen 1968), widened for likeness of neighbours."""
    start: float
    """The line at the first slot."""
    p: float
    """That there is no trend: Mann–Kendall, two-sided, widened likewise."""


class Break(NamedTuple):
    """The slot with which a series seems to come to another level."""

    at: int
    """Position of the first slot of the new level."""
    before: float
    after: float
    """Medians of the two stretches."""
    p: float
    """That there is none: Pettitt 1979, widened likewise."""


def theil_sen(values: Sequence[float | None]) -> Slope:
    """Return the slope of a series of at least three numbers; gaps keep their width."""
    import numpy as np

    at, y = held(values)
    first, second = np.triu_indices(len(y), 1)
    slopes = np.sort((y[second] - y[first]) / (at[second] - at[first]))
    middle = float(np.median(slopes))
    start = float(np.median(y - middle * at))
    spread = sqrt(kendall_variance(y) * widening(y - start - middle * at))
    score = float(np.sign(y[second] - y[first]).sum())
    z = max(0.0, abs(score) - 1) / spread if spread else 0.0
    reach = Z95 * spread
    lower = max(0, round((len(slopes) - reach) / 2) - 1)
    upper = min(len(slopes) - 1, round((len(slopes) + reach) / 2))
    return Slope(
        middle,
        float(slopes[lower]),
        float(slopes[upper]),
        start,
        min(1.0, erfc(z / sqrt(2))),
    )


def held(values: Sequence[float | None]) -> tuple[Numbers, Numbers]:
    """Return positions and numbers of what is there, the last ``MOST`` of them."""
    import numpy as np

    there = [(at, it) for at, it in enumerate(values) if it is not None][-MOST:]
    return (
        np.asarray([at for at, _ in there], dtype=float),
        np.asarray([it for _, it in there], dtype=float),
    )


def kendall_variance(y: Numbers) -> float:
    """Return the variance of Kendall's score where there is no trend, with ties."""
    import numpy as np

    n = len(y)
    _, counts = np.unique(y, return_counts=True)
    ties = float((counts * (counts - 1) * (2 * counts + 5)).sum())
    return float((n * (n - 1) * (2 * n + 5) - ties) / 18)


def widening(rest: Numbers) -> float:
    """Return by what the variance grows because neighbours are alike: (1 + r) ÷ (1 − r).

    r is the correlation of neighbours' ranks in what the line leaves over, with what a short
    series underestimates it by added (Marriott and Pope 1954); below 0 it is taken for 0, above
    0.9 for 0.9.
    """
    import numpy as np

    n = len(rest)
    if n < 4:
        return 1.0
    ranks = np.argsort(np.argsort(rest)).astype(float)
    ranks -= ranks.mean()
    whole = float((ranks**2).sum())
    if not whole:
        return 1.0
    near = float((ranks[1:] * ranks[:-1]).sum()) / whole
    near = min(max((near * n + 1) / (n - 3) if n > 4 else near, 0.0), 0.9)
    return (1 + near) / (1 - near)


def pettitt(values: Sequence[float | None]) -> Break:
    """Return the likeliest break of a series of at least four numbers."""
    import numpy as np

    at, y = held(values)
    n = len(y)
    signs = np.sign(y[:, None] - y[None, :])
    scores = np.cumsum(signs.sum(axis=1))[:-1]
    place = int(np.argmax(np.abs(scores))) + 1
    before, after = float(np.median(y[:place])), float(np.median(y[place:]))
    levels = np.where(np.arange(n) < place, before, after)
    size = float(abs(scores[place - 1])) / sqrt(widening(y - levels))
    return Break(int(at[place]), before, after, min(1.0, 2 * exp(-6 * size**2 / (n**3 + n**2))))


def weekday_effect(rest: Sequence[Sequence[float]]) -> float:
    """Return the p of Kruskal–Wallis that all seven weekdays are alike.

    ``rest``: the numbers of each weekday, at least one each; six degrees of freedom, for which
    the tail of chi-squared is e^(−x/2) (1 + x/2 + (x/2)²/2).
    """
    import numpy as np

    every = np.concatenate([np.asarray(it, dtype=float) for it in rest])
    n = len(every)
    _, place, counts = np.unique(every, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    ends = np.cumsum([len(it) for it in rest])
    parts = np.split(ranks, ends[:-1])
    score = 12 / (n * (n + 1)) * sum(float(it.sum()) ** 2 / len(it) for it in parts) - 3 * (n + 1)
    ties = 1 - float((counts.astype(float) ** 3 - counts).sum()) / (n**3 - n)
    if ties <= 0:
        return 1.0
    half = score / ties / 2
    return min(1.0, exp(-half) * (1 + half + half**2 / 2))
