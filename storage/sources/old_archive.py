"""The container of an old Excel file (XLS): sectors chained by a table, streams in a directory.

Only what is needed to measure the workbook's stream before the reader is asked, and to refuse what
would send the reader round in circles: chains without an end, sizes that cannot be ([MS-CFB]).
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from storage.errors import SourceError

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACROS = "_VBA_PROJECT_CUR"
UNREADABLE = "this is an old or locked Excel file; save it as XLSX without a password, or as CSV"

_SECTOR = 512
_SMALL = 4096
"""Shorter streams lie elsewhere; no workbook is one."""
_FREE = 0xFFFFFFFA
"""Numbers from here on are no sectors."""
_TABLES = 109
"""Sectors of the table that the header itself lists: enough for 7 MB."""


class _Entry(NamedTuple):
    """A stream: its first sector and its length in bytes."""

    start: int
    size: int


def read_stream(data: bytes, name: str) -> bytes:
    """Return the stream of that name; refuse files that hold macros, or no such stream."""
    try:
        return _read(data, name)
    except (struct.error, IndexError):
        raise SourceError(UNREADABLE) from None


def _read(data: bytes, name: str) -> bytes:
    (shift,) = struct.unpack_from("<H", data, 30)
    counts = struct.unpack_from("<II", data, 40)
    (directory,) = struct.unpack_from("<I", data, 48)
    small, small_count, more_tables = struct.unpack_from("<III", data, 60)
    if 1 << shift != _SECTOR or more_tables < _FREE:
        raise SourceError(UNREADABLE)
    if max(*counts, small_count) * _SECTOR > len(data):
        raise SourceError(UNREADABLE)
    table = _read_table(data)
    entries = _list_entries(_follow(data, table, directory))
    if MACROS in [it for it, _ in entries]:
        raise SourceError("the workbook holds macros; save it as XLSX, which has none, or as CSV")
    _follow(data, table, small)
    for _, entry in entries:
        if entry.size > len(data):
            raise SourceError(UNREADABLE)
        if entry.size >= _SMALL:
            _follow(data, table, entry.start)
    found = [entry for it, entry in entries if it == name]
    if len(found) != 1 or found[0].size < _SMALL:
        raise SourceError(UNREADABLE)
    return _follow(data, table, found[0].start)[: found[0].size]


def _read_table(data: bytes) -> list[int]:
    """Return which sector follows each."""
    numbers: list[int] = []
    for sector in struct.unpack_from(f"<{_TABLES}I", data, 76):
        if sector < _FREE:
            numbers += struct.unpack_from(f"<{_SECTOR // 4}I", data, (sector + 1) * _SECTOR)
    return numbers


def _follow(data: bytes, table: list[int], start: int) -> bytes:
    """Return the bytes of a chain of sectors; refuse one that never ends."""
    parts: list[bytes] = []
    sector = start
    while sector < _FREE:
        if len(parts) > len(table):
            raise SourceError(UNREADABLE)
        parts.append(data[(sector + 1) * _SECTOR : (sector + 2) * _SECTOR])
        sector = table[sector]
    return b"".join(parts)


def _list_entries(directory: bytes) -> list[tuple[str, _Entry]]:
    """Return streams by name, in the directory's order; a name ends with its first NUL."""
    entries: list[tuple[str, _Entry]] = []
    for place in range(0, len(directory) - 127, 128):
        name = directory[place : place + 64].decode("utf-16-le", "replace").split("\0")[0]
        if name:
            start, size = struct.unpack_from("<II", directory, place + 116)
            entries.append((name, _Entry(start, size)))
    return entries
