"""Pace, reached and missed (kpi-catalogue §1, *Goal pace*), on drawn days and by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from kpis.goals.say import a_day
from storage import findings
from storage.database import Database
from storage.findings import Found
from storage.measures import Unit
from tests.goals.drawn_goals import NOW, draw_days, stored

NOV = [date(2026, 11, it) for it in range(1, 31)]


def office(day: date) -> int:
    """Twenty likes on working days, five at weekends."""
    return 20 if day.weekday() < 5 else 5


def test_a_sum_is_held_against_what_its_weekdays_weigh(database: Database) -> None:
    """1–19 November hold 14 working days and 5 of weekends: 305 of the month's 465 parts.

    Of 500 likes 328 are due, 305 came: 0.93, behind. By plain days 317 would be due: on pace.
    """
    told = stored(database, days=draw_days("likes", office)).judge()
    assert (told.state, told.pace, told.steady) == ("open", "behind", "behind")
    assert told.actual == 305
    assert told.share == pytest.approx(305 / 500)
    assert told.words == (
        "500 likes, Instagram, in November 2026: behind.",
        "Needs 18 a day, has 16.",
    )


def test_the_days_of_the_week_weigh_what_the_last_eight_weeks_say(database: Database) -> None:
    judged = stored(database, days=draw_days("likes", office))
    assert judged.measure() == (20.0,) * 5 + (5.0,) * 2


def test_where_weekdays_are_too_few_they_weigh_alike(database: Database) -> None:
    """Three weeks are three of each weekday: too few to tell Sundays from Mondays."""
    days = draw_days("likes", office, start=date(2026, 11, 1))
    assert stored(database, days=days).measure() == (1.0,) * 7


@pytest.mark.parametrize(
    ("target", "pace"), [(460, "on pace"), (480, "on pace"), (490, "behind"), (440, "ahead")]
)
def test_within_five_in_a_hundred_is_on_pace(database: Database, target: float, pace: str) -> None:
    """305 beside 302, 315, 321 and 289."""
    days = draw_days("likes", office)
    assert stored(database, days=days).judge(target=float(target)).pace == pace


def test_missing_days_are_not_held_against_a_sum(database: Database) -> None:
    """Three working days without numbers: 245 of 500 came, and 263 were due on those that have.

    With the missing days 328 would be due: 0.75 instead of 0.93.
    """
    gap = [date(2026, 11, it) for it in (10, 11, 12)]
    told = stored(database, days=draw_days("likes", office, without=gap)).judge(target=460.0)
    assert told.actual == 245
    assert told.pace == "on pace"
    assert told.words[-1] == "3 days missing."


def test_days_that_may_still_change_decide_nothing(database: Database) -> None:
    """20 and 21 November would reach it; on 23 November the 20th is settled, and it is."""
    judged = stored(database, days=draw_days("likes", office))
    assert judged.judge(target=320.0).state == "open"
    after = judged.judge(NOW + timedelta(days=1), target=320.0)
    assert (after.state, after.reached_on) == ("reached", date(2026, 11, 20))


def test_a_sum_is_reached_on_the_day_that_it_comes_to_its_target(database: Database) -> None:
    """5 + 5 × 20 + 5 + 5 + 20 = 135 on the 9th."""
    told = stored(database, days=draw_days("likes", office)).judge(target=135.0)
    assert (told.state, told.reached_on) == ("reached", date(2026, 11, 9))


def test_a_sum_counts_from_its_first_day(database: Database) -> None:
    """What came before it began is not its own."""
    judged = stored(database, days=draw_days("likes", office))
    told = judged.judge(start=date(2026, 11, 16))
    assert told.actual == 80


def test_fewer_is_better_turns_pace_round(database: Database) -> None:
    """305 lost where 328 may be by now: ahead; and it is not reached before the end."""
    judged = stored(database, days=draw_days("lost", office))
    told = judged.judge(kpi="followers-lost", better="lower")
    assert (told.state, told.pace) == ("open", "ahead")
    assert told.words[1] == "May have 18 a day from now on, has 16."
    over = judged.judge(kpi="followers-lost", better="lower", target=300.0)
    assert (over.state, over.pace) == ("open", "behind")
    assert over.words[1] == "Over the limit by 5."


@pytest.mark.parametrize(("target", "state"), [(465.0, "reached"), (464.0, "missed")])
def test_at_most_is_decided_when_the_days_are_over(
    database: Database, target: float, state: str
) -> None:
    """All of November is 465; on 3 December its last day is settled."""
    days = draw_days("lost", office, end=date(2026, 12, 3))
    judged = stored(database, days=days)
    goal: dict[str, Any] = {"kpi": "followers-lost", "better": "lower", "target": target}
    assert judged.judge(datetime(2026, 12, 2, 18, tzinfo=UTC), **goal).state == "open"
    assert judged.judge(datetime(2026, 12, 3, 18, tzinfo=UTC), **goal).state == state


def test_missed_says_what_it_came_to(database: Database) -> None:
    judged = stored(database, days=draw_days("likes", office, end=date(2026, 12, 3)))
    told = judged.judge(datetime(2026, 12, 3, 18, tzinfo=UTC))
    assert (told.state, told.actual) == ("missed", 465)
    assert told.words == ("500 likes, Instagram, in November 2026: missed.", "Came to 465.")


def test_what_lacks_its_last_days_is_not_missed_yet(database: Database) -> None:
    """No file came after the 21st: it waits two weeks for one, then counts as missed."""
    judged = stored(database, days=draw_days("likes", office))
    soon = judged.judge(datetime(2026, 12, 5, 18, tzinfo=UTC))
    assert (soon.state, soon.words[-1]) == ("open", "No data after 21 Nov.")
    assert judged.judge(datetime(2026, 12, 15, 18, tzinfo=UTC)).state == "missed"


# --- levels


def rising(day: date) -> int:
    """A thousand followers on 1 November, ten more each day."""
    return 1000 + 10 * (day - date(2026, 11, 1)).days


LEVEL: dict[str, Any] = {"kpi": "followers", "shape": "level", "target": 1500.0, "baseline": 1000.0}


def test_a_level_is_held_against_a_straight_line(database: Database) -> None:
    """On the 19th 180 of 500 came where 317 were due; 320 are left for 11 days."""
    judged = stored(database, days=draw_days("followers", rising))
    told = judged.judge(**LEVEL)
    assert (told.state, told.pace, told.actual) == ("open", "behind", 1180)
    assert told.share == pytest.approx(180 / 500)
    assert told.words == (
        "1,500 followers, Instagram, in November 2026: behind.",
        "Needs 29 a day, has 10.",
    )
    assert judged.judge(**LEVEL | {"target": 1290.0}).pace == "on pace"
    assert judged.judge(**LEVEL | {"target": 1200.0}).pace == "ahead"


def test_the_share_of_a_level_is_of_its_way(database: Database) -> None:
    """From 1,000 to 1,200 a level of 1,180 is 90 % of the way, not 98 % of the number."""
    judged = stored(database, days=draw_days("followers", rising))
    assert judged.judge(**LEVEL | {"target": 1200.0}).share == pytest.approx(0.9)


def test_a_level_reached_once_is_reached(database: Database) -> None:
    """It stood at its target on the 10th and fell again."""
    days = draw_days("followers", lambda it: 1500 if it == date(2026, 11, 10) else 1100)
    told = stored(database, days=days).judge(**LEVEL)
    assert (told.state, told.reached_on) == ("reached", date(2026, 11, 10))


def test_a_level_reached_long_ago_is_found(database: Database) -> None:
    """Two months of falling since: the peak of September still counts."""
    days = draw_days(
        "followers", lambda it: 1500 if it < date(2026, 9, 12) else 1100, start=date(2026, 8, 1)
    )
    long = LEVEL | {"start": date(2026, 9, 1), "made": datetime(2026, 9, 1, tzinfo=UTC)}
    assert stored(database, days=days).judge(**long).state == "reached"


def test_a_level_before_the_goal_was_set_does_not_count(database: Database) -> None:
    days = draw_days("followers", lambda it: 1500 if it < date(2026, 11, 1) else 1100)
    assert stored(database, days=days).judge(**LEVEL).state == "open"


def test_a_level_may_have_to_fall(database: Database) -> None:
    """From 1,000 to 500; ten a day less: 180 of 500 on the 19th, behind."""
    days = draw_days("followers", lambda it: 2000 - rising(it))
    told = stored(database, days=days).judge(**LEVEL | {"target": 500.0, "better": "lower"})
    assert (told.pace, told.actual) == ("behind", 820)
    assert told.words[1] == "Must fall by 29 a day, fell by 10."


def test_a_level_that_rises_instead_is_not_said_to_fall(database: Database) -> None:
    days = draw_days("followers", rising)
    told = stored(database, days=days).judge(**LEVEL | {"target": 500.0, "better": "lower"})
    assert told.words[1].endswith(", rose by 10.")


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (43.52, "44"), (9.96, "10"), (2.55, "2.5"), (0.43, "0.43"), (0.04, "0.04"),
        (0.004, "less than 0.01"), (0.0, "0"), (-1.44, "−1.4"),
    ],
)  # fmt: skip
def test_a_daily_rate_keeps_what_tells_it(amount: float, said: str) -> None:
    """0.43 a day told as 0.40 would come short; 3 in 700 days are not nothing."""
    assert a_day(amount, Unit.COUNT) == said


# --- rates, times and people are never told by their share of the days

POSTS = """
    day        | platform  | account | post | reach | likes | comments | shares | clicks
    -----------+-----------+---------+------+-------+-------+----------+--------+-------
    2026-11-03 | instagram | acme    | a    |  1000 |    30 |        0 |      0 |      0
    2026-11-10 | instagram | acme    | b    |  1000 |    50 |        0 |      0 |      0
