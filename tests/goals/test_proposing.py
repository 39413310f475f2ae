"""A draft becomes a goal with five filled parts, weighed against own history (SMART)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from math import sqrt
from statistics import NormalDist, fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t as student  # type: ignore[import-untyped]

from kpis.goals.draft import Draft, Unfit
from kpis.goals.history import chance, say_chance, say_spans
from kpis.goals.parts import draft_of
from kpis.goals.propose import Proposal, propose
from kpis.goals.propose_chart import draw_past
from kpis.goals.reading import read_goal
from kpis.surroundings import look_around
from kpis.titles import times
from storage.database import Database
from tests.drawn import fill
from tests.goals.drawn_goals import NOW, draw_days


def proposed(database: Database, words: str, now: datetime = NOW, **drawn: str) -> Proposal:
    workspace = fill(
        database,
        days=drawn.get("days", ""),
        posts=drawn.get("posts", ""),
        windows=drawn.get("windows", ""),
    )
    with database.read() as connection:
        around = look_around(database, connection, workspace)
        draft = read_goal(words, now.date(), around.directory)
        return propose(draft, connection, around, now, owner="U1")


def part(proposal: Proposal, name: str) -> str:
    return dict(proposal.parts)[name]


def test_a_change_starts_from_as_many_settled_days_before(database: Database) -> None:
    """December has 31 days: 10 a day on the 31 days up to 19 November make 310; 20 % more 372."""
    days = draw_days("likes", lambda _: 10)
    found = proposed(database, "likes up 20 % next month", days=days)
    assert (found.row.target, found.row.baseline) == (372.0, 310.0)
    assert part(found, "Specific") == "Likes, all own accounts"
    assert part(found, "Measurable") == "372 likes, from 310 in the last 31 days"
    assert part(found, "Relevant") == "Engagement: people take part."
    assert part(found, "Time-bound") == "1–31 Dec, 31 days"
    assert found.now_words == "The last 31 days: 310."


def test_a_level_starts_from_where_it_stands(database: Database) -> None:
    days = draw_days("followers", lambda it: 1000 + it.toordinal() - date(2026, 11, 19).toordinal())
    found = proposed(database, "followers up 10 % by 31 dec", days=days)
    assert (found.row.shape, found.row.target, found.row.baseline) == ("level", 1100.0, 1000.0)
    assert part(found, "Measurable") == "1,100 followers, from 1,000 now"


def monthly(day: date) -> int:
    """Ten a day, twelve a day in every other stretch of 30 days back from 20 November."""
    back = (date(2026, 11, 19) - day).days // 30
    return 12 if back % 2 == 0 else 10


def test_history_says_how_often_it_was_done(database: Database) -> None:
    """Of seven pairs of 30 days, four rose by 20 % and three fell."""
    days = draw_days("likes", monthly, start=date(2026, 3, 24))
    found = proposed(database, "likes up 15 % in the next 30 days", days=days)
    assert part(found, "Achievable").startswith(
        "In your last 7 months likes rose by 15 % or more 4 times. Usual: +20 %."
    )
    assert (found.history.n, found.history.hits) == (7, 4)


def test_history_of_a_number_counts_the_windows_that_came_to_it(database: Database) -> None:
    """Eight stretches of 30 days: four of 360 and four of 300."""
    days = draw_days("likes", monthly, start=date(2026, 3, 24))
    found = proposed(database, "likes 350 in the next 30 days", days=days)
    assert (found.history.n, found.history.hits) == (8, 4)
    assert "came to 350 or more 4 times. Usual: 330." in part(found, "Achievable")


def test_history_of_a_level_counts_rises_and_not_heights(database: Database) -> None:
    """It stood above the target's rise all the time, and rose by so much never."""
    days = draw_days("followers", lambda _: 5000, start=date(2026, 3, 24))
    found = proposed(database, "followers 5,100 in the next 30 days", days=days)
    assert found.history.hits == 0
    assert "followers never rose by 100 or more. Usual: 0." in part(found, "Achievable")


def test_too_little_history_says_so(database: Database) -> None:
    """Three windows are no history; nothing is made of them."""
    days = draw_days("likes", lambda _: 10, start=date(2026, 8, 22))
    found = proposed(database, "likes 350 in the next 30 days", days=days)
    assert part(found, "Achievable").startswith("Too little history: 3 months")


