"""An old Excel file is measured before it is opened: LinkedIn's are read, bombs are not."""

import struct
from contextlib import suppress
from pathlib import Path

import pytest
from exports_drawn import ACME, LINKEDIN_CONTENT, LINKEDIN_POSTS
from files_drawn import open_file, write_csv

from storage.errors import SourceError
from storage.sources.old_workbook import measure
from storage.sources.workbook import read_workbook

FILE = Path(__file__).parent / "linkedin_content.xls"
"""The rows of ``exports_drawn`` on the sheets Metrics and All posts, saved by xlwt."""
SECTOR, FREE, END, TABLE = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


BEGIN, FINISH = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)), record(0x0A)


def number(row: int, column: int) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, 0, 1.0))


def book(sheet: bytes, texts: tuple[str, ...] = (), times: int = 1) -> bytes:
    """Return a workbook of one sheet, which stands in the list ``times`` times."""
    words = b"".join(struct.pack("<HB", len(text), 0) + text.encode("ascii") for text in texts)
    shared = record(0xFC, struct.pack("<II", len(texts), len(texts)) + words) if texts else b""
    listed = [struct.pack("<IBBBB", 0, 0, 0, 1, 0) + bytes([65 + n % 26]) for n in range(times)]
    size = sum(len(record(0x85, it)) for it in listed)
    start = len(BEGIN) + len(shared) + size + len(FINISH)
    places = b"".join(record(0x85, struct.pack("<I", start) + it[4:]) for it in listed)
    return archive(BEGIN + shared + places + FINISH + BEGIN + sheet + FINISH)


def archive(stream: bytes, *names: str) -> bytes:
    """Return a container with the workbook's stream, and empty ones of other names."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // SECTOR)
    tables = -(-(count + 3) // 126)
    chain = [*range(1, count), END, END, *[TABLE] * tables]
    chain += [FREE] * (tables * 128 - len(chain))
    head = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    header = struct.pack("<8s16xHHHHH6x", *head)
    header += struct.pack("<9I", 0, tables, count, 0, 4096, END, 0, END, 0)
    places = [count + 1 + n for n in range(tables)]
    header += struct.pack("<109I", *places, *[FREE] * (109 - tables))
    directory = entry("Root Entry", 5, END, 0) + entry("Workbook", 2, 0, len(stream))
    directory += b"".join(entry(name, 1, 0, 0) for name in names)
    body = stream.ljust(count * SECTOR, b"\0") + directory.ljust(SECTOR, b"\0")
    return header + body + struct.pack(f"<{len(chain)}I", *chain)


def entry(name: str, kind: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2, kind, 1)
    return (
        head + struct.pack("<III", FREE, FREE, FREE) + bytes(36) + struct.pack("<IQ", start, size)
    )


def test_an_old_workbook_of_linkedins_is_read_like_its_csv() -> None:
    """Days and posts, both sheets, as from CSV files of the same rows."""
    batch = open_file(FILE.read_bytes(), name="acme_content.xls", account=ACME["linkedin"])
    days = open_file(write_csv(LINKEDIN_CONTENT), account=ACME["linkedin"])
    posts = open_file(write_csv(LINKEDIN_POSTS), account=ACME["linkedin"])
    assert (batch.days, batch.windows, batch.posts) == (days.days, days.windows, posts.posts)


def test_what_is_measured_is_what_the_reader_reads() -> None:
    """Each shown text counts as often as it is shown; another program's file agrees."""
    ours = book(
        b"".join(
            record(0xFD, struct.pack("<HHHI", row, column, 0, column))
            for row in range(7)
            for column in range(2)
        ),
        ("ab", "xyz" * 100),
    )
    for data in (ours, FILE.read_bytes()):
        shown = [cell for table in read_workbook(data) for cell in table.header]
        shown += [
            cell for table in read_workbook(data) for row in table.rows() for cell in row.cells
        ]
        assert measure(data).text == sum(len(cell) for cell in shown if isinstance(cell, str))
        assert measure(data).grid >= len(shown)
    assert measure(ours).text == 7 * 302


FAR = number(0, 0) + number(65_535, 255)
SIZE = record(0x200, struct.pack("<IIHHH", 0, 4_000_000_000, 0, 65_535, 0))
SHOWN = b"".join(record(0xFD, struct.pack("<HHHI", n, 0, 0, 0)) for n in range(20_000))
BOMBS = {
    "a cell far out": (book(FAR), "far outside the table"),
    "a size that is not true": (book(SIZE + number(0, 0)), "far outside the table"),
    "cells of many columns": (
        book(number(0, 0) + record(0xBE, struct.pack("<HHHH", 60_000, 0, 0, 60_000))),
        "far outside the table",
    ),
    "one text many times": (book(SHOWN, ("y" * 8_000,)), "too large"),
    "one sheet many times": (book(number(0, 0), times=60), "old or locked"),
    "more records than anyone has": (book(record(0x201, bytes(6)) * 401_000), "too many"),
    "more texts than there are": (
        archive(BEGIN + record(0xFC, struct.pack("<II", 1, 0x7FFFFFFF)) + FINISH), "old or locked"
    ),
    "a password": (archive(BEGIN + record(0x2F, b"\1\0") + FINISH), "old or locked"),
    "macros": (archive(BEGIN + FINISH, "_VBA_PROJECT_CUR"), "holds macros"),
    "two workbooks": (archive(BEGIN + FINISH, "Workbook"), "old or locked"),
    "half a file": (FILE.read_bytes()[:4_000], "old or locked"),
    "only a beginning": (FILE.read_bytes()[:8], "old or locked"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BOMBS)
def test_an_old_bomb_is_refused(kind: str) -> None:
    """In words, and before anything of it is laid out."""
    data, words = BOMBS[kind]
    with pytest.raises(SourceError, match=words):
        open_file(data, name="bomb.xls")


def test_a_chain_that_never_ends_is_refused() -> None:
    """A sector that follows itself would be read for ever."""
    data = bytearray(book(number(0, 0)))
    table = len(data) - SECTOR
    for sector in (0, 3, 8):
        broken = bytearray(data)
        struct.pack_into("<I", broken, table + 4 * sector, sector)
        with pytest.raises(SourceError, match="old or locked"):
            open_file(bytes(broken), name="a.xls")


def test_every_byte_of_an_old_workbook_may_be_damaged() -> None:
    """A damaged file is refused in words, or read; it never ends the program."""
    data = FILE.read_bytes()
    for at in (*range(0, 600, 7), *range(600, len(data), 61)):
        broken = bytearray(data)
        broken[at] ^= 0x55
        with suppress(SourceError):
            open_file(bytes(broken), name="a.xls", account=ACME["linkedin"])
