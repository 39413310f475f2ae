"""Our formulas beside SciPy's, published examples, and the plainest possible other way."""

from __future__ import annotations

from math import comb
from random import Random

import numpy as np
import pytest
from scipy.stats import chi2_contingency, kruskal, mannwhitneyu, norm, theilslopes

from kpis.analyses.proportions import always_valid, cases_needed, newcombe, two_proportion
from kpis.analyses.ranks import (
    difference_of_medians,
    interval_of_median,
    mann_whitney,
    posts_needed,
)
from kpis.analyses.slopes import pettitt, theil_sen, weekday_effect, widening

random = Random(20261122)


def skewed(n: int, scale: float = 1.0, digits: int = 6) -> list[float]:
    """Return numbers with a long tail; few digits make ties."""
    return [round(random.lognormvariate(0, 1) * scale, digits) for _ in range(n)]


def test_two_shares_are_compared_as_the_chi_squared_test_does() -> None:
    """The pooled z test squared is chi-squared of the fourfold table without correction."""
    for _ in range(60):
        whole, of = random.randint(20, 4000), random.randint(20, 4000)
        part, other = random.randint(1, whole - 1), random.randint(1, of - 1)
        tested = chi2_contingency([[part, whole - part], [other, of - other]], correction=False)
        assert two_proportion(part, whole, other, of) == pytest.approx(tested.pvalue, abs=1e-12)


def test_the_interval_of_a_difference_is_newcombe_s_own() -> None:
    """Newcombe 1998, table II, method 10: his examples a, c and d."""
    for given, expected in (
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((5, 56, 0, 29), (-0.0381, 0.1926)),
    ):
        assert newcombe(*given) == pytest.approx(expected, abs=5e-5)


def test_ranks_are_compared_as_scipy_does_with_ties_too() -> None:
    for digits in (6, 1, 0):
        for _ in range(20):
            ours = skewed(random.randint(3, 60), digits=digits)
            theirs = skewed(random.randint(3, 60), 1.4, digits)
            tested = mannwhitneyu(ours, theirs, method="asymptotic")
            mine = mann_whitney(ours, theirs)
            assert mine.p == pytest.approx(tested.pvalue, abs=1e-9)
            assert mine.wins == pytest.approx(tested.statistic / (len(ours) * len(theirs)))
    assert mann_whitney([1, 1, 1], [1, 1]).p == 1.0


def test_the_interval_of_a_median_leaves_out_at_most_one_in_forty_on_either_side() -> None:
    """Order statistics: the chance that the median lies below the k-th of n is binomial."""
    for n in range(1, 60):
        low, high = interval_of_median([float(it) for it in range(n)])
        outside = sum(comb(n, it) for it in range(int(low) + 1)) / 2**n
        assert high == n - 1 - low
        if n >= 6:
            assert outside <= 0.025
            narrower = sum(comb(n, it) for it in range(int(low) + 2)) / 2**n
            assert narrower > 0.025, "a narrower interval would do"
        else:
            assert (low, high) == (0, n - 1)


def test_the_bootstrap_interval_holds_the_difference_of_medians() -> None:
    """In 200 pairs of samples whose medians differ by a known size it misses about 1 in 20."""
    missed = 0
    for _ in range(200):
        ours = [it + 1.0 for it in skewed(60)]
        size, low, high = difference_of_medians(ours, skewed(60))
        assert low <= size <= high
        missed += not low <= 1.0 <= high
    assert missed <= 20
    assert difference_of_medians([1, 2, 9], [4, 5]) == difference_of_medians([1, 2, 9], [4, 5])


def test_the_posts_that_a_test_needs_are_noether_s() -> None:
    """48 each see a difference of two in three, in 4 of 5 tests: simulated with such posts."""
    assert posts_needed() == 48
    assert posts_needed(3) > 55
    shift = float(norm.ppf(2 / 3)) * 2**0.5
    found = 0
    for _ in range(300):
        ours = [random.gauss(shift, 1) for _ in range(48)]
        found += mann_whitney(ours, [random.gauss(0, 1) for _ in range(48)]).p < 0.05
    assert 0.72 <= found / 300 <= 0.88


