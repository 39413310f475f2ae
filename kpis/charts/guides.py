"""What data are compared with: targets, paths and limits, and the usual range.

Guides differ by their dashes and by the name at their end: nothing is said by colour alone.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from kpis.charts.curves import Curve
from kpis.charts.ends import End
from kpis.charts.frame import Sign
from kpis.charts.picture import Guide, Picture, Series
from kpis.charts.sheet import Sheet, Spot, clean
from kpis.charts.style import FRAME, PALE_BLUE, TICK, WHITE, Look
from kpis.tongue import say

GUIDE_LOOKS = {
    "target": Look("#009e73", "#007556", "square", (26, 7)),
    "plan": Look("#4d4d4d", "#4d4d4d", "circle", (4, 7)),
    "needed": Look("#9b4274", "#9b4274", "diamond", (18, 7, 4, 7)),
    "limit": Look("#b34f00", "#b34f00", "tip", (11, 6)),
}
_THIN, _HALO = 4, 9
"""Where a guide goes over bars, white parts it from them."""
_WIDEST_NAME = 350
Level = Callable[[float], float]


def list_guide_values(picture: Picture) -> list[float]:
    """Return the values that a scale must hold beside the data."""
    values = [it for guide in picture.guides for it in guide.values if it is not None]
    return [*values, *(edge for pair in picture.usual if pair for edge in pair)]


def hold_guide(guide: Guide, count: int) -> tuple[float | None, ...]:
    """Return a value for each of so many slots; one that stands alone holds for all."""
    return guide.values * count if len(guide.values) == 1 else guide.values[:count]


def explain_guides(picture: Picture) -> list[Sign]:
    """Return the signs that need words under the chart; guides have theirs at their ends."""
    signs = [Sign(say("usual"), "box", PALE_BLUE)] if any(picture.usual) else []
    return [*signs, Sign(say("alert"), "diamond", FRAME)] if picture.flagged else signs


def trace_guides(picture: Picture, count: int, place: Level, level: Level) -> list[Curve]:
    """Return the guides in pixels, with their looks."""
    curves = []
    for guide in picture.guides:
        values = hold_guide(guide, count)
        spots = {at: (place(at), level(it)) for at, it in enumerate(values) if it is not None}
        curves.append(Curve(Series(guide.name, values), GUIDE_LOOKS[guide.kind], spots))
    return curves


def name_guides(sheet: Sheet, picture: Picture) -> list[End]:
    """Return what stands at the end of each guide."""
    return [End(sheet.fit(clean(guide.name), TICK, _WIDEST_NAME), TICK) for guide in picture.guides]


def draw_guides(sheet: Sheet, curves: Sequence[Curve], wide: float = 0.0) -> None:
    """Draw each guide through its spots; ``wide`` makes every spot a level piece of that width."""
    for curve in curves:
        for run in find_stretches(curve.spots):
            spots = [_widen(curve.spots[at], wide) for at in run]
            line = [spot for pair in spots for spot in pair]
            if len(set(line)) == 1:
                (x, y), *_ = line
                line = [(x - 20, y), (x + 20, y)]
            if wide:
                sheet.line(line, WHITE, _HALO)
            sheet.line(line, curve.look.colour, _THIN, curve.look.dash)


def _widen(spot: Spot, wide: float) -> tuple[Spot, ...]:
    x, y = spot
    return ((x - wide / 2, y), (x + wide / 2, y)) if wide else (spot,)


def find_stretches(spots: Mapping[int, Spot]) -> list[list[int]]:
    """Return the positions in runs of neighbours."""
    runs: list[list[int]] = []
    for at in sorted(spots):
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def draw_usual_boxes(
    sheet: Sheet, picture: Picture, slot: float, place: Level, level: Level
) -> None:
    """Fill the usual range behind each upright bar, wider than the bar."""
    for at, pair in enumerate(picture.usual[: len(picture.categories)]):
        if pair:
            low, high = level(pair[0]), level(pair[1])
            sheet.box(place(at) - slot / 2, low, slot, max(high - low, 3), PALE_BLUE)


def draw_usual(sheet: Sheet, picture: Picture, half: float, place: Level, level: Level) -> None:
    """Fill the usual range of each slot; joined where neighbours have one, ``half`` a slot out."""
    numbered = enumerate(picture.usual)
    for is_there, run in groupby(numbered, key=lambda it: it[1] is not None):
        if not is_there:
            continue
        pairs = [(place(at), pair) for at, pair in run if pair]
        (first, lowest), (last, highest) = pairs[0], pairs[-1]
        pairs = [(first - half, lowest), *pairs, (last + half, highest)]
        over = [(x, max(level(high), level(low) + 3)) for x, (low, high) in pairs]
        under = [(x, level(low)) for x, (low, _) in reversed(pairs)]
        sheet.area([*over, *under], PALE_BLUE)


def has_open_end(picture: Picture) -> bool:
    """Whether the slots go on into days to come: no data are missing there, a path may lead on."""
    led = any(guide.kind in ("plan", "needed") for guide in picture.guides)
    return led or picture.has_days_to_come
