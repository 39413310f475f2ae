"""Segments of people, marks of posts, the best posts, platforms side by side, benchmarks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from kpis import wording
from kpis.analyses.benchmarks import set_beside, with_benchmarks
from kpis.answers import Answer
from kpis.question import Baseline, Beside
from kpis.surroundings import look_around
from storage.database import Database
from storage.record_tables import Benchmark
from storage.tables import table_of
from tests.analyses.looking import NOW, look, mark, segment
from tests.drawn import fill

POSTS = """
    day        | platform  | post | content_type | title | permalink        | reach | likes | comments | shares | clicks
    -----------+-----------+------+--------------+-------+------------------+-------+-------+----------+--------+-------
    2026-11-02 | instagram | a    | reel         | Latte | https://ig.ex/a  |  1000 |   100 |        0 |      0 |      0
    2026-11-03 | instagram | b    | photo        | Beans |                  |  2000 |    40 |        0 |      0 |      0
    2026-11-04 | facebook  | c    | photo        |       |                  |   500 |    30 |        0 |      0 |      0
    2026-11-05 | instagram | d    | reel         | Tiny  |                  |    20 |    15 |        0 |      0 |      0
"""  # noqa: E501
DAYS = """
    day        | platform  | account | followers
    -----------+-----------+---------+----------
    2026-10-24 | instagram | acme    |      1000
    2026-11-21 | instagram | acme    |      1250
    2026-11-21 | facebook  | shop    |       400
"""


# --- segments --------------------------------------------------------------------------------


def test_segments_are_shares_of_known_people_of_the_newest_window(database: Database) -> None:
    """1,000 of 1,250 followers are known; the older window is not added, nor the other account."""
    workspace = fill(database, days=DAYS)
    old = {"start": date(2026, 10, 1), "end": date(2026, 11, 1)}
    new = {"start": date(2026, 11, 21), "end": date(2026, 11, 22)}
    segment(database, workspace, {"SE": 900, "NO": 10}, **old)
    segment(database, workspace, {"SE": 600, "NO": 300, "FI": 100}, **new)
    answer = look(database, workspace, "followers instagram by country last 28 days")
    assert [(it.name, it.headline) for it in answer.breakdown] == [
        ("Sweden", "60.0 %, 600 people"),
        ("Norway", "30.0 %, 300 people"),
        ("Finland", "10.0 %, 100 people"),
    ]
    assert "Instagram acme, 21 Nov: shares of 1,000 known people, 80.0 % known." in answer.notes
    segment(database, workspace, {"SE": 40, "DK": 60}, **new, account="shop")
    both = look(database, workspace, "followers by country last 28 days").breakdown
    shown = {it.name: it.headline for it in both}
    assert shown["Facebook shop · Denmark"] == "60.0 %, 60 people"
    assert shown["Instagram acme · Sweden"] == "60.0 %, 600 people"
    assert len(shown) == 5


def test_no_segments_say_where_they_come_from(sqlite_database: Database) -> None:
    workspace = fill(sqlite_database, days=DAYS)
    segment(sqlite_database, workspace, {"18-24": 5}, dimension="age",
            start=date(2026, 8, 1), end=date(2026, 9, 1))  # fmt: skip
    answer = look(sqlite_database, workspace, "followers by age last 28 days")
    assert answer.breakdown == ()
    assert any("audience export" in it for it in answer.notes)


# --- marks -----------------------------------------------------------------------------------


def test_a_rate_is_split_by_campaign(database: Database) -> None:
    """Σ ÷ Σ of each campaign's posts; a post of two campaigns counts under each."""
    workspace = fill(database, posts=POSTS)
    mark(database, workspace, "campaign", {"a": "Spring", "b": "Spring,Summer"})
    mark(database, workspace, "variant", {"c": "B"})
    answer = look(database, workspace, "engagement-rate by campaign 2026-11")
    shown = {it.name: wording.say_value(it, answer.unit) for it in answer.breakdown}
    assert shown == {"Spring": "4.67 %", "Summer": "2.00 %"}
    answer = look(database, workspace, "posts by variant 2026-11")
    assert [(it.name, wording.say_value(it, answer.unit)) for it in answer.breakdown] == [
        ("B", "1")
    ]


