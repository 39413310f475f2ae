"""XLSX and XLS to tables: the sheets that are shown and hold anything.

The reader lays a sheet out as a full grid and copies every shared text, so a file of 5 kB with
one cell far out, or one long text used a million times, would end the process. Both are counted
here before it is asked.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import pairwise

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from storage.errors import SourceError
from storage.said import Words
from storage.sources.archive import inflate, list_entries
from storage.sources.old_archive import SIGNATURE
from storage.sources.old_workbook import measure
from storage.sources.rows import LONGEST_CELL, Row, Table, check_header

MOST_GRID_CELLS = 2_000_000
MOST_SHEETS = 20
MOST_TEXT = 50_000_000
"""Characters of all cells together."""

_OVERLAP = 2_048
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_PLACED = re.compile(rb"<(?:\w+:)?c\s(?:[^<>]*?\s)?r\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_SHARED = re.compile(rb"\st\s*=\s*[\"']s[\"']")
_REFERENCE = re.compile(
    rb"\st\s*=\s*[\"']s[\"'][^<>]*>(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?<(?:\w+:)?v>([0-9]{1,9})<"
)
_ITEM = re.compile(rb"<(?:\w+:)?si[\s/>]")
_FAR_OUT = (
    "a cell stands far outside the table, or cells have no place; "
    "copy the table alone into a new sheet"
)
_TOO_MUCH_TEXT = "the texts of this sheet are too large; export a shorter period"
_UNREADABLE = "the XLSX file cannot be read; save it again, or save it as CSV"


def read_workbook(data: bytes) -> list[Table]:
    """Return the visible sheets that hold anything, in their order; a line is the sheet's row.

    Each says that it alone was read, for where it is.
    """
    if data.startswith(SIGNATURE):
        _check_old_size(data)
    else:
        _check_size(data)
    try:
        return _list_tables(CalamineWorkbook.from_object(io.BytesIO(data)))
    except CalamineError:
        raise SourceError(_UNREADABLE) from None
    except BaseException as error:
        # A panic of the reader is not an Exception; it must not pass as a call to stop.
        if type(error).__name__ != "PanicException":
            raise
        raise SourceError(_UNREADABLE) from None


def _list_tables(workbook: CalamineWorkbook) -> list[Table]:
    """Return the tables; what is wrong with a sheet after the first is no reason to refuse it."""
    visible = [
        place
        for place, about in enumerate(workbook.sheets_metadata)
        if about.visible == SheetVisibleEnum.Visible
    ]
    tables: list[Table] = []
    for place in visible[:MOST_SHEETS]:
        sheet = workbook.get_sheet_by_index(place)
        try:
            if any(True for _ in _read_sheet(sheet)):
                tables.append(_make_table(sheet, others=len(visible) > 1))
        except SourceError:
            if not tables:
                raise
    if not tables:
        raise SourceError("the workbook is empty; export it again")
    return tables


def _make_table(sheet: CalamineSheet, others: bool) -> Table:
    header = next(_read_sheet(sheet)).cells
    check_header(header)

    def rows() -> Iterator[Row]:
        again = _read_sheet(sheet)
        next(again)
        return again

    name = sheet.name[:60]
    only = Words("Only the sheet “{name}” was read.", name=name) if others else ""
    return Table(tuple(map(str, header)), rows, name=name, only=only)


def _read_sheet(sheet: CalamineSheet) -> Iterator[Row]:
    if sheet.start is None:
        return
    for place, cells in enumerate(sheet.iter_rows()):
        if any(not isinstance(cell, str) or cell.strip() for cell in cells):
            line = place + 1
            if any(isinstance(cell, str) and _is_impossible(cell) for cell in cells):
                raise SourceError("a cell holds more text than a sheet can", line=line)
            yield Row(line, cells)


def _is_impossible(cell: str) -> bool:
    return len(cell) > LONGEST_CELL or "\0" in cell


def _check_old_size(data: bytes) -> None:
    """Refuse an XLS that would become a bomb when read."""
    extent = measure(data)
    if extent.grid > MOST_GRID_CELLS:
        raise SourceError(_FAR_OUT)
    if extent.text > MOST_TEXT:
        raise SourceError(_TOO_MUCH_TEXT)


def _check_size(data: bytes) -> None:
    """Refuse an archive that is a bomb, or would become one when read."""
    entries = list_entries(data)
    texts: list[int] = []
    grid = 0
    for entry in entries:
        if "sharedstrings" in entry.filename.lower():
            texts += _measure_texts(data, entry)
    for entry in entries:
        if "sharedstrings" not in entry.filename.lower():
            grid += _check_sheet(inflate(data, entry), texts)
    if grid > MOST_GRID_CELLS:
        raise SourceError(_FAR_OUT)


def _measure_texts(data: bytes, entry: zipfile.ZipInfo) -> list[int]:
    """Return how many bytes each shared text takes at most."""
    starts: list[int] = []
    end = 0
    for start, fresh, piece in _overlapping(inflate(data, entry)):
        starts += (start + match.start() for match in _ITEM.finditer(piece) if match.end() > fresh)
        end = start + len(piece)
    return [after - begin for begin, after in pairwise([*starts, end])]


def _check_sheet(pieces: Iterable[bytes], texts: list[int]) -> int:
    """Return the cells of a sheet's grid; refuse one whose cells or texts are out of bounds."""
    cells = placed = rows = columns = text = shared = 0
    for _, fresh, piece in _overlapping(pieces):
        cells += _count(_CELL, piece, fresh)
        shared += _count(_SHARED, piece, fresh)
        for match in _PLACED.finditer(piece):
            if match.end() > fresh:
                placed += 1
                rows = max(rows, int(match[2]))
                columns = max(columns, _column_number(match[1]))
        for match in _REFERENCE.finditer(piece):
            if match.end() > fresh:
                shared -= 1
                place = int(match[1])
                text += texts[place] if place < len(texts) else 0
    if rows * columns > MOST_GRID_CELLS or placed < cells:
        raise SourceError(_FAR_OUT)
    if text + max(shared, 0) * max(texts, default=0) > MOST_TEXT:
        raise SourceError(_TOO_MUCH_TEXT)
    return rows * columns


def _count(pattern: re.Pattern[bytes], piece: bytes, fresh: int) -> int:
    return sum(match.end() > fresh for match in pattern.finditer(piece))


def _overlapping(pieces: Iterable[bytes]) -> Iterator[tuple[int, int, bytes]]:
    """Yield each piece behind the end of the one before: its place, that end's length, it."""
    tail = b""
    start = 0
    for piece in pieces:
        joined = tail + piece
        yield start, len(tail), joined
        tail = joined[-_OVERLAP:]
        start += len(joined) - len(tail)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
