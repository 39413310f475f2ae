"""Series as lines in pixels: their runs, gaps, markers and looks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kpis.charts.picture import Picture, Series
from kpis.charts.sheet import Sheet, Spot
from kpis.charts.style import GREY, LOOKS, PALE, WHITE, Look

PALE_LOOK = Look(PALE, GREY, "circle")


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
    opened = hollow | curve.series.few
    if curve.series.pale:
        hollow, width = frozenset(), 4
    for run in find_runs(sorted(curve.spots), hollow):
        spots = [curve.spots[at] for at in run]
        if run[-1] in hollow:
            sheet.line(spots, colour, width, (9, 8))
        else:
            sheet.line(spots, colour, width, curve.look.dash)
    if curve.series.pale:
        alone = [curve.spots[at] for at in curve.find_alone()]
        sheet.mark(alone, "circle", 12, colour, colour, 0)
        return
    size = 18 if count <= 62 else 14
    shown = {*curve.find_alone(), max(curve.spots, default=-1)} & curve.spots.keys()
    if not small:
        shown = _choose_markers(curve, count, crowd)
    shown -= opened
    sheet.mark(
        [curve.spots[at] for at in sorted(shown)], curve.look.marker, size, colour, colour, 0
    )
    open_spots = [curve.spots[at] for at in sorted(curve.spots.keys() & opened)]
    sheet.mark(open_spots, curve.look.marker, size + 2, WHITE, colour, 4)


def _choose_markers(curve: Curve, count: int, crowd: int) -> set[int]:
    """Every value of a short line; of several lines some, enough to tell them apart."""
    shown = set(curve.find_alone())
    if crowd == 1:
        return shown | (set(curve.spots) if count <= 45 else set())
    every = max(1, round(count / 8))
    return shown | {at for at in curve.spots if at % every == every // 2}


def find_runs(positions: Sequence[int], hollow: frozenset[int]) -> list[list[int]]:
    """Return runs of neighbours, of two and more, parted where the value becomes provisional."""
    runs: list[list[int]] = []
    for at in positions:
        if runs and runs[-1][-1] == at - 1:
            if (at in hollow) == (runs[-1][-1] in hollow) or len(runs[-1]) == 1:
                runs[-1].append(at)
            else:
                runs.append([at - 1, at])
        else:
            runs.append([at])
    return [run for run in runs if len(run) > 1]
