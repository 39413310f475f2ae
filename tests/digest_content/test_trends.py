"""What went well and what needs care: each line by hand, and what must not be one."""

from datetime import UTC, datetime

import pytest

from tests.digest_content.conftest import Telling
from tests.digest_content.drawn_weeks import joined, post, posts, weeks

EIGHT = "2026-09-28"


def praise_of(told: Telling, **numbers: tuple[int | None, ...]) -> tuple[str, ...]:
    drawn = weeks(EIGHT, **numbers)  # type: ignore[arg-type]
    return told(rows=drawn).went_well


def care_of(told: Telling, **numbers: tuple[int | None, ...]) -> tuple[str, ...]:
    drawn = weeks(EIGHT, **numbers)  # type: ignore[arg-type]
    return told(rows=drawn).needs_care


def test_three_falls_in_a_row_need_care(told: Telling) -> None:
    """1,930 → 1,200 in three steps."""
    likes = (1900, 1950, 1900, 1920, 1930, 1600, 1400, 1200)
    assert care_of(told, likes=likes) == ("Engagements, down 3 weeks: 1,930 → 1,200.",)


@pytest.mark.parametrize(
    "likes",
    [
        (1900, 1950, 1900, 1920, 1850, 1930, 1600, 1500),  # two falls
        (1900, 1950, 1900, 1920, 1930, 1925, 1918, 1910),  # three small ones, 1 % in all
        (1900, 1950, 1900, 1920, 1930, 1600, None, 1500),  # a week in between is not known
        (1900, 1950, 1900, 1920, 1930, 1600, 1400, 1450),  # it ended
    ],
)
def test_what_is_no_run_is_not_told(told: Telling, likes: tuple[int | None, ...]) -> None:
    """Near misses of a run."""
    assert not [it for it in care_of(told, likes=likes) if "down" in it]


def test_a_drop_out_of_the_usual_needs_care(told: Telling) -> None:
    """1,200 where the seven weeks before had a median of 1,930: 38 % under it, at once."""
    likes = (1900, 1950, 1930, 1920, 1930, 1940, 1950, 1200)
    assert care_of(told, likes=likes) == ("Engagements 1,200, 38 % under the usual 1,930.",)


@pytest.mark.parametrize(
    "likes",
    [
        (1900, 1950, 1930, 1920, 1930, 1940, 1950, 1800),  # 7 % under
        (1200, 2600, 1300, 2500, 1930, 1250, 2550, 1600),  # it swings like that
        (None, None, None, None, 1930, 1940, 1950, 1200),  # three weeks are no usual
    ],
)
def test_a_swing_like_others_is_no_drop(told: Telling, likes: tuple[int | None, ...]) -> None:
    """Small against the size, small against the spread, or nothing to compare with."""
    assert care_of(told, likes=likes) == ()


def test_flat_followers_need_care(told: Telling) -> None:
    """Feature 18: both four-week windows grew by less than a quarter of a percent."""
    followers = (5210, 5210, 5211, 5211, 5211, 5212, 5212, 5212, 5213)
    report = told(rows=weeks("2026-09-21", followers=followers))
    assert report.needs_care == ("Followers, Instagram: flat for 8 weeks, +3 to 5,213.",)


@pytest.mark.parametrize(
    "followers",
    [
        (5000, 5000, 5001, 5001, 5001, 5010, 5020, 5030, 5040),  # the last four weeks grew
        (50, 50, 50, 50, 50, 50, 50, 50, 50),  # too small to say
        (5210, 5210, 5211, 5212),  # too short
    ],
)
def test_other_audiences_are_not_called_flat(told: Telling, followers: tuple[int, ...]) -> None:
    """Near misses of stagnation."""
    start = "2026-09-21" if len(followers) == 9 else "2026-10-26"
    report = told(rows=weeks(start, followers=followers))
    assert not [it for it in report.needs_care if "flat" in it]


def test_followers_that_fall_need_care_however_little(told: Telling) -> None:
    """A level that shrinks three weeks in a row is told; a growing one is no news."""
    followers = (5_000, 5_100, 5_200, 5_300, 5_400, 5_390, 5_380, 5_370)
    assert care_of(told, followers=followers) == ("Followers, down 3 weeks: 5,400 → 5,370.",)
    assert praise_of(told, followers=followers[:5]) == ()


def test_a_record_went_well_unless_the_headline_told_it(told: Telling) -> None:
    """The best week in eight, told once."""
    rows = joined(
        weeks(EIGHT, reach=(100, 101, 102, 101, 100, 102, 101, 160),
              likes=(700, 707, 700, 693, 700, 707, 700, 735)),
    )  # fmt: skip
    report = told(rows=rows)
    assert report.headline.startswith("Instagram reach rose 58 % to 160.")
    assert report.went_well == ("Engagements 735, the best in 8 weeks.",)


@pytest.mark.parametrize(
    "likes",
    [
        (700, 707, 700, 693, 700, 707, 700, 708),  # beats the usual by 1 %
        (900, 707, 700, 693, 700, 707, 700, 800),  # beaten in the first week
        (None, None, None, None, 690, 707, 700, 800),  # three weeks make no record
    ],
)
def test_near_records_are_not_told(told: Telling, likes: tuple[int | None, ...]) -> None:
    """Near misses of a record (reach beside it takes the headline)."""
    rows = joined(weeks(EIGHT, reach=(100, 101, 102, 101, 100, 102, 101, 160), likes=likes))
    assert told(rows=rows).went_well == ()


def test_a_new_way_of_counting_is_no_record(told: Telling) -> None:
    """Facebook's views of 15 November 2025 are five times its impressions of before."""
    rows = weeks("2025-10-06", platform="facebook",
                 impressions=(1000, 1010, 1000, 1005, 1000, 3000, 5000, 5500),
                 likes=(700, 707, 700, 693, 700, 707, 700, 1400))  # fmt: skip
    now = datetime(2025, 12, 1, 9, tzinfo=UTC)
    report = told("2025-W48", rows=rows, now=now, kpis=("impressions", "likes"))
    assert report.headline.startswith("Likes rose 100 % to 1,400.")
    assert report.went_well == ()


def test_the_best_growth_of_followers_went_well(told: Telling) -> None:
    """+500 after weeks of about +100."""
    followers = (5_000, 5_100, 5_205, 5_300, 5_401, 5_500, 5_602, 6_102)
    reach = (100, 101, 102, 101, 100, 102, 101, 160)
    assert praise_of(told, followers=followers, reach=reach) == (
        "Followers +500, the most in 7 weeks.",
    )


BEFORE = [post(f"2026-11-{day:02} 09:00", 1_000) for day in range(9, 14)]


def test_a_post_far_above_its_accounts_usual_went_well(told: Telling) -> None:
    """3,000 where the five posts before had a median of 1,000 (feature 31)."""
    lines = [*BEFORE, post("2026-11-17 18:00", 3_000, kind="reel", title="Latte art #coffee")]
    assert told(rows=posts(lines)).went_well == ("Reel “Latte art”, 3 × usual.",)


@pytest.mark.parametrize(
    "lines",
    [
        [*BEFORE, post("2026-11-17 18:00", 1_400)],  # 1.4 ×
        [*BEFORE[:4], post("2026-11-17 18:00", 3_000)],  # four posts are no usual
        [post("2026-11-17 18:00", 3_000)],
    ],
)
def test_other_posts_are_not_praised(told: Telling, lines: list[str]) -> None:
    """Near misses of a post that went well."""
    assert told(rows=posts(lines)).went_well == ()
