"""Rules that compare posts: for each a drawing in which it fires, and near misses."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from tests.digest_content.conftest import Telling
from tests.digest_content.drawn_steps import LAST, back, offers, quiet, tuesdays
from tests.digest_content.drawn_weeks import post, posts


def test_hours_that_do_better_are_proposed_with_their_type(told: Telling) -> None:
    """Six Reels on Tuesdays at 18:15 reached 2.1 × the median of 24 photos at 10."""
    report = told(rows=posts([*quiet(24), *tuesdays(6, 2_127, kind="reel", hour=18)]))
    (step,) = offers(report, "best-hours")
    assert step.words == (
        "Post Reels Tue 18–20 on Instagram: your last 6 there reached 2.1 × the median of the "
        "others (2,130 against 1,014)."
    )
    assert (step.figures["n"], step.figures["others"]) == (6, 24)
    assert step.asks == "best times instagram acme"
    assert offers(report, "weekday-effect") == []  # the same Tuesday, said better


@pytest.mark.parametrize(
    "lines",
    [
        [*quiet(24), *tuesdays(4, 2_130, hour=18)],  # four posts
        [*quiet(9), *tuesdays(6, 2_130, hour=18)],  # nine others
        [*quiet(24), *tuesdays(6, 1_250, hour=18)],  # 1.2 ×
    ],
)
def test_hours_with_few_posts_or_little_effect_are_not(told: Telling, lines: list[str]) -> None:
    """Near misses of the best hours."""
    assert offers(told(rows=posts(lines)), "best-hours") == []


def spread_tuesdays(number: int, reach: int) -> list[str]:
    """Return posts on the last Tuesdays, each at another hour."""
    first = LAST - timedelta(days=5)
    return [
        post(f"{first - timedelta(days=7 * at)} {6 + 2 * at:02}:15", reach + at)
        for at in range(number)
    ]


def test_a_weekday_that_does_better_is_proposed(told: Telling) -> None:
    """Six Tuesdays at all hours: the day it is, not the hour."""
    report = told(rows=posts([*quiet(24), *spread_tuesdays(6, 1_500)]))
    (step,) = offers(report, "weekday-effect")
    assert step.words == (
        "Post more on Tuesdays on Instagram: your last 6 there reached 1.5 × the median of the "
        "others (1,503 against 1,014)."
    )
    assert step.subject == "instagram/acme tuesday"


@pytest.mark.parametrize(
    "lines",
    [
        [*quiet(24), *spread_tuesdays(4, 1_500)],
        [*quiet(24), *spread_tuesdays(6, 1_200)],
    ],
)
def test_a_weekday_with_few_posts_or_little_effect_is_not(told: Telling, lines: list[str]) -> None:
    """Near misses of the weekday."""
    assert offers(told(rows=posts(lines)), "weekday-effect") == []


def mixed(kinds: Iterable[tuple[str, int]]) -> list[str]:
    """Return a post every other day, newest first."""
    return [
        post(f"{back(6 + 2 * at)} 10:00", reach + at, kind=kind)
        for at, (kind, reach) in enumerate(kinds)
    ]


def test_a_type_that_does_better_is_proposed(told: Telling) -> None:
    """Six Reels among 18 posts reached 1.8 × the photos."""
    kinds = [("photo", 1_000), ("reel", 1_800), ("photo", 1_010)] * 6
    (step,) = offers(told(rows=posts(mixed(kinds))), "content-type")
    assert step.words.startswith("Make more Reels on Instagram: 6 of them reached 1.8 × the median")
    assert step.words.endswith("and they are 33 % of your posts.")
    assert step.figures["kind"] == "reel"


@pytest.mark.parametrize(
    "kinds",
    [
        [*[("reel", 1_800)] * 4, *[("photo", 1_000)] * 14],  # four
        [*[("reel", 1_250)] * 6, *[("photo", 1_000)] * 12],  # 1.25 ×
        [*[("reel", 1_800)] * 12, *[("photo", 1_000)] * 6],  # most posts are Reels already
        [("reel", 1_800), ("photo", 2_100), ("reel", 900), ("photo", 1_000)] * 5,  # chance
    ],
)
def test_a_type_with_few_posts_or_little_effect_is_not(
    told: Telling, kinds: list[tuple[str, int]]
) -> None:
    """Near misses of the type."""
    assert offers(told(rows=posts(mixed(kinds))), "content-type") == []


def tagged(number: int, reach: int, tags: str, others: int = 12) -> list[str]:
    lines = [post(f"{back(6 + 2 * at)} 10:00", 1_000 + at) for at in range(others)]
    return lines + [
        post(f"{back(7 + 2 * at)} 10:00", reach + at, tags=tags) for at in range(number)
    ]


def test_a_hashtag_that_helps_is_proposed(told: Telling) -> None:
    """Six posts with #latteart beside twelve without."""
    (step,) = offers(told(rows=posts(tagged(6, 1_600, "#latteart"))), "hashtag")
    assert step.words.startswith("Use #latteart where it fits on Instagram: 6 posts with it")
    assert step.asks == "hashtags instagram acme"


@pytest.mark.parametrize(
    "lines", [tagged(4, 1_600, "#latteart"), tagged(6, 1_200, "#latteart"), tagged(6, 1_600, "")]
)
def test_other_hashtags_are_not(told: Telling, lines: list[str]) -> None:
    """Near misses of the hashtag."""
    assert offers(told(rows=posts(lines)), "hashtag") == []
