"""Level bars, one row a category, with the number at the end of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kpis.charts.bar import Bar, fill_bar, list_bars, list_values, name_second, say_bar
from kpis.charts.flags import FLAG, mark_flag
from kpis.charts.frame import Plot
from kpis.charts.guides import Level, list_guide_values
from kpis.charts.guides_level import (
    draw_level_guides,
    draw_level_names,
    draw_level_usual,
    measure_level_names,
    place_level_names,
)
from kpis.charts.picture import Picture
from kpis.charts.sheet import Sheet, clean
from kpis.charts.style import AXIS, GREY, INK, LABEL, SMALL, TICK, WHITE
from kpis.tongue import say

_WIDEST_NAME = 540
_TALLEST_ROW = 150


@dataclass(frozen=True)
class _Row:
    """The bars of one category: what each is, and the bottom and height of its strip."""

    at: int
    bars: Sequence[tuple[Bar, float, float]]


def draw_level(sheet: Sheet, plot: Plot, picture: Picture) -> None:
    """Draw the categories below each other, the first on top."""
    count, values = len(picture.categories), list_values(picture)
    size = LABEL if count <= 8 else TICK
    names = [sheet.fit(clean(name), size, _WIDEST_NAME) for name in picture.categories]
    left = plot.left + max(sheet.measure(name, size) for name in names) + 24
    room = max(sheet.measure(say_bar(picture, it), size, True) for it in values) + 28
    room += FLAG if picture.flagged else 0
    below = room + 20 if min(values) < 0 else 0.0
    scaled = [*values, *list_guide_values(picture), 0.0]
    low, high = min(scaled), max(scaled)
    # Two series have the words of the second after its first number.
    after = _measure_second_name(sheet, picture) if high > 0 else 0.0
    length = (plot.right - left - room - below - after) / ((high - low) or 1)
    zero = left + below - low * length
    across: Level = lambda value: zero + value * length  # noqa: E731
    signs = place_level_names(sheet, picture, count, across)
    plot = replace(plot, top=plot.top - measure_level_names(signs))
    height = min(plot.height / count, _TALLEST_ROW)
    plot = replace(plot, top=plot.top - (plot.height - height * count) / 3)
    middles = [plot.top - height * (at + 0.5) for at in range(count)]
    rows = [_lay_row(picture, at, middle, height) for at, middle in enumerate(middles)]
    draw_level_usual(sheet, picture, middles, height, across)
    for name, middle, row in zip(names, middles, rows, strict=True):
        sheet.text(left - 24, middle - size * 0.36, name, size, INK, align="right")
        _fill_row(sheet, row, across)
    sheet.rule((zero, plot.top), (zero, plot.top - height * count), AXIS, 3)
    draw_level_guides(sheet, picture, middles, height, across)
    draw_level_names(sheet, plot.top, signs)
    for row in rows:
        _write_row(sheet, picture, row, across, size)


def _lay_row(picture: Picture, at: int, middle: float, height: float) -> _Row:
    bars = list_bars(picture, at)
    thick = height * (0.66 if len(bars) == 1 else 0.42)
    y = middle + (thick if len(bars) == 2 else thick / 2) - (height * 0.04 if len(bars) == 2 else 0)
    laid = []
    for bar in bars:
        thin = thick * (0.72 if bar.pale else 1)
        y -= thin
        laid.append((bar, y, thin))
    return _Row(at, laid)


def _fill_row(sheet: Sheet, row: _Row, across: Level) -> None:
    for bar, y, thin in row.bars:
        if bar.value is not None:
            zero, end = across(0), across(bar.value)
            fill_bar(sheet, bar, min(zero, end), y, abs(end - zero), thin)


def _write_row(sheet: Sheet, picture: Picture, row: _Row, across: Level, size: int) -> None:
    for bar, y, thin in row.bars:
        if bar.value is None:
            if not bar.pale:
                sheet.text(across(0) + 14, y + thin / 2 - 11, say("no data"), SMALL, GREY)
            continue
        is_flagged = row.at in picture.flagged and not bar.pale
        if is_flagged:
            mark_flag(sheet, across(bar.value), y + thin / 2)
        if bar.pale and row.at and len(picture.categories) > 6:
            continue
        words = say_bar(picture, bar.value)
        if bar.pale and row.at == 0:
            words = f"{words} {name_second(picture)}"
        letters = min(size, max(SMALL, int(thin))) if bar.pale else size
        off = 14 + (FLAG / 2 if is_flagged else 0)
        x, low = across(bar.value) + (-off if bar.value < 0 else off), y + thin / 2 - letters * 0.36
        written = SMALL if bar.pale else size
        align = "right" if bar.value < 0 else "left"
        if picture.guides:
            width = sheet.measure(words, written, not bar.pale)
            start = x - width if align == "right" else x
            sheet.box(start - 4, low - 6, width + 8, written + 4, WHITE)
        colour = GREY if bar.pale else INK
        sheet.text(x, low, words, written, colour, bold=not bar.pale, align=align)


def _measure_second_name(sheet: Sheet, picture: Picture) -> float:
    name = name_second(picture)
    return sheet.measure(f" {name}", SMALL) if name else 0.0
