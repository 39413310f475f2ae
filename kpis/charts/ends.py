"""What stands beside the lines: each one's name or last value at its end, and the peak."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpis.charts.frame import Plot
from kpis.charts.picture import Picture
from kpis.charts.scale import Axis, spread
from kpis.charts.sheet import Sheet, Spot, clean
from kpis.charts.style import BLUE, LABEL, TICK, WHITE, Look
from kpis.numbers import compact, write
from storage.measures import Unit

_WIDEST_NAME = 350
_LINE = 46


@dataclass(frozen=True)
class End:
    """The text at the end of a line."""

    text: str
    size: int
    bold: bool = False


def name_ends(sheet: Sheet, picture: Picture, axis: Axis) -> list[End]:
    """Return per series: the last value of a single line, the name of any other."""
    mains = sum(not series.pale for series in picture.series)
    size = LABEL if len(picture.series) <= 4 else TICK
    ends = []
    for series in picture.series:
        held = [value for value in series.values[: len(picture.slots)] if value is not None]
        if not held:
            ends.append(End("", size))
        elif mains == 1 and not series.pale:
            ends.append(End(say_value(held[-1], picture.unit, axis), size, bold=True))
        else:
            ends.append(End(sheet.fit(clean(series.name), size, _WIDEST_NAME), size))
    return ends


def say_value(value: float, unit: Unit, axis: Axis) -> str:
    """Return a short text, or all of the number where values lie close together."""
    return compact(value, unit) if axis.from_zero else write(value, unit)


def write_ends(
    sheet: Sheet, plot: Plot, curves: Sequence[tuple[Look, Mapping[int, Spot]]], ends: Sequence[End]
) -> None:
    """Write the ends beside the plot, none over another, with a thin line to each that is off."""
    shown = [
        (*spots[max(spots)], look, end)
        for (look, spots), end in zip(curves, ends, strict=True)
        if spots and end.text
    ]
    heights = spread([y for _, y, _, _ in shown], _LINE, plot.bottom + 12, plot.top + 10)
    for (x, wanted, look, end), y in zip(shown, heights, strict=True):
        early = plot.right - x > 60
        if early:
            # Dotted and level, so that nobody takes it for data.
            sheet.line(((x + 14, wanted), (plot.right - 6, wanted)), look.colour, 2, (3, 7))
        if early or abs(y - wanted) > 12:
            start = plot.right - 6 if early else x + 14
            sheet.line(((start, wanted), (plot.right + 12, y)), look.colour, 2)
        sheet.text(plot.right + 18, y - 13, end.text, end.size, look.ink, bold=end.bold)


def write_peak(
    sheet: Sheet,
    plot: Plot,
    values: Sequence[float | None],
    spots: Mapping[int, Spot],
    unit: Unit,
    axis: Axis,
) -> None:
    """Write the highest value over its point, where there is one and it is not the last."""
    held = {at: value for at in spots if (value := values[at]) is not None}
    if len(held) < 4:
        return
    peak = max(held, key=lambda at: held[at])
    if peak == max(held) or held[peak] == min(held.values()):
        return
    end = End(say_value(held[peak], unit, axis), LABEL, bold=True)
    x, y = spots[peak]
    half = sheet.measure(end.text, end.size, end.bold) / 2
    x = min(max(x - half, plot.left + 8), plot.right - 2 * half)
    _write_on_white(sheet, plot, x, y + 20, end, BLUE)


def _write_on_white(sheet: Sheet, plot: Plot, x: float, y: float, end: End, colour: str) -> None:
    width = sheet.measure(end.text, end.size, end.bold)
    x = min(x, plot.right - width)
    sheet.box(x - 5, y - 5, width + 10, 36, WHITE)
    sheet.text(x, y, end.text, end.size, colour, bold=end.bold)
