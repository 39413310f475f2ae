"""Tests in words: read, stored, judged on the posts and counts that belong to them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import insert

from kpis.analyses import experiment_words as words
from kpis.analyses.experiment import Verdict, judge
from kpis.analyses.experiment_asking import read_test
from kpis.surroundings import look_around
from storage import experiments
from storage.database import Database
from storage.errors import KepiError
from storage.experiments import Arm, NewExperiment, Plan, pack, unpack
from storage.record_tables import AdSpend
from storage.tables import table_of
from tests.analyses.looking import NOW, mark
from tests.drawn import fill

TODAY = NOW.date()


def draw_posts(groups: dict[str, list[int]], start: date, platform: str = "instagram") -> str:
    """Draw posts of 1,000 reach each, by content type: their likes, one post a day."""
    columns = "day platform post content_type hashtags reach likes comments shares clicks"
    rows = [" | ".join(columns.split()), "---+---"]
    for kind, likes in groups.items():
        rows += [
            f"{start + timedelta(days=at)} | {platform} | {kind}{at} | {kind} | #{kind}s | 1000 |"
            f" {it} | 0 | 0 | 0"
            for at, it in enumerate(likes)
        ]
    return "\n".join(rows)


def read(database: Database, workspace: int, said: str) -> NewExperiment:
    with database.read() as connection:
        around = look_around(database, connection, workspace)
        return read_test(said, connection, workspace, TODAY, around.directory, owner="U1", now=NOW)


def verdict(database: Database, workspace: int, said: str, now: datetime = NOW) -> Verdict:
    """Store the test that words describe, and judge it."""
    new = read(database, workspace, said)
    with database.write() as connection:
        number = experiments.begin(connection, workspace, new)
    assert number is not None
    with database.read() as connection:
        row = experiments.by_id(connection, workspace, number)
        assert row is not None
        return judge(row, connection, look_around(database, connection, workspace), now)


def test_posts_are_told_apart_by_content_type_and_judged(database: Database) -> None:
    """50 reels of 6–10 % beside 50 photos of 2–5 %; the plural and capitals do no harm."""
    random = Random(1)
    groups = {
        "reel": [random.randint(60, 100) for _ in range(50)],
        "photo": [random.randint(20, 50) for _ in range(50)],
    }
    workspace = fill(database, posts=draw_posts(groups, date(2026, 9, 1)))
    said = '"Reels vs photos" engagement rate instagram: content types Reels / photos since 1 sep'
    found = verdict(database, workspace, said)
    assert (found.state, found.winner) == ("won", "Reels")
    medians = [sorted(it[:48])[23:25] for it in groups.values()]
    assert [it.value for it in found.arms] == [sum(it) / 2000 for it in medians]
    assert words.headline(found).startswith("Reels wins: ")
    assert [it.used for it in found.arms] == [48, 48]


def test_young_posts_and_posts_of_both_are_left_out(database: Database) -> None:
    """A week lets numbers settle; a post with both hashtags tells nothing of either."""
    posts = """
        day        | post | hashtags    | reach | likes | comments | shares | clicks
        -----------+------+-------------+-------+-------+----------+--------+-------
        2026-11-02 | a    | #sale       |  1000 |    10 |        0 |      0 |      0
        2026-11-03 | b    | #news       |  1000 |    20 |        0 |      0 |      0
        2026-11-04 | c    | #sale #news |  1000 |   900 |        0 |      0 |      0
        2026-11-15 | d    | #sale       |  1000 |    30 |        0 |      0 |      0
        2026-11-16 | e    | #sale       |  1000 |   900 |        0 |      0 |      0
        2026-11-05 | f    | #news       |       |    20 |        0 |      0 |      0
    """
    workspace = fill(database, posts=posts)
    found = verdict(database, workspace, "engagement-rate: hashtag #sale / #news since 1 nov")
    assert [(it.name, it.n, it.missing) for it in found.arms] == [
        ("#sale", 2, 46),
        ("#news", 1, 47),
    ]
    assert words.headline(found) == "No winner yet: needs about 93 more posts."
    assert found.material.notes == (
        "1 post is younger than a week and not counted yet.",
        "1 post belongs to several variants and is left out.",
        "1 post without the number is left out.",
    )


def test_marks_hours_and_weekdays_tell_posts_apart(sqlite_database: Database) -> None:
    database = sqlite_database
    posts = draw_posts({"reel": [10, 20, 30, 40], "photo": [1, 2, 3, 4]}, date(2026, 11, 2))
    workspace = fill(database, posts=posts)
    mark(database, workspace, "variant", {"reel0": "A", "reel1": "B", "photo0": "A"})
    mark(database, workspace, "campaign", {"reel2": "Spring Sale", "photo2": "Summer"})
    for said, expected in (
        ("variant a / b", [2, 1]),
        ("campaign spring sale / summer", [1, 1]),
        ("weekday mon-tue / wed+thu", [4, 4]),
        ("hour 8-12 / 12-18", [0, 8]),
        ("content type reel / photo + story", [4, 4]),
    ):
        found = verdict(database, workspace, f"likes: {said} since 1 nov")
        assert [it.n for it in found.arms] == expected, said


def test_typed_counts_are_shares_with_their_intervals(sqlite_database: Database) -> None:
    workspace = fill(sqlite_database, posts=draw_posts({"reel": [1]}, date(2026, 11, 2)))
    said = "“Button” ctr: red 120/2,400 / blue 150 of 2400"
    new = read(sqlite_database, workspace, said)
    assert new.plan == Plan("counts", (Arm("red", part=120, whole=2400),
                                       Arm("blue", part=150, whole=2400)))  # fmt: skip
    found = verdict(sqlite_database, workspace, said)
    assert found.state == "open"
    assert words.lines_of(found)[0].startswith("red: 5.00 % (4.20 %–5.95 %), 120 / 2,400")
    assert "Until then a lead may be chance" in " ".join(words.details(found))


def test_advertisements_are_told_apart_by_their_variant(database: Database) -> None:
    """Clicks of impressions inside the test's days; a week that reaches out of them is not cut."""
    workspace = fill(database, posts=draw_posts({"reel": [1]}, date(2026, 11, 2)))
    days = [(2, 3), (3, 4), (1, 8)]
    with database.write() as connection:
        for number, (first, after) in enumerate(days):
            for variant, clicks in (("Red", 300), ("blue", 500)):
                connection.execute(
                    insert(table_of(AdSpend)).values(
                        workspace=workspace,
                        platform="facebook",
                        campaign=f"c{number}",
                        ad=variant,
                        start=date(2026, 11, first),
                        end=date(2026, 11, after),
                        variant=variant,
                        currency="EUR",
                        spend=1,
                        impressions=10_000,
                        clicks=clicks,
                        import_id=1,
                    )
                )
    found = verdict(database, workspace, "ctr: ads red / Blue since 2 nov")
    assert [(it.part, it.n) for it in found.arms] == [(600, 20_000), (1000, 20_000)]
    assert (found.state, found.winner) == ("won", "Blue")
    assert found.material.notes == ("2 rows that reach out of the test's days are left out.",)


