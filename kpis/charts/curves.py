"""Series as lines in pixels: their runs, gaps, markers and looks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kpis.charts.picture import Picture, Series
from kpis.charts.sheet import Sheet, Spot
from kpis.charts.style import GREY, LOOKS, PALE, WHITE, Look, lighten

PALE_LOOK = Look(PALE, GREY, "circle")
_DASHES = {"short": (3, 9), "hollow": (9, 8)}
"""Of the ways to what may not be read as the others."""


@dataclass(frozen=True)
class Curve:
    """A series in pixels: where each value that is held stands."""

    series: Series
    look: Look
    spots: dict[int, Spot]

    def find_alone(self) -> list[int]:
        """Return positions without a neighbour: no line shows them."""
        return [at for at in self.spots if at - 1 not in self.spots and at + 1 not in self.spots]


def trace(
    picture: Picture, place: Callable[[float], float], level: Callable[[float], float]
) -> list[Curve]:
    """Return each series of the picture in pixels, with its look."""
    looks = iter(LOOKS * (1 + len(picture.series) // len(LOOKS)))
    curves = []
    for series in picture.series:
        values = enumerate(series.values[: len(picture.slots)])
        spots = {at: (place(at), level(it)) for at, it in values if it is not None}
        curves.append(Curve(series, PALE_LOOK if series.pale else next(looks), spots))
    return curves


def draw_curve(sheet: Sheet, curve: Curve, count: int, *, crowd: int, small: bool = False) -> None:
    """Draw a curve among ``crowd`` others: the more there are, the fewer markers.

    In a ``small`` picture only the last point is marked, and those without a neighbour.
    """
    colour, width = curve.look.colour, 6 if crowd == 1 else 5
    hollow: frozenset[int] = curve.series.hollow
    short = curve.series.short
    opened = hollow | curve.series.few
    if curve.series.pale:
        hollow, width = frozenset(), 4
    for run in find_runs(sorted(curve.spots), hollow, short):
        spots = [curve.spots[at] for at in run]
        dash = _DASHES.get(find_way(run[-1], hollow, short), curve.look.dash)
        sheet.line(spots, colour, width, dash)
    if curve.series.pale:
        alone = [curve.spots[at] for at in curve.find_alone()]
        sheet.mark(alone, "circle", 12, colour, colour, 0)
        return
    size = 18 if count <= 62 else 14
    shown = {*curve.find_alone(), max(curve.spots, default=-1)} & curve.spots.keys()
    if not small:
        shown = _choose_markers(curve, count, crowd)
    shown -= opened | short
    sheet.mark(
        [curve.spots[at] for at in sorted(shown)], curve.look.marker, size, colour, colour, 0
    )
    for marked, fill in ((opened - short, WHITE), (short, lighten(colour))):
        spots = [curve.spots[at] for at in sorted(curve.spots.keys() & marked)]
        sheet.mark(spots, curve.look.marker, size + 2, fill, colour, 4)


def _choose_markers(curve: Curve, count: int, crowd: int) -> set[int]:
    """Every value of a short line; of several lines some, enough to tell them apart."""
    shown = set(curve.find_alone())
    if crowd == 1:
        return shown | (set(curve.spots) if count <= 45 else set())
    every = max(1, round(count / 8))
    return shown | {at for at in curve.spots if at % every == every // 2}


def find_runs(
    positions: Sequence[int], hollow: frozenset[int], short: frozenset[int] = frozenset()
) -> list[list[int]]:
    """Return runs of neighbours, of two and more, parted where the way between them changes."""
    runs: list[list[int]] = []
    for at in positions:
        if runs and runs[-1][-1] == at - 1:
            is_same = find_way(at, hollow, short) == find_way(at - 1, hollow, short)
            if len(runs[-1]) == 1 or is_same:
                runs[-1].append(at)
            else:
                runs.append([at - 1, at])
        else:
            runs.append([at])
    return [run for run in runs if len(run) > 1]


def find_way(at: int, hollow: frozenset[int], short: frozenset[int]) -> str:
    """Return what the way to a position from the one before it says: neither end may be short."""
    if at in short or at - 1 in short:
        return "short"
    return "hollow" if at in hollow else ""
