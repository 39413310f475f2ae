"""Stacked columns over days, weeks or months: the parts of a whole and how they moved.

Parts are named beside the last column, in the order in which they are stacked. Values below zero
are stacked downwards. White seams part the layers for eyes that do not see the colours apart.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from kpis.charts.frame import (
    Plot,
    Sign,
    draw_days,
    draw_frame,
    draw_values,
    explain_short,
    measure_values,
    say_nothing_is_there,
    shade_gaps,
)
from kpis.charts.notes import draw_bands, draw_notes, lay_notes
from kpis.charts.picture import Picture
from kpis.charts.scale import choose_axis, spread
from kpis.charts.sheet import Sheet, clean
from kpis.charts.style import AXIS, LABEL, LOOKS, TICK, WHITE, lighten
from kpis.tongue import say

_WIDEST_NAME = 350
_WIDEST_COLUMN = 150
_SEAM = 3


@dataclass(frozen=True)
class _Layer:
    """One part of one column, from ``low`` to ``high`` in values."""

    series: int
    low: float
    high: float
    hollow: bool
    short: bool


def draw_stacked(sheet: Sheet, picture: Picture) -> None:
    """Draw one column a slot, the first series at the bottom."""
    columns = [_stack(picture, at) for at in range(len(picture.slots))]
    edges = [edge for layers in columns for it in layers for edge in (it.low, it.high)]
    axis = choose_axis(edges, picture.unit, zero=True)
    hollow = any(series.hollow - series.short for series in picture.series)
    signs = [Sign(say("not final yet"), "square")] if hollow else []
    plot = draw_frame(sheet, picture, [*signs, *explain_short([picture])])
    size = LABEL if len(picture.series) <= 5 else TICK
    # One series has its name in the title.
    named = picture.series if len(picture.series) > 1 else ()
    names = [sheet.fit(clean(series.name), size, _WIDEST_NAME) for series in named]
    room = max((sheet.measure(name, size) + 66 for name in names), default=0)
    left = plot.left + measure_values(sheet, axis)
    plot = replace(plot, left=left, bottom=plot.bottom + 56, right=plot.right - room)
    slot = plot.width / max(len(columns), 1)
    place: Callable[[float], float] = lambda at: plot.left + slot * (at + 0.5)  # noqa: E731
    laid = lay_notes(sheet, picture, replace(plot, top=plot.top - 46), place)
    plot = laid.plot
    gaps = [not layers for layers in columns] if edges else []
    shade_gaps(sheet, plot, gaps, place)
    draw_bands(sheet, plot, laid.spans, has_gaps=any(gaps))
    draw_values(sheet, plot, axis)
    draw_days(sheet, plot, picture, place)
    if not edges:
        say_nothing_is_there(sheet, plot)
        return
    level: Callable[[float], float] = lambda it: plot.bottom + plot.height * axis.place(it)  # noqa: E731
    wide = min(slot * 0.82, _WIDEST_COLUMN)
    for at, layers in enumerate(columns):
        for layer in layers:
            _draw_layer(sheet, layer, place(at) - wide / 2, wide, level)
    sheet.rule((plot.left, level(0)), (plot.right, level(0)), AXIS, 3)
    draw_notes(sheet, plot, laid)
    _name_layers(sheet, plot, names, size, _find_last(columns), level)


def _stack(picture: Picture, at: int) -> list[_Layer]:
    up = down = 0.0
    layers = []
    for number, series in enumerate(picture.series):
        value = series.values[at] if at < len(series.values) else None
        if value is None:
            continue
        looks = at in series.hollow, at in series.short
        if value >= 0:
            layers.append(_Layer(number, up, up + value, *looks))
            up += value
        else:
            layers.append(_Layer(number, down + value, down, *looks))
            down += value
    return layers


def _draw_layer(
    sheet: Sheet, layer: _Layer, left: float, wide: float, level: Callable[[float], float]
) -> None:
    low, high = level(layer.low), level(layer.high)
    colour = LOOKS[layer.series % len(LOOKS)].colour
    seam = min(_SEAM, (high - low) / 3)
    if layer.hollow or layer.short:
        line = min(3.0 if layer.short else 5.0, wide / 6)
        sheet.box(
            left + line / 2,
            low + line / 2,
            wide - line,
            max(high - low - seam - line, 0),
            lighten(colour) if layer.short else WHITE,
            edge=colour,
            edge_width=line,
        )
    elif high > low:
        sheet.box(left, low, wide, high - low - seam, colour)


def _find_last(columns: list[list[_Layer]]) -> list[_Layer]:
    """Return the last column that holds anything: the names stand beside it."""
    return next((layers for layers in reversed(columns) if layers), [])


def _name_layers(
    sheet: Sheet,
    plot: Plot,
    names: list[str],
    size: int,
    last: list[_Layer],
    level: Callable[[float], float],
) -> None:
    """Write each name with its colour, near its layer of the last column; absent ones on top."""
    middles = {layer.series: (level(layer.low) + level(layer.high)) / 2 for layer in last}
    wanted = [middles.get(number, plot.top + number) for number in range(len(names))]
    # The order of the stack is kept even where two middles are the same.
    wanted = [y + number * 0.01 for number, y in enumerate(wanted)]
    for number, y in enumerate(spread(wanted, 50, plot.bottom + 16, plot.top - 10)):
        look = LOOKS[number % len(LOOKS)]
        sheet.box(plot.right + 20, y - 13, 26, 26, look.colour)
        sheet.text(plot.right + 58, y - 13, names[number], size, look.ink)
