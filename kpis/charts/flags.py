"""Marks and words among the lines: what fired with its date, and a value beside its point.

What fired has a marker larger than a point's and of another shape than those of its series, so
that it is seen without colour too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpis.charts.curves import Curve
from kpis.charts.ends import End
from kpis.charts.frame import Plot
from kpis.charts.guides import find_stretches
from kpis.charts.picture import Picture
from kpis.charts.scale import name_slot
from kpis.charts.sheet import Sheet, Spot
from kpis.charts.style import FRAME, INK, SMALL, WHITE

FLAG = 30
"""Width of the mark of what fired."""
_MOST_DATED = 4


@dataclass(frozen=True)
class Patch:
    """A rectangle that is written on already."""

    left: float
    right: float
    bottom: float
    top: float

    def meets(self, other: "Patch") -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.top <= other.bottom or other.top <= self.bottom)


def draw_flags(
    sheet: Sheet, picture: Picture, plot: Plot, spots: Mapping[int, Spot]
) -> list[Patch]:
    """Mark what fired and date the first few of them; return where the dates stand."""
    fired = [at for at in sorted(picture.flagged) if at in spots]
    dated: list[tuple[str, Patch]] = []
    for at in fired:
        words = _date_flag(sheet, picture, at)
        others = [_surround(spots[it]) for it in fired if it != at]
        taken = [*others, *(it for _, it in dated)]
        off = -54.0 if _is_low(spots, at) and spots[at][1] - 60 > plot.bottom else 20.0
        free = _find_room(sheet, plot, spots[at], off, words, taken)
        if free and words and len(dated) < _MOST_DATED:
            sheet.box(free.left, free.bottom, free.right - free.left, 34, WHITE)
            dated.append((words, free))
    main = next((it for it in picture.series if not it.pale), None)
    hollow = main.hollow if main else frozenset()
    sheet.mark([spots[it] for it in fired if it not in hollow], "diamond", FLAG, FRAME, WHITE, 3)
    sheet.mark([spots[it] for it in fired if it in hollow], "diamond", FLAG - 4, WHITE, FRAME, 5)
    for words, patch in dated:
        sheet.text(patch.left + 5, patch.bottom + 6, words, SMALL, INK)
    return [patch for _, patch in dated]


def _date_flag(sheet: Sheet, picture: Picture, at: int) -> str:
    if at >= len(picture.slots):
        return ""
    return sheet.fit(name_slot(picture.slots[at], picture.slot_days), SMALL, 240)


def _surround(spot: Spot) -> Patch:
    x, y = spot
    return Patch(x - FLAG * 0.6, x + FLAG * 0.6, y - FLAG * 0.6, y + FLAG * 0.6)


def _is_low(spots: Mapping[int, Spot], at: int) -> bool:
    """Whether the line comes down to a point, so that its date is better under it."""
    beside = [spots[it][1] for it in (at - 1, at + 1) if it in spots]
    return bool(beside) and sum(beside) / len(beside) > spots[at][1] + 1


def _find_room(
    sheet: Sheet, plot: Plot, spot: Spot, off: float, words: str, taken: Sequence[Patch]
) -> Patch | None:
    """Return a free place ``off`` a spot: straight over or under it, else to its left or right."""
    x, y = spot
    width = sheet.measure(words, SMALL) + 10
    for wanted in (x - width / 2, x - width + 16, x - 16):
        left = min(max(wanted, plot.left + 4), plot.right - width)
        patch = Patch(left, left + width, y + off, y + off + 34)
        if not any(map(patch.meets, taken)):
            return patch
    return None


def mark_flag(sheet: Sheet, x: float, y: float) -> None:
    """Mark one bar that fired, at its end."""
    sheet.mark([(x, y)], "diamond", FLAG, FRAME, WHITE, 3)


def write_beside(
    sheet: Sheet, plot: Plot, spot: Spot, end: End, ink: str, others: Sequence[Curve]
) -> Patch:
    """Write a text where fewest lines pass: right or left of the spot, under or over it."""
    x, y = spot
    width, height = sheet.measure(end.text, end.size, end.bold) + 12, end.size + 4.0
    places = [
        Patch(left, left + width, bottom, bottom + height)
        for bottom in (y - height - 12, y + 12)
        for left in (x + 8, x - width - 8)
    ]
    best = min(places, key=lambda it: _count_hidden(it, plot, others))
    sheet.box(best.left, best.bottom, width, height, WHITE)
    sheet.text(best.left + 6, best.bottom + 7, end.text, end.size, ink, bold=end.bold)
    return best


def _count_hidden(patch: Patch, plot: Plot, curves: Sequence[Curve]) -> int:
    """Return how much of the curves a patch would hide; outside of the plot is worst."""
    if patch.left < plot.left or patch.right > plot.right:
        return 1_000_000
    if patch.bottom < plot.bottom + 4 or patch.top > plot.top + 40:
        return 1_000_000
    return sum(
        patch.left <= x <= patch.right and patch.bottom - 6 <= y <= patch.top + 6
        for curve in curves
        for x, y in _walk(curve.spots)
    )


def _walk(spots: Mapping[int, Spot]) -> list[Spot]:
    """Return points along a line, about every eighth of its pieces."""
    walked: list[Spot] = []
    for run in find_stretches(spots):
        for at in run[:-1]:
            (x, y), (right, up) = spots[at], spots[at + 1]
            steps = max(8, int(abs(right - x) / 10))
            walked += [
                (x + (right - x) * i / steps, y + (up - y) * i / steps) for i in range(steps)
            ]
    return walked
