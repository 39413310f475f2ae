"""The best posts, for the thread, and what they share."""

from datetime import UTC, datetime

import pytest

from kpis.digests.naming import plural, say_times, shorten
from storage.database import Database
from tests.digest_content.conftest import Telling, put, tell
from tests.digest_content.drawn_weeks import post, posts


def usual(platform: str, reach: int) -> list[str]:
    """Return five posts of the week before."""
    return [post(f"2026-11-{day:02} 09:00", reach, platform=platform) for day in range(9, 14)]


def test_posts_are_ranked_against_their_own_accounts_usual(told: Telling) -> None:
    """A small account's threefold goes before a large one's usual."""
    lines = [
        *usual("instagram", 10_000),
        *usual("tiktok", 200),
        post("2026-11-17 09:00", 11_000, title="Big", link="https://example.com/big"),
        post("2026-11-18 09:00", 600, platform="tiktok", kind="video", title="Small"),
        post("2026-11-19 09:00", 8_000, title="Weak"),
        post("2026-11-20 09:00", 7_000, title="Weaker"),
    ]
    best = told(rows=posts(lines)).best
    assert [(it.name, it.where, it.said_day, it.words, it.link) for it in best] == [
        ("Video “Small”", "TikTok", "Wed 18 Nov", "600 reached, 3 × usual.", ""),
        ("Photo “Big”", "Instagram", "Tue 17 Nov", "11,000 reached, 1.1 × usual.",
         "https://example.com/big"),
        ("Photo “Weak”", "Instagram", "Thu 19 Nov", "8,000 reached, 0.8 × usual.", ""),
    ]  # fmt: skip


def test_without_enough_posts_before_there_is_no_usual(told: Telling) -> None:
    """Four posts are no usual: the number alone."""
    lines = [*usual("instagram", 100)[:4], post("2026-11-17 09:00", 900)]
    (best,) = told(rows=posts(lines)).best
    assert (best.name, best.words, best.times) == ("Photo of Tue 17 Nov", "900 reached.", None)


def test_a_platform_without_reach_is_told_by_engagements(told: Telling) -> None:
    """X posts without impressions: ten likes, a comment, a share and a click."""
    (best,) = told(rows=posts([post("2026-11-17 09:00", "", platform="x")])).best
    assert best.words == "13 engagements."


def test_what_the_best_share_is_told(told: Telling) -> None:
    """Three Reels are the best; of all posts they are a quarter."""
    lines = [
        *(post(f"2026-11-{day:02} 09:00", 1_000) for day in range(2, 14)),
        *(post(f"2026-11-{day} 09:00", 2_000 + day, kind="reel") for day in (16, 17, 18)),
        post("2026-11-19 09:00", 900),
    ]
    assert told(rows=posts(lines)).traits == ("All the 3 best are Reels.",)


def test_what_all_posts_share_is_no_trait(told: Telling) -> None:
    """Everything is a photo."""
    lines = [
        *(post(f"2026-11-{day:02} 09:00", 1_000) for day in range(2, 14)),
        *(post(f"2026-11-{day} 09:00", 2_000 + day) for day in (16, 17, 18)),
    ]
    assert told(rows=posts(lines)).traits == ()


def test_weekdays_are_traits_of_months_alone(database: Database) -> None:
    """Three Tuesdays among a month's best."""
    lines = [post(f"2026-09-{day:02} 09:00", 1_000) for day in range(1, 21)]
    lines += [post(f"2026-10-{day:02} 09:00", 3_000) for day in (6, 13, 20)]
    put(database, posts(lines))
    report = tell(database, "2026-10", cadence="monthly", now=datetime(2026, 11, 2, 9, tzinfo=UTC))
    assert report.traits == ("All the 3 best went out on a Tuesday.",)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Latte art #coffee #viral", "Latte art"),
        ("#onlytags", ""),
        ("A new roast is in the shop, and it is good", "A new roast is in the shop, and it is…"),
        ("Räksmörgås—" * 6, "Räksmörgås—Räksmörgås—Räksmörgås—Räksmö…"),
        ("“Quoted” words", "Quoted words"),
    ],
)  # fmt: skip
def test_titles_are_cut_between_words(title: str, expected: str) -> None:
    """Forty characters at most, no hashtags, no quotes within quotes."""
    assert shorten(title) == expected
    assert len(shorten(title)) <= 40


def test_kinds_and_times_are_said_as_people_do() -> None:
    """Reels, stories, 2.1 ×."""
    kinds = ("reel", "story", "photo", "text", "carousel")
    said = ["Reels", "Stories", "photos", "text posts", "carousels"]
    assert [plural(it) for it in kinds] == said
    assert [say_times(it) for it in (3.0, 2.14, 0.96, 12.4, 1.0)] == [
        "3 ×", "2.1 ×", "1 ×", "12 ×", "1 ×"
    ]  # fmt: skip
