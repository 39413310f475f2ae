"""Notes on a chart over days: a thin line each, a pale band of several days, and their words.

Words stand over the plot on up to two rows. Where they do not find room there every note has a
number over its line, and the words follow under the chart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kpis.charts.frame import (
    LINE,
    PlacedMark,
    Plot,
    draw_marks,
    measure_marks,
    measure_words,
    place_marks,
)
from kpis.charts.note_places import Wanted, place_words
from kpis.charts.picture import Note, Picture
from kpis.charts.scale import find_slot, spread
from kpis.charts.sheet import Sheet, clean
from kpis.charts.style import EDGE, INK, NOTED, NOTED_PALE, SMALL, WHITE, WIDTH

MOST = 8
_WIDEST, _WIDEST_OF_FEW, _FEW = 420, 640, 2
_FEW_ENTRIES, _BETWEEN = 4, 30
"""Up to so many notes are listed under the chart in two columns, more in three."""
BADGE = 42
"""Across a number's circle."""
_UNDER = 50
"""Over the plot: where the middle of the circles is."""
_AXIS = 56
"""Under the plot: the room of the days' names."""
Place = Callable[[float], float]


@dataclass(frozen=True)
class Span:
    """A note in pixels; ``left`` is its line, ``right`` where its band ends, if it has one."""

    left: float
    right: float
    note: Note

    @property
    def is_band(self) -> bool:
        return self.right - self.left > 1


@dataclass(frozen=True)
class Laid:
    """Notes and breaks in counting, ready to be drawn around a plot."""

    plot: Plot
    marks: tuple[PlacedMark, ...] = ()
    """Breaks; and notes with their words, where they have room over the plot."""
    spans: tuple[Span, ...] = ()
    badges: tuple[float, ...] = ()
    """The middle of each note's number, where notes are numbered."""
    entries: tuple[tuple[float, float, str], ...] = ()
    """What the numbers mean: left, base line and words of each."""


def lay_notes(sheet: Sheet, picture: Picture, plot: Plot, place: Place) -> Laid:
    """Find room for the labelled days of a chart, and return it with the plot that is left."""
    spans = find_spans(picture, plot, place)
    breaks = place_marks(sheet, picture, place)
    if not spans:
        return Laid(_lower(plot, measure_marks(breaks)), tuple(breaks))
    labels = [Wanted(*it, is_note=False) for it in measure_words(sheet, picture, place)]
    if together := place_words([*measure_notes(sheet, spans), *labels]):
        return Laid(_lower(plot, measure_marks(together)), tuple(together), spans)
    badges = spread_badges([it.left for it in spans])
    lines = flow(sheet, [it.note for it in spans])
    entries = stack_lines(lines, plot.bottom - _AXIS)
    breaks = [replace(it, row=it.row + 1) for it in breaks]
    lowered = _lower(plot, measure_marks(breaks) or BADGE + 16.0)
    raised = replace(lowered, bottom=plot.bottom + LINE * len(lines))
    return Laid(raised, tuple(breaks), spans, tuple(badges), entries)


def _lower(plot: Plot, height: float) -> Plot:
    return replace(plot, top=plot.top - height)


def find_spans(picture: Picture, plot: Plot, place: Place) -> tuple[Span, ...]:
    """Return the notes that touch the slots, in pixels; what goes on beyond them is cut there."""
    if len(picture.slots) < 2:
        return ()
    half = (place(1) - place(0)) / (picture.slot_days or 30) / 2
    spans = []
    for note in picture.notes:
        ends = find_ends(picture, note)
        if ends is None:
            continue
        left, right = (place(it) for it in ends)
        if note.until - note.first > timedelta(days=1):
            left, right = max(left - half, plot.left), min(right + half, plot.right)
        spans.append(Span(left, max(left, right), note))
    return tuple(sorted(spans[-MOST:], key=lambda it: it.left))


def find_ends(picture: Picture, note: Note) -> tuple[float, float] | None:
    """Return where a note's first and last day fall among the slots, if any day of it does."""
    slots, days = picture.slots, picture.slot_days
    last = last_day(picture)
    if note.until <= slots[0] or note.first > last:
        return None
    first = find_slot(max(note.first, slots[0]), slots, days)
    end = find_slot(min(note.until - timedelta(days=1), last), slots, days)
    return None if first is None or end is None else (first, max(first, end))


