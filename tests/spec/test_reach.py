"""Reach: exact windows, proven bounds, missing days, post reach, never a silent sum (catalogue §2).

The example of 50,000 in 28 days and 4,100 and 3,700 in two days is the catalogue's own.
"""

from itertools import pairwise
from random import Random

import pytest

from kpis import wording
from kpis.answers import Value
from kpis.reach import Window, bounds

TWO_DAYS = """
    start      | end        | platform  | reach
    -----------+------------+-----------+------
    2026-10-25 | 2026-11-21 | instagram | 50000
    2026-10-23 | 2026-10-23 | instagram |  4100
    2026-10-24 | 2026-10-24 | instagram |  3700
"""


def test_a_stored_window_of_exactly_the_period_is_exact(check):
    """58,210 is what Instagram reported for these 30 days; shorter windows add nothing."""
    windows = """
        start      | end        | platform  | reach
        -----------+------------+-----------+------
        2026-10-23 | 2026-11-21 | instagram | 58210
        2026-11-21 | 2026-11-21 | instagram |  9000
    """
    check("reach instagram last-30d", windows=windows, expected="58,210 people")


def test_an_exact_window_has_a_change_when_the_one_before_is_exact_too(check):
    """54,310 against 50,100 is +8.4 %."""
    windows = """
        start      | end        | platform  | reach
        -----------+------------+-----------+------
        2026-10-23 | 2026-11-21 | instagram | 54310
        2026-09-23 | 2026-10-22 | instagram | 50100
    """
    check(
        "reach instagram last-30d",
        windows=windows,
        expected="54,310 people, +8.4 % (50,100 before)",
    )


def test_shorter_windows_prove_bounds(check):
    """At least the 28 days, at most all three windows: between 50,000 and 57,800."""
    check(
        "reach instagram last-30d",
        windows=TWO_DAYS,
        expected="Between 50,000 and 57,800 people",
        details=(
            "Exact for 28 days: 50,000.",
            "Instagram gave no 30-day count, and days can't be added: one person may come twice.",
        ),
    )


def test_the_longest_window_tells_its_own_change(check):
    """50,000 against 46,900 in the 28 days before is +6.6 %."""
    windows = TWO_DAYS + "    2026-09-27 | 2026-10-24 | instagram | 46900\n"
    check(
        "reach instagram last-30d",
        windows=windows,
        expected="Between 50,000 and 57,800 people",
        details=("Exact for 28 days: 50,000, +6.6 %.",),
    )


def test_a_missing_day_leaves_only_the_lower_bound(check):
    """Nothing covers 23 October, so there is no “at most”."""
    windows = "\n".join(line for line in TWO_DAYS.splitlines() if "4100" not in line) + "\n"
    check(
        "reach instagram last-30d",
        windows=windows,
        expected="At least 50,000 people",
        details=("1 day missing.",),
        footnote="29 of 30 days",
    )


def test_days_alone_give_the_largest_day_and_the_average(check):
    """Three days of 4,000, 5,000 and 6,000: at least 6,000, on average 5,000, never 15,000."""
    windows = """
        start      | end        | platform  | reach
        -----------+------------+-----------+------
        2026-11-19 | 2026-11-19 | instagram |  4000
        2026-11-20 | 2026-11-20 | instagram |  5000
        2026-11-21 | 2026-11-21 | instagram |  6000
    """
    check(
        "reach instagram last 3 days",
        windows=windows,
        expected="At least 6,000 people",
        details=("Average daily reach 5,000.",),
    )


def test_the_sum_of_days_exists_only_under_its_own_name(check):
    windows = """
        start      | end        | platform  | reach
        -----------+------------+-----------+------
        2026-11-20 | 2026-11-20 | instagram |  5000
        2026-11-21 | 2026-11-21 | instagram |  6000
    """
    check(
        "reach sum instagram last 2 days",
        windows=windows,
        expected="11,000 person-days",
        notes=("One person can count up to 2 times.",),
    )