# --- the best posts --------------------------------------------------------------------------


def test_posts_are_ranked_and_a_handful_of_viewers_comes_last(database: Database) -> None:
    """75 % of 20 people is no winner."""
    workspace = fill(database, posts=POSTS)
    answer = look(database, workspace, "top posts instagram 2026-11")
    assert answer.grid is not None
    assert [name for name, _ in answer.grid.rows] == [
        "2 Nov, reel “Latte”",
        "3 Nov, photo “Beans”",
        "5 Nov, reel “Tiny”",
    ]
    assert [cells[0].words for _, cells in answer.grid.rows] == ["10.0 %", "2.00 %", "75.0 %"]
    assert answer.grid.rows[0][1][2].words == "https://ig.ex/a"
    assert "1 post that fewer than 100 saw is ranked last." in answer.notes
    by_likes = look(database, workspace, "top posts by likes 2026-11")
    assert by_likes.grid is not None
    assert by_likes.grid.rows[1][0] == "3 Nov, Instagram acme, photo “Beans”"


def test_each_post_is_beside_its_own_account_s_usual_and_shared_traits_are_told(
    sqlite_database: Database,
) -> None:
    """Usually 2 %: reels of 8 % are 4 × that; 5 of the 5 best are reels, a quarter of all is."""
    rows = ["day | post | content_type | reach | likes | comments | shares | clicks", "---+---"]
    start = date(2026, 9, 1)
    rows += [f"{start + timedelta(days=at)} | old{at} | photo | 1000 | 20 | 0 | 0 | 0"
             for at in range(20)]  # fmt: skip
    for at in range(20):
        kind, likes = ("reel", 80 + at) if at % 4 == 0 else ("photo", 20)
        day = date(2026, 11, 1) + timedelta(days=at)
        rows.append(f"{day} | new{at} | {kind} | 1000 | {likes} | 0 | 0 | 0")
    workspace = fill(sqlite_database, posts="\n".join(rows))
    answer = look(sqlite_database, workspace, "top posts 2026-11")
    assert answer.grid is not None
    assert answer.main.headline == "9.60 %, 4.8 × its account's usual: 17 Nov, reel"
    assert answer.main.details == ("5 of the 5 best are of type reel.",)


# --- platforms -------------------------------------------------------------------------------


def test_platforms_stand_side_by_side_each_in_its_own_unit(sqlite_database: Database) -> None:
    more = "    2026-11-06 | x | e | text | | | | 5 | 0 | 0 | 0\n"
    workspace = fill(sqlite_database, posts=POSTS + more, days=DAYS)
    answer = look(sqlite_database, workspace, "compare platforms 2026-11")
    assert answer.grid is not None
    rows = {name: [it.words for it in cells] for name, cells in answer.grid.rows}
    assert rows["Instagram"][:2] == ["5.13 %", "3"]
    assert rows["Facebook"][:2] == ["6.00 %", "1"]
    assert rows["X (by impressions)"][0] == "–"
    assert answer.main.headline == "Facebook leads: engagement rate by reach 6.00 %"


# --- benchmarks ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A published figure."""

    value: float
    statistic: str = "pooled"
    denominator: str = "reach"
    platform: str = "instagram"
    kpi: str = "engagement-rate"
    industry: str = "coffee"
    year: int = 2026
    source: str = "Hootsuite"


def against(database: Database, workspace: int, words: str, rows: list[Row]) -> str:
    answer = look(database, workspace, words)
    asked = replace(answer.question, baseline=Baseline(Beside.BENCHMARK))
    answer = replace(answer, question=asked)
    assert isinstance(answer, Answer)
    with database.read() as connection:
        around = look_around(database, connection, workspace)
        return " ".join(set_beside(answer, rows, around).notes)