def test_days_that_are_missing_are_not_compared_with(database: Database) -> None:
    """A stretch with two thirds of its days ends the history."""
    gap = {date(2026, 9, it) for it in range(1, 14)}
    days = draw_days("likes", lambda _: 10, start=date(2026, 3, 24), without=gap)
    assert proposed(database, "likes 350 in the next 30 days", days=days).history.n == 2


UNFIT = (
    ("likes up 20 % next month", "likes", date(2026, 11, 10), "amount", "too few to start from"),
    ("comments up 20 % next month", "likes", date(2026, 9, 1), "kpi", "no comments of the last"),
    ("comments 5k next month", "likes", date(2026, 9, 1), "kpi", "Drop an export"),
    ("likes 5k next month", "likes", date(2026, 11, 21), "kpi", "no likes of the last 31 days"),
    ("open issues under 10 by june", "likes", date(2026, 9, 1), "kpi", "/support setup"),
    ("followers 900 by june", "followers", date(2026, 9, 1), "amount", "there already: 1,000"),
    ("likes 100 this month", "likes", date(2026, 9, 1), "amount", "there already: 19,000"),
    ("tiktok likes 5k by june", "likes", date(2026, 9, 1), "scope", "No account on TikTok"),
    ("likes 5k", "likes", date(2026, 9, 1), "end", "by 2027-02-28"),
    ("likes by june", "likes", date(2026, 9, 1), "amount", "How much?"),
    ("5k by june", "likes", date(2026, 9, 1), "kpi", "Which number?"),
)


@pytest.mark.parametrize(("words", "measure", "start", "field", "says"), UNFIT)
def test_what_does_not_hold_is_said_at_its_field(
    database: Database, words: str, measure: str, start: date, field: str, says: str
) -> None:
    with pytest.raises(Unfit) as caught:
        proposed(database, words, days=draw_days(measure, lambda _: 1000, start=start))
    assert caught.value.field == field
    assert says in str(caught.value)


def test_bounds_are_nothing_to_start_from(database: Database) -> None:
    """Twice “between 5,000 and 7,000 people” is no number."""
    windows = """
        start      | end        | platform  | account | reach
        -----------+------------+-----------+---------+------
        2026-10-20 | 2026-11-04 | instagram | acme    |  5000
        2026-11-05 | 2026-11-19 | instagram | acme    |  2000
    """
    with pytest.raises(Unfit, match="known in bounds alone: between 5,000 and 7,000 people"):
        proposed(database, "double reach next month", windows=windows)


def test_a_goal_a_month_that_is_there_already_begins_next_month(database: Database) -> None:
    """November is done: it would be announced at once, as what was true when it was set."""
    found = proposed(database, "likes 100 a month", days=draw_days("likes", lambda _: 10))
    assert (found.row.start, found.row.end) == (date(2026, 12, 1), date(2027, 1, 1))


def test_its_form_shows_a_goal_as_it_is(database: Database) -> None:
    """What was a change is a number by now."""
    found = proposed(database, "likes up 20 % next month", days=draw_days("likes", lambda _: 10))
    draft = draft_of(found.row)
    assert isinstance(draft, Draft)
    assert draft.amount is not None
    assert (draft.amount.kind, draft.amount.value) == ("to", 372.0)
    assert (draft.start, draft.end) == (date(2026, 12, 1), date(2027, 1, 1))


# --- the chance


def test_the_chance_of_even_weeks_is_certain_or_none() -> None:
    """Ten a week for four weeks are forty, whatever is drawn."""
    assert chance([10.0] * 12, 0, 40, 4, "higher", "a") == 1
    assert chance([10.0] * 12, 0, 41, 4, "higher", "a") == 0
    assert chance([10.0] * 12, 0, 39, 4, "lower", "a") == 0


def test_the_chance_is_the_same_at_every_asking() -> None:
    weeks = [float(it % 7) for it in range(30)]
    first = [chance(weeks, 0, 14, 4.5, "higher", "a") for _ in range(3)]
    assert len(set(first)) == 1


WEEKS = st.lists(st.floats(0, 1000), min_size=8, max_size=30)