def last_day(picture: Picture) -> date:
    return picture.slots[-1] + timedelta(days=(picture.slot_days or 31) - 1)


def measure_notes(sheet: Sheet, spans: Sequence[Span]) -> list[Wanted]:
    widest = _WIDEST_OF_FEW if len(spans) <= _FEW else _WIDEST
    texts = [sheet.fit(clean(it.note.words), SMALL, widest) for it in spans]
    return [
        Wanted(span.left, text, sheet.measure(text, SMALL), is_note=True)
        for span, text in zip(spans, texts, strict=True)
    ]


def spread_badges(lines: Sequence[float]) -> list[float]:
    """Return the middle of each number, over its line or as near as the others let it."""
    half = BADGE / 2
    return spread(lines, BADGE + 4.0, EDGE + half, WIDTH - EDGE - half)


def flow(sheet: Sheet, notes: Sequence[Note]) -> list[list[tuple[float, str]]]:
    """Return the notes in words, on one line or in columns: lines of (left, words)."""
    texts = [f"{it.said} {clean(it.words)}" for it in notes]
    wide = [BADGE + 10 + sheet.measure(it, SMALL) for it in texts]
    if sum(wide) + _BETWEEN * (len(texts) - 1) <= WIDTH - 2 * EDGE:
        lefts = [EDGE + sum(wide[:at]) + _BETWEEN * at for at in range(len(texts))]
        return [list(zip(lefts, texts, strict=True))]
    columns = 2 if len(texts) <= _FEW_ENTRIES else 3
    column = (WIDTH - 2 * EDGE + _BETWEEN) / columns
    cut = [sheet.fit(it, SMALL, column - _BETWEEN - BADGE - 10) for it in texts]
    placed = [(EDGE + column * (at % columns), it) for at, it in enumerate(cut)]
    return [placed[at : at + columns] for at in range(0, len(placed), columns)]


def stack_lines(
    lines: Sequence[Sequence[tuple[float, str]]], bottom: float
) -> tuple[tuple[float, float, str], ...]:
    """Return the words of all lines with their base lines, the last line lowest."""
    return tuple(
        (x, bottom + 6 + LINE * (len(lines) - 1 - at), words)
        for at, line in enumerate(lines)
        for x, words in line
    )


def draw_bands(sheet: Sheet, plot: Plot, spans: Sequence[Span], *, has_gaps: bool = False) -> None:
    """Fill the days of each longer note; behind all but gaps, whose words stay free below it."""
    lift = LINE if has_gaps else 0
    for span in spans:
        if span.is_band:
            wide = span.right - span.left
            sheet.box(span.left, plot.bottom + lift, wide, plot.height - lift, NOTED_PALE)


def draw_notes(sheet: Sheet, plot: Plot, laid: Laid) -> None:
    """Draw the lines of notes and breaks over the data's ``plot``, and what stands around it."""
    bottom, top = plot.bottom, laid.plot.top
    for span in laid.spans:
        draw_line(sheet, span.left, bottom, top)
        if span.is_band:
            draw_line(sheet, span.right, bottom, plot.top)
    for span, x in zip(laid.spans, laid.badges, strict=False):
        sheet.line(((span.left, top), (x, top + _UNDER - 8)), NOTED, 3)
    draw_marks(sheet, laid.plot, laid.marks)
    for number, x in enumerate(laid.badges, 1):
        draw_badge(sheet, x, top + _UNDER - 16, number)
    draw_entries(sheet, laid.entries)


def draw_entries(sheet: Sheet, entries: Sequence[tuple[float, float, str]]) -> None:
    for number, (x, y, words) in enumerate(entries, 1):
        draw_badge(sheet, x + BADGE / 2, y + 10, number)
        sheet.text(x + BADGE + 10, y, words, SMALL, INK)


def draw_line(sheet: Sheet, x: float, bottom: float, top: float) -> None:
    """Draw an upright line, parted by white from what it crosses."""
    sheet.rule((x, bottom), (x, top), WHITE, 7)
    sheet.rule((x, bottom), (x, top), NOTED, 3)


def draw_badge(sheet: Sheet, x: float, y: float, number: int) -> None:
    """Write a number in a circle around a middle."""
    sheet.mark([(x, y)], "circle", BADGE, NOTED, WHITE, 2)
    sheet.text(x, y - 11, str(number), SMALL, WHITE, bold=True, align="center")