def test_a_fall_back_measure_is_named(sqlite_database: Database) -> None:
    """X has no post reach: engagements by impressions decide, and the verdict says so."""
    columns = "day platform post content_type impressions likes comments shares clicks"
    rows = [" | ".join(columns.split()), "---+---"]
    for at in range(1, 9):
        kind = "text" if at % 2 else "photo"
        rows.append(f"2026-11-0{at} | x | p{at} | {kind} | 1000 | {at} | 0 | 0 | 0")
    workspace = fill(sqlite_database, posts="\n".join(rows))
    found = verdict(sqlite_database, workspace, "engagement-rate x: type text / photo since 1 nov")
    assert found.material.title == "Engagement rate by impressions"
    assert "so engagement rate by impressions decides" in found.material.notes[0]
    assert [it.value for it in found.arms] == [0.004, 0.005]


COMPLAINTS = (
    ("engagement-rate content type reel / photo", "a colon"),
    ("engagement-rate: content type reel", "two variants"),
    ("engagement-rate: content type reel / reel", "one name"),
    ("engagement-rate: content type reel / Reels + reel", "by one word"),
    ("engagement-rate: shape round / square", "told apart"),
    (": content type reel / photo", "What decides"),
    ("followers: content type reel / photo", "no number of single posts"),
    ("likes: red 5/10 / blue 6/10", "Counts make a share"),
    ("ctr: red 12/10 / blue 6/10", "12 of 10 is no share"),
    ("likes: hour 25 / 8-12", "Hours read like"),
    ("likes: weekday someday / mon", "Weekdays read like"),
    ("likes: hashtag a / b / c / d / e / f", "Up to 5"),
    ("likes: content type reel / photo since 2026-11-10 until 2026-11-01", "before it begins"),
    ("likes: ads a / b", "Advertisements are tested by"),
    ("likes, comments: content type reel / photo", "One measure"),
    ('"' + "x" * 900 + '" likes: type a / b', "too long"),
)


