"""Whether two groups of posts truly differ: ranks and resampling, seeded, no assumption of shape.

Numbers of posts are skewed, so they are compared by Mann–Whitney and the bootstrap
(kpi-catalogue §1, *Confidence*); tests check these against SciPy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np

SEED, ROUNDS = 20_261_123, 2000
SURE = 0.05
ENOUGH = 5
"""Posts in a group, below which nothing is claimed (kpi-catalogue §4, best-times)."""


@dataclass(frozen=True)
class Comparison:
    """Two groups beside each other."""

    n: int
    others: int
    median: float
    median_others: float
    p: float
    """Two-sided Mann–Whitney, with ties and continuity corrected."""
    low: float
    high: float
    """95 % bootstrap interval of the ratio of the medians."""

    @property
    def times(self) -> float:
        """How many times the others' median the group's is; 0 where that has no meaning."""
        return self.median / self.median_others if self.median_others > 0 else 0.0

    @property
    def is_sure(self) -> bool:
        """Whether both groups are large enough and chance alone would rarely do this."""
        return min(self.n, self.others) >= ENOUGH and self.p < SURE


def compare(group: Sequence[float], others: Sequence[float]) -> Comparison:
    """Return how a group of at least one number stands beside at least one other."""
    ours, theirs = np.asarray(group, dtype=float), np.asarray(others, dtype=float)
    low, high = bootstrap(ours, theirs)
    return Comparison(
        n=len(ours),
        others=len(theirs),
        median=float(np.median(ours)),
        median_others=float(np.median(theirs)),
        p=mann_whitney(ours, theirs),
        low=low,
        high=high,
    )


def mann_whitney(ours: np.ndarray, theirs: np.ndarray) -> float:
    """Return the two-sided p of the normal approximation, as ``scipy.stats.mannwhitneyu`` does."""
    both = np.concatenate([ours, theirs])
    size, n, m = len(both), len(ours), len(theirs)
    values, place, counts = np.unique(both, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = (ends - (counts - 1) / 2)[place]
    u = ranks[:n].sum() - n * (n + 1) / 2
    ties = float((counts**3 - counts).sum()) / (size * (size - 1)) if size > 1 else 0.0
    spread = sqrt(n * m / 12 * (size + 1 - ties)) if size > 1 else 0.0
    if not spread or len(values) == 1:
        return 1.0
    z = max(0.0, abs(u - n * m / 2) - 0.5) / spread
    return min(1.0, erfc(z / sqrt(2)))


def bootstrap(ours: np.ndarray, theirs: np.ndarray) -> tuple[float, float]:
    """Return the 95 % percentile interval of the ratio of medians; the same for the same data."""
    random = np.random.default_rng(SEED)
    tops = np.median(random.choice(ours, (ROUNDS, len(ours))), axis=1)
    bottoms = np.median(random.choice(theirs, (ROUNDS, len(theirs))), axis=1)
    held = bottoms > 0
    if not held.any():
        return 0.0, 0.0
    low, high = np.quantile(tops[held] / bottoms[held], (0.025, 0.975))
    return float(low), float(high)
