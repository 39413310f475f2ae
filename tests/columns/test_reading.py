"""Unknown tables read by what was said of them: the traps of real exports."""

from __future__ import annotations

import io
import tomllib
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.columns.around import Around
from commands.columns.checking import check_whose
from commands.file_draft import Draft, unpack_draft
from commands.file_mapping import draft_of, make_mapping
from storage.accounts import AccountRow
from storage.batch import Batch
from storage.errors import KepiError, SourceError, UnknownLayout
from storage.measures import COUNTERS
from storage.sources import parse_mapping, read
from storage.sources.apart import fingerprint, name_apart
from storage.sources.date_forms import find_dates, read_dates_as
from storage.sources.mapping import Mapping, check_mapping
from storage.sources.mapping_text import write_mapping
from storage.sources.matching import Seen, doubt_of, survey

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
POST = Draft("post", {"id": 0, "published": 1, "likes": 2}, "new:nova", "instagram")


def read_as(data: bytes, draft: Draft = POST) -> tuple[Mapping, Batch]:
    """Return the mapping that a draft makes, and what the file holds by it."""
    mapping = make_mapping(draft, survey(data), (), "UTC", NOW)
    return mapping, read(data, "tool.csv", now=NOW, zone="UTC", mapping=mapping)


def workbook(*sheets: list[list[Any]]) -> bytes:
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"default_date_format": "yyyy-mm-dd"})
    for rows in sheets:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write(number, place, cell)
    book.close()
    return data.getvalue()


PLAIN = "Ref,Went out,Hearts\na1,2026-11-03,10\na2,2026-11-04,20\n"
TRAPS: dict[str, tuple[bytes, list[int]]] = {
    "plain": (PLAIN.encode(), [10, 20]),
    "a byte order mark": (b"\xef\xbb\xbf" + PLAIN.encode(), [10, 20]),
    "UTF-16": (PLAIN.encode("utf-16"), [10, 20]),
    "semicolons and points": (
        b"Ref;Went out;Hearts\na1;03.11.2026;1.210\na2;14.11.2026;20\n", [1210, 20]
    ),
    "the header on line 3": (
        b"Export of a tool\n,,\nRef,Went out,Hearts\na1,2026-11-03,10\n", [10]
    ),
    "title lines with two cells": (
        b"Made,2026-11-22\nFor,acme\n\nRef,Went out,Hearts\na1,2026-11-03,10\n", [10]
    ),
    "names that stand twice": (
        b"Hearts,Hearts,Hearts\na1,2026-11-03,10\na2,2026-11-04,20\n", [10, 20]
    ),
    "columns without a name": (b"Ref,,,Note\na1,2026-11-03,10,x\na2,2026-11-04,20,\n", [10, 20]),
    "markup, formulas and newlines": (
        b'"<!channel> Ref","*Went*\nout","=Hearts"\n"<b>1",2026-11-03,10\n"a,\n2",2026-11-04,20\n',
        [10],
    ),
    "a workbook": (
        workbook([["Ref", "Went out", "Hearts"], ["a1", date(2026, 11, 3), 10]]), [10]
    ),
    "a workbook whose first sheet is a cover": (
        workbook(
            [["Made by a tool"]],
            [["Ref", "Went out", "Hearts"], ["a1", date(2026, 11, 3), 10]],
        ),
        [10],
    ),
}  # fmt: skip


@pytest.mark.parametrize("trap", TRAPS)
def test_traps(trap: str) -> None:
    """Each is unknown first, read by its match then, and read the same by the file of it."""
    data, likes = TRAPS[trap]
    with pytest.raises(UnknownLayout):
        read(data, "tool.csv", now=NOW, zone="UTC")
    mapping, batch = read_as(data)
    at = COUNTERS.index("likes")
    assert [post.counters[at] for post in batch.posts] == likes
    assert batch.posts[0].published.date() == date(2026, 11, 3)
    assert batch.posts[0].account.handle == "nova"
    assert parse_mapping(write_mapping(mapping, "Of a tool")) == mapping
    again = read(
        data, "tool.csv", now=NOW, zone="UTC", mapping=parse_mapping(write_mapping(mapping))
    )
    assert again == batch
    seen = survey(data)
    assert draft_of(mapping, seen.names, (), 3).picks == POST.picks


