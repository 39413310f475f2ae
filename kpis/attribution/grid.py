"""The table of attribution: a row for each medium, a column for each model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_decimal

from kpis.answers import Cell, Grid
from kpis.attribution.markov import share_by_removal
from kpis.attribution.read import Credited, Walks
from kpis.numbers import round_half_up, write
from kpis.records.parts import say_part
from kpis.tongue import locale, say
from storage.credit_models import FIRST, LAST, LINEAR, POSITION, TIME_DECAY
from storage.measures import Unit, money_in
from storage.money import digits_of

MARKOV = "markov"
SHOWN = (LAST, FIRST, LINEAR, TIME_DECAY, POSITION, MARKOV)
"""The models in the order of their columns; the first is the one that people know."""
UNKNOWN = ""
"""The word of conversions that nothing is known to have brought."""
MOST_ROWS = 12
"""Rows of one unit: what there is beyond becomes one, so that the columns still add up."""

ByModel = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Sheet:
    """Everything that a table is made of; columns of one table add up to the same."""

    by: str
    conversions: ByModel
    revenue: Mapping[str, ByModel]
    """By currency, in its units."""

    @property
    def total(self) -> float:
        return sum(self.conversions[LAST].values())

    def ranked(self) -> list[str]:
        """Return the media, the one with most conversions by last touch first; unknown is last."""
        words = {word for held in self.conversions.values() for word in held} - {UNKNOWN}
        last = self.conversions[LAST]
        return sorted(words, key=lambda it: (-last.get(it, 0.0), it))


def make_sheet(by: str, credited: Credited, walks: Walks) -> Sheet:
    """Return credits with what removal gives beside them."""
    return Sheet(
        by,
        with_removal(credited.conversions, walks, "", 6),
        {
            currency: with_removal(by_model, walks, currency, digits_of(currency))
            for currency, by_model in sorted(credited.revenue.items())
        },
    )


def with_removal(by_model: ByModel, walks: Walks, currency: str, digits: int) -> ByModel:
    """Return the rules' columns and one more: what was walked to by removal, the rest unknown.

    A rest below the last of ``digits`` is rounding of amounts that a file had added up.
    """
    total = sum(by_model.get(LAST, {}).values())
    rest = round(total - walks.amounts.get(currency, 0.0), digits)
    shared = share_by_removal(walks.chain(currency), total - rest)
    if rest or not shared:
        shared[UNKNOWN] = total - sum(shared.values())
    return {**by_model, MARKOV: shared}


def make_grid(sheet: Sheet, chosen: frozenset[str] = frozenset()) -> Grid:
    """Return the table; of ``chosen`` words alone, where there are any.

    Rows of conversions come first, then those of each currency's revenue.
    """
    rows = rows_of(sheet, sheet.conversions, chosen, Unit.COUNT)
    for currency, by_model in sheet.revenue.items():
        rows += [
            (f"{name}, {currency}", cells)
            for name, cells in rows_of(sheet, by_model, chosen, money_in(currency))
        ]
    label = {"platform": say("Platform"), "campaign": say("Campaign"), "paid": say("Paid or not")}
    columns = tuple(say_model(it) for it in SHOWN)
    return Grid(columns, tuple(rows), label=label[sheet.by])


def rows_of(
    sheet: Sheet, by_model: ByModel, chosen: frozenset[str], unit: Unit
) -> list[tuple[str, tuple[Cell, ...]]]:
    held = {word for model in SHOWN for word, it in by_model.get(model, {}).items() if it}
    words = [it for it in sheet.ranked() if it in held and (not chosen or it in chosen)]
    is_unknown = UNKNOWN in held and not chosen
    room = MOST_ROWS - is_unknown
    shown = words if len(words) <= room else words[: room - 1]
    groups = [(say_part(sheet.by, it), [it]) for it in shown]
    if rest := words[len(shown) :]:
        groups.append((say("{number} others", number=len(rest)), rest))
    if is_unknown:
        groups.append((say_part(sheet.by, UNKNOWN), [UNKNOWN]))
    rows = []
    for name, some in groups:
        values = [sum(by_model.get(it, {}).get(word, 0.0) for word in some) for it in SHOWN]
        rows.append((name, values))
    split = unit is Unit.COUNT and any(not is_whole(it) for _, values in rows for it in values)
    return [
        (name, tuple(Cell(it, unit, write_amount(it, unit, split=split)) for it in values))
        for name, values in rows
    ]


def is_whole(value: float) -> bool:
    return abs(value - round(value)) < 5e-7


def write_amount(value: float, unit: Unit, *, split: bool = False) -> str:
    """Return an amount; conversions that are split among media have one decimal (§4)."""
    if not split or is_whole(value):
        return write(round(value) if unit is Unit.COUNT else value, unit)
    rounded = round_half_up(Decimal(repr(value)), 1)
    return str(format_decimal(rounded, format="#,##0.0", locale=locale()))


def say_model(model: str) -> str:
    """Return a model's name, as a column is headed."""
    return {
        LAST: say("Last touch"),
        FIRST: say("First touch"),
        LINEAR: say("Linear"),
        TIME_DECAY: say("Time decay"),
        POSITION: say("Position"),
        MARKOV: say("Markov removal"),
    }[model]