def test_what_is_no_test_hears_what_would_be(sqlite_database: Database) -> None:
    workspace = fill(sqlite_database, posts=draw_posts({"reel": [1]}, date(2026, 11, 2)))
    for said, complaint in COMPLAINTS:
        with pytest.raises(KepiError, match=complaint):
            read(sqlite_database, workspace, said)


def test_a_test_may_end_on_a_day_to_come(sqlite_database: Database) -> None:
    """“until 30 nov”, said on 22 November, is next week and not last year."""
    workspace = fill(sqlite_database, posts=draw_posts({"reel": [1]}, date(2026, 11, 2)))
    new = read(sqlite_database, workspace, "likes: type reel / photo since 1 nov until 30 nov")
    assert (new.start, new.end) == (date(2026, 11, 1), date(2026, 12, 1))
    said = "likes: type reel / photo since 2026-11-22 until 2026-12-24"
    new = read(sqlite_database, workspace, said)
    assert (new.start, new.end) == (date(2026, 11, 22), date(2026, 12, 25)), "today, and Christmas"


def test_words_that_no_post_has_are_named_with_those_that_there_are(
    sqlite_database: Database,
) -> None:
    workspace = fill(sqlite_database, posts=draw_posts({"reel": [1]}, date(2026, 11, 2)))
    new = read(sqlite_database, workspace, "likes: content type reels / carousel since 1 nov")
    assert new.notes == ("No post has “carousel” yet. There are: reel.",)
    assert [it.words for it in new.plan.arms] == [("reel",), ("carousel",)]
    assert new.start == date(2026, 11, 1)


def test_plans_come_back_as_they_were_written() -> None:
    plan = Plan("counts", (Arm("röd “x”", part=1, whole=2), Arm("蓝")), ("x",), (3,), (4,))
    assert unpack(pack(plan)) == plan


def test_an_ended_test_keeps_its_verdict(sqlite_database: Database) -> None:
    """Posts after its end do not count, however many come."""
    workspace = fill(sqlite_database, posts=draw_posts({"reel": [5] * 20}, date(2026, 10, 1)))
    new = read(sqlite_database, workspace, "likes: type reel / photo since 1 oct")
    with sqlite_database.write() as connection:
        number = experiments.begin(connection, workspace, new)
        assert number is not None
        assert experiments.end(connection, workspace, number, date(2026, 10, 6), NOW)
        assert not experiments.end(connection, workspace, number, date(2026, 10, 9), NOW)
    with sqlite_database.read() as connection:
        row = experiments.by_id(connection, workspace, number)
        assert row is not None
        found = judge(row, connection, look_around(sqlite_database, connection, workspace), NOW)
    assert [it.n for it in found.arms] == [5, 0]