def test_only_like_is_set_beside_like(sqlite_database: Database) -> None:
    """155 of 3,020 is 5.13 %: above 3.80 % by reach, pooled; nothing else is compared."""
    database = sqlite_database
    workspace = fill(database, posts=POSTS)
    asked = "engagement-rate instagram 2026-11"
    said = against(database, workspace, asked, [Row(0.038)])
    assert said == (
        "Benchmark 3.80 % (coffee, Instagram, 2026, Hootsuite, all posts together, by reach): "
        "you are 1.3 pt above."
    )
    said = against(database, workspace, asked, [Row(0.038, "mean")])
    assert "it is worked out as mean per post, by reach" in said
    assert "Average engagement rate would match: /kpi average-engagement-rate vs benchmark." in said
    said = against(database, workspace, asked, [Row(0.0026, "median", "followers")])
    assert said.endswith("it is worked out as median per post, by followers.")
    assert "above" not in said
    said = against(database, workspace, asked, [Row(0.038, platform="tiktok")])
    assert said.endswith("it is of TikTok.")
    said = against(database, workspace, asked, [Row(12, kpi="followers", denominator="")])
    assert said == "No benchmark of Engagement rate by reach here; there are some of: Followers."
    assert "No benchmarks yet" in against(database, workspace, asked, [])


def test_a_stored_benchmark_is_told_and_drawn(database: Database) -> None:
    """“vs benchmark” is asked in words; the level line stands beside the days."""
    workspace = fill(database, posts=POSTS)
    row = {"kpi": "engagement-rate", "denominator": "reach", "statistic": "pooled", "year": 2026}
    with database.write() as connection:
        connection.execute(
            insert(table_of(Benchmark)).values(
                workspace=workspace,
                platform="instagram",
                source="Hootsuite",
                value=0.06,
                industry="",
                by="U1",
                at=NOW,
                import_id=0,
                **row,
            )
        )
    answer = look(database, workspace, "engagement-rate instagram 2026-11 vs benchmark")
    with database.read() as connection:
        answer = with_benchmarks(
            replace(answer, notes=()), connection, look_around(database, connection, workspace)
        )
    (note,) = answer.notes
    assert note.startswith("Benchmark 6.00 % (Instagram, 2026, Hootsuite, all posts together")
    assert note.endswith("you are 0.9 pt below.")
    assert [it[:2] for it in answer.guides] == [("benchmark 6.00 %", (0.06,))]


def test_several_platforms_have_no_benchmark_of_one(sqlite_database: Database) -> None:
    workspace = fill(sqlite_database, posts=POSTS)
    said = against(sqlite_database, workspace, "engagement-rate 2026-11", [Row(0.038)])
    assert said.startswith("Benchmarks are of one platform")


def test_a_mean_finds_its_own_benchmark(sqlite_database: Database) -> None:
    """The mean of 10 %, 2 % and 75 % is 29 %; the pooled benchmark is not its like."""
    rows = [Row(0.038), Row(0.29, "mean", kpi="average-engagement-rate")]
    workspace = fill(sqlite_database, posts=POSTS)
    said = against(sqlite_database, workspace, "average-engagement-rate instagram 2026-11", rows)
    assert said.startswith("Benchmark 29.0 %")
    assert said.endswith("you are right on it.")


@pytest.mark.parametrize("words", ["best times 2026-11"])
def test_hours_say_how_many_posts_are_behind_them(sqlite_database: Database, words: str) -> None:
    """Four posts are too few to name a best hour; what there is is shown with its n."""
    workspace = fill(sqlite_database, posts=POSTS)
    answer = look(sqlite_database, workspace, words)
    assert answer.main.headline == "Too few posts to say: 4, needs 30"
    assert answer.grid is not None
    assert sum(cell.n for _, cells in answer.grid.rows for cell in cells) == 4
    assert all(cell.small for _, cells in answer.grid.rows for cell in cells if cell.n)
