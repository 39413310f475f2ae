"""CSV as people save it is read; CSV that is broken is refused with its line."""

import codecs

import pytest
from files_drawn import FACEBOOK, FACEBOOK_ROW, facebook, open_file, write_csv

from storage.errors import SourceError

HEAD = "Post ID,Page name,Title,Publish time,Views\n"
GOOD = "1,Acme,Hi,11/02/2026 10:30,5\n"


def refused(data: bytes) -> SourceError:
    with pytest.raises(SourceError) as caught:
        open_file(data)
    return caught.value


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ('2,Acme,"never closed,11/02/2026 10:30,5\n' + GOOD * 3, 3),
        ('2,Acme,"opened\nwith ""quotes""\nin it,11/02/2026 10:30,5\n' + GOOD, 3),
        ('2,Acme,"fine\ntext","not closed,5\n' + GOOD, 4),
        ('2,Acme,"opened,11/02/2026 10:30,5\n3,Acme,"said so",11/02/2026 10:30,5\n', 3),
        ('2,Acme,"ended" early,11/02/2026 10:30,5\n' + GOOD, 3),
        ('2,Acme,"opened,11/02/2026 10:30,5\n' + GOOD * 10_000, 3),
        ("2,Acme," + "x" * 131_073 + ",11/02/2026 10:30,5\n", 3),
        ('2,Acme,"' + "x" * 131_073 + '",11/02/2026 10:30,5\n', 3),
        ("2,Acme,a\0b,11/02/2026 10:30,5\n", 3),
        ('2,Acme,"a\nb\0c",11/02/2026 10:30,5\n', 4),
    ],
)
def test_broken_text_is_refused_with_its_line(body: str, line: int) -> None:
    """An unclosed quote would swallow rows in silence: its line is named, nothing is read."""
    assert refused((HEAD + GOOD + body).encode()).line == line


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b" \r\n\n", "the file is empty"),
        (codecs.BOM_UTF8, "the file is empty"),
        (b",,,\n,,\n", "the file is empty"),
        (HEAD.encode(), "a header but no rows"),
        ((HEAD + ",,,,\n\n").encode(), "a header but no rows"),
        (b"<!DOCTYPE html><html><body>Log in", "this is a web page, not an export"),
        (b"\xef\xbb\xbf \n<!-- x --><HTML lang=en>", "this is a web page, not an export"),
        ("<html>".encode("utf-16"), "this is a web page, not an export"),
        (b"%PDF-1.7\n1,2", "not a CSV or XLSX file"),
        (b"\x89PNG\r\n\x1a\n", "not a CSV or XLSX file"),
        (bytes(range(1, 32)) * 20, "not a CSV or XLSX file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or locked Excel file"),
        (b"a" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
        (b"a," * 600 + b"\n1\n", "more than any export has"),
    ],
)
def test_what_is_no_export_is_refused(data: bytes, words: str) -> None:
    """One line says what came and what would work."""
    assert words in str(refused(data))
    assert "posts.csv" in str(refused(data))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_every_usual_encoding_is_found(encoding: str) -> None:
    """Excel alone saves four of them."""
    text = facebook({"Title": "Räksmörgås på fjället i år, följ med åt öster", "Page name": "Åre"})
    batch = open_file(text.decode().encode(encoding))
    assert batch.posts[0].title == "Räksmörgås på fjället i år, följ med åt öster"
    assert batch.posts[0].account.handle == "åre"
    assert bool(batch.notes) == (encoding == "cp1252")


def test_chinese_and_vietnamese_and_emoji_stay_intact() -> None:
    """UTF-8 is tried first and strictly."""
    title = "新品上架 🎉 Ưu đãi hôm nay"
    assert open_file(facebook({"Title": title})).posts[0].title == title


def test_gb18030_is_found() -> None:
    """What Excel saves in China."""
    title = "今天我们的新品正式上架欢迎大家来店里看看"
    batch = open_file(facebook({"Title": title}).decode().encode("gb18030"))
    assert batch.posts[0].title == title


def test_utf8_with_one_broken_byte_is_not_read_as_something_else() -> None:
    """Read as Windows-1252, every ä of the file would become Ã¤."""
    data = facebook({"Title": "åäö åäö"}, {"Title": "@@"}).replace(b"@@", b"\xff")
    assert refused(data).line == 3


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_in_the_header(delimiter: str) -> None:
    """Captions hold all of them."""
    title = "one; two, three; four, five"
    batch = open_file(facebook({"Title": title}, delimiter=delimiter))
    assert batch.posts[0].title == title


def test_a_stated_separator_line_is_obeyed() -> None:
    """Excel writes “sep=;” above the header; line numbers stay those of the file."""
    batch = open_file(b"sep=;\r\n" + facebook({}, {"Views": "x"}, delimiter=";"))
    assert [bad.line for bad in batch.bad] == [4]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_are_named_by_the_line_where_they_begin(end: str) -> None:
    """Captions with line breaks, blank lines and odd line marks between do not shift them."""
    text = end.join(
        [
            FACEBOOK,
            ",".join({**FACEBOOK_ROW, "Title": f'"two{end}lines \u2028 of text"'}.values()),
            "",
            ",".join({**FACEBOOK_ROW, "Post ID": "2", "Views": "x"}.values()),
        ]
    )
    batch = open_file(text.encode())
    assert batch.posts[0].title == "two lines of text"
    assert [bad.line for bad in batch.bad] == [5]


def test_rows_with_too_many_or_too_few_cells_are_bad() -> None:
    """A row that shifted by one column would put shares under comments."""
    rows = [list(FACEBOOK_ROW), list(FACEBOOK_ROW.values())]
    rows += [[*rows[1], "9"], rows[1][:-1]]
    batch = open_file(write_csv(rows))
    assert len(batch.posts) == 1
    assert [(bad.line, bad.column, bad.reason.split(",")[0]) for bad in batch.bad] == [
        (3, None, "11 cells"),
        (4, None, "9 cells"),
    ]


def test_ten_megabytes_with_a_thousand_bad_rows_of_twelve_kinds() -> None:
    """Each of the thousand is named by line and column, and no other row is."""
    kinds = [
        {"Views": "nan"}, {"Views": "inf"}, {"Views": "1e309"}, {"Views": "1_000"},
        {"Reach": "-7"}, {"Reach": "１２"}, {"Reactions": "=1+1"}, {"Post ID": "1.78E+17"},
        {"Publish time": "13/45/2026 10:00"}, {"Publish time": "11/02/2027 10:00"},
        {"Post ID": ""}, {"Reactions": "9999999999999999999"},
    ]  # fmt: skip
    total = 50_000
    step = total // 1_000
    places = {step * n + n % step for n in range(1_000)}
    changes = [
        {"Title": "word " * 24, **(kinds[place % 12] if place in places else {})}
        for place in range(total)
    ]
    data = facebook(*changes)
    assert 9_500_000 < len(data) < 10 * 1024 * 1024
    batch = open_file(data)
    assert {bad.line - 2: bad.column for bad in batch.bad} == {
        place: next(iter(kinds[place % 12])) for place in places
    }
    assert len(batch.bad) == 1_000
    assert len(batch.posts) == total - 1_000
