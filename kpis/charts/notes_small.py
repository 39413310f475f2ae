"""Notes on small multiples: a line in every panel, and their words once under all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpis.charts.frame import (
    LINE,
    Plot,
)
from kpis.charts.notes import (
    BADGE,
    MOST,
    Span,
    draw_badge,
    draw_entries,
    draw_line,
    find_ends,
    flow,
    stack_lines,
)
from kpis.charts.picture import Note, Picture
from kpis.charts.scale import spread
from kpis.charts.sheet import Sheet
from kpis.charts.style import NOTED


def list_notes(panels: Sequence[Picture]) -> list[Note]:
    """Return the notes that any of the panels shows, the earliest first."""
    shown = (note for it in panels if it.slots for note in it.notes if find_ends(it, note))
    return sorted(dict.fromkeys(shown), key=lambda it: it.first)[-MOST:]


def number_of(notes: Sequence[Note]) -> dict[Note, int]:
    """Return each note's number; where one stands alone it needs none."""
    return {it: number for number, it in enumerate(notes, 1)} if len(notes) > 1 else {}


def list_under(sheet: Sheet, plot: Plot, notes: Sequence[Note]) -> Plot:
    """Write the notes with their numbers under the panels; return the room that is left."""
    lines = flow(sheet, notes)
    draw_entries(sheet, stack_lines(lines, plot.bottom))
    return replace(plot, bottom=plot.bottom + LINE * len(lines) + 10)


def draw_numbered(
    sheet: Sheet, plot: Plot, spans: Sequence[Span], numbers: Mapping[Note, int]
) -> None:
    """Draw the lines of a panel's notes, with their numbers on top where they have some."""
    for span in spans:
        draw_line(sheet, span.left, plot.bottom, plot.top + 8)
        if span.is_band:
            draw_line(sheet, span.right, plot.bottom, plot.top + 8)
    if numbers:
        half = BADGE / 2
        low, high = plot.left - half, plot.right + half
        middles = spread([it.left for it in spans], BADGE + 2.0, low, high)
        for span, x in zip(spans, middles, strict=True):
            sheet.line(((span.left, plot.top + 8), (x, plot.top + 12)), NOTED, 3)
            draw_badge(sheet, x, plot.top + 8 + half, numbers[span.note])
