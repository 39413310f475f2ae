"""An old Excel file (XLS), measured before it is read: what LinkedIn still exports.

As with XLSX, the reader lays a sheet out as a full grid and copies every shared text, so both are
counted first, from where the workbook says that each sheet begins ([MS-XLS]).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from storage.errors import SourceError
from storage.sources.old_archive import UNREADABLE, read_stream
from storage.sources.old_texts import list_texts

MOST_RECORDS = 400_000
"""Of all sheets together: their places in the file may overlap."""

_BEGIN, _END, _CONTINUE, _LOCKED = 0x809, 0x0A, 0x3C, 0x2F
_SHEET, _TEXTS, _SIZE = 0x85, 0xFC, 0x200
_SPANS = (0xBD, 0xBE)
"""Cells from one column to another."""
_SHARED = 0xFD
_CELLS = (0x06, 0xD6, _SHARED, 0x201, 0x203, 0x204, 0x205, 0x27E, *_SPANS)


@dataclass
class Extent:
    """How far the sheets of a workbook reach, and how much text their cells share."""

    grid: int = 0
    """Cells of all sheets laid out as rectangles."""
    text: int = 0
    """Characters of shared texts, each time a cell shows one."""


@dataclass
class _Workbook:
    """The records of a workbook, and how many of them were looked at."""

    stream: bytes
    seen: int = 0

    def records_from(self, at: int) -> Iterator[tuple[int, list[bytes]]]:
        """Yield each record's kind, its body and those that continue it, to the sheet's end."""
        kind, pieces, depth = 0, [b""], 0
        while at + 4 <= len(self.stream):
            following, length = struct.unpack_from("<HH", self.stream, at)
            body = self.stream[at + 4 : at + 4 + length]
            at += 4 + length
            self.seen += 1
            if self.seen > MOST_RECORDS:
                raise SourceError("the workbook holds too many cells; export a shorter period")
            if following == _CONTINUE:
                pieces.append(body)
                continue
            yield kind, pieces
            depth += (following == _BEGIN) - (following == _END)
            if following == _END and depth <= 0:
                return
            kind, pieces = following, [body]
        yield kind, pieces


def measure(data: bytes) -> Extent:
    """Return how large the reader would make a workbook; refuse one that is locked or broken."""
    extent = Extent()
    texts: list[int] = []
    places: list[int] = []
    try:
        workbook = _Workbook(read_stream(data, "Workbook"))
        for kind, pieces in workbook.records_from(0):
            if kind == _LOCKED:
                raise SourceError(UNREADABLE)
            if kind == _SHEET:
                places.append(struct.unpack_from("<I", pieces[0])[0])
            elif kind == _TEXTS:
                texts = list(list_texts(pieces))
        if len(set(places)) < len(places):
            raise SourceError(UNREADABLE)
        for place in places:
            _measure_sheet(workbook, place, texts, extent)
    except (struct.error, IndexError):
        raise SourceError(UNREADABLE) from None
    return extent


def _measure_sheet(workbook: _Workbook, place: int, texts: list[int], extent: Extent) -> None:
    rows = columns = 0
    for kind, pieces in workbook.records_from(place):
        body = pieces[0]
        if kind == _SIZE:
            # The reader makes room for as much as is stated here, true or not.
            _, last_row, _, last_column = struct.unpack_from("<IIHH", body)
            extent.grid += last_row * last_column
        elif kind in _CELLS:
            row, column = struct.unpack_from("<HH", body)
            if kind in _SPANS:
                column = max(column, *struct.unpack_from("<H", body, len(body) - 2))
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if kind == _SHARED:
                extent.text += texts[struct.unpack_from("<I", body, 6)[0]]
    extent.grid += rows * columns