"""
RATE: dict[str, Any] = {"kpi": "engagement-rate", "shape": "value"}


@pytest.mark.parametrize(("target", "pace"), [(0.039, "on pace"), (0.041, "behind")])
def test_a_rate_is_its_value_today(database: Database, target: float, pace: str) -> None:
    """80 of 2,000 is 4 %, half-way through the month as at its end."""
    told = stored(database, posts=POSTS).judge(**RATE, target=target)
    assert (told.state, told.pace, told.actual) == ("open", pace, 0.04)


def test_a_rate_is_decided_at_the_end(database: Database) -> None:
    told = stored(database, posts=POSTS).judge(
        datetime(2026, 12, 20, tzinfo=UTC), **RATE, target=0.04
    )
    assert told.state == "reached"


@pytest.mark.parametrize(("posts", "state"), [(9, "open"), (10, "reached")])
def test_a_few_rows_reach_nothing_early(database: Database, posts: int, state: str) -> None:
    """“By” a day a rate is reached when it is there; of nine posts it may be there by luck."""
    lines = [
        f"2026-11-{day:02} | instagram | acme | p{day} | 1000 | 60 | 0 | 0 | 0"
        for day in range(5, 5 + posts)
    ]
    drawn = "\n".join([*POSTS.strip().splitlines()[:2], *lines])
    told = stored(database, posts=drawn).judge(
        kpi="engagement-rate", shape="recent", target=0.05, end=date(2027, 7, 1)
    )
    assert (told.state, told.pace) == (state, "")
    assert told.actual == pytest.approx(0.06)


WINDOWS = """
    start      | end        | platform  | account | reach
    -----------+------------+-----------+---------+------
    2026-11-01 | 2026-11-07 | instagram | acme    |  5000
    2026-11-08 | 2026-11-14 | instagram | acme    |  4000
    2026-11-15 | 2026-11-19 | instagram | acme    |  3000
