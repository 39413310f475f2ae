"""A table of rows, and how CSV becomes one.

The standard library's reader does the splitting, in strict mode. What it lets through or does
not say is found here: the line where a quote was opened, cells that are too long, and the line
of the file on which each row begins.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import NamedTuple

from storage.errors import SourceError
from storage.sources.cells import Cell
from storage.sources.decoding import decode

LONGEST_CELL = 131_072
MOST_COLUMNS = 500
DELIMITERS = (",", ";", "\t")
MOST_TITLE_LINES = 15
"""How far down a header may stand: exports begin with titles, notes and dates."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_SEPARATOR_LINE = re.compile(r"(?:\ufeff)?sep=(.)\r?\n", re.I)


class Row(NamedTuple):
    """One row and the line of the file where it begins."""

    line: int
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Table:
    """A header and the rows under it, which may be read more than once."""

    header: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]
    """Rows that hold anything; reading may end in ``SourceError``."""
    delimiter: str | None = None
    notes: tuple[str, ...] = ()
    name: str = ""
    """Of the sheet, or of the file in the archive; empty where there is but one."""
    only: str = ""
    """What to say where this table alone is read, of several."""
    above: tuple[str, ...] = ()
    """What the title lines above the header say."""

    def below(self, count: int) -> Iterator[Row]:
        """Return the rows under the first ``count`` ones."""
        return islice(self.rows(), count, None)

    def headings(self) -> "Iterator[Table]":
        """Yield the table as it stands, then with each of its next rows taken for the header."""
        yield self
        above = [self.header]
        for place, row in enumerate(islice(self.rows(), MOST_TITLE_LINES), 1):
            header = tuple(map(str, row.cells))
            if sum(bool(cell.strip()) for cell in header) > 1:
                said = tuple(cell.strip() for cells in above for cell in cells if cell.strip())
                yield replace(self, header=header, rows=partial(self.below, place), above=said)
            above.append(header)


def read_csv(data: bytes) -> Table:
    """Return the table of a CSV file, its encoding and delimiter found."""
    text, notes = decode(data)
    text = text.removeprefix("\ufeff")
    stated = _SEPARATOR_LINE.match(text[:20])
    skipped = 1 if stated else 0
    if stated:
        text = text[stated.end() :]
    if not text.strip():
        raise SourceError("the file is empty; export it again")
    delimiter = stated.group(1) if stated else _find_delimiter(text)

    def rows() -> Iterator[Row]:
        records = _split(text, delimiter, skipped)
        next(records)
        return records

    first = next(_split(text, delimiter, skipped), None)
    if first is None:
        raise SourceError("the file is empty; export it again")
    header = first.cells
    check_header(header)
    return Table(tuple(map(str, header)), rows, delimiter, notes)


def check_header(header: Sequence[Cell]) -> None:
    """Refuse what cannot be a header."""
    if len(header) > MOST_COLUMNS:
        raise SourceError("{number} columns are more than any export has", number=len(header))


def _find_delimiter(text: str) -> str:
    """Return the delimiter that splits the header into most cells.

    Where a title line stands first, the header is among the rows that are equally wide.
    """
    heads = {delimiter: _count_cells(text, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: heads[delimiter][:1])
    first, *others = heads[best] or [0]
    if first > 1 and others[:1] in ([], [first]):
        return best
    return max(DELIMITERS, key=lambda delimiter: (_agree(heads[delimiter]), heads[delimiter][:1]))


def _count_cells(text: str, delimiter: str) -> list[int]:
    """Return how many cells the first lines have under a delimiter; blank lines are left out."""
    reader = csv.reader(_lines(text[: LONGEST_CELL * 2].lstrip()), delimiter=delimiter)
    counts: list[int] = []
    try:
        for record in islice(reader, MOST_TITLE_LINES * 2):
            filled = any(cell.strip(" ,;\t") for cell in record)
            counts.append(len(record) if filled else 0)
    except csv.Error:
        pass
    return [count for count in counts if count][:MOST_TITLE_LINES]


def _agree(counts: list[int]) -> tuple[int, int]:
    """Return how many lines have as many cells as most of them, and how many cells those are."""
    wide = Counter(count for count in counts if count > 1)
    return max(((lines, cells) for cells, lines in wide.items()), default=(0, 0))


def _lines(text: str) -> Iterator[str]:
    """Yield the physical lines with their ends; only CR and LF end one."""
    return (match.group() for match in _LINE.finditer(text))


def _split(text: str, delimiter: str, skipped: int) -> Iterator[Row]:
    """Yield the records that hold anything, from the header on."""
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    begin = 0
    try:
        for record in reader:
            line = begin + 1 + skipped
            begin = reader.line_num
            if any(record) and any(cell.strip() for cell in record):
                if any(len(cell) > LONGEST_CELL for cell in record):
                    raise SourceError("a cell holds more than 131,072 characters", line=line)
                yield Row(line, record)
    except csv.Error as error:
        raise _name_fault(text, delimiter, begin, skipped, error) from None


def _name_fault(
    text: str, delimiter: str, begin: int, skipped: int, error: csv.Error
) -> SourceError:
    """Return what is wrong in the record after line ``begin``, with the line of the quote."""
    lines = _lines(text)
    for _ in range(begin):
        next(lines)
    opened = _find_open_quote(lines, delimiter)
    line = begin + skipped + (opened or 1)
    if "field larger" in str(error):
        return SourceError(
            "the cell that begins here is longer than 131,072 characters"
            + ("; its closing quote may be missing" if opened else ""),
            line=line,
        )
    if opened is not None:
        return SourceError(
            "the quote that opens here is not closed where its cell should end; "
            "double the quotes inside a text, or export the file again",
            line=line,
        )
    return SourceError("not readable as CSV ({error})", line=line, error=error)


def _find_open_quote(lines: Iterator[str], delimiter: str) -> int | None:
    """Return the line, counted from 1, of the first quoted cell without a proper end."""
    opened = 0
    quoted = False
    length = 0
    for number, line in enumerate(lines, 1):
        place = 0
        at_start = not quoted
        while place < len(line):
            if quoted:
                end = line.find('"', place)
                length += (len(line) if end < 0 else end) - place
                if length > LONGEST_CELL:
                    return opened
                if end < 0:
                    break
                after = line[end + 1 : end + 2]
                place = end + 2 if after == '"' else end + 1
                if after != '"':
                    quoted = False
                    if after not in ("", delimiter, "\r", "\n"):
                        return opened
            elif at_start and line[place] == '"':
                quoted, opened, length = True, number, 0
                place += 1
                at_start = False
            else:
                at_start = line[place] == delimiter
                place += 1
        if not quoted:
            return None
    return opened
