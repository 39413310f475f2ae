"""Lines over days, weeks or months: one with the period before it behind, or several.

Gaps are gaps. A day that may still change has a hollow marker and a broken way to it. Each line
is named at its end; a proven range of the whole period is a band.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kpis.charts.bars import draw_bars
from kpis.charts.ends import name_ends, write_ends, write_peak
from kpis.charts.frame import (
    Plot,
    Sign,
    draw_days,
    draw_frame,
    draw_marks,
    draw_values,
    measure_marks,
    measure_values,
    place_marks,
    say_nothing_is_there,
    shade_gaps,
)
from kpis.charts.picture import Band, Picture, Series
from kpis.charts.scale import Axis, choose_axis, choose_log_axis, name_slot, needs_log
from kpis.charts.sheet import Sheet, Spot, clean
from kpis.charts.style import (
    GREY,
    INK,
    LOOKS,
    PALE,
    PALE_BLUE,
    SMALL,
    WHITE,
    Look,
)

_PALE_LOOK = Look(PALE, GREY, "circle")
_WIDEST_UPPER = 44
_STRIP = 62
"""Height of a band that is off the scale, with the room under it."""


@dataclass(frozen=True)
class Curve:
    """A series in pixels: where each value that is held stands."""

    series: Series
    look: Look
    spots: dict[int, Spot]

    def find_alone(self) -> list[int]:
        """Return positions without a neighbour: no line shows them."""
        return [at for at in self.spots if at - 1 not in self.spots and at + 1 not in self.spots]


def draw_lines(sheet: Sheet, picture: Picture) -> None:
    """Draw the picture's series as lines; a single slot has nothing to join and becomes bars."""
    if len(picture.slots) == 1:
        draw_bars(sheet, _turn_into_bars(picture))
        return
    held = [it for series in picture.series for it in series.values if it is not None]
    uppers = [it for series in picture.series for it in series.uppers if it is not None]
    band, strip = picture.band, 0
    # A range of the whole period is far above its days: then it has a strip of its own.
    if band and held and band.low > 2 * max(map(abs, held)):
        strip = _STRIP
    scaled = [*held, band.low, band.high] if band and not strip else held
    scaled = [*scaled, *uppers]
    if needs_log(scaled, picture.unit):
        axis = choose_log_axis(scaled)
    else:
        axis = choose_axis(scaled, picture.unit, zero=False)
    plot = draw_frame(sheet, picture, _explain(picture, axis))
    ends = name_ends(sheet, picture, axis)
    room = max((sheet.measure(end.text, end.size, end.bold) + 30 for end in ends), default=12)
    left = plot.left + measure_values(sheet, axis)
    plot = replace(plot, left=left, bottom=plot.bottom + 56, right=plot.right - room)
    place = _make_places(plot, len(picture.slots))
    marks = place_marks(sheet, picture, place)
    plot = replace(plot, top=plot.top - 46 - measure_marks(marks) - strip)
    mains = [series for series in picture.series if not series.pale]
    if held and len(mains) == 1:
        values = mains[0].values
        gaps = [at >= len(values) or values[at] is None for at in range(len(picture.slots))]
        shade_gaps(sheet, plot, gaps, place)
    if band and held:
        _draw_band(sheet, plot, axis, band, off_scale=bool(strip))
    draw_values(sheet, plot, axis)
    draw_days(sheet, plot, picture, place)
    if not held:
        say_nothing_is_there(sheet, plot)
    draw_marks(sheet, replace(plot, top=plot.top + strip), marks)
    level: Callable[[float], float] = lambda it: plot.bottom + plot.height * axis.place(it)  # noqa: E731
    curves = _trace(picture, place, level)
    for curve in curves:
        _draw_uppers(sheet, plot, curve, level, len(picture.slots))
    for curve in reversed(curves):
        _draw_curve(sheet, curve, len(picture.slots), crowd=len(mains))
    write_ends(sheet, plot, [(curve.look, curve.spots) for curve in curves], ends)
    if len(mains) == 1:
        main = next(curve for curve in curves if not curve.series.pale)
        write_peak(sheet, plot, main.series.values, main.spots, picture.unit, axis)


