"""A week by its hours: the darker a cell, the higher its value.

Each cell says how many rows it is made of; one of fewer than three is hatched and does not
stretch the scale, an empty one is blank. The best cell is framed and put into words where there
are rows enough to rank the cells.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kpis.charts.frame import Plot, Sign, draw_frame, say_nothing_is_there
from kpis.charts.picture import Picture
from kpis.charts.sheet import Sheet, clean
from kpis.charts.style import FRAME, GREY, INK, RULE, TICK, WHITE
from kpis.numbers import compact
from kpis.statistics import SMALL_POSTS
from kpis.tongue import say

_ENOUGH = 3
_RANKED_IN_ALL = 30
"""Rows of the whole map, below which no cell is called the best."""
_DAYS, _HOURS = 7, 24
_SCALE = ("#e3eef6", "#b7d4e8", "#7fb2d6", "#4189bd", "#12619c", "#073a66")
"""From low to high: one hue, so that lightness alone tells the order."""
_HATCH = ("#9dbdd3", "#7fa9c6", "#4b83ab", "#1c5c8c", "#5f9bc9", "#5f9bc9")
"""The hatch over each of them, darker or lighter than the cell."""
_KEY_WIDTH = 40
_DARK = 3
"""Grade from which on white is read better than black."""


@dataclass(frozen=True)
class _Cell:
    day: int
    hour: int
    value: float
    n: int

    @property
    def enough(self) -> bool:
        return self.n >= _ENOUGH


def draw_heat(sheet: Sheet, picture: Picture) -> None:
    """Draw seven rows of 24 cells."""
    cells = _list_cells(picture)
    best = _find_best(cells)
    plot = draw_frame(sheet, picture, _explain(picture, cells, best))
    if not cells:
        say_nothing_is_there(sheet, plot)
        return
    scaled = [it.value for it in cells if it.enough] or [it.value for it in cells]
    low, high = min(scaled), max(scaled)
    ends = _write_ends(picture, cells, low, high)
    key = max(sheet.measure(text, TICK) for text in ends)
    names = [sheet.fit(clean(series.name), TICK, 200) for series in picture.series[:_DAYS]]
    plot = replace(
        plot,
        left=plot.left + max(sheet.measure(name, TICK) for name in names) + 20,
        bottom=plot.bottom + 50,
        right=plot.right - key - _KEY_WIDTH - 46,
        top=plot.top - 14,
    )
    _draw_names(sheet, plot, names)
    for cell in cells:
        _draw_cell(sheet, plot, cell, _grade(cell.value, low, high))
        if picture.counts:
            _write_count(sheet, plot, cell, _grade(cell.value, low, high))
    if best and low < high:
        left, bottom, width, height = _place(plot, best.day, best.hour)
        sheet.box(left, bottom, width, height, None, edge=FRAME, edge_width=8)
    _draw_key(sheet, plot, ends)


def _find_best(cells: Sequence[_Cell]) -> _Cell | None:
    """Return the highest of the cells that may be ranked, as the answer itself ranks them."""
    if sum(it.n for it in cells) < _RANKED_IN_ALL:
        return None
    ranked = [it for it in cells if it.n >= SMALL_POSTS]
    return max(ranked, key=lambda it: it.value, default=None)


def _write_ends(
    picture: Picture, cells: Sequence[_Cell], low: float, high: float
) -> tuple[str, ...]:
    """Return what the ends of the scale say, with “+” where a hatched cell is beyond."""
    if low == high:
        return (compact(low, picture.unit),)
    beyond = any(it.value > high for it in cells)
    return compact(low, picture.unit), compact(high, picture.unit) + ("+" if beyond else "")


def _list_cells(picture: Picture) -> list[_Cell]:
    cells = []
    for day, series in enumerate(picture.series[:_DAYS]):
        for hour, value in enumerate(series.values[:_HOURS]):
            if value is not None:
                cells.append(_Cell(day, hour, value, _count(picture.counts, day, hour)))
    return cells


def _count(counts: Sequence[Sequence[int]], day: int, hour: int) -> int:
    """Return n of a cell; without counts every cell counts as well founded."""
    if not counts:
        return _ENOUGH
    return counts[day][hour] if day < len(counts) and hour < len(counts[day]) else 0


def _explain(picture: Picture, cells: Sequence[_Cell], best: _Cell | None) -> list[Sign]:
    signs = []
    if best and any(it.value != best.value for it in cells):
        hours = f"{best.hour:02d}–{best.hour + 1:02d}"
        value = compact(best.value, picture.unit)
        when = f"{picture.series[best.day].name} {hours}"
        words = say("highest: {when}, {value}", when=when, value=value)
        signs.append(Sign(f"{words} (n {best.n})" if picture.counts else words, "frame"))
    if any(not it.enough for it in cells):
        signs.append(Sign(say("fewer than {number} in the cell", number=_ENOUGH), "hatch"))
    return signs


def _grade(value: float, low: float, high: float) -> int:
    """Return which colour a value has; all the same is the middle one."""
    if high == low:
        return len(_SCALE) // 2
    grade = int((value - low) / (high - low) * len(_SCALE))
    return min(max(grade, 0), len(_SCALE) - 1)


def _place(plot: Plot, day: int, hour: int) -> tuple[float, float, float, float]:
    """Return left, bottom, width and height of a cell."""
    width, height = plot.width / _HOURS, plot.height / _DAYS
    return plot.left + hour * width, plot.top - (day + 1) * height, width, height


def _draw_cell(sheet: Sheet, plot: Plot, cell: _Cell, grade: int) -> None:
    left, bottom, width, height = _place(plot, cell.day, cell.hour)
    hatch = None if cell.enough else _HATCH[grade]
    sheet.box(left + 2, bottom + 2, width - 4, height - 4, _SCALE[grade], hatch=hatch)


def _write_count(sheet: Sheet, plot: Plot, cell: _Cell, grade: int) -> None:
    """Write how many rows a cell is made of into it, where they fit."""
    left, bottom, width, height = _place(plot, cell.day, cell.hour)
    words = f"{cell.n}"
    if sheet.measure(words, TICK) <= width - 8:
        colour = WHITE if grade >= _DARK else INK
        middle = bottom + height / 2 - 11
        sheet.text(left + width / 2, middle, words, TICK, colour, align="center")


def _draw_names(sheet: Sheet, plot: Plot, names: Sequence[str]) -> None:
    for day, name in enumerate(names):
        _, bottom, _, height = _place(plot, day, 0)
        sheet.text(plot.left - 18, bottom + height / 2 - 12, name, TICK, GREY, align="right")
        sheet.rule((plot.left, bottom), (plot.right, bottom), RULE, 2)
    for hour in range(0, _HOURS + 1, 3):
        x = plot.left + plot.width * hour / _HOURS
        sheet.rule((x, plot.bottom), (x, plot.bottom - 8), GREY, 2)
        sheet.text(x, plot.bottom - 42, f"{hour:02d}", TICK, GREY, align="center")


def _draw_key(sheet: Sheet, plot: Plot, ends: Sequence[str]) -> None:
    """Draw what the colours mean, from low at the bottom to high at the top."""
    left = plot.right + 30
    if len(ends) == 1:
        sheet.box(left, plot.top - _KEY_WIDTH, _KEY_WIDTH, _KEY_WIDTH, _SCALE[_grade(1, 1, 1)])
        sheet.text(left + _KEY_WIDTH + 12, plot.top - 32, ends[0], TICK, GREY)
        return
    step = plot.height / len(_SCALE)
    for grade, colour in enumerate(_SCALE):
        sheet.box(
            left, plot.bottom + grade * step, _KEY_WIDTH, step, colour, edge=WHITE, edge_width=1
        )
    sheet.text(left + _KEY_WIDTH + 12, plot.top - 26, ends[1], TICK, GREY)
    sheet.text(left + _KEY_WIDTH + 12, plot.bottom + 4, ends[0], TICK, GREY)
