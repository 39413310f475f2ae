"""Numbers with decimals: amounts of money, stars, scores, shares.

``1.500`` alone may be one and a half or fifteen hundred; all such cells of a file decide together.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from storage.money import LARGEST, digits_of, is_exact, to_minor
from storage.said import Words
from storage.sources.cells import BadCell, Cell, is_blank, show

_SPACES = "\u00a0\u202f\u2009 '’"
_NUMBER = re.compile(r"(?P<sign>[-−]?)(?P<digits>[0-9]+(?:[.,][0-9]+)*)")
_NOISE = Decimal("0.000001")
"""What computing in binary leaves behind: 2.4019999999999997."""


class AmountStyle(NamedTuple):
    """How one file writes decimals."""

    decimal: str = "."


@dataclass
class AmountFinder:
    """Sees all numbers of a file, then decides which sign stands before the decimals."""

    points: Counter[str] = field(default_factory=Counter)

    def see(self, cell: Cell) -> None:
        """Count a cell for the sign that can only be its decimal one, if there is such."""
        if not isinstance(cell, str):
            return
        match = _NUMBER.fullmatch(_tighten(cell))
        if match is None:
            return
        signs = [it for it in match["digits"] if it in ".,"]
        if not signs:
            return
        last = signs[-1]
        before, _, after = match["digits"].rpartition(last)
        whole = before.rpartition(signs[-2])[2] if len(signs) > 1 else before
        if len(set(signs)) > 1:
            self.points[last] += 1
        elif len(signs) > 1:
            self.points["," if last == "." else "."] += 1
        elif len(after) != 3 or len(whole) > 3 or whole.startswith("0"):
            self.points[last] += 1

    def decide(self, delimiter: str | None, stated: str | None = None) -> AmountStyle:
        """Return the style that most cells show; without one, what goes with the delimiter."""
        if stated:
            return AmountStyle(stated)
        usual = "," if delimiter == ";" else "."
        if not self.points:
            return AmountStyle(usual)
        return AmountStyle(max(".,", key=lambda it: (self.points[it], it == usual)))


def read_decimal(cell: Cell, style: AmountStyle) -> Decimal | None:
    """Return a number, or ``None`` for a blank cell."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise BadCell("{cell} is not a number", cell=show(cell))
    if not isinstance(cell, str):
        return _check(Decimal(repr(cell)), cell)
    if is_blank(cell):
        return None
    match = _NUMBER.fullmatch(_tighten(cell))
    if match is None:
        raise BadCell(_why_not(cell))
    grouping = "," if style.decimal == "." else "."
    whole, point, fraction = match["digits"].partition(style.decimal)
    groups = whole.split(grouping)
    well_grouped = all(len(it) == 3 for it in groups[1:]) and len(groups[0]) <= 3
    if grouping in fraction or style.decimal in fraction or (groups[1:] and not well_grouped):
        raise BadCell("{cell} writes decimals unlike the rest of the file", cell=show(cell))
    number = Decimal("".join(groups) + (f".{fraction}" if point else ""))
    return _check(-number if match["sign"] else number, cell)


def in_minor(amount: Decimal, currency: str, *, rounded: bool = False) -> int | Decimal:
    """Return an amount in minor units; without a currency it stays as it is.

    More decimals than the currency has are refused, unless amounts are worked out anyway.
    """
    if not currency:
        return amount
    if not rounded and not is_exact(amount.quantize(_NOISE), currency):
        digits = digits_of(currency)
        has = Words("{digits} decimals", digits=digits) if digits else Words("no decimals")
        raise BadCell(
            "{amount} is no amount: {currency} has {has}",
            amount=format(amount.normalize(), "f"),
            currency=currency,
            has=has,
        )
    try:
        return to_minor(amount, currency)
    except ValueError as trouble:
        raise BadCell(
            "{amount} is no amount: {trouble}", amount=show(str(amount)), trouble=trouble
        ) from None


def _tighten(cell: str) -> str:
    """Return a cell without the spaces and apostrophes that group digits."""
    text = cell.strip()
    groups = re.split(f"[{_SPACES}]", text)
    if len(groups) > 1 and all(re.fullmatch(r"[0-9]{3}(?:[.,][0-9]+)?", it) for it in groups[1:]):
        return "".join(groups)
    return text


def _check(number: Decimal, cell: Cell) -> Decimal:
    if not number.is_finite() or abs(number) > LARGEST:
        raise BadCell("{cell} is too large a number", cell=show(cell))
    return number


def _why_not(cell: str) -> str:
    if re.search(r"[$€£¥₫]|[0-9]\s*[A-Za-z]{2,3}$|^[A-Za-z]{2,3}\s*[0-9]", cell.strip()):
        return Words(
            "{cell} is not a plain number; write the currency into a column of its own",
            cell=show(cell),
        )
    return Words("{cell} is not a number", cell=show(cell))
