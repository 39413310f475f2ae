"""Quantiles that count what is still pending: K1, K2 and SciPy beside ours (support-spec §9.4)."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from scipy.stats import CensoredData, ecdf

from support.survival import kaplan_meier
from tests.drawn import table

K1 = "600+ 900+ 1200+ 1800+ 3600+ 3600 7200 14400 28800 86400"
K2 = "600+ 900+ 1200+ 1800+ 3600+ 3600+ 5400 7200 14400+ 86400"
VECTORS = """
    vector | median | p75         | p90         | survival
    -------+--------+-------------+-------------+--------------------
    K1     |   3600 | not reached | not reached | .9 .8 .7 .6 .5
    K2     |   3600 |       14400 | not reached | .9 .8 .7 .6 .4 .2
"""


def samples(words: str) -> list[tuple[float, bool]]:
    """Return drawn times; a plus is an event, none is pending."""
    return [(float(word.rstrip("+")), word.endswith("+")) for word in words.split()]


@pytest.mark.parametrize("row", table(VECTORS), ids=lambda row: row["vector"])
def test_pending_issues_hold_the_quantiles_up(row: dict[str, str]) -> None:
    """Of the closed ones alone, K1's median would be 1200: the unanswered are not dropped."""
    curve = kaplan_meier(samples({"K1": K1, "K2": K2}[row["vector"]]))
    assert [left for _, left in curve.steps] == pytest.approx(
        [float(it) for it in row["survival"].split()]
    )
    for share, name in ((0.5, "median"), (0.75, "p75"), (0.9, "p90")):
        found = curve.quantile(share)
        assert ("not reached" if found is None else f"{found:.0f}") == row[name]
    assert curve.longest == 86400
    assert curve.n == curve.events + curve.pending == 10


def test_the_order_of_the_samples_plays_no_part() -> None:
    """At 3600 s K1 has an event and a pending issue: the pending one was still at risk."""
    forward, backward = samples(K1), samples(K1)[::-1]
    assert kaplan_meier(forward) == kaplan_meier(backward)


@pytest.mark.parametrize("seed", range(30))
def test_the_curve_is_scipy_s(seed: int) -> None:
    """With ties between events and censorings, which are where implementations differ."""
    random = Random(seed)
    drawn = [
        (float(random.randint(1, 30)), random.random() < 0.6) for _ in range(random.randint(1, 60))
    ]
    curve = kaplan_meier(drawn)
    ended = [time for time, came in drawn if came]
    theirs: Any = ecdf(CensoredData(ended, right=[time for time, came in drawn if not came])).sf
    for time in range(32):
        assert curve.survival(time) == pytest.approx(float(theirs.evaluate(time)), abs=1e-12)
    for share in (0.25, 0.5, 0.75, 0.9):
        reached = [t for t in sorted(ended) if theirs.evaluate(t) <= 1 - share + 1e-9]
        assert curve.quantile(share) == (reached[0] if reached else None)


def test_without_pending_issues_the_curve_is_the_plain_share() -> None:
    curve = kaplan_meier((float(time), True) for time in range(1, 1001))
    assert [curve.quantile(share) for share in (0.5, 0.9, 0.95, 1.0)] == [500, 900, 950, 1000]


def test_where_nothing_ended_nothing_is_reached() -> None:
    curve = kaplan_meier([(10, False), (20, False)])
    assert (curve.quantile(0.5), curve.longest, curve.pending) == (None, 20, 2)
    assert kaplan_meier([]).quantile(0.5) is None
