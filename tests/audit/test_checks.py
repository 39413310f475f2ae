"""Each check of the catalogue fires on a planted fault, and not on its near miss."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from kpis.audit.checks import CHECKS
from kpis.audit.run import look
from storage.database import Database
from storage.findings import Found
from storage.imports import store
from storage.workspaces import make_workspace
from tests.drawn import draw, fill

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def found(database: Database, workspace: int, check: str) -> list[Found]:
    """Return what one check says."""
    with database.read() as connection:
        return [it for it in look(connection, workspace, NOW) if it.check == check]


def days_of(it: Found) -> str:
    assert it.start is not None
    assert it.end is not None
    return f"{it.start:%d}–{it.end - timedelta(days=1):%d %b}"


def planted(database: Database, check: str, **drawn: Any) -> list[Found]:
    return found(database, fill(database, **drawn), check)


def test_a_day_with_fewer_impressions_than_people_is_found(database: Database) -> None:
    """Days beside each other are one finding; as many impressions as people are right."""
    (it,) = planted(
        database,
        "impressions-below-reach",
        days="""
            day        | account | impressions | reach
            -----------+---------+-------------+------
            2026-11-02 | acme    |         900 |  1200
            2026-11-03 | acme    |        1199 |  1200
            2026-11-04 | acme    |        1200 |  1200
            2026-11-05 | other   |        1201 |  1200
        """,
    )
    assert days_of(it) == "02–03 Nov"
    assert it.words == (
        "Instagram acme: fewer impressions than people reached, 2–3 Nov:"
        " 900 impressions for 1,200 people on 2 Nov."
    )
    assert it.holds


def test_days_that_may_still_change_are_not_judged(database: Database) -> None:
    """Impressions and people come late, and not always together (kpi-catalogue §1)."""
    days = """
        day        | impressions | reach | clicks
        -----------+-------------+-------+-------
        2026-11-18 |         900 |  1200 |      1
        2026-11-19 |         900 |  1200 |    901
        2026-11-21 |         900 |  1200 |    901
    """
    workspace = fill(database, days=days)
    (it,) = found(database, workspace, "impressions-below-reach")
    assert days_of(it) == "18–18 Nov"
    assert found(database, workspace, "clicks-above-impressions") == []


def test_impressions_of_one_account_are_not_laid_beside_people_of_another(
    database: Database,
) -> None:
    days = """
        day        | account | impressions | reach
        -----------+---------+-------------+------
        2026-11-02 | acme    |         100 |
        2026-11-02 | other   |             |  1200
    """
    assert planted(database, "impressions-below-reach", days=days) == []


def test_a_post_with_fewer_impressions_than_people_is_found(database: Database) -> None:
    posts = """
        day        | post | impressions | reach
        -----------+------+-------------+------
        2026-11-02 | a    |          90 |   100
        2026-11-03 | b    |         100 |   100
        2026-11-04 | c    |             |   100
    """
    (it,) = planted(database, "post-impressions-below-reach", posts=posts)
    assert days_of(it) == "02–02 Nov"
    assert "such as 90 for 100 people" in it.words


@pytest.mark.parametrize(("inner", "fires"), [(5001, True), (5000, False)])
def test_28_days_hold_at_least_the_people_of_each_day_inside(
    database: Database, inner: int, fires: bool
) -> None:
    """And a day just outside says nothing of them."""
    windows = f"""
        start      | end        | reach
        -----------+------------+------
        2026-10-06 | 2026-11-02 |  5000
        2026-10-06 | 2026-10-06 | {inner}
        2026-10-05 | 2026-10-05 |  9000
        2026-11-03 | 2026-11-03 |  9000
    """
    faults = planted(database, "window-below-day", windows=windows)
    assert [days_of(it) for it in faults] == (["06–06 Oct"] if fires else [])
    if fires:
        expected = "Instagram acme: 5,001 people in 6 Oct, but only 5,000 in 28 days around."
        assert faults[0].words == expected


def test_a_week_inside_28_days_is_looked_at_too(database: Database) -> None:
    windows = """
        start      | end        | reach
        -----------+------------+------
        2026-10-06 | 2026-11-02 |  5000
        2026-10-27 | 2026-11-02 |  5200
        2026-10-28 | 2026-11-03 |  5200
    """
    (it,) = planted(database, "window-below-day", windows=windows)
    assert it.start == date(2026, 10, 27)


@pytest.mark.parametrize(("reach", "paid", "fires"), [(801, "", 1), (800, "", 0), (801, "yes", 0)])
def test_a_post_reaches_no_more_than_its_account(
    database: Database, reach: int, paid: str, fires: int
) -> None:
    """Eight weeks of life lie in two windows of 28 days: twice the larger, 400, is the most.

    The windows come to 19 November, the days after it are not settled.
    """
    windows = "start | end | reach\n------+-----+------\n"
    for ago in range(80):
        end = date(2026, 11, 18) - timedelta(days=ago)
        value = 400 if ago == 5 else 300
        windows += f"{end - timedelta(days=27)} | {end} | {value}\n"
    posts = f"""
        day        | post | reach   | paid
        -----------+------+---------+-------
        2026-09-28 | a    | {reach} | {paid}
    """
    faults = planted(database, "post-above-account", windows=windows, posts=posts)
    assert len(faults) == fires


def test_a_post_from_before_the_windows_is_not_judged(database: Database) -> None:
    windows = """
        start      | end        | reach
        -----------+------------+------
        2026-10-20 | 2026-11-16 |   300
    """
    posts = "day | post | reach\n----+------+-----\n2026-10-19 | a | 9000\n"
    assert planted(database, "post-above-account", windows=windows, posts=posts) == []


def test_clicks_above_impressions_are_found_in_days_and_posts(database: Database) -> None:
    workspace = fill(
        database,
        days="""
            day        | impressions | clicks
            -----------+-------------+-------
            2026-11-02 |         100 |    101
            2026-11-03 |         100 |    100
            2026-11-04 |             |    100
        """,
        posts="""
            day        | post | impressions | clicks
            -----------+------+-------------+-------
            2026-11-05 | a    |         100 |    101
            2026-11-06 | b    |         100 |    100
        """,
    )
    (day,) = found(database, workspace, "clicks-above-impressions")
    (post,) = found(database, workspace, "post-clicks-above-impressions")
    assert (days_of(day), days_of(post)) == ("02–02 Nov", "05–05 Nov")


@pytest.mark.parametrize(("jump", "fires"), [(30, True), (10, False)])
def test_followers_that_move_otherwise_than_gained_less_lost_are_told(
    database: Database, jump: int, fires: bool
) -> None:
    """1,000 followers, ten more by day, and once ``jump`` that nobody gained: 1 % are ten."""
    days = "day | followers | gained | lost\n----+---+---+---\n"
    level = 1000
    for number in range(8):
        level += 10 + (jump if number == 4 else 0)
        days += f"2026-11-{number + 3:02d} | {level} | 12 | 2\n"
    faults = planted(database, "followers-apart", days=days)
    assert bool(faults) is fires
    assert all(not it.holds for it in faults)


def test_followers_lost_for_nothing_told_are_found_too(database: Database) -> None:
    days = """
        day        | followers | gained | lost
        -----------+-----------+--------+-----
        2026-11-03 |      1000 |      0 |    0
        2026-11-04 |       900 |      5 |    5
    """
    (it,) = planted(database, "followers-apart", days=days)
    assert "moved by −100" in it.words
    assert "is +0" in it.words


def test_days_that_were_never_read_are_a_gap(database: Database) -> None:
    """Told once of both sources; what came before the first day is no gap."""
    faults = planted(
        database,
        "gap",
        watched="""
            start      | end        | source       | account
            -----------+------------+--------------+--------
            2026-11-01 | 2026-11-03 | posts        | acme
            2026-11-01 | 2026-11-03 | account-days | acme
            2026-11-06 | 2026-11-20 | posts        | acme
            2026-11-06 | 2026-11-20 | account-days | acme
            2026-11-01 | 2026-11-05 | posts        | other
            2026-11-06 | 2026-11-09 | posts        | other
            2026-11-11 | 2026-11-12 | posts        | other
            2026-11-04 | 2026-11-09 | account-days | other
        """,
    )
    assert [it.words for it in faults] == [
        "Instagram acme: 4–5 Nov were never read (2 days).",
        "Instagram other: posts of 10 Nov never read (1 day).",
    ]
    assert not any(it.holds for it in faults)


STUCK = """
    day        | account | likes | comments | shares | impressions | followers
    -----------+---------+-------+----------+--------+-------------+----------
    2026-11-02 | acme    |    10 |        4 |      2 |         100 |      1000
    2026-11-03 | acme    |    10 |        4 |      2 |         100 |      1001
    2026-11-04 | acme    |    10 |        4 |      2 |         100 |      1002
    2026-11-05 | acme    |    10 |        4 |      3 |         100 |      1002
    2026-11-06 | acme    |    10 |        4 |      3 |         100 |      1002
    2026-11-02 | small   |     1 |        0 |      0 |           9 |        10
    2026-11-03 | small   |     1 |        0 |      0 |           9 |        10
    2026-11-04 | small   |     1 |        0 |      0 |           9 |        10