@given(WEEKS, st.floats(1, 4000), st.floats(1, 4000), st.floats(0, 8))
def test_a_higher_target_is_never_likelier(
    weeks: Sequence[float], one: float, other: float, left: float
) -> None:
    low, high = sorted((one, other))
    easy = chance(weeks, 0, low, left, "higher", "a")
    hard = chance(weeks, 0, high, left, "higher", "a")
    assert easy >= hard


def test_a_coin_of_weeks_comes_out_even() -> None:
    """Half the weeks bring 0 and half 10: one week to come brings 10 about every other time."""
    weeks = [0.0, 10.0] * 20
    assert 0.4 < chance(weeks, 0, 10, 1, "higher", "a") < 0.6


def test_few_weeks_are_less_sure_than_many() -> None:
    """Of the same weeks seen 8 and 80 times, the fewer leave more of both ends open."""
    few, many = [8.0, 12.0] * 4, [8.0, 12.0] * 40
    high = 540.0
    assert chance(few, 0, high, 52, "higher", "a") > chance(many, 0, high, 52, "higher", "a")


@pytest.mark.parametrize("share", [0.95, 0.9, 0.1, 0.05])
@pytest.mark.parametrize("ahead", [4, 8])
def test_few_weeks_say_a_chance_as_wide_as_students_t(share: float, ahead: int) -> None:
    """Eight normal weeks: the sum of those to come has a spread of s·√(w + w² ÷ n), by 7 degrees.

    Weeks drawn as they are would call nine in ten 95 in 100.
    """
    weeks = [NormalDist(100, 30).inv_cdf((it + 0.5) / 8) for it in range(8)]
    spread = stdev(weeks) * sqrt(ahead + ahead**2 / 8)
    target = ahead * fmean(weeks) - student.ppf(share, 7) * spread
    said = [chance(weeks, 0, target, ahead, "higher", f"{it}") for it in range(6)]
    assert fmean(said) == pytest.approx(share, abs=0.02)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (1.0, "it is all but certain"),
        (0.92, "the chance is more than 9 in 10"),
        (0.5, "the chance is about 1 in 2"),
        (0.25, "the chance is about 1 in 4"),
        (0.05, "the chance is less than 1 in 10"),
        (0.0, "the chance is less than 1 in 30"),
    ],
)
def test_a_chance_is_said_as_wide_as_it_is_sure(share: float, words: str) -> None:
    assert say_chance(share, 12) == f"If weeks go on as your last 12 did, {words}."


def test_windows_are_named_as_people_do() -> None:
    assert say_spans(12, 91) == "12 quarters"
    assert say_spans(4, 30) == "4 months"
    assert say_spans(4, 40) == "4 stretches of 40 days"
    assert say_spans(4, 28) == "4 stretches of 4 weeks"
    assert [times(it) for it in (1, 2, 3)] == ["once", "twice", "3 times"]


def test_by_a_day_a_rate_is_told_of_four_weeks(database: Database) -> None:
    """Over all the days until June, what was before would never wash out."""
    posts = """
        day        | account | post | reach | likes | comments | shares | clicks
        -----------+---------+------+-------+-------+----------+--------+-------
        2026-11-03 | acme    | a    |  1000 |    30 |        0 |      0 |      0
    """
    found = proposed(database, "engagement rate above 5 % by june", posts=posts)
    assert found.row.shape == "recent"
    assert "told of the last 28 days" in part(found, "Time-bound")
    assert found.row.start == date(2026, 11, 22)


def test_a_past_week_in_which_days_lack_is_lighter(database: Database) -> None:
    """Read to 18 November but for the 11th: its week adds up six days and is no fall."""
    lacks = {date(2026, 11, 11)}
    days = draw_days("likes", lambda _: 10, start=date(2026, 5, 1), without=lacks)
    with database.read() as connection:
        around = look_around(database, connection, fill(database, days=days))
        draft = read_goal("likes 400 next month", NOW.date(), around.directory)
        proposal = propose(draft, connection, around, NOW, owner="U1")
        picture = draw_past(proposal.row, connection, around, NOW)
    assert picture is not None
    (series,) = picture.series
    assert [series.values[at] for at in series.short] == [60]
    assert set(series.values) == {60, 70}
    assert picture.shorts.endswith(": 6 of 7 days")
