"""Small multiples: up to six numbers in one picture, each with its own line and scale.

On a phone a panel is as wide as a thumb: it says its number, its change, and its first and last
value, and has no axis. A base line is drawn at zero; it is dashed where the scale starts above.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kpis.charts.curves import Curve, draw_curve, trace
from kpis.charts.ends import End, say_value, write_ends
from kpis.charts.flags import mark_flag
from kpis.charts.frame import (
    Plot,
    Sign,
    draw_frame,
    explain_short,
    say_nothing_is_there,
    shade_gaps,
)
from kpis.charts.guides import Level
from kpis.charts.notes import BADGE, draw_bands, find_spans
from kpis.charts.notes_small import draw_numbered, list_notes, list_under, number_of
from kpis.charts.picture import Note, Picture
from kpis.charts.scale import Axis, choose_span, find_slot
from kpis.charts.sheet import Sheet, clean
from kpis.charts.style import AXIS, FRAME, GREY, INK, LABEL, NOTED, PALE, SMALL, TICK, TITLE
from kpis.tongue import joined, say

MOST_PANELS = 6
_MOST_WIDE = 3
"""So many panels stand below each other over the whole width; more have two columns."""
_BETWEEN, _UNDER = 64, 30
"""Empty pixels between two columns, and between two rows."""
_WORDS = 470
"""Width of the words of a panel that stand left of its line."""
_MOST_NOTES, _WIDEST_NOTE = 2, 560
_PAD = 0.06
"""Share of the scale that is left empty above and below values far from zero."""


@dataclass(frozen=True)
class _Panel:
    """A panel ready to be drawn: the series shown, their scale and the room it has."""

    picture: Picture
    axis: Axis
    cell: Plot
    numbers: Mapping[Note, int]
    """Of the notes, where there are several."""

    @property
    def has_numbers(self) -> bool:
        return any(it is not None for it in self.picture.series[0].values)


def is_tall(picture: Picture) -> bool:
    """Whether the picture has three rows in two columns, which need more height."""
    return picture.kind == "multiples" and len(picture.panels) > 4


def draw_multiples(sheet: Sheet, picture: Picture) -> None:
    """Draw the panels in rows, as they are read."""
    shown = picture.panels[:MOST_PANELS]
    left = len(picture.panels) - len(shown)
    if left:
        words = say("{number} more not drawn", number=left)
        picture = replace(picture, footnote=f"{picture.footnote} · {words}")
    pictures = [_reduce(panel) for panel in shown]
    axes = [_choose_axis(panel) for panel in pictures]
    notes = list_notes(pictures)
    plot = draw_frame(sheet, picture, _explain(sheet, pictures, axes, notes))
    if len(notes) > 1:
        plot = list_under(sheet, plot, notes)
    if not pictures:
        say_nothing_is_there(sheet, plot)
        return
    cells = _part(plot, len(pictures))
    panels = [_Panel(*it, number_of(notes)) for it in zip(pictures, axes, cells, strict=True)]
    rooms = _measure_values(sheet, panels)
    for panel in panels:
        inner = _write_words(sheet, panel, wide=len(panels) <= _MOST_WIDE)
        inner = replace(inner, left=inner.left + rooms[0], right=inner.right - rooms[1])
        _draw_line(sheet, panel, inner)


def _reduce(panel: Picture) -> Picture:
    """Keep one series and the one before, and the labelled days that fall on their slots."""
    main = next((series for series in panel.series if not series.pale), None)
    before = next((series for series in panel.series if series.pale), None)
    marks = [it for it in panel.marks if _find_mark(panel, it[0]) is not None]
    return replace(panel, series=tuple(it for it in (main, before) if it), marks=tuple(marks))


def _find_mark(panel: Picture, day: date) -> float | None:
    return find_slot(day, panel.slots, panel.slot_days)


def _choose_axis(panel: Picture) -> Axis:
    values = [it for series in panel.series for it in series.values if it is not None]
    low, high = choose_span(values, zero=False)
    if low * high > 0:
        pad = (high - low) * _PAD
        low, high = low - pad, high + pad
    if not high > low:
        low, high = low, low + 1.0
    return Axis(low, high, (), ())


def _explain(
    sheet: Sheet, panels: Sequence[Picture], axes: Sequence[Axis], notes: Sequence[Note]
) -> list[Sign]:
    series = [it for panel in panels for it in panel.series]
    before = next((clean(it.name) for it in series if it.pale), "")
    signs = [Sign(before, "box", PALE)] if before else []
    if any(it.hollow - it.short and not it.pale for it in series):
        signs.append(Sign(say("not final yet"), "circle"))
    signs += explain_short(panels)
    if any(panel.flagged for panel in panels):
        signs.append(Sign(say("alert"), "diamond", FRAME))
    # The words of a labelled day have no room in a panel; what several share is said once.
    noted = dict.fromkeys(clean(words) for panel in panels for _, words in panel.marks)
    signs += [
        Sign(sheet.fit(it, SMALL, _WIDEST_NOTE), "upright") for it in list(noted)[:_MOST_NOTES]
    ]
    if len(notes) == 1:
        words = f"{notes[0].said} {clean(notes[0].words)}"
        signs.append(Sign(sheet.fit(words, SMALL, _WIDEST_NOTE), "note", NOTED))
    own = say("Each has its own scale") if len(panels) > 1 else ""
    dashed = "" if all(axis.from_zero for axis in axes) else say("dashed: not from 0")
    words = joined((own, dashed))
    if not words:
        return signs
    return [*signs, Sign(say("{sentence}.", sentence=words[:1].upper() + words[1:]))]


def _part(plot: Plot, count: int) -> list[Plot]:
    """Return the room of each panel, row by row."""
    columns = 1 if count <= _MOST_WIDE else 2
    rows = -(-count // columns)
    top, bottom = plot.top - 4, plot.bottom + 8
    wide = (plot.width - _BETWEEN * (columns - 1)) / columns
    high = (top - bottom - _UNDER * (rows - 1)) / rows
    cells = []
    for at in range(count):
        row, column = divmod(at, columns)
        left, upper = plot.left + column * (wide + _BETWEEN), top - row * (high + _UNDER)
        cells.append(Plot(left, upper - high, left + wide, upper))
    return cells


def _measure_values(sheet: Sheet, panels: Sequence[_Panel]) -> tuple[float, float]:
    """Return the widest room left and right of a line, so that all lines stand in order."""
    firsts, lasts = [0.0], [0.0]
    for panel in panels:
        first, last = _say_ends(panel)
        firsts.append(sheet.measure(first, SMALL) + 20)
        lasts.append(sheet.measure(last, SMALL, True) + 26)
    return max(firsts), max(lasts)


def _say_ends(panel: _Panel) -> tuple[str, str]:
    held = [it for it in panel.picture.series[0].values if it is not None]
    if not held:
        return "", ""
    first, last = (say_value(it, panel.picture.unit, panel.axis) for it in (held[0], held[-1]))
    return (first if len(held) > 1 else ""), last


def _write_words(sheet: Sheet, panel: _Panel, *, wide: bool) -> Plot:
    """Write the name, the number and the change; return the room for the line."""
    cell, picture = panel.cell, panel.picture
    title, (number, change) = clean(picture.title), _split_number(picture)
    if wide:
        lines = sheet.wrap(title, TICK, _WORDS - 30, 2)
        y = cell.top - max(0.0, (cell.height - 190) / 2) - 28
        for line in lines:
            sheet.text(cell.left, y, line, TICK, GREY)
            y -= 42
        number = sheet.fit(number, TITLE, _WORDS - 30, bold=True)
        sheet.text(cell.left, y - 14, number, TITLE, INK, bold=True)
        sheet.text(cell.left, y - 64, sheet.fit(change, LABEL, _WORDS - 30), LABEL, INK)
        return replace(cell, left=cell.left + _WORDS, top=cell.top - 20, bottom=cell.bottom + 8)
    y = cell.top - 26
    sheet.text(cell.left, y, sheet.fit(title, TICK, cell.width), TICK, GREY)
    y -= 46
    number = sheet.fit(number, 42, cell.width, bold=True)
    sheet.text(cell.left, y, number, 42, INK, bold=True)
    x = cell.left + sheet.measure(number, 42, True) + 20
    if x + 60 < cell.right:
        sheet.text(x, y, sheet.fit(change, LABEL, cell.right - x), LABEL, INK)
    return replace(cell, top=y - 34, bottom=cell.bottom + 4)


def _split_number(panel: Picture) -> tuple[str, str]:
    """Return the number, which is bold, and its change."""
    headline, change = clean(panel.headline), clean(panel.footnote)
    if change:
        return headline, change
    number, _, change = headline.partition(", ")
    return number, change


def _draw_line(sheet: Sheet, panel: _Panel, plot: Plot) -> None:
    picture, axis = panel.picture, panel.axis
    if panel.numbers and picture.notes:
        plot = replace(plot, top=plot.top - BADGE)
    if not picture.series or not panel.has_numbers:
        say_nothing_is_there(sheet, plot)
        return
    count = len(picture.slots)
    step = plot.width / max(count - 1, 1)
    start = plot.left if count > 1 else plot.right
    place: Level = lambda at: start + step * at  # noqa: E731
    curves = trace(picture, place, lambda it: plot.bottom + plot.height * axis.place(it))
    shade_gaps(sheet, plot, [at not in curves[0].spots for at in range(count)], place)
    base = plot.bottom + plot.height * axis.place(0 if axis.from_zero else axis.low)
    dash = () if axis.from_zero else (12, 9)
    sheet.rule((plot.left, base), (plot.right, base), AXIS, 2, dash)
    spans = [
        it
        for it in find_spans(picture, plot, place)
        if not panel.numbers or it.note in panel.numbers
    ]
    draw_bands(sheet, plot, spans)
    draw_numbered(sheet, plot, spans, panel.numbers)
    for day, _ in picture.marks:
        slot = _find_mark(picture, day)
        if slot is not None:
            x = place(slot)
            sheet.rule((x, plot.bottom), (x, plot.top + 8), GREY, 3, (10, 7))
    for curve in reversed(curves):
        draw_curve(sheet, curve, count, crowd=1, small=True)
    main = curves[0]
    for at in sorted(picture.flagged & main.spots.keys()):
        mark_flag(sheet, *main.spots[at])
    _write_first_and_last(sheet, panel, plot, main)


def _write_first_and_last(sheet: Sheet, panel: _Panel, plot: Plot, main: Curve) -> None:
    first, last = _say_ends(panel)
    write_ends(sheet, plot, [(main.look, main.spots)], [End(last, SMALL, bold=True)])
    x, y = main.spots[min(main.spots)]
    if first and x - plot.left > 60:
        sheet.line(((plot.left + 6, y), (x - 14, y)), main.look.colour, 2, (3, 7))
    y = min(max(y, plot.bottom + 12), plot.top + 4)
    sheet.text(plot.left - 16, y - 11, first, SMALL, GREY, align="right")