def test_the_cases_that_a_test_needs_decide_a_difference_of_a_fifth() -> None:
    """One case less in a thousand is not enough, and the number itself is."""
    for share in (0.004, 0.03, 0.2):
        n = cases_needed(share)
        low, high = share * 0.9, share * 1.1
        assert always_valid(round(n * high), n, round(n * low), n) == pytest.approx(0.05, rel=0.15)
        fewer = n // 2
        assert always_valid(round(fewer * high), fewer, round(fewer * low), fewer) > 0.1


def test_too_few_cases_decide_nothing() -> None:
    """Nine of ten against one of ten looks sure, and no normal approximation holds there."""
    assert always_valid(9, 10, 1, 10) == 1.0
    assert always_valid(95, 100, 3, 100) == 1.0
    assert always_valid(80, 100, 20, 100) < 0.001


# --- series ----------------------------------------------------------------------------------


def test_slopes_are_scipy_s_and_gaps_keep_their_width() -> None:
    """Where neighbours are not alike the interval is Sen's own, give or take one pair."""
    for seed in range(30):
        noise = np.random.default_rng(seed).normal(size=40)
        y = [None if at % 11 == 3 else 2 + 0.1 * at + float(it) for at, it in enumerate(noise)]
        held = [(at, it) for at, it in enumerate(y) if it is not None]
        expected = theilslopes([it for _, it in held], [at for at, _ in held])
        mine = theil_sen(y)
        assert mine.slope == pytest.approx(expected.slope)
        rest = np.asarray([it - mine.start - mine.slope * at for at, it in held])
        if widening(rest) == 1.0:
            assert mine.low == pytest.approx(expected.low_slope, abs=0.004)
            assert mine.high == pytest.approx(expected.high_slope, abs=0.004)
        else:
            assert mine.low <= expected.low_slope + 1e-9
            assert mine.high >= expected.high_slope - 1e-9


def test_a_break_is_where_the_most_pairs_differ() -> None:
    """Pettitt's statistic by its definition: signs between all before and all after."""
    for seed in range(20):
        y = np.random.default_rng(seed).normal(size=30)
        y[18:] += 3
        scores = [abs(sum(np.sign(a - b) for a in y[:t] for b in y[t:])) for t in range(1, 30)]
        found = pettitt([float(it) for it in y])
        assert found.at == int(np.argmax(scores)) + 1
        assert (found.before, found.after) == pytest.approx(
            (np.median(y[: found.at]), np.median(y[found.at :]))
        )
        assert abs(found.at - 18) <= 2
        assert found.p < 0.05


def test_weekdays_are_compared_as_scipy_does() -> None:
    for digits in (6, 0):
        for _ in range(20):
            days = [skewed(random.randint(2, 9), 3, digits) for _ in range(7)]
            if len({it for day in days for it in day}) > 1:
                assert weekday_effect(days) == pytest.approx(kruskal(*days).pvalue, abs=1e-9)
    assert weekday_effect([[1.0, 1.0]] * 7) == 1.0


def test_chance_makes_few_trends_however_alike_neighbours_are() -> None:
    """Days that remember the day before drift; a plain test would call 1 in 4 of them a trend."""
    for memory, most in ((0.0, 0.09), (0.4, 0.10)):
        trends = breaks = 0
        for seed in range(250):
            noise = np.random.default_rng(seed).normal(size=84)
            y = [float(noise[0])]
            for it in noise[1:]:
                y.append(memory * y[-1] + float(it))
            trends += theil_sen(y).p < 0.05
            breaks += pettitt(y).p < 0.01
        assert trends / 250 <= most
        assert breaks / 250 <= 0.05
