"""Upright bars over a scale: many categories with short names."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kpis.charts.bar import Bar, fill_bar, find_main_values, list_bars, list_values, say_bar
from kpis.charts.ends import write_ends
from kpis.charts.flags import FLAG, mark_flag
from kpis.charts.frame import Plot, draw_values, measure_values
from kpis.charts.guides import (
    Level,
    draw_guides,
    draw_usual_boxes,
    list_guide_values,
    name_guides,
    trace_guides,
)
from kpis.charts.picture import Picture
from kpis.charts.scale import choose_axis
from kpis.charts.sheet import Sheet, clean
from kpis.charts.style import AXIS, GREY, INK, TICK, WHITE

_WIDEST_COLUMN = 150


@dataclass(frozen=True)
class _Column:
    """A bar and where it stands across."""

    at: int
    bar: Bar
    left: float
    wide: float


def draw_upright(sheet: Sheet, plot: Plot, picture: Picture) -> None:
    """Draw the categories beside each other; numbers stand over the bars where all fit."""
    axis = choose_axis(
        [*list_values(picture), *list_guide_values(picture)], picture.unit, zero=True
    )
    ends = name_guides(sheet, picture)
    room = max((sheet.measure(end.text, end.size) + 30 for end in ends), default=0.0)
    left = plot.left + measure_values(sheet, axis)
    plot = replace(
        plot, left=left, bottom=plot.bottom + 56, top=plot.top - 46, right=plot.right - room
    )
    if picture.flagged:
        plot = replace(plot, top=plot.top - FLAG)
    draw_values(sheet, plot, axis)
    count = len(picture.categories)
    slot = plot.width / count
    level: Level = lambda value: plot.bottom + plot.height * axis.place(value)  # noqa: E731
    place: Level = lambda at: plot.left + slot * (at + 0.5)  # noqa: E731
    draw_usual_boxes(sheet, picture, slot, place, level)
    columns = _lay_columns(picture, slot, place)
    for column in columns:
        _fill_column(sheet, column, level)
    _write_names(sheet, plot, picture, slot, place)
    sheet.rule((plot.left, level(0)), (plot.right, level(0)), AXIS, 3)
    guides = trace_guides(picture, count, place, level)
    draw_guides(sheet, guides, slot)
    # The pieces of a guide are a slot wide: it ends half a slot right of its last bar.
    edges = [{at: (x + slot / 2, y) for at, (x, y) in it.spots.items()} for it in guides]
    looks = [it.look for it in guides]
    write_ends(sheet, plot, list(zip(looks, edges, strict=True)), ends)
    said = set(range(count)) if _all_fit(sheet, picture, slot) else {_find_highest(picture)}
    _write_values(sheet, picture, columns, said, level)


def _lay_columns(picture: Picture, slot: float, place: Level) -> list[_Column]:
    columns = []
    share = 0.66 if any(picture.usual) else 0.8
    for at in range(len(picture.categories)):
        bars = list(reversed(list_bars(picture, at)))
        wide = min(slot * share, _WIDEST_COLUMN) / len(bars)
        for number, bar in enumerate(bars):
            left = place(at) + wide * (number - len(bars) / 2)
            columns.append(_Column(at, bar, left, wide))
    return columns


def _fill_column(sheet: Sheet, column: _Column, level: Level) -> None:
    bar = column.bar
    if bar.value is None:
        if not bar.pale:
            x = column.left + column.wide / 2
            sheet.text(x, level(0) + 10, "–", TICK, GREY, align="center")
        return
    low, high = sorted((level(0), level(bar.value)))
    fill_bar(sheet, bar, column.left, low, column.wide - 2, high - low)


def _write_names(sheet: Sheet, plot: Plot, picture: Picture, slot: float, place: Level) -> None:
    """Name every bar, or every second, third … where they are narrow."""
    names = [sheet.fit(clean(name), TICK, 300) for name in picture.categories]
    widths = [sheet.measure(name, TICK) for name in names]
    for at in _choose_names(names, widths, slot):
        sheet.text(place(at), plot.bottom - 44, names[at], TICK, GREY, align="center")


def _choose_names(names: Sequence[str], widths: Sequence[float], slot: float) -> list[int]:
    """Return the bars that are named; “Tue 00” goes before “21” and “03”, whose day it tells."""
    count, widest = len(names), max(widths)
    every = next(it for it in range(1, count + 1) if it == count or widest + 16 <= slot * it)
    telling = [at for at, name in enumerate(names) if any(map(str.isalpha, name))]
    if every == 1 or len(telling) in (0, count):
        return list(range(0, count, every))
    chosen: list[int] = []
    for at in [*telling, *(it for it in range(count) if it not in telling)]:
        if all((widths[at] + widths[it]) / 2 + 16 <= slot * abs(at - it) for it in chosen):
            chosen.append(at)
    return chosen


def _write_values(
    sheet: Sheet, picture: Picture, columns: Sequence[_Column], said: set[int], level: Level
) -> None:
    for column in columns:
        value, middle = column.bar.value, column.left + column.wide / 2
        if value is None or column.bar.pale:
            continue
        is_flagged = column.at in picture.flagged
        if is_flagged:
            mark_flag(sheet, middle, level(value))
        if column.at in said:
            off = FLAG / 2 if is_flagged else 0
            low, high = sorted((level(0), level(value)))
            y = low - 34 - off if value < 0 else high + 10 + off
            words = say_bar(picture, value)
            if picture.guides:
                width = sheet.measure(words, TICK, True)
                sheet.box(middle - width / 2 - 3, y - 4, width + 6, 32, WHITE)
            sheet.text(middle, y, words, TICK, INK, bold=True, align="center")


def _all_fit(sheet: Sheet, picture: Picture, slot: float) -> bool:
    mains = [series for series in picture.series if not series.pale]
    values = [it for series in mains for it in series.values if it is not None]
    return all(sheet.measure(say_bar(picture, it), TICK, True) + 8 <= slot for it in values)


def _find_highest(picture: Picture) -> int:
    held = {at: value for at, value in enumerate(find_main_values(picture)) if value is not None}
    return max(held, key=lambda at: held[at], default=0)
