"""The first sentence: what moved most for what it is, and why."""

from datetime import UTC, date, datetime, timedelta

import pytest

from storage.database import Database
from tests.digest_content.conftest import Telling, put, tell
from tests.digest_content.drawn_weeks import joined, post, posts, weeks
from tests.drawn import fill

EIGHT = "2026-09-28"
"""Eight weeks from here end with week 47."""
STEADY_REACH = (16_000, 16_200, 15_900, 16_100, 16_000, 16_300, 16_000)
STEADY_LIKES = (700, 707, 693, 700, 707, 700, 693)


def test_a_rise_with_the_post_that_made_it(told: Telling) -> None:
    """18,900 after 16,875 is +12 %; of it the Tuesday Reel alone reached a third."""
    rows = weeks(EIGHT, reach=(*STEADY_REACH[:-1], 16_875, 18_900), likes=(*STEADY_LIKES, 700))
    lines = [post("2026-11-17 18:10", 6_300, kind="reel"), post("2026-11-19 09:00", 2_000)]
    report = told(rows={**rows, **posts(lines)})
    assert report.headline == (
        "Instagram reach rose 12 % to 18,900. The Tuesday Reel alone reached 6,300."
    )


def test_a_post_that_made_little_of_it_is_not_the_reason(told: Telling) -> None:
    """A fifth of the reach explains no rise; more posts than before may."""
    rows = weeks(EIGHT, reach=(*STEADY_REACH, 20_000))
    lines = [
        *(post(f"2026-11-1{day} 09:00", 3_000) for day in (0, 1, 2)),
        *(post(f"2026-11-{day} 09:00", 4_000) for day in (16, 17, 18, 19, 20)),
    ]
    report = told(rows={**rows, **posts(lines)})
    assert report.headline == (
        "Instagram reach rose 25 % to 20,000. 5 posts went out, 3 the week before."
    )


def test_a_move_is_weighed_against_the_rows_own_usual_move(told: Telling) -> None:
    """Likes that jump by half every week tell less with +60 % than reach with +20 %."""
    wild = (700, 1_050, 700, 1_050, 700, 1_050, 700, 1_120)
    report = told(rows=weeks(EIGHT, reach=(*STEADY_REACH, 19_200), likes=wild))
    assert report.headline.startswith("Instagram reach rose 20 % to 19,200.")


def test_a_fall_back_to_the_usual_is_told_as_that(told: Telling) -> None:
    """The week before had the Thursday Reel; this one is as all the others."""
    rows = weeks(EIGHT, reach=(*STEADY_REACH[:-1], 24_000, 16_080))
    lines = [post("2026-11-12 18:10", 9_000, kind="reel")]
    report = told(rows={**rows, **posts(lines)})
    assert report.headline == (
        "Instagram reach fell 33 % to 16,080. That is its usual week again: "
        "the one before had the Thursday Reel, which alone reached 9,000."
    )


def test_a_fall_below_the_usual_is_not_excused(told: Telling) -> None:
    """12,000 is a quarter under the usual 16,000: nothing is “usual” about it."""
    report = told(rows=weeks(EIGHT, reach=(*STEADY_REACH[:-1], 24_000, 12_000)))
    assert report.headline == "Instagram reach fell 50 % to 12,000."


def test_fewer_posts_are_named_beside_a_fall(told: Telling) -> None:
    """Two posts after six may be why."""
    rows = weeks(EIGHT, reach=(*STEADY_REACH, 12_000))
    lines = [
        *(post(f"2026-11-{day:02} 09:00", 900) for day in range(9, 15)),
        *(post(f"2026-11-{day} 09:00", 900) for day in (17, 19)),
    ]
    report = told(rows={**rows, **posts(lines)})
    assert report.headline == (
        "Instagram reach fell 25 % to 12,000. 2 posts went out, 6 the week before."
    )


def test_the_account_behind_most_of_a_change_is_named(told: Telling) -> None:
    """Likes rose by 370 in all, by 350 of them on X."""
    rows = joined(
        weeks(EIGHT, platform="x", likes=(*STEADY_LIKES, 1_043)),
        weeks(EIGHT, platform="tiktok", likes=(*STEADY_LIKES, 713)),
    )
    report = told(rows=rows, kpis=("likes",))
    assert report.headline == "Likes rose 27 % to 1,756. X made most of it: +350."


def test_followers_move_by_people(told: Telling) -> None:
    """A level is told by its difference; 1 % of it is much."""
    followers = (10_000, 10_010, 10_021, 10_029, 10_041, 10_049, 10_060, 10_561)
    report = told(rows=weeks(EIGHT, followers=followers))
    assert report.headline.startswith("Followers rose by 501 to 10,561.")


