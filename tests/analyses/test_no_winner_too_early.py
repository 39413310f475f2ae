"""No winner before the numbers allow one, however often somebody looks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random

import numpy as np

from kpis.analyses.experiment import judge_material
from kpis.analyses.experiment_reading import Counted, Material, Numbered
from kpis.analyses.proportions import always_valid, two_proportion
from kpis.analyses.ranks import posts_needed
from storage.experiments import Arm, ExperimentRow, Plan
from storage.measures import Unit

ROW = ExperimentRow(
    1,
    "A and A",
    "engagement-rate",
    Plan("variant", (Arm("a", ("a",)), Arm("b", ("b",)))),
    date(2026, 1, 1),
    None,
    "",
    "U1",
    datetime(2026, 1, 1, tzinfo=UTC),
    None,
)


def of_posts(*groups: list[float], better: str = "higher") -> Material:
    arms = tuple(Numbered("abcde"[at], tuple(it)) for at, it in enumerate(groups))
    return Material("Engagement rate", Unit.PERCENT, better, numbered=arms)


def of_counts(*groups: tuple[int, int]) -> Material:
    arms = tuple(Counted("abcde"[at], *it) for at, it in enumerate(groups))
    return Material("Conversion rate", Unit.PERCENT, "higher", counted=arms)


def test_looking_every_day_at_two_equal_rates_finds_a_winner_in_few_of_500_tests() -> None:
    """60 daily looks: the plain test is wrong in more than 1 of 5, ours in at most 1 of 20."""
    drawn = np.random.default_rng(20261122)
    fooled = ours = 0
    for _ in range(500):
        share = float(drawn.uniform(0.02, 0.3))
        a, b = (np.cumsum(drawn.binomial(200, share, 60)) for _ in range(2))
        looks = [(int(a[at]), 200 * (at + 1), int(b[at]), 200 * (at + 1)) for at in range(60)]
        fooled += any(two_proportion(*it) < 0.05 for it in looks)
        ours += any(always_valid(*it) < 0.05 for it in looks)
    assert fooled / 500 > 0.2
    assert ours / 500 <= 0.05


def test_500_tests_of_equal_posts_name_a_winner_in_about_1_of_20() -> None:
    """Posts with long tails; all that somebody will ever see is what the first 48 each say."""
    random = Random(7)
    won = 0
    for _ in range(500):
        a, b = ([random.lognormvariate(-3, 0.8) for _ in range(60)] for _ in range(2))
        won += judge_material(ROW, of_posts(a, b)).state == "won"
    assert won / 500 <= 0.07


def test_more_posts_and_more_looks_change_no_verdict() -> None:
    """From the horizon on the first posts decide: looking again is the same look."""
    random = Random(8)
    horizon = posts_needed()
    for _ in range(12):
        a, b = ([random.lognormvariate(-3, 0.8) for _ in range(160)] for _ in range(2))
        looks = [judge_material(ROW, of_posts(a[:n], b[:n])) for n in range(6, 160, 14)]
        early = [it for it in looks if it.arms[0].n < horizon]
        late = [it for it in looks if it.arms[0].n >= horizon]
        assert {it.state for it in early} == {"early"}
        assert len({(it.state, it.winner, it.pair) for it in late}) == 1


def test_a_true_difference_is_found_once_the_posts_are_there() -> None:
    random = Random(9)
    won = 0
    for _ in range(60):
        a = [random.lognormvariate(-3, 0.8) for _ in range(48)]
        b = [random.lognormvariate(-2.3, 0.8) for _ in range(48)]
        verdict = judge_material(ROW, of_posts(a, b))
        won += verdict.state == "won" and verdict.winner == "b"
        assert judge_material(ROW, of_posts(a, b[:47])).state == "early"
    assert won >= 52


def test_what_is_missing_is_counted_for_each_variant() -> None:
    verdict = judge_material(ROW, of_posts([0.1] * 40, [0.2] * 11))
    assert [it.missing for it in verdict.arms] == [8, 37]
    assert verdict.missing == 45
    assert verdict.winner == ""


def test_lower_may_be_better() -> None:
    low, high = [0.1 + at / 1000 for at in range(60)], [0.4 + at / 1000 for at in range(60)]
    assert judge_material(ROW, of_posts(low, high)).winner == "b"
    assert judge_material(ROW, of_posts(low, high, better="lower")).winner == "a"


def test_the_best_of_three_must_beat_both_others() -> None:
    """Two equal leaders: there is no winner, though both beat the third by far."""
    random = Random(3)
    a, b, c = ([random.lognormvariate(m, 0.5) for _ in range(90)] for m in (0.0, 0.02, -2.0))
    assert judge_material(ROW, of_posts(a, b, c)).state == "even"
    assert judge_material(ROW, of_posts([it * 9 for it in a], b, c)).winner == "a"


def test_counts_win_when_the_difference_is_sure() -> None:
    assert judge_material(ROW, of_counts((120, 2400), (150, 2380))).state == "open"
    verdict = judge_material(ROW, of_counts((240, 4000), (400, 4000)))
    assert (verdict.state, verdict.winner) == ("won", "b")
    assert judge_material(ROW, of_counts((0, 0), (4, 10))).state == "empty"
    even = judge_material(ROW, of_counts((30_000, 300_000), (30_100, 300_000)))
    assert even.state == "even"


def test_a_variant_without_cases_keeps_the_others_from_winning() -> None:
    verdict = judge_material(ROW, of_counts((240, 4000), (400, 4000), (0, 0)))
    assert verdict.state == "early"
