"""What findings say reads as people talk: no name of a column, and one thing is not several."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import text

from kpis.audit.checks import CHECKS
from kpis.audit.run import look
from storage.database import Database
from storage.imports import store
from storage.tables import day_number
from tests.audit.test_checks import NOW, STUCK
from tests.drawn import draw, fill

SEVERAL = re.compile(r"\b1 (?:more )?(?!(?:was|is|has)\b)(?:people|were|are|have|[a-z]{2,}s)\b")
"""“1 people”, “1 more accounts”, “1 more were”."""
DAYS = """
    day        | account | impressions | reach | clicks | video_views | profile_visits
    -----------+---------+-------------+-------+--------+-------------+---------------
    2026-11-02 | one     |           0 |     1 |      1 |             |
    2026-11-04 | two     |         100 |    50 |      1 |         100 |            100
    2026-11-06 | two     |             |       |        |          90 |             90
    2026-11-25 | one     |           1 |       |        |             |
"""
LEVELS = """
    day        | account | followers | gained | lost
    -----------+---------+-----------+--------+-----
    2026-11-03 | two     |      1000 |      0 |    0
    2026-11-04 | two     |       900 |      5 |    5
"""
WINDOWS = """
    start      | end        | account | reach
    -----------+------------+---------+------
    2026-10-06 | 2026-11-02 | three   |     0
    2026-10-06 | 2026-10-06 | three   |     1
    2026-10-20 | 2026-11-18 | four    |     1
"""
POSTS = """
    day        | account | post | impressions | reach | clicks | video_views | permalink
    -----------+---------+------+-------------+-------+--------+-------------+--------------
    2026-11-04 | one     | a    |           0 |     1 |        |             |
    2026-11-06 | one     | b    |           0 |       |      1 |             |
    2026-11-08 | one     | c    |             |       |        |        1000 |
    2026-11-10 | one     | d    |             |       |        |             | https://i.g/1
    2026-11-10 | one     | e    |             |       |        |             | https://i.g/1
    2026-11-12 | four    | f    |             |     2 |        |             |
"""
WATCHED = """
    start      | end        | source       | account
    -----------+------------+--------------+--------
    2026-11-01 | 2026-11-03 | account-days | five
    2026-11-05 | 2026-11-20 | account-days | five
"""
UNKNOWN = (
    "INSERT INTO rollup (workspace, measure, platform, own, day, total, n, who)"
    " SELECT workspace, 'story_taps', platform, own, day, total, n, who FROM rollup"
    " WHERE workspace = :workspace AND measure = 'video_views'"
)
EPOCHS = (
    "INSERT INTO definition_epoch (platform, measure, day, note)"
    " SELECT 'instagram', measure, :day, 'they count replays'"
    " FROM rollup WHERE workspace = :workspace AND measure IN ('video_views', 'profile_visits')"
)


def plant(database: Database) -> int:
    """Return a workspace with a fault for every check, as small as it can be."""
    workspace = fill(
        database, days=DAYS, windows=WINDOWS, posts=POSTS, watched=WATCHED,
        at=NOW - timedelta(days=2),
    )  # fmt: skip
    store(database, workspace, draw(days=STUCK), "U1", NOW - timedelta(days=2))
    store(database, workspace, draw(days=LEVELS), "U1", NOW - timedelta(days=2))
    fallen = draw(posts=POSTS.replace("1000", " 900"))
    store(database, workspace, fallen, "U1", NOW - timedelta(days=1))
    other = draw(days=DAYS.replace("100 |            100", "120 |            120"))
    store(database, workspace, replace(other, format="other"), "U1", NOW)
    told = {"workspace": workspace, "day": day_number(date(2026, 11, 5))}
    with database.write() as connection:
        connection.execute(text(UNKNOWN), {"workspace": workspace})
        connection.execute(text(EPOCHS), told)
    return workspace


def test_every_finding_is_told_in_words(database: Database) -> None:
    """A fault for every check: no name with an underscore, and never “1 people”."""
    workspace = plant(database)
    with database.read() as connection:
        found = look(connection, workspace, NOW)
    assert {it.name for it in CHECKS} - {it.check for it in found} == {"currency-change"}
    told = [it.words for it in found] + [it.advice for it in CHECKS] + [it.title for it in CHECKS]
    assert [it for it in told if re.search(r"\w_\w", it)] == []
    assert [it for it in told if SEVERAL.search(it)] == []
    assert any("two sources differ in profile visits of 4 Nov" in it for it in told)
    assert any("0 impressions for 1 person on 2 Nov" in it for it in told)