def test_several_accounts_are_never_one_total(asked):
    """Instagram 50,000 and Facebook 30,000: between 50,000 and 80,000 together, a line each."""
    windows = """
        start      | end        | platform  | reach
        -----------+------------+-----------+------
        2026-10-25 | 2026-11-21 | instagram | 50000
        2026-10-25 | 2026-11-21 | facebook  | 30000
    """
    answer = asked("reach", windows=windows)
    assert {it.name: it.value.low for it in answer.lines} == {
        "Facebook acme": 30000,
        "Instagram acme": 50000,
    }
    assert (answer.together.value.low, answer.together.value.high) == (50000, 80000)
    assert wording.headline(answer) == "Together at least 50,000 people"


def test_only_post_reach_is_labelled_as_such(check):
    """Two posts of 900 and 300: 1,200 in sum, at least 900 people."""
    posts = """
        day        | platform | post | reach
        -----------+----------+------+------
        2026-11-02 | facebook | a    |   900
        2026-11-03 | facebook | b    |   300
    """
    check(
        "reach facebook 2026-11",
        posts=posts,
        expected="Post reach, 2 posts: 1,200 in sum",
        details=(
            "People who saw several posts are counted several times.",
            "Account reach at least 900 people (the best post).",
        ),
    )


def test_a_platform_that_counts_no_reach_says_so_and_gives_the_nearest(asked):
    posts = """
        day        | platform | post | impressions
        -----------+----------+------+------------
        2026-11-02 | x        | a    |       84200
    """
    answer = asked("reach x 2026-11", posts=posts)
    assert wording.headline(answer) == "X doesn't report reach. Impressions: 84,200."
    assert answer.hints[0][0] == "Impressions"


IMPRESSIONS = """
    day        | platform  | impressions
    -----------+-----------+------------
""" + "".join(
    f"    2026-{'10' if day < 32 else '11'}-{day if day < 32 else day - 31:02d}"
    " | instagram | 3853\n"
    for day in range(23, 53)
)
"""30 days of 3,853: 115,590 impressions."""


def test_frequency_over_a_range_of_reach_is_a_range(asked):
    """115,590 impressions over 50,000–57,800 people: between 2.00 and 2.31."""
    value = asked("frequency instagram last-30d", days=IMPRESSIONS, windows=TWO_DAYS).main.value
    assert (value.low, value.high) == (115590 / 57800, 115590 / 50000)


def test_frequency_without_all_impressions_is_only_at_least(asked):
    """With one day of impressions missing, people saw you at least so often."""
    days = IMPRESSIONS.replace("    2026-11-09 | instagram | 3853\n", "")
    answer = asked("frequency instagram last-30d", days=days, windows=TWO_DAYS)
    assert (answer.main.value.low, answer.main.value.high) == (111737 / 57800, None)
    assert "29 of 30 days" in wording.footnote(answer)


def test_frequency_pairs_accounts(asked):
    """Facebook has impressions and reach, Instagram impressions alone: 2,800 ÷ 1,000."""
    windows = """
        start      | end        | platform | reach
        -----------+------------+----------+------
        2026-10-25 | 2026-11-21 | facebook |  1000
    """
    rows = "".join(
        f"    2026-{'10' if day < 32 else '11'}-{day if day < 32 else day - 31:02d}"
        f" | {platform} | {count}\n"
        for day in range(25, 53)
        for platform, count in (("facebook", 100), ("instagram", 1000))
    )
    days = IMPRESSIONS.splitlines()[1] + "\n" + IMPRESSIONS.splitlines()[2] + "\n" + rows
    answer = asked("frequency by platform", days=days, windows=windows)
    assert answer.main.value.low == 2.8
    assert [(it.name, it.value.low) for it in answer.breakdown] == [("Facebook", 2.8)]


def test_only_overhanging_windows_prove_only_at_most(check):
    """Four weeks that begin before the asked fortnight bound it from above."""
    windows = """
        start      | end        | platform  | reach
        -----------+------------+-----------+------
        2026-10-25 | 2026-11-21 | instagram | 50000
    """
    check("reach instagram last 14 days", windows=windows, expected="At most 50,000 people")


def test_an_account_without_reach_leaves_no_at_most(asked):
    """Of three accounts one has no windows: the answer counts two, and names the third."""
    windows = """
        start      | end        | platform  | reach
        -----------+------------+-----------+------
        2026-10-25 | 2026-11-21 | instagram |    50
        2026-10-25 | 2026-11-21 | facebook  |    30
        2026-08-25 | 2026-08-25 | tiktok    |    90
    """
    answer = asked("reach", windows=windows)
    assert answer.title == "Reach · 2 of 3 accounts · last 28 days"
    assert "No data for TikTok acme." in answer.notes


