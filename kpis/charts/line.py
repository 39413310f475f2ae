"""Lines over days, weeks or months: one with the period before it behind, or several.

Gaps are gaps. A day that may still change has a hollow marker and a broken way to it. Each line
is named at its end; a proven range of the whole period is a band.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from kpis.charts.bars import draw_bars
from kpis.charts.curves import Curve, draw_curve, trace
from kpis.charts.ends import End, name_ends, write_ends, write_peak
from kpis.charts.flags import draw_flags, write_beside
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
from kpis.charts.guides import (
    draw_guides,
    draw_usual,
    explain_guides,
    has_open_end,
    list_guide_values,
    name_guides,
    trace_guides,
)
from kpis.charts.notes import draw_bands, draw_notes, lay_notes
from kpis.charts.picture import Band, Picture, Series
from kpis.charts.scale import Axis, choose_axis, choose_log_axis, name_slot, needs_log
from kpis.charts.sheet import Sheet, clean
from kpis.charts.style import INK, PALE_BLUE, SMALL
from kpis.tongue import say

_WIDEST_UPPER = 44
_STRIP = 62
"""Height of a band that is off the scale, with the room under it."""


def draw_lines(sheet: Sheet, picture: Picture) -> None:
    """Draw the picture's series as lines; a single slot has nothing to join and becomes bars."""
    if len(picture.slots) == 1:
        draw_bars(sheet, _turn_into_bars(picture))
        return
    held = [it for series in picture.series for it in series.values if it is not None]
    band, strip = picture.band, 0
    # A range of the whole period is far above its days: then it has a strip of its own.
    if band and held and band.low > 2 * max(map(abs, held)):
        strip = _STRIP
    axis = _choose_axis(picture, held, band_counts=not strip)
    plot = draw_frame(sheet, picture, _explain(picture, axis))
    ends = [*name_ends(sheet, picture, axis), *name_guides(sheet, picture)]
    room = max((sheet.measure(end.text, end.size, end.bold) + 30 for end in ends), default=12)
    left = plot.left + measure_values(sheet, axis)
    plot = replace(plot, left=left, bottom=plot.bottom + 56, right=plot.right - room)
    place = _make_places(plot, len(picture.slots))
    laid = lay_notes(sheet, picture, replace(plot, top=plot.top - 46), place)
    plot = replace(laid.plot, top=laid.plot.top - strip)
    level: Callable[[float], float] = lambda it: plot.bottom + plot.height * axis.place(it)  # noqa: E731
    gaps = _find_gaps(picture) if held else []
    shade_gaps(sheet, plot, gaps, place)
    draw_bands(sheet, plot, laid.spans, has_gaps=any(gaps))
    draw_usual(sheet, picture, min(20.0, (place(1) - place(0)) / 2), place, level)
    if band and held and not strip:
        _draw_band(sheet, plot, axis, band, off_scale=False)
    draw_values(sheet, plot, axis)
    draw_days(sheet, plot, picture, place, with_last=has_open_end(picture))
    if not held:
        say_nothing_is_there(sheet, plot)
    draw_notes(sheet, plot, laid)
    if band and held and strip:
        _draw_band(sheet, plot, axis, band, off_scale=True)
    curves = trace(picture, place, level)
    guides = trace_guides(picture, len(picture.slots), place, level)
    _draw_data(sheet, plot, picture, curves, guides, level)
    _write_words(sheet, plot, picture, axis, curves, guides, ends)


def _choose_axis(picture: Picture, held: Sequence[float], *, band_counts: bool) -> Axis:
    band = picture.band
    scaled = [*held, *list_guide_values(picture)]
    if band and band_counts:
        scaled += [band.low, band.high]
    scaled += [it for series in picture.series for it in series.uppers if it is not None]
    if needs_log(scaled, picture.unit):
        return choose_log_axis(scaled)
    return choose_axis(scaled, picture.unit, zero=False)


def _find_gaps(picture: Picture) -> list[bool]:
    """Tell which slots miss their value, where one line is shown; days to come miss nothing."""
    mains = [series for series in picture.series if not series.pale]
    if len(mains) != 1:
        return []
    values = mains[0].values
    gaps = [at >= len(values) or values[at] is None for at in range(len(picture.slots))]
    while has_open_end(picture) and gaps and gaps[-1]:
        gaps.pop()
    return gaps


def _draw_data(
    sheet: Sheet,
    plot: Plot,
    picture: Picture,
    curves: Sequence[Curve],
    guides: Sequence[Curve],
    level: Callable[[float], float],
) -> None:
    """Draw what is compared with first, and the series' own lines over it."""
    mains = sum(not series.pale for series in picture.series)
    for curve in curves:
        _draw_uppers(sheet, plot, curve, level, len(picture.slots))
    draw_guides(sheet, guides)
    for curve in reversed(curves):
        draw_curve(sheet, curve, len(picture.slots), crowd=mains)


def _write_words(
    sheet: Sheet,
    plot: Plot,
    picture: Picture,
    axis: Axis,
    curves: Sequence[Curve],
    guides: Sequence[Curve],
    ends: Sequence[End],
) -> None:
    """Write the names and last values at the ends, the dates of what fired, and the peak."""
    mains = [curve for curve in curves if not curve.series.pale]
    main = mains[0] if len(mains) == 1 else None
    shown = list(ends)
    if main and main.spots and has_open_end(picture):
        # The line ends where today is: its value stands there, the paths lead on.
        at = curves.index(main)
        last = max(main.spots)
        if last < len(picture.slots) - 1:
            others = [*curves, *guides]
            write_beside(sheet, plot, main.spots[last], shown[at], main.look.ink, others)
            shown[at] = End("", 0)
    both = [*curves, *guides]
    write_ends(sheet, plot, [(curve.look, curve.spots) for curve in both], shown)
    dated = draw_flags(sheet, picture, plot, mains[0].spots) if mains else []
    if main and not dated and not has_open_end(picture):
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
        usual=(),
        flagged=frozenset(),
        categories=tuple(series.name for series in mains),
        series=(Series("", values, hollow),),
    )


def _explain(picture: Picture, axis: Axis) -> list[Sign]:
    signs = []
    if any(series.hollow - series.short and not series.pale for series in picture.series):
        signs.append(Sign(say("not final yet"), "circle"))
    if any(series.few - series.hollow and not series.pale for series in picture.series):
        signs.append(Sign(say("fewer than {number}", number=5), "circle"))
    if any(it is not None for series in picture.series for it in series.uppers if not series.pale):
        signs.append(Sign(say("9 in 10 within this"), "box", PALE_BLUE))
    signs += explain_short([picture])
    if axis.is_log:
        signs.append(Sign(say("Each step up is several times longer.")))
    elif not axis.from_zero:
        words = say("The scale starts at {value}, not at 0.", value=axis.texts[0])
        signs.append(Sign(words))
    return [*explain_guides(picture), *signs]


def _make_places(plot: Plot, count: int) -> Callable[[float], float]:
    inner = plot.width - 40
    return lambda at: plot.left + 24 + inner * at / max(count - 1, 1)


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
