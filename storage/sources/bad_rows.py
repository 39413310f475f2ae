"""What posts and account days share: names in cells, and the words for rows that are refused."""

from types import MappingProxyType
from typing import Any

from storage.batch import BadRow
from storage.sources.cells import is_blank, read_id, read_text, refuse_formula
from storage.sources.rows import Row

MAY_BE_NEGATIVE = MappingProxyType({"linkedin": frozenset({"likes", "shares"})})
"""Where a platform documents corrections below 0 (kpi-catalogue §1, *Negative values*)."""


def read_plain(cell: Any) -> str:
    """Return a name; a formula is none."""
    refuse_formula(cell)
    return "" if is_blank(cell) else read_text(cell)


def read_optional_id(cell: Any) -> str:
    return "" if is_blank(cell) else read_id(cell)


def describe_width(row: Row, width: int) -> str:
    return (
        f"{len(row.cells)} cells, where the header has {width}; "
        "a delimiter may stand outside quotes"
    )


def join_problems(line: int, problems: list[tuple[str, str]]) -> BadRow:
    """Return one bad row for all that is wrong on a line, the first column in its place."""
    (column, reason), *others = problems
    return BadRow(line, column or None, "; ".join((reason, *(f"{c}: {r}" for c, r in others))))
