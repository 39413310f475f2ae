"""Themes and ambassadors: mentions counted, not words; by topic where files tell one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kpis.sentiment.themes import (
    Theme,
    ambassadors,
    find_themes,
    say_themes,
    themes,
)
from kpis.tongue import speaking
from storage import mention_labels
from storage.batch import MentionRow
from storage.database import Database
from storage.mention_labels import Said
from storage.mention_lists import Seen
from tests.sentiment.planted import MENTION, NOW, ids, mention, plant

START, END = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)


def seen(number: int, words: str, topic: str = "", language: str = "en") -> Seen:
    link = f"https://x.example/{number}"
    return Seen(number, NOW, "x", "lena", words, link, "negative", topic, language)


def named(found: list[Theme]) -> list[tuple[str, int]]:
    return [(it.words, it.mentions) for it in found]


def test_words_that_many_mentions_share_are_a_theme() -> None:
    """Late delivery three times, cold coffee four; a word said often in one mention counts once,
    common words and addresses name nothing, and two who share a word are too few."""
    found = find_themes(
        [
            seen(1, "Late delivery, late delivery, LATE DELIVERY!! @acme"),
            seen(2, "again a late delivery https://x.example/late"),
            seen(3, "the late delivery was not what I ordered #late"),
            seen(4, "my cold coffee"),
            seen(5, "cold coffee and no smile"),
            seen(6, "They serve cold coffee"),
            seen(7, "cold coffee, and it was not what you want"),
            seen(8, "parking parking parking parking"),
            seen(9, "no parking"),
        ]
    )
    assert named(found) == [("cold coffee", 4), ("late delivery", 3)]
    assert found[0].examples == tuple(f"https://x.example/{n}" for n in (4, 5, 6))


def test_topics_that_files_tell_come_first_and_whatever_their_case() -> None:
    """A mention with a topic counts there, and its words count nowhere."""
    rows = [seen(n, "cold coffee", "Price") for n in range(4)]
    rows += [seen(10, "x", "price "), seen(11, "y", "Delivery")]
    assert named(find_themes(rows)) == [("Price", 5), ("Delivery", 1)]


def test_themes_are_found_in_five_languages() -> None:
    """Swedish and Indonesian words, Vietnamese pairs of syllables, Chinese pieces."""
    said = {
        "sv": (
            "försenad leverans",
            [
                "en försenad leverans igen",
                "försenad leverans till oss",
                "det är försenad leverans som vanligt",
            ],
        ),
        "id": (
            "pengiriman lambat",
            ["pengiriman lambat banget", "ini pengiriman lambat", "kenapa pengiriman lambat terus"],
        ),
        "vi": ("giao hàng", ["giao hàng chậm", "sao giao hàng lâu thế", "giao hàng rất trễ"]),
        "zh": ("物流", ["物流太慢了", "你们的物流很差", "这个物流不行"]),
    }
    for language, (theme, sentences) in said.items():
        rows = [seen(n, it, language=language) for n, it in enumerate(sentences)]
        assert named(find_themes(rows))[0] == (theme, 3), language


def test_only_the_asked_brand_days_and_sentiment_count(database: Database) -> None:
    """Of another brand, day or sentiment, or unlabelled: not in the themes."""
    rows = [mention(f"n{n}", f"cold coffee {n}", language="en") for n in range(4)]
    rows += [mention("good", "cold coffee, lovely", language="en")]
    rows += [mention("old", "cold coffee", language="en", at=START - timedelta(hours=1))]
    rows += [mention("free", "cold coffee", language="en")]
    workspace, _ = plant(database, rows)
    names = ["n0", "n1", "n2", "n3", "old", "good"]
    labels = ["negative"] * 5 + ["positive"]
    with database.write() as connection:
        numbers = ids(database, workspace, names)
        said = [Said(n, label, 0.9) for n, label in zip(numbers, labels, strict=True)]
        mention_labels.keep(connection, workspace, said, "ngrams", "1", NOW)
    with database.read() as connection:
        brand = connection.execute(MENTION.select()).mappings().all()[0]["brand"]
        assert named(themes(connection, workspace, [brand], START, END)) == [("cold coffee", 4)]
        assert themes(connection, workspace, [brand + 1], START, END) == []
        assert themes(connection, workspace, [], START, END) == []
        assert themes(connection, workspace, [brand], START, END, "sv") == []
        assert themes(connection, workspace + 1, [brand], START, END) == []


def praises(author: str, good: int, bad: int = 0, followers: int | None = None) -> list[MentionRow]:
    rows = []
    for place, label in enumerate(["positive"] * good + ["negative"] * bad):
        rows.append(
            mention(
                f"{author}{place}",
                sentiment=label,
                author=author,
                followers=followers,
                at=START + timedelta(days=place),
            )
        )
    return rows


def test_ambassadors_praise_three_times_or_more(database: Database) -> None:
    """Two praises are too few, as many blames as praises make no friend, and blank is nobody."""
    rows = [*praises("lena", 5, followers=90), *praises("omar", 3, 2), *praises("eva", 2)]
    rows += [*praises("moody", 3, 3), *praises("", 6), *praises("late", 2)]
    rows += [mention("late-x", sentiment="positive", author="late", at=END)]
    workspace, _ = plant(database, rows)
    with database.read() as connection:
        brand = connection.execute(MENTION.select()).mappings().all()[0]["brand"]
        found = ambassadors(connection, workspace, [brand], START, END)
        assert [(it.author, it.praises, it.followers) for it in found] == [
            ("lena", 5, 90),
            ("omar", 3, None),
        ]
        assert found[0].permalink == "https://x.example/lena4"
        assert ambassadors(connection, workspace, [], START, END) == []


def test_themes_in_words() -> None:
    with speaking("en"):
        assert say_themes([Theme("cold coffee", 4, ()), Theme("Price", 2, ())]) == (
            "About: cold coffee (4), Price (2)."
        )
        assert say_themes([]) == ""
