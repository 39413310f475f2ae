"""Strict cells: what a file says, read as a value or refused with a reason.

Python alone would accept ``1_000``, ``nan``, ``１２`` and ``1e309``; none of these is a number
here. A blank cell is ``None`` and never 0.
"""

import re
from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from storage.said import Words, fill

Cell = str | int | float | bool | date | datetime | time | timedelta
"""A CSV cell is always text; a workbook also has numbers and dates."""

LARGEST = 2**53
"""Above this, spreadsheets and JSON readers no longer tell neighbouring integers apart."""

BLANK = frozenset({"", "-", "--", "–", "—", "n/a", "undefined"})
"""TikTok Studio writes “undefined” where it has no number."""
FORMULA_START = ("=", "+", "-", "@", "\t", "\r")

_SPACES = " \u00a0\u202f\u2009"
_NUMBER = re.compile(
    r"(?P<sign>[-−]?)"
    rf"(?P<whole>[0-9]{{1,3}}(?:(?P<group>[.,'’{_SPACES}])[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*)"
    r"|[0-9]+)"
    r"(?:(?P<point>[.,])(?P<fraction>[0-9]+))?"
)
_SCIENTIFIC = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?[eE][-+]?[0-9]+")
_SPREADSHEET_DIGITS = 15


class BadCell(Exception):
    """Why a cell cannot be read, in words for the person who sent the file."""

    def __init__(self, words: str, /, **values: object) -> None:
        self.words = fill(words, values)
        super().__init__(self.words)


def show(cell: Cell) -> str:
    """Return the cell as it may be quoted in a line of text: short, on one line."""
    text = "".join(
        character for character in " ".join(str(cell).split()) if character.isprintable()
    )
    return f"“{text[:39]}…”" if len(text) > 40 else f"“{text}”"


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell of ids, numbers or dates holds nothing."""
    return isinstance(cell, str) and cell.strip().lower() in BLANK


def read_text(cell: Cell) -> str:
    """Return a caption or title as it stands; one that looks like a formula is still text."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def refuse_formula(cell: Cell) -> None:
    """Refuse a cell that a spreadsheet would run, where only a plain value makes sense."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA_START):
        raise BadCell("{cell} looks like a formula, not a plain value", cell=show(cell))


def read_id(cell: Cell) -> str:
    """Return a platform's id as text; ids that a spreadsheet has rounded are refused."""
    if is_blank(cell):
        raise BadCell("no id")
    if isinstance(cell, bool | date | time | timedelta):
        raise BadCell("{cell} is not an id", cell=show(cell))
    if isinstance(cell, int | float):
        return _read_numeric_id(cell)
    refuse_formula(cell)
    text = cell.strip()
    if _SCIENTIFIC.fullmatch(text):
        raise BadCell(
            "{cell}: the id was ruined by a spreadsheet; export the file again", cell=show(cell)
        )
    if any(character.isdigit() and not character.isascii() for character in text):
        raise BadCell("{cell} is not written in the digits 0–9", cell=show(cell))
    if len(text) > 200 or not text.isprintable():
        raise BadCell("{cell} is not an id", cell=show(cell))
    return text


def _read_numeric_id(cell: int | float) -> str:
    if abs(cell) >= 10**_SPREADSHEET_DIGITS:
        raise BadCell(
            "{cell}: the id was ruined by a spreadsheet, which keeps 15 digits of a "
            "number; export the file again",
            cell=show(cell),
        )
    if not cell >= 0 or int(cell) != cell:
        raise BadCell("{cell} is not an id", cell=show(cell))
    return str(int(cell))


def are_rounded(ids: list[str]) -> bool:
    """Tell whether a spreadsheet has rounded all the long ids to 15 digits, then zeros."""
    tails = [it[_SPREADSHEET_DIGITS:] for it in ids if it.isdigit() and len(it) > 15]
    return sum(map(len, tails)) >= 6 and not any(tail.strip("0") for tail in tails)


