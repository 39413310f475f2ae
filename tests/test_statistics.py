"""Our statistics beside SciPy's and numpy's."""

from random import Random

import numpy as np
import pytest
from scipy.stats import binomtest

from kpis.statistics import median, quantile, shrink, wilson


@pytest.mark.parametrize("seed", range(40))
def test_wilson_s_interval_is_scipy_s(seed: int) -> None:
    random = Random(seed)
    whole = random.randint(1, 5000)
    part = random.choice([0, whole, random.randint(0, whole)])
    expected = binomtest(part, whole).proportion_ci(0.95, method="wilson")
    assert wilson(part, whole) == pytest.approx((expected.low, expected.high), abs=1e-12)


@pytest.mark.parametrize("seed", range(40))
def test_quantiles_are_numpy_s(seed: int) -> None:
    random = Random(seed)
    values = sorted(random.gauss(0, 10) for _ in range(random.randint(1, 60)))
    for at in (0.0, 0.1, 0.5, 0.9, 1.0):
        assert quantile(values, at) == pytest.approx(float(np.quantile(values, at)))
    random.shuffle(values)
    assert median(values) == pytest.approx(float(np.median(values)))


def test_few_rows_are_pulled_towards_the_whole() -> None:
    """One row of 90 % beside a whole of 4 % counts as one of six; fifty rows hardly move."""
    assert shrink(0.90, 1, 0.04) == pytest.approx((0.90 + 5 * 0.04) / 6)
    assert shrink(0.90, 50, 0.04) > 0.82


def test_a_proportion_of_nothing_has_no_interval() -> None:
    with pytest.raises(ValueError, match="nothing"):
        wilson(0, 0)