def test_columns_are_told_apart() -> None:
    """Each has a name that no other has, whatever the header looks like."""
    long = "x" * 101
    drawn = {
        ("a", "b"): ("a", "b"),
        ("Likes", "likes ", ""): ("Likes (1)", "likes (2)", "Column 3"),
        ("", "Column 1"): ("Column 1 *", "Column 1"),
        ("A", "A", "A (1)"): ("A (1) *", "A (2)", "A (1)"),
        (long, "a\nb"): ("Column 1", "a b"),
    }
    for header, names in drawn.items():
        assert name_apart(header) == names
        assert len(set(name_apart(header))) == len(header)
    assert fingerprint(("a", "b")) != fingerprint(("ab", ""))


def test_files_that_cannot_be_matched() -> None:
    """One column, or no rows: there is nothing to match."""
    for data, words in ((b"only\n1\n2\n", "but one column"), (b"a,b\n", "no rows")):
        with pytest.raises(SourceError, match=words):
            survey(data)


DATES = """
    values                                | order   | formats
    03/11/2026; 04/11/2026                | either  |
    03/11/2026; 13/11/2026                | day     | %d/%m/%Y
    11/03/2026; 11/13/2026                | month   | %m/%d/%Y
    03/12/2025; 04/12/2025                | either  |
    03/12/2026                            | month   | %m/%d/%Y
    12/03/2026                            | day     | %d/%m/%Y
    2026-11-03; 2026-11-04T10:00:00Z      |         |
    3.11.26 9:05 PM; 14.11.26 10:00 AM    | day     | %d.%m.%y %I:%M %p
    3 Nov 2026; 14 Nov 2026 10:05         |         | %d %b %Y, %d %b %Y %H:%M
    November 3, 2026                      |         | %B %d, %Y
    2026/11/03 10:00:05                   |         | %Y/%m/%d %H:%M:%S
    3 tháng 11 2026; 2026年9月13日        |         |
    11/11/2026                            |         | %d/%m/%Y
    5; 6; 7                               | neither |
    99/99/2026                            | neither |
    2003-11-03                            | neither |
"""
"""On 22 November 2026; 3 December is to come, so 03/12/2026 is 12 March."""


def test_dates_are_told_by_their_values() -> None:
    """Where both orders read, somebody has to say; a day in the future reads in no order."""
    for line in DATES.strip().splitlines()[1:]:
        values, order, formats = (it.strip() for it in line.split("|"))
        found = find_dates(enumerate(values.split("; "), 2), ZoneInfo("UTC"), NOW)
        assert found.order == order, values
        # “%B %d, %Y” holds the very sign that parts two forms.
        wanted = [formats] if formats.startswith("%B") else formats.split(", ")
        assert list(found.formats) == [it for it in wanted if it], values
    chosen = read_dates_as("month", [(2, "03/11/2026"), (3, "04/11/2026")], ZoneInfo("UTC"), NOW)
    assert chosen.formats == ("%m/%d/%Y",)
    wrong = read_dates_as("month", [(2, "13/11/2026"), (3, "14/11/2026")], ZoneInfo("UTC"), NOW)
    assert (wrong.order, wrong.refused[0][0]) == ("neither", 2)


def test_a_number_is_asked_about_only_where_it_is_two() -> None:
    """Counts are whole: 1.234 is 1,234 alone, and 12.000 may be twelve."""
    drawn = {
        "12.000 7": "12.000",
        "12.000 1.234": "",
        "12,000": "12,000",
        "1.000.000": "",
        "12000 7": "",
        "12.5": "",
    }
    for cells, doubt in drawn.items():
        assert doubt_of(enumerate(cells.split(), 2)) == doubt, cells
    data = b"Ref;Went out;Hearts\na1;2026-11-03;12.000\n"
    at = COUNTERS.index("likes")
    for decimal, likes in (("", 12_000), (".", 12)):
        draft = Draft("post", dict(POST.picks), "new:nova", "instagram", decimal=decimal)
        assert read_as(data, draft)[1].posts[0].counters[at] == likes


def test_the_dates_of_the_whole_file_are_looked_at() -> None:
    """A form that stands below the rows that were looked at first is read too."""
    rows = [f"a{n},{1 + n % 28:02}/10/2026,1" for n in range(2_500)]
    data = "\n".join(["Ref,Went out,Hearts", *rows, "z,31/10/2026 10:00,1"]).encode()
    mapping, batch = read_as(data)
    assert mapping.file.date_formats == ["%d/%m/%Y", "%d/%m/%Y %H:%M"]
    assert (len(batch.posts), batch.bad) == (2_501, ())