class NumberStyle(NamedTuple):
    """How one file writes numbers."""

    grouping: str | None = None
    decimal: str | None = None
    stated: bool = False
    """A mapping file names the decimal sign, so 1.500 can be one and a half."""


class StyleFinder:
    """Sees all numbers of a file, then decides how it groups thousands.

    ``1,500`` alone may be either; counters are whole numbers, so it is fifteen hundred unless
    other cells of the file show the comma before a fraction.
    """

    def __init__(self) -> None:
        self._groups: Counter[str] = Counter()
        self._points: Counter[str] = Counter()

    def see(self, cell: Cell) -> None:
        if not isinstance(cell, str) or cell.isdigit():
            return
        match = _NUMBER.fullmatch(cell.strip())
        if match is None:
            return
        if match["group"]:
            self._groups[match["group"]] += 1
        if match["point"]:
            self._points[match["point"]] += 1

    def decide(self, delimiter: str | None, decimal: str | None = None) -> NumberStyle:
        """Return the style most cells agree on; the other ones will be refused."""
        stated = decimal is not None
        if decimal is None and self._points:
            point, seen = self._points.most_common(1)[0]
            decimal = point if seen >= self._groups[point] else None
        usual = "." if delimiter == ";" or decimal == "," else ","
        candidates = [sign for sign in self._groups if sign != decimal]
        grouping = max(
            candidates, key=lambda sign: (self._groups[sign], sign == usual), default=None
        )
        return NumberStyle(grouping, decimal, stated)


def read_whole(cell: Cell, style: NumberStyle, *, negative: bool = False) -> int | None:
    """Return a whole number, or ``None`` for a blank cell; ``negative`` ones where allowed."""
    if isinstance(cell, str):
        if cell.isascii() and cell.isdigit() and len(cell) < 17:
            value: int | None = int(cell)
        else:
            value = _read_written(cell, style)
    else:
        value = _read_typed(cell)
    if value is None:
        return None
    if abs(value) > LARGEST:
        raise BadCell("{cell} is too large to be a count", cell=show(cell))
    if value < 0 and not negative:
        raise BadCell("{cell} is negative", cell=show(cell))
    return value


def _read_typed(cell: Cell) -> int:
    if isinstance(cell, date | time | timedelta):
        raise BadCell("{cell}: a spreadsheet has turned the number into a date", cell=show(cell))
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        raise BadCell("{cell} is not a number", cell=show(cell))
    if isinstance(cell, float) and not cell.is_integer():
        raise BadCell("{cell} is not a whole number", cell=show(cell))
    return int(cell)


def _read_written(cell: str, style: NumberStyle) -> int | None:
    text = cell.strip()
    if text.lower() in BLANK:
        return None
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise BadCell(_why_not_a_number(cell))
    sign, whole, group, point, fraction = match.group("sign", "whole", "group", "point", "fraction")
    if group and group == style.decimal and not point and whole.count(group) == 1:
        whole, fraction = whole.split(group)
        group, point = None, style.decimal
    if group and group != style.grouping:
        raise BadCell("{cell} groups digits unlike the rest of the file", cell=show(cell))
    if point and point != style.decimal:
        raise BadCell("{cell} is not a whole number", cell=show(cell))
    if fraction and (fraction.strip("0") or (len(fraction) == 3 and not style.stated)):
        raise BadCell("{cell} is not a whole number", cell=show(cell))
    digits = whole.replace(group, "") if group else whole
    if len(digits) > 40:
        raise BadCell("{cell} is too large to be a count", cell=show(cell))
    return -int(digits) if sign else int(digits)


def _why_not_a_number(cell: str) -> str:
    text = cell.strip()
    if _SCIENTIFIC.fullmatch(text):
        return Words("{cell} is in scientific notation; export the number in full", cell=show(cell))
    if cell.lstrip(" ").startswith(FORMULA_START):
        return Words("{cell} looks like a formula, not a plain value", cell=show(cell))
    if any(character.isdigit() and not character.isascii() for character in text):
        return Words("{cell} is not written in the digits 0–9", cell=show(cell))
    return Words("{cell} is not a whole number", cell=show(cell))
