"""What a file may leave open: whether its dates begin with the day, and what “12.000” is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from commands import forms
from commands.blocks import Block
from commands.columns.around import Around
from commands.file_draft import Draft
from commands.saying import say
from storage.sources.cells import Cell
from storage.sources.date_forms import (
    CLEAR,
    DAY_FIRST,
    EITHER,
    MONTH_FIRST,
    NEITHER,
    find_dates,
    read_day_as,
)
from storage.sources.match_fields import DATED, FIELDS, Kind, MatchField
from storage.sources.matching import Seen, doubt_of, doubt_of_amounts

SAMPLE_DATE = "03/11/2026"


def dates_field(draft: Draft, around: Around) -> Block:
    """Return how dates are read, each way with an example; asked where two ways are possible."""
    place = draft.picks.get(DATED[draft.grain])
    cells = around.seen.cells(place) if place is not None else iter(())
    found = find_dates(cells, ZoneInfo(around.zone), around.now)
    asks = found.order == EITHER and not draft.dates
    example = found.example or SAMPLE_DATE
    if read_day_as(DAY_FIRST, example) is None or read_day_as(MONTH_FIRST, example) is None:
        example = SAMPLE_DATE
    ways = [
        (DAY_FIRST, say("Day first: {date} is {day}", date=example,
                        day=say_sample(DAY_FIRST, example))),
        (MONTH_FIRST, say("Month first: {date} is {day}", date=example,
                          day=say_sample(MONTH_FIRST, example))),
    ]  # fmt: skip
    clear = [("auto", say("As the file shows by itself"))]
    if found.order in (CLEAR, NEITHER) and found.example:
        clear = [("auto", say("As in “{date}”", date=found.example[:30]))]
    chosen = draft.dates or ("" if asks else found.order or "auto")
    chosen = "auto" if chosen == NEITHER else chosen
    return forms.choice(say("How are dates written?"), "dates", [*clear, *ways], chosen)


def say_sample(order: str, text: str) -> str:
    """Return the day that a text is in an order, in words."""
    day = read_day_as(order, text)
    return show_day(day) if day else text


def show_day(day: date) -> str:
    """Return “3 Nov 2026”."""
    from kpis.periods import say_days

    return say_days(day, day + timedelta(days=1), None)


def numbers_field(draft: Draft, around: Around) -> list[Block]:
    """Return the question what “12.000” is, where a file leaves it open."""
    doubt = find_doubt(draft, around.seen)
    if not doubt:
        return []
    from kpis.tongue import grouped as write_grouped

    sign, other = (".", ",") if "." in doubt else (",", ".")
    whole, _, fraction = doubt.partition(sign)
    is_amount = bool(find_amount_in_doubt(draft, around.seen))
    # A count is whole in either reading; an amount has decimals in one of them.
    grouped = other if is_amount else "group"
    split = say("{whole}.{fraction}", whole=whole, fraction=fraction) if is_amount else whole
    ways = [
        (grouped, say("“{number}” is {value}", number=doubt,
                      value=write_grouped(int(doubt.replace(sign, ""))))),
        (sign, say("“{number}” is {value}", number=doubt, value=split)),
    ]  # fmt: skip
    chosen = draft.decimal or ("" if is_amount else grouped)
    return [forms.choice(say("How are numbers written?"), "numbers", ways, chosen)]


def find_doubt(draft: Draft, seen: Seen) -> str:
    """Return a number that may be two; all that are alike tell together how a file writes them."""
    amount = find_amount_in_doubt(draft, seen)
    return amount or doubt_of(cells_of(draft, seen, lambda it: it.is_measure or is_count(it)))


def find_amount_in_doubt(draft: Draft, seen: Seen) -> str:
    return doubt_of_amounts(cells_of(draft, seen, lambda it: it.kind is Kind.AMOUNT))


def is_count(field: MatchField) -> bool:
    """Tell a count of a record, such as its clicks."""
    return field.kind is Kind.NUMBER and bool(field.names)


def cells_of(
    draft: Draft, seen: Seen, wanted: Callable[[MatchField], bool]
) -> Iterator[tuple[int, Cell]]:
    """Yield line and cell of all columns that were chosen for such fields."""
    for it in FIELDS[draft.grain]:
        if wanted(it) and it.key in draft.picks:
            yield from seen.cells(draft.picks[it.key])