"""


def test_a_feed_that_repeats_itself_is_stuck(database: Database) -> None:
    """Three days that are equal in all measures; two may be chance, and so may small numbers."""
    (it,) = planted(database, "stuck-feed", days=STUCK)
    assert it.words == "Instagram acme: 3–4 Nov repeat 2 Nov in all 4 measures."
    assert it.holds


def test_a_post_held_twice_under_two_ids_is_found(database: Database) -> None:
    posts = """
        day        | account | post | likes | permalink
        -----------+---------+------+-------+------------------
        2026-11-02 | acme    | a    |    10 | https://i.g/p/1
        2026-11-02 | acme    | b    |    10 | https://i.g/p/1
        2026-11-03 | acme    | c    |    10 | https://i.g/p/3
        2026-11-03 | other   | d    |    10 | https://i.g/p/3
        2026-11-04 | acme    | e    |    10 |
        2026-11-04 | acme    | f    |    10 |
    """
    (it,) = planted(database, "copies", posts=posts)
    assert days_of(it) == "02–02 Nov"


def test_counters_of_a_post_that_fall_are_found(database: Database) -> None:
    """By more than 5 %; likes may be taken back; one that rose again is mended."""
    before = """
        day        | post | impressions | likes
        -----------+------+-------------+------
        2026-11-02 | a    |        1000 |   100
        2026-11-04 | b    |        1000 |   100
        2026-11-06 | c    |        1000 |   100
    """
    after = before.replace("1000 |   100\n        2026-11-04", " 940 |    10\n        2026-11-04")
    after = after.replace("b    |        1000", "b    |         960")
    workspace = fill(database, posts=before, at=NOW - timedelta(days=5))
    store(database, workspace, draw(posts=after), "U1", NOW - timedelta(days=4))
    (it,) = found(database, workspace, "falling-counter")
    assert (days_of(it), it.measure) == ("02–02 Nov", "post.impressions")
    assert "1,000 to 940" in it.words
    store(database, workspace, draw(posts=before), "U1", NOW - timedelta(days=3))
    assert found(database, workspace, "falling-counter") == []


def test_days_to_come_are_found(database: Database) -> None:
    """Tomorrow may have begun elsewhere; the day after has not."""
    days = """
        day        | account | likes | reach
        -----------+---------+-------+------
        2026-11-23 | acme    |     1 |     1
        2026-11-24 | other   |     1 |
        2026-11-25 | third   |       |     1
    """
    posts = """
        published        | account | post | likes
        -----------------+---------+------+------
        2026-11-23 10:00 | acme    | a    |     1
        2026-11-24 10:00 | fourth  | b    |     1
    """
    faults = planted(database, "future-date", days=days, posts=posts)
    assert {it.words.split(":")[0] for it in faults} == {
        "Instagram other",
        "Instagram third",
        "Instagram fourth",
    }


@pytest.mark.parametrize(
    ("second", "formats", "read", "fires"),
    [
        (106, ("drawn", "other"), 20, True),
        (105, ("drawn", "other"), 20, False),
        (106, ("drawn", "drawn"), 20, False),
        (106, ("drawn", "other"), 4, False),
    ],
)
def test_two_sources_that_differ_by_more_than_a_twentieth_are_told(
    database: Database, second: int, formats: tuple[str, str], read: int, fires: bool
) -> None:
    """A source that corrects itself restates; before the day had settled anything may differ."""
    days = "day | likes\n----+------\n2026-11-02 | 100\n"
    workspace = fill(database, days="day | likes\n----+------\n2026-10-01 | 1\n")
    for number, kind in enumerate(formats):
        words = days if not number else days.replace("100", str(second))
        batch = replace(draw(days=words), format=kind)
        at = datetime(2026, 11, read, 9 + number, tzinfo=UTC)
        store(database, workspace, batch, "U1", at)
    faults = found(database, workspace, "sources-disagree")
    assert bool(faults) is fires
    assert all(not it.holds for it in faults)
    if fires:
        assert "100 and 106 on 2 Nov" in faults[0].words


def test_numbers_of_names_that_nobody_declared_are_told(database: Database) -> None:
    """No import stores such; an older version, or a hand, may have."""
    workspace = fill(database, days="day | likes\n----+------\n2026-11-02 | 1\n")
    with database.write() as connection:
        connection.execute(
            text(
                "INSERT INTO rollup (workspace, measure, platform, own, day, total, n, who)"
                " SELECT workspace, 'claps', platform, own, day, total, n, who FROM rollup"
                " WHERE workspace = :workspace"
            ),
            {"workspace": workspace},
        )
    (it,) = found(database, workspace, "unknown-name")
    assert it.words == "Instagram has “claps”, a measure that I don’t know."


@pytest.mark.parametrize(
    ("day", "first", "fires"),
    [
        (date(2026, 11, 10), date(2026, 11, 9), True),
        (date(2026, 11, 10), date(2026, 11, 10), False),
        (date(2026, 8, 1), date(2026, 7, 1), False),
    ],
)
def test_a_change_of_definition_that_was_crossed_lately_is_told(
    database: Database, day: date, first: date, fires: bool
) -> None:
    days = f"day | impressions\n----+---\n{first} | 10\n2026-11-12 | 10\n"
    workspace = fill(database, days=days)
    with database.write() as connection:
        connection.execute(
            text(
                "INSERT INTO definition_epoch (platform, measure, day, note)"
                " VALUES ('instagram', 'impressions', :day, 'they count replays')"
            ),
            {"day": (day - date(1970, 1, 1)).days},
        )
    faults = found(database, workspace, "epoch")
    assert bool(faults) is fires
    assert all(not it.holds for it in faults)


def test_every_check_of_the_catalogue_is_declared(database: Database) -> None:
    """Fourteen of them, some apart for account days and posts; money finds nothing yet."""
    assert [it.name for it in CHECKS] == [
        *("impressions-below-reach", "post-impressions-below-reach", "window-below-day"),
        *("post-above-account", "clicks-above-impressions", "post-clicks-above-impressions"),
        *("followers-apart", "gap", "stuck-feed", "copies", "falling-counter", "future-date"),
        *("currency-change", "sources-disagree", "unknown-name", "epoch"),
    ]
    workspace = fill(database, days="day | likes\n----+------\n2026-11-02 | 1\n")
    assert found(database, workspace, "currency-change") == []


def test_another_workspace_is_not_looked_at(database: Database) -> None:
    workspace = fill(database, days=STUCK)
    with database.read() as connection:
        assert look(connection, workspace, NOW)
    with database.write() as connection:
        other = make_workspace(connection, "T2").id
        assert look(connection, other, NOW) == []