"""
PEOPLE: dict[str, Any] = {"kpi": "reach", "shape": "value"}


@pytest.mark.parametrize(
    ("target", "state"), [(5000.0, "reached"), (5001.0, "open"), (11000.0, "open")]
)
def test_bounds_of_people_reach_nothing_but_by_the_lower_one(
    database: Database, target: float, state: str
) -> None:
    """Between 5,000 and 12,000 people: only 5,000 are certain, and weeks are never added."""
    told = stored(database, windows=WINDOWS).judge(**PEOPLE, target=target)
    assert told.state == state
    assert told.actual == 5000


def test_post_reach_is_no_reach(database: Database) -> None:
    """The sum over posts counts people several times: it announces nothing."""
    told = stored(database, posts=POSTS).judge(**PEOPLE, target=1500.0)
    assert (told.state, told.actual) == ("open", None)
    assert told.words[1] == "Only post reach is here, and one person may come several times."


# --- what cannot be told


def test_a_goal_that_has_not_begun_says_when(database: Database) -> None:
    judged = stored(database, days=draw_days("likes", office))
    told = judged.judge(start=date(2026, 12, 1), end=date(2027, 1, 1))
    assert (told.state, told.words[1]) == ("waiting", "Begins on 1 Dec.")


def test_a_goal_without_data_says_so(database: Database) -> None:
    told = stored(database, days=draw_days("followers", rising)).judge()
    assert (told.state, told.pace, told.actual) == ("open", "", None)
    assert "likes" in told.words[1]


def test_a_goal_whose_account_is_gone_says_so(database: Database) -> None:
    """It is told of, and nothing breaks."""
    judged = stored(database, days=draw_days("likes", office))
    told = judged.judge(scope='{"platforms": ["tiktok"]}')
    assert (told.state, told.actual) == ("open", None)
    assert "No account on TikTok" in told.words[1]


def test_the_chart_shows_what_is_what_was_planned_and_what_is_needed(database: Database) -> None:
    """The sum runs on; the plan ends at the target, and so does the way from here."""
    picture = stored(database, days=draw_days("likes", office)).judge().picture
    assert picture is not None
    assert picture.slots[0] == date(2026, 11, 1)
    assert picture.slots[-1] == date(2026, 11, 30)
    values = picture.series[0].values
    assert values[18] == 305
    assert values[19:] == (None,) * 11
    guides = {it.kind: it.values for it in picture.guides}
    assert set(guides["target"]) == {500.0}
    assert guides["plan"][18] == pytest.approx(500 * 305 / 465)
    assert guides["plan"][-1] == pytest.approx(500)
    assert guides["needed"][18] == 305
    assert guides["needed"][-1] == pytest.approx(500)
    assert "305" in picture.alt_text


def test_a_week_of_a_long_goal_that_is_not_over_is_lighter(database: Database) -> None:
    """From Saturday 1 August by week: the last settled one has six days, and one lacks a day.

    The plan of a week is that of its end, so a sum up to its middle would look behind.
    """
    lacks = date(2026, 9, 24)
    days = draw_days("likes", lambda _: 10, start=date(2026, 8, 1), without={lacks})
    goal: dict[str, Any] = {
        "start": date(2026, 8, 1),
        "end": date(2027, 2, 28),
        "target": 2110.0,
    }
    picture = stored(database, days=days).judge(**goal).picture
    assert picture is not None
    assert picture.slots[7] == date(2026, 9, 19)
    assert picture.slots[15] == date(2026, 11, 14)
    (series,) = picture.series
    assert series.values[15] == 10 * (111 - 1)
    assert series.short == frozenset({7, 15})
    assert picture.shorts == "19–25 Sep: 6 of 7 days · 14–19 Nov: 6 of 7 days"
    level = stored(database, days=draw_days("followers", rising, start=date(2026, 8, 1)))
    drawn = level.judge(**LEVEL | goal).picture
    assert drawn is not None
    assert (drawn.series[0].short, drawn.shorts) == (frozenset(), "")


def test_a_reached_goal_misses_no_data_in_days_to_come(database: Database) -> None:
    """Reached on the 18th of 30 November: the chart goes on to the 30th, and says why it is empty.

    Its dates are those that it shows, 1–19 November, not the four weeks a level is read from.
    """
    judged = stored(database, days=draw_days("followers", rising))
    picture = judged.judge(**LEVEL | {"target": 1170.0}).picture
    assert picture is not None
    assert {it.kind for it in picture.guides} == {"target"}
    assert (picture.slots[0], picture.slots[-1]) == (NOV[0], NOV[-1])
    assert picture.has_days_to_come
    assert picture.footnote.startswith("1–19 Nov, ")
    assert "19 of 19 days" in picture.footnote


def test_a_goal_whose_days_are_over_may_miss_some(database: Database) -> None:
    days = draw_days("followers", rising, end=date(2026, 12, 6))
    picture = (
        stored(database, days=days).judge(datetime(2026, 12, 6, 18, tzinfo=UTC), **LEVEL).picture
    )
    assert picture is not None
    assert not picture.has_days_to_come
    assert picture.footnote.startswith("1–30 Nov, ")


@pytest.mark.parametrize(
    ("day", "state"), [(date(2026, 11, 3), "open"), (date(2026, 10, 31), "reached")]
)
def test_numbers_that_an_audit_holds_back_decide_nothing(
    database: Database, day: date, state: str
) -> None:
    """305 of 300 came, but the likes of the 3rd cannot be; what is wrong before it counts not."""
    judged = stored(database, days=draw_days("likes", office))
    words = "Instagram acme: the feed repeats itself."
    found = Found("k", "made-up", None, "likes", day, day + timedelta(days=1), words, "", True)
    with database.write() as connection:
        findings.record(connection, judged.workspace, [found], NOW)
    told = judged.judge(target=300.0)
    assert told.state == state
    assert (told.words[1] == f"Held back: {words}") is (state == "open")
