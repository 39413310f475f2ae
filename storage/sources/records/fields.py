"""Columns of a file of records: what they are called, and how their cells are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from storage.money import is_currency
from storage.sources.bad_rows import read_plain
from storage.sources.cells import (
    BadCell,
    Cell,
    NumberStyle,
    is_blank,
    read_id,
    read_text,
    read_whole,
    show,
)
from storage.sources.dates import DateReader
from storage.sources.origin import Origin
from storage.sources.records.amounts import AmountStyle, read_decimal
from storage.sources.records.media import medium_of

FURTHEST = timedelta(days=3_660)
"""How far a planned day may be away."""
LONGEST_WORD, LONGEST_NAME, LONGEST_URL = 100, 200, 2_000
YES = frozenset({"yes", "true", "1", "y", "ja", "ya", "có", "是", "paid", "own"})
NO = frozenset({"no", "false", "0", "n", "nej", "tidak", "không", "否", "organic"})
_TELEPHONE = re.compile(r"\+[0-9][0-9 ]{5,20}")


@dataclass(frozen=True)
class Field:
    """A column of a file."""

    sort: str
    """Key of ``READERS``."""
    names: tuple[str, ...]
    """What it is called, our name first."""
    needed: bool = False
    """The file has it, and no cell of it is blank."""
    blank: Any = ""
    """What a missing column or a blank cell says."""


@dataclass(frozen=True)
class Cells:
    """How the cells of one file are read."""

    origin: Origin
    dates: DateReader
    style: NumberStyle
    amounts: AmountStyle
    currency: str = ""
    """Of the amounts, where a column's name or the mapping tells it; rows may tell their own."""
    span: Any = None
    """First day and the one after the last, where the file or the mapping states them."""
    social: bool | None = None
    property: str = ""
    seen: dict[str, int] = field(default_factory=dict)
    """How often something worth a note was met."""

    def note(self, what: str) -> None:
        self.seen[what] = self.seen.get(what, 0) + 1


def _read_word(cell: Cell, cells: Cells) -> str:
    return " ".join(read_plain(cell).split())[:LONGEST_WORD]


def _read_name(cell: Cell, cells: Cells) -> str:
    """Return a campaign or an ad as people call it; “=x” is one of them, and is never run."""
    return " ".join(read_text(cell).split())[:LONGEST_NAME]


def _read_customer(cell: Cell, cells: Cells) -> str:
    text = read_text(cell)
    return text if _TELEPHONE.fullmatch(text) else read_id(cell)


def _read_handle(cell: Cell, cells: Cells) -> str:
    text = cell.strip().removeprefix("@") if isinstance(cell, str) else cell
    return _read_word(text, cells)


def _read_id(cell: Cell, cells: Cells) -> str:
    return read_id(cell)


def _read_moment(cell: Cell, cells: Cells) -> Any:
    return cells.dates.read_instant(cell)


def _read_day(cell: Cell, cells: Cells) -> Any:
    """Return a day; a workbook holds 20261109 as a number."""
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    return cells.dates.read_day(_spell_day(int(cell)) if is_number else cell)  # type: ignore[arg-type]


def _spell_day(number: int) -> str:
    text = str(number)
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 else text


def _read_planned(cell: Cell, cells: Cells) -> Any:
    """Return a day that may be to come: a contract ends."""
    return replace(cells.dates, now=cells.dates.now + FURTHEST).read_day(cell)


def _read_whole(cell: Cell, cells: Cells) -> int | None:
    return read_whole(cell, cells.style)


def _read_amount(cell: Cell, cells: Cells) -> Any:
    return read_decimal(cell, cells.amounts)


def _read_share(cell: Cell, cells: Cells) -> Any:
    """Return “3.2 %” as 0.032, and a number without a sign as it is."""
    text = cell.strip() if isinstance(cell, str) else cell
    if isinstance(text, str) and text.endswith("%"):
        number = read_decimal(text.removesuffix("%").strip(), cells.amounts)
        return None if number is None else number / 100
    return read_decimal(text, cells.amounts)


def _read_flag(cell: Cell, cells: Cells) -> bool:
    word = read_text(cell).lower()
    if word in YES or word in NO:
        return word in YES
    raise BadCell("{cell} says neither yes nor no", cell=show(cell))


def _read_medium(cell: Cell, cells: Cells) -> str:
    return medium_of(_read_word(cell, cells))


def _read_currency(cell: Cell, cells: Cells) -> str:
    code = read_text(cell).upper()
    if not is_currency(code):
        raise BadCell(
            "{cell} is not a currency; write its three letters, such as EUR", cell=show(cell)
        )
    return code


def _read_url(cell: Cell, cells: Cells) -> str:
    text = read_text(cell)
    fits = text.startswith(("https://", "http://")) and text.isprintable()
    return text if fits and len(text) <= LONGEST_URL else ""


def _read_words(cell: Cell, cells: Cells) -> str:
    """Return what somebody wrote, as it stands; it may begin like a formula."""
    return read_text(cell)


Reader = Callable[[Cell, Cells], Any]
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "word": _read_word,
        "name": _read_name,
        "handle": _read_handle,
        "customer": _read_customer,
        "id": _read_id,
        "moment": _read_moment,
        "day": _read_day,
        "planned": _read_planned,
        "whole": _read_whole,
        "amount": _read_amount,
        "share": _read_share,
        "flag": _read_flag,
        "medium": _read_medium,
        "currency": _read_currency,
        "url": _read_url,
        "words": _read_words,
    }
)
WITH_DATES, WITH_DECIMALS = frozenset({"moment", "day", "planned"}), frozenset({"amount", "share"})


def read_cell(cell: Cell, it: Field, cells: Cells) -> Any:
    """Return what a cell says; raises ``BadCell``."""
    if is_blank(cell):
        if it.needed:
            raise BadCell("nothing stands here")
        return it.blank
    return READERS[it.sort](cell, cells)
