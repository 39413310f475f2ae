"""A workbook is measured before it is opened: bombs are refused small and fast."""

import io
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress

import pytest
import xlsxwriter
from files_drawn import FACEBOOK, FACEBOOK_ROW, open_file, xlsx

from storage.errors import SourceError

ROWS = [FACEBOOK.split(","), list(FACEBOOK_ROW.values())]


def rezip(data: bytes, change: Callable[[str, bytes], bytes], extra: str = "") -> bytes:
    """Return the workbook with changed parts, and one more holding spaces."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        if extra:
            new.writestr(extra, b"PK\x03\x04" + b" " * 100)
    return packed.getvalue()


def swelled(size: int) -> bytes:
    """A workbook whose sheet has ``size`` spaces before its end."""

    def swell(name: str, part: bytes) -> bytes:
        return part + b" " * size if name.endswith("sheet1.xml") else part

    return rezip(xlsx(ROWS), swell)


def lying(size: int) -> bytes:
    """The same, with a directory that states the harmless size of a prefix and its checksum."""
    data = bytearray(swelled(size))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
        prefix = archive.read(entry)[:1_000]
    for signature, checksum_at, size_at in ((b"PK\x01\x02", 16, 24), (b"PK\x03\x04", 14, 22)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            if struct.unpack_from("<I", data, at + checksum_at)[0] == entry.CRC:
                struct.pack_into("<I", data, at + checksum_at, zlib.crc32(prefix))
                struct.pack_into("<I", data, at + size_at, len(prefix))
    return bytes(data)


def far_out() -> bytes:
    """Two cells, one of them 200,000 rows down and 5,000 columns out."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "a")
    sheet.write(200_000, 5_000, "b")
    book.close()
    return data.getvalue()


def unplaced() -> bytes:
    """Cells without a place, which the reader would count up by itself."""

    def strip(name: str, part: bytes) -> bytes:
        return part.replace(b'<c r="B2"', b"<c") if name.endswith("sheet1.xml") else part

    return rezip(xlsx(ROWS), strip)


def repeated() -> bytes:
    """One text of 30,000 letters, shared by 3,000 cells: 100 MB when copied into each."""
    return xlsx([["y" * 30_000]] * 3_000)


BOMBS = {
    "60 MB of spaces": (lambda: swelled(60_000_000), "larger than 50 MB"),
    "a ratio above 100": (lambda: swelled(9_000_000), "100 times its size"),
    "a lying directory": (lambda: lying(900_000), "unpacks to more than it states"),
    "an archive inside": (
        lambda: rezip(xlsx(ROWS), lambda _, part: part, "xl/a.zip"), "archive lies inside"
    ),
    "an archive by another name": (
        lambda: rezip(xlsx(ROWS), lambda _, part: part, "xl/a.xml"), "archive lies inside"
    ),
    "a cell far out": (far_out, "far outside the table"),
    "cells without a place": (unplaced, "cells have no place"),
    "one text many times": (repeated, "too large"),
    "a zip of a CSV": (
        lambda: rezip(xlsx(ROWS), lambda _, part: part).replace(b"xl/workbook", b"xl/werkbook"),
        "a zip, not a CSV or XLSX file",
    ),
    "half a file": (lambda: xlsx(ROWS)[:3_000], "damaged"),
    "only a beginning": (lambda: b"PK\x03\x04", "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_refused(kind: str) -> None:
    """Nothing large is unpacked; the figures are reliability §3 row 36."""
    make, words = BOMBS[kind]
    data = make()
    assert len(data) < 1_500_000
    tracemalloc.start()
    with pytest.raises(SourceError, match=words):
        open_file(data, name="bomb.xlsx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


def test_every_byte_of_a_workbook_may_be_damaged() -> None:
    """A damaged file is refused in words, or read as before; it never ends the program."""
    data = xlsx(ROWS)
    for at in range(0, len(data), 23):
        broken = bytearray(data)
        broken[at] ^= 0x55
        with suppress(SourceError):
            assert open_file(bytes(broken), name="posts.xlsx").posts


def test_a_workbook_is_read_like_a_csv() -> None:
    """Blank rows and columns around the table do not shift the row that is named."""
    rows = [[], [], ["", *ROWS[0]], ["", *ROWS[1]], [], ["", "2", *ROWS[1][1:-1], "x"]]
    batch = open_file(xlsx(rows), name="posts.xlsx")
    assert batch.format == "meta-facebook-posts"
    assert [post.counters[:3] for post in batch.posts] == [(200, 100, 10)]
    assert [(bad.line, bad.column) for bad in batch.bad] == [(6, "Reactions")]


def test_the_first_shown_sheet_that_holds_anything_is_read() -> None:
    """Covers and hidden sheets are passed over, and it is said that only one was read."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data)
    cover = book.add_worksheet("Cover")
    book.add_worksheet("Old").hide()
    sheet = book.add_worksheet("Posts")
    book.add_worksheet("Empty")
    cover.activate()
    for place, row in enumerate(ROWS):
        sheet.write_row(place, 0, row)
    book.close()
    batch = open_file(data.getvalue(), name="posts.xlsx")
    assert len(batch.posts) == 1
    assert batch.notes == ("Only the sheet “Posts” was read.",)


def test_an_empty_workbook_is_refused() -> None:
    """There is nothing to read."""
    with pytest.raises(SourceError, match="the workbook is empty"):
        open_file(xlsx([]), name="posts.xlsx")
