"""The statistics behind the steps, beside SciPy's."""

import numpy as np
import pytest
from scipy import stats  # type: ignore[import-untyped]

from kpis.digests.evidence import bootstrap, compare, mann_whitney


@pytest.mark.parametrize("seed", range(12))
def test_ranks_are_compared_as_scipy_does(seed: int) -> None:
    """Two-sided, by the normal approximation, with and without ties."""
    random = np.random.default_rng(seed)
    ours = random.integers(0, 12 if seed % 2 else 5000, random.integers(3, 30)).astype(float)
    theirs = random.integers(2, 14 if seed % 2 else 6000, random.integers(3, 30)).astype(float)
    expected = stats.mannwhitneyu(ours, theirs, method="asymptotic").pvalue
    assert mann_whitney(ours, theirs) == pytest.approx(expected, rel=1e-9)


def test_equal_groups_are_never_told_apart() -> None:
    """All the same number: p is 1."""
    same = [7.0] * 6
    assert mann_whitney(np.asarray(same), np.asarray(same)) == 1.0
    assert compare(same, same).times == 1.0


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    """True ratio 2: of 200 draws the 95 % interval holds it in about 190."""
    random = np.random.default_rng(5)
    hits = 0
    for _ in range(200):
        low, high = bootstrap(random.lognormal(np.log(2), 0.5, 25), random.lognormal(0, 0.5, 25))
        hits += low <= 2 <= high
    assert 178 <= hits <= 200


def test_the_same_numbers_give_the_same_interval() -> None:
    """The chance is seeded."""
    assert compare([3, 4, 5, 9, 7], [1, 2, 3]) == compare([3, 4, 5, 9, 7], [1, 2, 3])
