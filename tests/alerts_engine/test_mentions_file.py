"""A file of mentions: Kepi's own format, the names others use, and every bad row named."""

from datetime import UTC, datetime

import pytest

from storage.errors import SourceError
from storage.sources import read

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
OWN = """time,platform,id,brand,author,followers,sentiment,topic,tagged,url,text
2026-11-22T12:10:00Z,x,11,Acme,@lena_k,"1,200",negative,Delivery,yes,https://x.com/a/11,"my, A"
2026-11-22 13:10,Instagram,12,,oskar.b,,,,no,,
"""


def test_the_own_format_is_read() -> None:
    """Times without a zone are the workspace's; the words come along, to be classified."""
    found = read(OWN.encode(), "mentions.csv", now=NOW, zone="Europe/Stockholm")
    first, second = found.mentions
    assert (found.format, found.title, found.bad) == ("mentions", "Mentions", ())
    assert first[1:-2] == (
        *("Acme", "x", "11", datetime(2026, 11, 22, 12, 10, tzinfo=UTC), "lena_k", 1200, True),
        *("negative", "delivery", "https://x.com/a/11"),
    )
    assert second.at == datetime(2026, 11, 22, 12, 10, tzinfo=UTC)
    assert (second.sentiment, second.followers, second.tagged, second.brand) == (
        "",
        None,
        False,
        "",
    )
    assert "my, A" in first.words


NAMES = [
    ("Date,Network,Mention id,Tone", "2026-11-22,Twitter,1,Neg"),
    ("published,source,post ID,Sentiment", "22/11/2026 10:00,X,1,NEGATIVE"),
    ("Datum;Källa;id;Känsla", "2026-11-22;x;1;negativ"),
]


@pytest.mark.parametrize(("header", "row"), NAMES)
def test_other_names_of_the_same_columns_are_known(header: str, row: str) -> None:
    found = read(f"{header}\n{row}\n".encode(), "export.csv", now=NOW, zone="UTC")
    (mention,) = found.mentions
    assert (mention.platform, mention.external_id, mention.sentiment) == ("x", "1", "negative")


BAD = [
    ("2026-13-22,x,1,negative,a", "time: “2026-13-22” is not a date"),
    ("2026-11-29,x,1,negative,a", "is in the future"),
    (",x,1,negative,a", "time: no date"),
    ("2026-11-22,myspace,1,negative,a", "platform: “myspace” is not a platform"),
    ("2026-11-22,x,,negative,a", "id: no id"),
    ("2026-11-22,x,1.23E+17,negative,a", "ruined by a spreadsheet"),
    ("2026-11-22,x,1,angry,a", "write positive, neutral or negative"),
    ("2026-11-22,x,1,negative,=HYPERLINK(1)", "author: “=HYPERLINK(1)” looks like a formula"),
    ("2026-11-22,x,1,negative", "4 cells, where the header has 5"),
]


@pytest.mark.parametrize(("row", "reason"), BAD)
def test_a_bad_row_is_named_with_line_column_and_reason(row: str, reason: str) -> None:
    """The good rows beside it stay; all that is wrong with a row is one line."""
    text = f"time,platform,id,sentiment,author\n2026-11-22,x,9,neutral,b\n{row}\n"
    found = read(text.encode(), "mentions.csv", now=NOW, zone="UTC")
    (bad,) = found.bad
    assert str(bad).startswith("line 3")
    assert reason in str(bad)
    assert [it.external_id for it in found.mentions] == ["9"]


def test_copies_that_differ_are_all_bad_and_equal_ones_count_once() -> None:
    text = (
        "time,platform,id,sentiment\n2026-11-22,x,1,negative\n2026-11-22,x,1,negative\n"
        "2026-11-22,x,2,negative\n2026-11-22,x,2,positive\n2026-11-22,facebook,2,positive\n"
    )
    found = read(text.encode(), "mentions.csv", now=NOW, zone="UTC")
    assert [(it.platform, it.external_id) for it in found.mentions] == [
        ("x", "1"),
        ("facebook", "2"),
    ]
    assert [it.line for it in found.bad] == [4, 5]
    assert "with another sentiment" in found.bad[0].reason
    assert found.notes == ("1 exact repeat was counted once.",)


def test_a_file_of_posts_is_not_taken_for_one_of_mentions() -> None:
    """X's own export has a time and ids too; posts stay posts."""
    text = 'Post id,Date,Post text,Post Link,Likes\n1,"Sun, Nov 22, 2026",hi,https://x.com/acme/status/1,5\n'
    found = read(text.encode(), "x.csv", now=NOW, zone="UTC")
    assert (found.format, len(found.posts), found.mentions) == ("x-posts", 1, ())


def test_what_is_missing_is_said_when_the_format_is_named() -> None:
    with pytest.raises(SourceError, match="“platform” missing"):
        read(b"time,id\n2026-11-22,1\n", "m.csv", now=NOW, zone="UTC", format="mentions")
    found = read(
        b"time,id,platform\n2026-11-22,1,x\n", "m.csv", now=NOW, zone="UTC", format="mentions"
    )
    assert "No column says the sentiment" in found.notes[0]