def test_the_receipt_shows_the_windows_and_what_adding_would_say(asked):
    lines = asked("reach instagram last-30d", windows=TWO_DAYS, explained=True).receipt.lines
    assert lines == (
        "At least: 25 Oct – 21 Nov 2026: 50,000.",
        (
            "At most: 23 Oct 2026: 4,100 + 24 Oct 2026: 3,700 + 25 Oct – 21 Nov 2026: 50,000"
            " = 57,800, if nobody was counted twice."
        ),
        "Adding the days would say 7,800.",
    )


def test_figures_that_contradict_each_other_are_both_shown(check):
    """A day cannot reach more people than the week that holds it; the platform says it did."""
    windows = """
        start      | end        | platform  | reach
        -----------+------------+-----------+------
        2026-11-15 | 2026-11-21 | instagram |  1000
        2026-11-14 | 2026-11-14 | instagram |   100
        2026-11-20 | 2026-11-20 | instagram |  5000
    """
    check(
        "reach instagram last 8 days",
        windows=windows,
        expected="5,000 people or 1,100: they contradict",
    )


# --- the bounds themselves, against audiences whose reach is known -----------------------------


def audience(seed: int, people: int = 300, days: int = 30) -> list[set[int]]:
    """Return who saw something on each day, of an audience with regulars and strangers."""
    random = Random(seed)
    habit = [random.random() ** 3 for _ in range(people)]
    return [{who for who in range(people) if random.random() < habit[who]} for _ in range(days)]


@pytest.mark.parametrize("lengths", [(1,), (1, 7), (1, 7, 28), (7,), (3, 10)])
@pytest.mark.parametrize("seed", range(12))
def test_bounds_always_hold_the_true_reach(seed: int, lengths: tuple[int, ...]):
    """For every audience and set of stored windows the truth lies between the bounds."""
    seen = audience(seed, days=40)
    windows = [
        Window(start, start + length, len(set().union(*seen[start : start + length])))
        for length in lengths
        for start in range(40 - length + 1)
        if not (length == 1 and seed % 3 == 0 and start == 17)
    ]
    truth = len(set().union(*seen[5:35]))
    found = bounds(windows, 5, 35)
    assert found is not None
    assert found.low <= truth
    if found.high is not None:
        assert truth <= found.high
        covered = set().union(*(range(it.start, it.end) for it in found.cover))
        assert set(range(5, 35)) <= covered
        assert sum(it.people for it in found.cover) == found.high


def cheapest_by_trying_all(windows: list[Window], start: int, end: int) -> int | None:
    """Return the least sum of any set of windows that covers the days: every set is tried."""
    best: int | None = None
    for chosen in range(1 << len(windows)):
        some = [it for at, it in enumerate(windows) if chosen >> at & 1]
        days = set().union(*(range(it.start, it.end) for it in some)) if some else set()
        if set(range(start, end)) <= days:
            total = sum(it.people for it in some)
            best = total if best is None else min(best, total)
    return best


@pytest.mark.parametrize("seed", range(60))
def test_the_upper_bound_is_the_cheapest_cover_there_is(seed: int):
    """The dynamic programme finds what trying every set of windows finds."""
    random = Random(seed)
    windows = [
        Window(start, start + random.randint(1, 5), random.randint(1, 50))
        for start in (random.randint(-2, 8) for _ in range(9))
    ]
    found = bounds(windows, 0, 8)
    expected = cheapest_by_trying_all(windows, 0, 8)
    exact = [it for it in windows if (it.start, it.end) == (0, 8)]
    if found is None:
        assert expected is None
    elif not exact:
        assert found.high == expected


def test_reach_grows_with_the_period(asked):
    """A longer period never has a smaller lower bound."""
    windows = TWO_DAYS + "    2026-11-21 | 2026-11-21 | instagram | 8000\n"
    lows = []
    for words in ("yesterday", "last 28 days", "last 30 days"):
        value = asked(f"reach instagram {words}", windows=windows).main.value
        assert isinstance(value, Value)
        lows.append(value.low)
    assert all(shorter <= longer for shorter, longer in pairwise(lows))
