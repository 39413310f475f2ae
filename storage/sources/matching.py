"""A table that nobody knows, looked at: its header, its first rows, and what columns may hold.

Only the first rows are read, however long the file is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from storage.errors import SourceError
from storage.sources.apart import list_headings, name_apart
from storage.sources.cells import BadCell, Cell, NumberStyle, is_blank, read_whole
from storage.sources.containers import open_tables
from storage.sources.date_forms import is_like_a_date
from storage.sources.rows import Row, Table

_GROUPED = re.compile(r"([0-9]{1,3})([.,])([0-9]{3})((?:\2[0-9]{3})*)")
SAMPLE, SAMPLE_CELLS, FEWEST = 2_000, 100_000, 50
"""Rows that are looked at before the whole file is read; of a wide table, fewer."""
LOOK = 30
"""Rows that tell how wide a table is."""


@dataclass(frozen=True)
class Seen:
    """The header of a table and the rows under it, as far as they were read."""

    header: tuple[str, ...]
    names: tuple[str, ...]
    """The same, told apart (``name_apart``)."""
    rows: tuple[Row, ...] = ()
    table: Table | None = None
    """Where all of the rows are; empty of a header alone."""

    def every(self, place: int) -> Iterator[tuple[int, Cell]]:
        """Yield line and cell of a column, of the whole file; raises ``SourceError``."""
        for row in self.table.rows() if self.table else ():
            if len(row.cells) > place and not is_blank(row.cells[place]):
                yield row.line, row.cells[place]

    def cells(self, place: int) -> Iterator[tuple[int, Cell]]:
        """Yield line and cell of a column, where a row reaches it and it is not blank."""
        for row in self.rows:
            if len(row.cells) > place and not is_blank(row.cells[place]):
                yield row.line, row.cells[place]

    def example(self, place: int) -> str:
        """Return the first value of a column on one line; empty where there is none."""
        return next((show_plainly(cell) for _, cell in self.cells(place)), "")


def survey(data: bytes, most: int = SAMPLE) -> Seen:
    """Return the table of a file that is worth matching; raises ``SourceError`` without one.

    Of several sheets, the one with most columns.
    """
    found = [find_header(table) for table in open_tables(data)]
    table = max(found, key=lambda it: sum(bool(name.strip()) for name in it.header))
    if len(table.header) < 2:
        raise SourceError("there is but one column; a table of two or more can be matched")
    within = max(FEWEST, SAMPLE_CELLS // len(table.header))
    rows = tuple(_list_rows(table, min(most, within)))
    if not rows:
        raise SourceError("the file has a header but no rows; choose a period with data")
    return Seen(table.header, name_apart(table.header), rows, table)


def _list_rows(table: Table, most: int) -> Iterator[Row]:
    """Yield the first rows; a broken one ends them here, and is named when all is read."""
    try:
        yield from islice(table.rows(), most)
    except SourceError:
        return


def find_header(table: Table) -> Table:
    """Return the table from the first row on that names columns: wide enough, and words."""
    headings = list(list_headings(table))
    rows = list(_list_rows(headings[0], LOOK))
    filled, wide = (_usual(rows, count) for count in (_count_filled, len))
    for it in headings:
        names = [name for name in it.header if name.strip()]
        words = [name for name in names if not is_value(name)]
        is_wide = len(names) * 2 >= filled and len(it.header) * 4 >= wide * 3
        if is_wide and len(names) > 1 and len(words) * 3 >= len(names) * 2:
            return it
    return next((it for it in headings if _count_filled(it.header) > 1), table)


def _usual(rows: Sequence[Row], count: Callable[[Sequence[Cell]], int]) -> int:
    """Return the count that most rows have, the larger of two."""
    widths = Counter(count(row.cells) for row in rows)
    return max(widths.items(), key=lambda it: (it[1], it[0]), default=(0, 0))[0]


def _count_filled(cells: Sequence[Cell]) -> int:
    return sum(bool(str(cell).strip()) for cell in cells)


def is_value(name: str) -> bool:
    """Tell a number, a date or a link from the name of a column."""
    if name.strip().lower().startswith(("http://", "https://")) or is_like_a_date(name):
        return True
    return is_whole(name, NumberStyle(",", ".")) or is_whole(name, NumberStyle(".", ","))


def show_plainly(cell: Cell) -> str:
    """Return a value on one line; a day of a workbook without its midnight."""
    text = " ".join(str(cell).split())
    return text.removesuffix(" 00:00:00") if isinstance(cell, datetime) else text


def doubt_of(cells: Iterable[tuple[int, Cell]]) -> str:
    """Return a number of a column that is two counts, such as “12.000”; empty where none is.

    Counts are whole, so 1.234 is 1,234 and nothing else; where a sign stands before anything but
    three noughts, or twice in one number, it groups thousands in all of them.
    """
    doubtful = ""
    for _, cell in cells:
        if not isinstance(cell, str) or not (found := _GROUPED.fullmatch(cell.strip())):
            continue
        if set(found[3]) != {"0"} or found[4]:
            return ""
        doubtful = doubtful or cell.strip()
    return doubtful


def doubt_of_amounts(cells: Iterable[tuple[int, Cell]]) -> str:
    """Return a number that is one and a half or fifteen hundred: “1.500”; empty where it is clear.

    One other number with its sign elsewhere tells how all are written.
    """
    doubtful = ""
    for _, cell in cells:
        if not isinstance(cell, str) or not set(cell) & set(".,"):
            continue
        found = _GROUPED.fullmatch(cell.strip())
        if not found or found[4] or found[1].startswith("0"):
            return ""
        doubtful = doubtful or cell.strip()
    return doubtful


def is_whole(cell: Cell, style: NumberStyle) -> bool:
    """Tell whether a cell is a count."""
    if isinstance(cell, bool | date):
        return False
    try:
        return read_whole(cell, style, negative=True) is not None
    except BadCell:
        return False