def test_other_rows_than_posts() -> None:
    """Days of an account, mentions of one network, visits; the four of each, by hand."""
    days = b"When,Fans,Seen\n2026-11-01,100,7\n2026-11-02,104,8\n"
    draft = Draft("account-day", {"day": 0, "followers": 1, "reach": 2}, "new:nova", "tiktok")
    _, batch = read_as(days, draft)
    assert [(it.measure, it.value) for it in batch.days] == [("followers", 100), ("followers", 104)]
    assert [(it.measure, it.value) for it in batch.windows] == [("reach", 7), ("reach", 8)]

    said = b"Key,When,Words,Mood\nm1,2026-11-01 10:00,hello,pos\nm2,2026-11-02 11:00,bad,neg\n"
    draft = Draft("mention", {"id": 0, "time": 1, "text": 2, "sentiment": 3}, "", "x")
    _, batch = read_as(said, draft)
    assert [(it.platform, it.external_id, it.sentiment, it.words) for it in batch.mentions] == [
        ("x", "m1", "positive", "hello"),
        ("x", "m2", "negative", "bad"),
    ]
    visits = b"When,Bought,From\n2026-11-01,yes,instagram\n2026-11-01,no,instagram\n"
    draft = Draft("session", {"day": 0, "converted": 1, "source": 2})
    _, batch = read_as(visits, draft)
    (rows,) = batch.records
    assert len(rows.rows) == 1


def test_whose_the_rows_are_has_to_be_said() -> None:
    """By an account that is ours, a column, links that name one, a new name, or later."""
    seen = survey(b"Ref,Link\na1,https://e.com/1\na2,https://www.instagram.com/acme/p/b/\n")
    mute = survey(b"Ref,Link\na1,https://e.com/1\n")
    acme = AccountRow(7, "x", "acme", "", 1, True, None, None, 1)
    drawn: list[tuple[Seen, str, str, str]] = [
        (seen, "account:7", "x", ""),
        (seen, "account:7", "instagram", "whose"),
        (seen, "account:8", "x", "whose"),
        (seen, "ask", "x", ""),
        (seen, "ask", "youtube", "whose"),
        (seen, "link", "instagram", ""),
        (mute, "link", "instagram", "whose"),
        (seen, "column:1", "x", ""),
        (seen, "column:9", "x", "whose"),
        (seen, "new:nova", "x", ""),
        (seen, "new:nova", "", "network"),
        (seen, "", "x", "whose"),
    ]
    for table, whose, platform, field in drawn:
        draft = Draft("post", {"id": 0, "permalink": 1}, whose, platform)
        around = Around(table, "tool.csv", (acme,), "UTC", NOW)
        assert list(check_whose(draft, around)) == ([field] if field else []), (whose, platform)


names = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(
    str.strip
)


@settings(max_examples=60, deadline=None)
@given(header=st.lists(names, min_size=3, max_size=6), data=st.data())
def test_a_match_survives_being_written_down(header: list[str], data: st.DataObject) -> None:
    """Whatever the columns are called: the TOML that is sent reads as the match that was made."""
    apart = name_apart(header)
    mapping = check_mapping(
        {
            "file": {"grain": "account-day", "platform": "x", "account": data.draw(names)},
            "columns": {"day": apart[0]},
            "measures": {"likes": apart[1], "reach:7": apart[2]},
        }
    )
    text = write_mapping(mapping, data.draw(st.text(max_size=20)))
    assert parse_mapping(text) == mapping
    assert tomllib.loads(text)["columns"] == {"day": apart[0]}


def test_drafts_survive_a_button() -> None:
    """What a button remembers is what was chosen; anything else is an old form."""
    assert unpack_draft(POST.pack()) == POST
    assert unpack_draft("") is None
    for foreign in (
        "x",
        "[]",
        "{}",
        '["post",1,"","","","",0]',
        '["post",{"a":"b"},"","","","",0]',
    ):
        with pytest.raises(KepiError, match="earlier version"):
            unpack_draft(foreign)
    with pytest.raises(KepiError, match="earlier version"):
        make_mapping(Draft("post", {"id": 99}), Seen(("a",), ("a",)), (), "UTC", NOW)
