"""What posts and account days share: names in cells, and the words for rows that are refused."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar

from storage.batch import BadRow
from storage.platforms import find_platform
from storage.said import Words
from storage.sources.cells import BadCell, is_blank, read_id, read_text, refuse_formula
from storage.sources.headers import Column
from storage.sources.rows import Row

V = TypeVar("V")

MAY_BE_NEGATIVE = MappingProxyType(
    {"linkedin": frozenset({"likes", "comments", "shares", "clicks", "gained"})}
)
"""Where a platform corrects what it told below 0 (kpi-catalogue §1, *Negative values*): LinkedIn
takes off what people took back and what it found to be spam."""

_SIGNED = re.compile(r"@[\w.]+")


@dataclass
class Cells:
    """The cells of one row being read; what is wrong with any of them is kept, column by column."""

    row: Row
    columns: Mapping[str, Column] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)

    def take(self, name: str, read: Callable[[Any], V], blank: V) -> V:
        """Return the cell of a column as ``read`` reads it; ``blank`` where there is none."""
        return self.take_from(self.columns.get(name), read, blank)

    def take_from(self, column: Column | None, read: Callable[[Any], V], blank: V) -> V:
        if column is None:
            return blank
        try:
            return read(self.row.cells[column.place])
        except BadCell as refused:
            self.problems.append((column.name, refused.words))
            return blank


def read_plain(cell: Any) -> str:
    """Return a name; a formula is none."""
    refuse_formula(cell)
    return "" if is_blank(cell) else read_text(cell)


def read_handle_cell(cell: Any) -> str:
    """Return a handle; “@acme” is one, though it begins as a formula might."""
    text = read_text(cell)
    return text[1:] if _SIGNED.fullmatch(text) else read_plain(cell)


def read_known_platform(cell: Any) -> str:
    """Return the key of a platform; of one that Kepi does not know, the word itself."""
    word = read_plain(cell)
    if not word:
        raise BadCell("no platform is named")
    found = find_platform(word) or find_platform(word.split()[0])
    return found.key if found else " ".join(word.split())[:40]


def read_optional_id(cell: Any) -> str:
    return "" if is_blank(cell) else read_id(cell)


def describe_width(row: Row, width: int) -> str:
    return Words(
        "{number} cells, where the header has {width}; a delimiter may stand outside quotes",
        number=len(row.cells),
        width=width,
    )


def join_problems(line: int, problems: list[tuple[str, str]]) -> BadRow:
    """Return one bad row for all that is wrong on a line, the first column in its place."""
    (column, reason), *others = problems
    for other, words in others:
        reason = Words("{one}; {column}: {other}", one=reason, column=other, other=words)
    return BadRow(line, column or None, reason)
