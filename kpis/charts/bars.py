"""Bars beside their names: level ones, or upright ones where the names are short and many.

Bars always start at zero. Those made of too few rows are hatched; the number stands at the end
of each bar, so that there is no scale to read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kpis.charts.frame import (
    Plot,
    Sign,
    draw_frame,
    draw_values,
    measure_values,
    say_nothing_is_there,
)
from kpis.charts.picture import Picture, Series
from kpis.charts.scale import choose_axis
from kpis.charts.sheet import Sheet, clean
from kpis.charts.style import AXIS, GREY, INK, LABEL, LOOKS, PALE, SMALL, TICK, WHITE
from kpis.numbers import compact

_WIDEST_NAME = 540
_TALLEST_ROW, _WIDEST_COLUMN = 150, 150
_MOST_LEVEL = 12
_THINNEST = 4


@dataclass(frozen=True)
class _Bar:
    """One bar: its value, where it stands across, and how it looks."""

    value: float | None
    colour: str
    pale: bool
    hatched: bool
    hollow: bool


def draw_bars(sheet: Sheet, picture: Picture) -> None:
    """Draw one or two series as bars, one group a category."""
    values = [it for series in picture.series for it in series.values if it is not None]
    plot = draw_frame(sheet, picture, _explain(picture))
    plot = replace(plot, top=plot.top - 10)
    if not picture.categories or not values:
        say_nothing_is_there(sheet, plot)
    elif _stand_upright(picture):
        _draw_upright(sheet, plot, picture, values)
    else:
        _draw_level(sheet, plot, picture, values)


def _explain(picture: Picture) -> list[Sign]:
    signs = []
    pair = picture.series[:2]
    if len(pair) == 2 and not any(series.pale for series in pair):
        signs += [Sign(it.name, "box", look.colour) for it, look in zip(pair, LOOKS, strict=False)]
    elif _name_second(picture) and _stand_upright(picture):
        signs.append(Sign(_name_second(picture), "box", PALE))
    if picture.hatched:
        signs.append(Sign("small sample", "hatch"))
    if any(series.hollow for series in picture.series):
        signs.append(Sign("not final yet", "square"))
    return signs


def _stand_upright(picture: Picture) -> bool:
    if sum(not series.pale for series in picture.series[:2]) == 2:
        return False  # Upright, the numbers of two equal bars would stand in each other's way.
    count, longest = len(picture.categories), max(map(len, picture.categories), default=0)
    return count > _MOST_LEVEL or (count > 4 and longest <= 6)


def _list_bars(picture: Picture, at: int) -> list[_Bar]:
    """Return the bars of one category, its own first."""
    mains_first = sorted(picture.series[:2], key=lambda series: series.pale)
    return [
        _make_bar(series, look.colour, at, at in picture.hatched)
        for series, look in zip(mains_first, LOOKS, strict=False)
    ]


def _make_bar(series: Series, colour: str, at: int, hatched: bool) -> _Bar:
    value = series.values[at] if at < len(series.values) else None
    colour = PALE if series.pale else colour
    return _Bar(value, colour, series.pale, hatched and not series.pale, at in series.hollow)


def _draw_level(sheet: Sheet, plot: Plot, picture: Picture, values: Sequence[float]) -> None:
    count = len(picture.categories)
    size = LABEL if count <= 8 else TICK
    names = [sheet.fit(clean(name), size, _WIDEST_NAME) for name in picture.categories]
    left = plot.left + max(sheet.measure(name, size) for name in names) + 24
    room = max(sheet.measure(_say(picture, it), size, True) for it in values) + 28
    below = room + 20 if min(values) < 0 else 0.0
    low, high = min(*values, 0.0), max(*values, 0.0)
    # Two series have the words of the second after its first number.
    after = _measure_second_name(sheet, picture) if high > 0 else 0.0
    length = (plot.right - left - room - below - after) / ((high - low) or 1)
    zero = left + below - low * length
    height = min(plot.height / count, _TALLEST_ROW)
    plot = replace(plot, top=plot.top - (plot.height - height * count) / 3)
    for at, name in enumerate(names):
        middle = plot.top - height * (at + 0.5)
        sheet.text(left - 24, middle - size * 0.36, name, size, INK, align="right")
        _draw_row(sheet, picture, at, zero, middle, height, length, size)
    sheet.rule((zero, plot.top), (zero, plot.top - height * count), AXIS, 3)


def _draw_row(
    sheet: Sheet,
    picture: Picture,
    at: int,
    zero: float,
    middle: float,
    height: float,
    length: float,
    size: int,
) -> None:
    bars = _list_bars(picture, at)
    thick = height * (0.66 if len(bars) == 1 else 0.42)
    y = middle + (thick if len(bars) == 2 else thick / 2) - (height * 0.04 if len(bars) == 2 else 0)
    for bar in bars:
        thin = thick * (0.72 if bar.pale else 1)
        y -= thin
        if bar.value is None:
            if not bar.pale:
                sheet.text(zero + 14, y + thin / 2 - 11, "no data", SMALL, GREY)
            continue
        end = zero + bar.value * length
        _fill(sheet, bar, min(zero, end), y, abs(end - zero), thin)
        words = _say(picture, bar.value)
        if bar.pale:
            words = f"{words} {_name_second(picture)}" if at == 0 else words
        if bar.pale and at and len(picture.categories) > 6:
            continue
        align = "right" if bar.value < 0 else "left"
        letters = min(size, max(SMALL, int(thin))) if bar.pale else size
        sheet.text(
            end + (-14 if bar.value < 0 else 14),
            y + thin / 2 - letters * 0.36,
            words,
            SMALL if bar.pale else size,
            GREY if bar.pale else INK,
            bold=not bar.pale,
            align=align,
        )


def _draw_upright(sheet: Sheet, plot: Plot, picture: Picture, values: Sequence[float]) -> None:
    axis = choose_axis(values, picture.unit, zero=True)
    left = plot.left + measure_values(sheet, axis)
    plot = replace(plot, left=left, bottom=plot.bottom + 56, top=plot.top - 46)
    draw_values(sheet, plot, axis)
    count = len(picture.categories)
    slot = plot.width / count
    level: Callable[[float], float] = lambda value: plot.bottom + plot.height * axis.place(value)  # noqa: E731
    names = [sheet.fit(clean(name), TICK, 300) for name in picture.categories]
    widest = max(sheet.measure(name, TICK) for name in names)
    said = set(range(count)) if _all_fit(sheet, picture, slot) else {_find_highest(picture)}
    every = next(
        step for step in range(1, count + 1) if step == count or widest + 16 <= slot * step
    )
    for at, name in enumerate(names):
        middle = plot.left + slot * (at + 0.5)
        bars = list(reversed(_list_bars(picture, at)))
        wide = min(slot * 0.8, _WIDEST_COLUMN) / len(bars)
        for place, bar in enumerate(bars):
            left = middle + wide * (place - len(bars) / 2)
            if bar.value is None:
                if not bar.pale:
                    sheet.text(left + wide / 2, level(0) + 10, "–", TICK, GREY, align="center")
                continue
            low, high = sorted((level(0), level(bar.value)))
            _fill(sheet, bar, left, low, wide - 2, high - low)
            if at in said and not bar.pale:
                _write_over(
                    sheet, _say(picture, bar.value), left + wide / 2, low, high, bar.value < 0
                )
        if at % every == 0:
            sheet.text(middle, plot.bottom - 44, name, TICK, GREY, align="center")
    sheet.rule((plot.left, level(0)), (plot.right, level(0)), AXIS, 3)


def _all_fit(sheet: Sheet, picture: Picture, slot: float) -> bool:
    mains = [series for series in picture.series if not series.pale]
    values = [it for series in mains for it in series.values if it is not None]
    return all(sheet.measure(_say(picture, it), TICK, True) + 8 <= slot for it in values)


def _find_highest(picture: Picture) -> int:
    values = next((series.values for series in picture.series if not series.pale), ())
    held = {at: value for at, value in enumerate(values) if value is not None}
    return max(held, key=lambda at: held[at], default=0)


def _write_over(
    sheet: Sheet, words: str, x: float, low: float, high: float, downwards: bool
) -> None:
    y = low - 34 if downwards else high + 10
    sheet.text(x, y, words, TICK, INK, bold=True, align="center")


def _fill(sheet: Sheet, bar: _Bar, left: float, bottom: float, width: float, height: float) -> None:
    """Draw a bar; one that is not zero is never too small to be seen."""
    colour = bar.colour
    width, height = (max(it, _THINNEST) if bar.value else it for it in (width, height))
    if not bar.hatched and not bar.hollow:
        sheet.box(left, bottom, width, height, colour)
        return
    edge = min(5.0, width / 2, height / 2)
    left, bottom = left + edge / 2, bottom + edge / 2
    hatch = colour if bar.hatched else None
    width, height = width - edge, height - edge
    sheet.box(left, bottom, width, height, WHITE, edge=colour, edge_width=edge, hatch=hatch)


def _say(picture: Picture, value: float) -> str:
    return compact(value, picture.unit)


def _name_second(picture: Picture) -> str:
    return next((clean(series.name) for series in picture.series if series.pale), "")


def _measure_second_name(sheet: Sheet, picture: Picture) -> float:
    name = _name_second(picture)
    return sheet.measure(f" {name}", SMALL) if name else 0.0
