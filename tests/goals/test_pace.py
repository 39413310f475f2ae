"""The arithmetic of pace: more is never worse, and one bad day turns nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.goals.pace import BEHIND, Pace, level_pace, meets, steady, total_pace, value_pace

ORDER = {"": -1, "behind": 0, "on pace": 1, "ahead": 2}
NUMBERS = st.floats(0, 1e9, allow_nan=False)
POSITIVE = st.floats(1e-3, 1e9, allow_nan=False)
SHARE = st.floats(0.01, 1)


@given(NUMBERS, NUMBERS, POSITIVE, SHARE)
def test_a_larger_sum_is_never_further_behind(
    one: float, other: float, target: float, share: float
) -> None:
    """Where more is better; where less is better, never further ahead."""
    small, large = sorted((one, other))
    higher = [total_pace(it, target, share, "higher").word for it in (small, large)]
    lower = [total_pace(it, target, share, "lower").word for it in (small, large)]
    assert ORDER[higher[0]] <= ORDER[higher[1]]
    assert ORDER[lower[0]] >= ORDER[lower[1]]


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, SHARE)
def test_a_level_nearer_its_target_is_never_further_behind(
    one: float, other: float, baseline: float, target: float, share: float
) -> None:
    far, near = sorted((one, other), reverse=target < baseline)
    words = [level_pace(it, baseline, target, share).word for it in (far, near)]
    assert ORDER[words[0]] <= ORDER[words[1]]


@given(NUMBERS, POSITIVE, SHARE, st.sampled_from(["higher", "lower"]))
def test_a_value_at_its_target_is_not_behind_and_one_short_of_it_is(
    actual: float, target: float, share: float, better: str
) -> None:
    """Whatever part of the days is over: nothing is pro-rated."""
    is_behind = value_pace(actual, target, share, better).word == "behind"
    assert is_behind is not meets(actual, target, better)


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        (0.94, 0.94, "behind"),
        (0.94, 0.96, ""),
        (0.96, 0.94, ""),
        (0.96, 0.96, ""),
        (1.00, 0.99, ""),
        (1.00, 1.00, "on pace"),
        (1.20, 1.05, "on pace"),
    ],
)
def test_two_settled_days_must_agree(now: float, before: float, told: str) -> None:
    """Between 0.95 and 1 nothing is announced, either way: so nothing flaps."""
    assert steady(Pace(now, 1, 0.5), Pace(before, 1, 0.48)) == told


def test_the_first_tenth_of_the_days_announces_nothing() -> None:
    assert steady(Pace(0.1, 1, 0.09), Pace(0.1, 1, 0.08)) == ""


@given(st.lists(st.floats(0.945, 0.9999), min_size=2, max_size=40))
def test_a_wobble_about_the_edge_is_told_at_most_once(ratios: list[float]) -> None:
    """From on pace it may fall behind once; it is back only when nothing is owed."""
    told, pace = 0, ""
    for before, now in pairwise(ratios):
        word = steady(Pace(now, 1, 0.5), Pace(before, 1, 0.5))
        if word == "behind" and pace != "behind":
            told, pace = told + 1, word
        if word == "on pace" and pace == "behind":
            told, pace = told + 1, word
    assert told <= 1
    assert BEHIND < 1
