"""Two groups of skewed numbers beside each other: ranks and resampling, no assumption of shape.

Posts' numbers have long tails, so means and Student's t mislead (kpi-catalogue §1, *Confidence*).
Tests check the formulas against SciPy.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, erfc, sqrt
from typing import NamedTuple

from kpis.statistics import Z95

SEED, ROUNDS = 20_261_123, 2000
POWER = 0.8416212335729143
"""The standard normal quantile of 0.8."""
WORTH = 2 / 3
"""The difference that a test is made for: two times in three the one beats the other."""


class Ranked(NamedTuple):
    """How two groups stand by their ranks."""

    p: float
    """Two-sided Mann–Whitney, normal approximation with ties and continuity corrected."""
    wins: float
    """How often one of the first group beats one of the second, ties counting half."""


def mann_whitney(ours: Sequence[float], theirs: Sequence[float]) -> Ranked:
    """Return what ``scipy.stats.mannwhitneyu(method="asymptotic")`` says, and U ÷ (n m)."""
    import numpy as np

    n, m = len(ours), len(theirs)
    values, place, counts = np.unique(
        np.asarray([*ours, *theirs], dtype=float), return_inverse=True, return_counts=True
    )
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    u = float(ranks[:n].sum()) - n * (n + 1) / 2
    size = n + m
    ties = float((counts.astype(float) ** 3 - counts).sum()) / (size * (size - 1))
    spread = sqrt(n * m / 12 * (size + 1 - ties)) if len(values) > 1 else 0.0
    z = max(0.0, abs(u - n * m / 2) - 0.5) / spread if spread else 0.0
    return Ranked(min(1.0, erfc(z / sqrt(2))), u / (n * m))


def difference_of_medians(
    ours: Sequence[float], theirs: Sequence[float]
) -> tuple[float, float, float]:
    """Return median − other median with its 95 % percentile bootstrap interval; seeded."""
    import numpy as np

    random = np.random.default_rng(SEED)
    first, second = np.asarray(ours, dtype=float), np.asarray(theirs, dtype=float)
    drawn = np.median(random.choice(first, (ROUNDS, len(first))), axis=1)
    others = np.median(random.choice(second, (ROUNDS, len(second))), axis=1)
    low, high = np.quantile(drawn - others, (0.025, 0.975))
    return float(np.median(first) - np.median(second)), float(low), float(high)


def interval_of_median(values: Sequence[float]) -> tuple[float, float]:
    """Return the 95 % interval of a median by its order statistics (exact binomial, no shape)."""
    from math import comb

    ordered, n = sorted(values), len(values)
    below, k = 0.0, 0
    while k < n // 2 and below + comb(n, k) / 2**n <= 0.025:
        below += comb(n, k) / 2**n
        k += 1
    return ordered[max(0, k - 1)], ordered[min(n - 1, n - k)]


def posts_needed(pairs: int = 1) -> int:
    """Return the posts that each variant needs to see ``WORTH`` in 4 of 5 tests at 5 %.

    Noether 1987 for two groups of one size; ``pairs`` comparisons share the 5 % (Bonferroni).
    """
    quantile = Z95 if pairs == 1 else normal_quantile(1 - 0.025 / pairs)
    return ceil((quantile + POWER) ** 2 / (6 * (WORTH - 0.5) ** 2))


def normal_quantile(share: float) -> float:
    """Return the standard normal quantile of ``share``."""
    from statistics import NormalDist

    return NormalDist().inv_cdf(share)