def _turn_into_bars(picture: Picture) -> Picture:
    """One slot: its value beside the one before, or the lines' values below each other."""
    mains = [series for series in picture.series if not series.pale]
    if len(mains) == 1:
        name = name_slot(picture.slots[0], picture.slot_days)
        return replace(picture, kind="bars", categories=(name,))
    values = tuple(series.values[0] if series.values else None for series in mains)
    hollow = frozenset(at for at, series in enumerate(mains) if series.hollow)
    return replace(
        picture,
        kind="bars",
        categories=tuple(series.name for series in mains),
        series=(Series("", values, hollow),),
    )


def _explain(picture: Picture, axis: Axis) -> list[Sign]:
    signs = []
    if any(series.hollow and not series.pale for series in picture.series):
        signs.append(Sign("not final yet", "circle"))
    if any(series.few - series.hollow and not series.pale for series in picture.series):
        signs.append(Sign("fewer than 5", "circle"))
    if any(it is not None for series in picture.series for it in series.uppers if not series.pale):
        signs.append(Sign("9 in 10 within this", "box", PALE_BLUE))
    if axis.is_log:
        signs.append(Sign("Each step up is several times longer."))
    elif not axis.from_zero:
        signs.append(Sign(f"The scale starts at {axis.texts[0]}, not at 0."))
    return signs


def _make_places(plot: Plot, count: int) -> Callable[[float], float]:
    inner = plot.width - 40
    return lambda at: plot.left + 24 + inner * at / max(count - 1, 1)


def _trace(
    picture: Picture, place: Callable[[float], float], level: Callable[[float], float]
) -> list[Curve]:
    looks = iter(LOOKS * (1 + len(picture.series) // len(LOOKS)))
    curves = []
    for series in picture.series:
        values = enumerate(series.values[: len(picture.slots)])
        spots = {at: (place(at), level(it)) for at, it in values if it is not None}
        curves.append(Curve(series, _PALE_LOOK if series.pale else next(looks), spots))
    return curves


def _draw_curve(sheet: Sheet, curve: Curve, count: int, *, crowd: int) -> None:
    """Draw a curve among ``crowd`` others: the more there are, the fewer markers."""
    colour, width = curve.look.colour, 6 if crowd == 1 else 5
    hollow: frozenset[int] = curve.series.hollow
    opened = hollow | curve.series.few
    if curve.series.pale:
        hollow, width = frozenset(), 4
    for run in _find_runs(sorted(curve.spots), hollow):
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
    shown = _choose_markers(curve, count, crowd) - opened
    sheet.mark(
        [curve.spots[at] for at in sorted(shown)], curve.look.marker, size, colour, colour, 0
    )
    open_spots = [curve.spots[at] for at in sorted(curve.spots.keys() & opened)]
    sheet.mark(open_spots, curve.look.marker, size + 2, WHITE, colour, 4)


def _draw_uppers(
    sheet: Sheet, plot: Plot, curve: Curve, level: Callable[[float], float], count: int
) -> None:
    """Draw a pale bar from each median up to where 9 in 10 lie."""
    if curve.series.pale:
        return
    wide = min(plot.width / max(count, 1) * 0.5, _WIDEST_UPPER)
    for at, (x, y) in curve.spots.items():
        upper = curve.series.uppers[at] if at < len(curve.series.uppers) else None
        if upper is not None:
            sheet.box(x - wide / 2, y, wide, max(level(upper) - y, 3), PALE_BLUE)


def _choose_markers(curve: Curve, count: int, crowd: int) -> set[int]:
    """Every value of a short line; of several lines some, enough to tell them apart."""
    shown = set(curve.find_alone())
    if crowd == 1:
        return shown | (set(curve.spots) if count <= 45 else set())
    every = max(1, round(count / 8))
    return shown | {at for at in curve.spots if at % every == every // 2}


def _find_runs(positions: Sequence[int], hollow: frozenset[int]) -> list[list[int]]:
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


def _draw_band(sheet: Sheet, plot: Plot, axis: Axis, band: Band, *, off_scale: bool) -> None:
    words = sheet.fit(clean(band.words), SMALL, plot.width - 40)
    if off_scale:
        bottom = plot.top + 50
        sheet.box(plot.left, bottom, plot.width, 50, PALE_BLUE)
        sheet.text(plot.left + 20, bottom + 15, words, SMALL, INK)
        return
    low, high = (plot.bottom + plot.height * axis.place(it) for it in (band.low, band.high))
    sheet.box(plot.left, low, plot.width, max(high - low, 4), PALE_BLUE)
    sheet.text(plot.left + 20, high + 8, words, SMALL, INK)