def test_a_steady_week_says_so_with_a_number(told: Telling) -> None:
    """1.3 % is no news; the first row is told all the same."""
    report = told(rows=weeks(EIGHT, reach=(*STEADY_REACH, 16_200)))
    assert report.headline == (
        "A steady week: nothing moved by 5 % or more. Instagram reach 16,200, +1.3 %."
    )


def test_a_first_week_has_nothing_to_compare_with(told: Telling) -> None:
    """One week of data: the number, and no move."""
    report = told(rows=weeks("2026-11-16", reach=(16_200,)))
    assert report.headline == (
        "Instagram reach: 16,200 in week 47. There is no week before to compare it with."
    )


def test_a_week_without_data_names_the_newest(told: Telling) -> None:
    """Data to 8 November do not make week 47."""
    report = told(rows=weeks("2026-11-02", likes=(700,)))
    assert report.headline == "No numbers for week 47; the newest are of 8 Nov."
    assert report.rows == ()


@pytest.mark.parametrize(
    ("clicks", "expected"),
    [
        ((7, 7), "There is no week before"),  # a rate of 70 impressions is a small sample
        ((700, 980), "Click-through rate rose 4.0 pt to 14.0 %."),
    ],
)
def test_a_small_sample_makes_no_headline(
    told: Telling, clicks: tuple[int, int], expected: str
) -> None:
    """A rate over fewer than 100 views may jump by chance."""
    scale = clicks[0]
    rows = weeks("2026-11-09", impressions=(10 * scale, 10 * scale), clicks=clicks)
    report = told(rows=rows, kpis=("ctr",))
    if scale == 7:
        assert "rose" not in report.headline
    else:
        assert report.headline == expected


def test_a_fall_with_days_missing_is_not_blamed_on_anybody(told: Telling) -> None:
    """One of seven days is not there: that may be part of the fall."""
    days = "day | platform | likes\n---+---+---\n" + "\n".join(
        f"2026-11-{day:02} | instagram | {100 if day < 16 else 80}" for day in range(9, 22)
    )
    report = told(rows={"days": days}, kpis=("likes",))
    assert report.headline == (
        "Likes fell 31 % to 480. 1 of 7 days are missing, so part of it may be."
    )
    assert report.missing == ("Instagram after 21 Nov",)


def test_the_headline_of_a_month_counts_in_months(database: Database) -> None:
    """“The month before”, not the week."""
    days = "day | platform | likes\n---+---+---\n" + "\n".join(
        f"2026-{month:02}-{day:02} | instagram | {10 if month == 9 else 20}"
        for month in (9, 10)
        for day in range(1, 31)
    )
    fill(database, days=days + "\n2026-10-31 | instagram | 20")
    lines = [post(f"2026-10-{day:02} 09:00", 90) for day in range(1, 9)]
    lines += [post(f"2026-09-{day:02} 09:00", 90) for day in range(1, 5)]
    put(database, posts(lines))
    now = datetime(2026, 11, 2, 9, tzinfo=UTC)
    report = tell(database, "2026-10", cadence="monthly", kpis=("likes",), now=now)
    assert report.headline == "Likes rose 107 % to 620. 8 posts went out, 4 the month before."


def lacking(thursday: str, *, reach: tuple[int, ...] = ()) -> dict[str, str]:
    """Return 100 likes a day in eight weeks, none of one Thursday; and weeks of reach."""
    every = [date(2026, 9, 28) + timedelta(days=number) for number in range(56)]
    lines = [f"{day} | instagram | 100" for day in every if f"{day}" != thursday]
    days = "day | platform | likes\n---+---+---\n" + "\n".join(lines)
    return {**weeks(EIGHT, reach=reach), "days": days}


def test_a_rise_from_a_week_that_lacks_a_day_says_so(told: Telling) -> None:
    """700 after 600 is +17 %, and the day of 100 that is missing before is all of it."""
    report = told(rows=lacking("2026-11-12"))
    assert report.headline == (
        "Engagements rose 17 % to 700. 1 of 7 days of the week before are missing, "
        "so part of it may be."
    )


def test_a_rise_that_a_gap_may_have_made_is_not_the_news(told: Telling) -> None:
    """Reach truly moved by less than 17 %, and is told."""
    report = told(rows=lacking("2026-11-12", reach=(*STEADY_REACH, 17_600)))
    assert report.headline.startswith("Instagram reach rose 10 % to 17,600.")


@pytest.mark.parametrize("missing", ["2026-11-12", "2026-11-19"])
def test_what_a_gap_may_have_made_is_neither_run_nor_drop(told: Telling, missing: str) -> None:
    """100 a day throughout: no drop to a week of six days, and no run that begins with one."""
    report = told(rows=lacking(missing))
    assert report.needs_care == ()
    assert report.went_well == ()
