"""Rules about rhythm: for each a drawing in which it fires, and near misses."""

from datetime import date, timedelta

import pytest

from storage.database import Database
from tests.digest_content.conftest import Telling, tell
from tests.digest_content.drawn_steps import back, issues, offers
from tests.digest_content.drawn_weeks import post, posts, weeks
from tests.service.issues_drawn import draw_issues, track


def twice_a_week(weeks_back: int) -> list[str]:
    """Return posts on Wednesdays and Saturdays, the newest first."""
    days = [7 * week + day for week in range(weeks_back) for day in (1, 4)]
    return [post(f"{back(day)} 10:00", 900) for day in days]


FALLING = (18_000, 18_100, 18_000, 18_200, 18_900, 17_000, 15_500, 14_200)


def test_reach_that_falls_at_steady_posting_asks_for_another_format(told: Telling) -> None:
    """Three weeks down, two posts a week as ever."""
    rows = weeks("2026-09-28", reach=FALLING)
    report = told(rows={**rows, **posts(twice_a_week(9))})
    (step,) = offers(report, "falling-reach")
    assert step.words == (
        "Try another format on Instagram: reach fell 3 weeks in a row, 18,900 → 14,200, "
        "at 2 posts a week as before."
    )
    assert step.asks == "reach instagram acme"


@pytest.mark.parametrize(
    ("reach", "lines"),
    [
        ((*FALLING[:5], 18_950, 15_500, 14_200), twice_a_week(9)),  # two weeks
        ((18_000, 18_100, 18_000, 18_200, 18_900, 18_700, 18_300, 17_900), twice_a_week(9)),  # 5 %
        (FALLING, [*twice_a_week(9)[6:]]),  # nothing was posted in these weeks: no wonder
        (FALLING, twice_a_week(3)),  # nothing is known of the weeks before
    ],
)
def test_reach_that_falls_otherwise_does_not(
    told: Telling, reach: tuple[int, ...], lines: list[str]
) -> None:
    """Near misses of falling reach."""
    rows = weeks("2026-09-28", reach=reach)
    assert offers(told(rows={**rows, **posts(lines)}), "falling-reach") == []


def gapped(silent: int) -> list[str]:
    """Return a post every two days until 16 Nov, but none on some days before it."""
    resumed = date(2026, 11, 17)
    start = resumed - timedelta(days=silent + 1)
    return [
        post(f"{resumed} 10:00", 900),
        *(post(f"{start - timedelta(days=2 * at)} 10:00", 900) for at in range(15)),
    ]


def test_a_long_gap_asks_for_a_plan(told: Telling) -> None:
    """Nine silent days where a post went out every two."""
    (step,) = offers(told(rows=posts(gapped(9))), "long-gap")
    assert step.words == (
        "Plan posts ahead on Instagram: nothing went out for 9 days (8–16 Nov); "
        "usually every 2 days."
    )


@pytest.mark.parametrize("silent", [1, 4])
def test_short_gaps_do_not(told: Telling, silent: int) -> None:
    """Four days are no long gap."""
    assert offers(told(rows=posts(gapped(silent))), "long-gap") == []


def test_days_that_nobody_read_are_no_gap(told: Telling) -> None:
    """The export lacks those days: nothing is known of them."""
    lines = gapped(9)
    watched = """
        start      | end        | platform
        -----------+------------+----------
        2026-10-01 | 2026-11-07 | instagram
        2026-11-17 | 2026-11-22 | instagram
    """
    assert offers(told(rows={**posts(lines), "watched": watched}), "long-gap") == []


def test_a_winner_is_worth_another_like_it(told: Telling) -> None:
    """Twice the usual is worth a repeat; 1.9 × is not."""
    usual = [post(f"{back(10 + at)} 10:00", 1_000) for at in range(5)]
    won = post(f"{back(2)} 10:00", 2_000, kind="reel", title="Latte art")
    (step,) = offers(told(rows=posts([*usual, won])), "repeat-winner")
    assert step.words == "Make another like Reel “Latte art” on Instagram: it reached 2 × usual."


def test_a_smaller_winner_is_not(told: Telling) -> None:
    """1.9 × the usual."""
    usual = [post(f"{back(10 + at)} 10:00", 1_000) for at in range(5)]
    assert (
        offers(told(rows=posts([*usual, post(f"{back(2)} 10:00", 1_900)])), "repeat-winner") == []
    )


def test_a_channel_that_answers_slower_than_the_others_is_named(database: Database) -> None:
    """Half of 12 in 90 min beside 40 min in the other channel."""
    track(database, {"C1": "care", "C2": "shop"})
    draw_issues(database, issues(C1=(12, 90), C2=(15, 40)))
    (step,) = offers(tell(database), "slow-channel")
    assert step.words == (
        "Answer sooner in #care: in the last four weeks half of 12 took 1 h 30 m; "
        "40 min in the other channels."
    )
    assert step.asks == "first response time #care"


@pytest.mark.parametrize(
    "drawn",
    [
        issues(C1=(9, 90), C2=(15, 40)),  # nine answers
        issues(C1=(12, 79), C2=(15, 40)),  # not twice as long
        issues(C1=(12, 28), C2=(15, 10)),  # under half an hour
    ],
)
def test_other_channels_are_not_called_slow(database: Database, drawn: str) -> None:
    """Near misses of the slow channel."""
    track(database, {"C1": "care", "C2": "shop"})
    draw_issues(database, drawn)
    assert offers(tell(database), "slow-channel") == []


@pytest.mark.parametrize(("minutes", "fires"), [(65, True), (55, False)])
def test_an_only_channel_is_compared_with_itself(
    database: Database, minutes: int, fires: bool
) -> None:
    """Half of 12 in 65 min after 40 min in the four weeks before; 55 is not 1.5 × as long."""
    track(database, {"C1": "care"})
    early = issues(C1=(12, 40)).replace("2026-11", "2026-10")
    draw_issues(database, early)
    draw_issues(database, issues(C1=(12, minutes)))
    found = offers(tell(database), "slow-channel")
    assert [it.words for it in found] == [
        (
            "Answer sooner in #care: in the last four weeks half of 12 took 1 h 05 m; "
            "40 min in the four weeks before."
        )
    ] * fires


def test_a_slow_channel_is_not_named_to_those_who_may_not_see_it(database: Database) -> None:
    """Hidden: neither it nor its figures."""
    track(database, {"C1": "care", "C2": "shop"})
    draw_issues(database, issues(C1=(12, 90), C2=(15, 40)))
    report = tell(database, hidden=frozenset({"C1"}))
    assert "#care" not in repr(report)


def test_a_weekend_is_no_falling_reach(told: Telling) -> None:
    """Four days, each lower than the one before, at a post a day: of a daily digest no advice."""
    day = date(2026, 11, 22)
    lines = [
        f"{day - timedelta(days=at)} | instagram | {1_000 + 150 * min(at, 4)}" for at in range(20)
    ]
    days = "day | platform | reach\n---+---+---\n" + "\n".join(lines)
    daily = [post(f"{day - timedelta(days=at)} 10:00", 300) for at in range(60)]
    report = told("2026-11-22", rows={"days": days, **posts(daily)}, cadence="daily")
    assert report.rows[0].change.startswith("\N{MINUS SIGN}")
    assert offers(report, "falling-reach") == []
