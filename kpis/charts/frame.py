"""What every chart has around its data: title, headline, footnote, axes and labelled days."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from kpis.charts.picture import Picture
from kpis.charts.scale import Axis, choose_slot_labels, find_slot, name_slot
from kpis.charts.sheet import Sheet, clean
from kpis.charts.style import (
    AXIS,
    EDGE,
    FRAME,
    GREY,
    HEADLINE,
    INK,
    LABEL,
    NOTED,
    RULE,
    SHADE,
    SMALL,
    TICK,
    TITLE,
    WHITE,
    WIDTH,
    lighten,
)
from kpis.tongue import say

_SMALLEST_TITLE, _SMALLEST_HEADLINE = 40, 36
_BETWEEN = " · "
"""Between the parts of a title."""
_WIDEST_MARK, _MARK_ROWS = 640, 3
LINE = 42
"""From one line of small text to the next."""


@dataclass(frozen=True)
class Plot:
    """The rectangle that the data are drawn in."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True)
class Sign:
    """What a sign in the chart means.

    ``shape`` is ``box``, ``short``, ``hatch``, ``frame``, ``upright``, ``note`` or a marker: hollow
    in grey, filled in any other colour.
    """

    words: str
    shape: str = ""
    colour: str = GREY


def explain_short(pictures: Sequence[Picture]) -> list[Sign]:
    """Return what the lighter ones hold, in words where all pictures have the same."""
    is_drawn = any(series.short for picture in pictures for series in picture.series)
    said = {it.shorts for it in pictures if it.shorts or any(each.short for each in it.series)}
    words = said.pop() if len(said) == 1 else ""
    if not words and not is_drawn:
        return []
    return [Sign(words or say("some days only"), "short" if is_drawn else "")]


def draw_frame(sheet: Sheet, picture: Picture, signs: Sequence[Sign] = ()) -> Plot:
    """Write the texts around the data; return the room that is left between them."""
    width = WIDTH - 2 * EDGE
    top = float(sheet.height - EDGE - 38)
    titles = _part_title(sheet, clean(picture.title))
    size = TITLE if len(titles) == 1 else _SMALLEST_TITLE
    for title in titles:
        top -= _write_shrunk(sheet, top, title, size, _SMALLEST_TITLE, bold=True)
    headline = clean(picture.headline)
    if headline:
        top -= _write_shrunk(sheet, top, headline, HEADLINE, _SMALLEST_HEADLINE, bold=False)
    bottom = float(EDGE - 14)
    if signs:
        _draw_signs(sheet, bottom, signs)
        bottom += LINE
    for line in reversed(sheet.wrap(clean(picture.footnote), SMALL, width, 2)):
        sheet.text(EDGE, bottom, line, SMALL, GREY)
        bottom += LINE
    return Plot(EDGE, bottom + 14, WIDTH - EDGE, top + 10)


def _part_title(sheet: Sheet, title: str) -> list[str]:
    """Return a title as one line, or as two where its parts do not fit on one.

    Words of other languages are longer than the English ones.
    """
    parts, width = title.split(_BETWEEN), WIDTH - 2 * EDGE
    if len(parts) < 2 or sheet.measure(title, _SMALLEST_TITLE, True) <= width:
        return [title]
    kept = len(parts) - 1
    while kept > 1 and sheet.measure(_BETWEEN.join(parts[:kept]), _SMALLEST_TITLE, True) > width:
        kept -= 1
    return [_BETWEEN.join(parts[:kept]), _BETWEEN.join(parts[kept:])]


def _write_shrunk(
    sheet: Sheet, y: float, words: str, size: int, smallest: int, *, bold: bool
) -> float:
    """Write one line as large as it fits; return the height it took."""
    width = WIDTH - 2 * EDGE
    while size > smallest and sheet.measure(words, size, bold) > width:
        size -= 2
    sheet.text(EDGE, y, sheet.fit(words, size, width, bold=bold), size, INK, bold=bold)
    return 64.0 if bold else 50.0


def _draw_signs(sheet: Sheet, y: float, signs: Sequence[Sign]) -> None:
    x = float(EDGE)
    for sign in signs:
        if sign.shape == "hatch":
            sheet.box(x, y - 2, 36, 26, WHITE, edge=GREY, edge_width=2, hatch=GREY)
            x += 48
        elif sign.shape == "short":
            sheet.box(x + 1, y - 1, 26, 24, lighten(GREY), edge=GREY, edge_width=3)
            x += 40
        elif sign.shape == "box":
            sheet.box(x, y - 1, 26, 24, sign.colour)
            x += 38
        elif sign.shape == "upright":
            sheet.rule((x + 8, y - 6), (x + 8, y + 30), GREY, 3, (10, 7))
            x += 26
        elif sign.shape == "note":
            sheet.rule((x + 8, y - 6), (x + 8, y + 30), sign.colour, 3)
            x += 26
        elif sign.shape == "frame":
            sheet.box(x + 3, y - 1, 30, 24, WHITE, edge=FRAME, edge_width=6)
            x += 48
        elif sign.shape:
            plain = sign.colour == GREY
            fill, edge = (WHITE, GREY) if plain else (sign.colour, sign.colour)
            sheet.mark([(x + 12, y + 11)], sign.shape, 20 if plain else 24, fill, edge, 4)
            x += 34
        words = sheet.fit(clean(sign.words), SMALL, WIDTH - EDGE - x)
        sheet.text(x, y, words, SMALL, GREY)
        x += sheet.measure(words, SMALL) + 44


def measure_values(sheet: Sheet, axis: Axis) -> float:
    """Return the width that the numbers of an axis need left of the plot."""
    return max(sheet.measure(text, TICK) for text in axis.texts) + 18


def draw_values(sheet: Sheet, plot: Plot, axis: Axis) -> None:
    """Draw level rules with their numbers left of the plot."""
    for tick, text in zip(axis.ticks, axis.texts, strict=True):
        y = plot.bottom + plot.height * axis.place(tick)
        base = tick == 0 or tick == axis.ticks[0]
        sheet.rule((plot.left, y), (plot.right, y), AXIS if base else RULE, 3 if base else 2)
        sheet.text(plot.left - 18, y - 12, text, TICK, GREY, align="right")


def draw_days(
    sheet: Sheet,
    plot: Plot,
    picture: Picture,
    place: Callable[[float], float],
    *,
    with_last: bool = False,
) -> None:
    """Write the names of the slots under the plot; ``place`` gives a position's pixel.

    ``with_last`` names the last slot at the cost of those too near to it.
    """
    room = place(1) - place(0) if len(picture.slots) > 1 else plot.width
    labels = choose_slot_labels(
        picture.slots, picture.slot_days, room, lambda text: sheet.measure(text, TICK)
    )
    if with_last and labels:
        end = len(picture.slots) - 1
        last = name_slot(picture.slots[end], picture.slot_days)
        need = sheet.measure(last, TICK) + 28
        labels = [it for it in labels if place(end) - place(it[0]) >= need] + [(end, last)]
    for at, text in labels:
        half = sheet.measure(text, TICK) / 2
        x = min(max(place(at), EDGE + half), WIDTH - EDGE - half)
        sheet.rule((place(at), plot.bottom), (place(at), plot.bottom - 8), AXIS, 3)
        sheet.text(x, plot.bottom - 44, text, TICK, GREY, align="center")


@dataclass(frozen=True)
class PlacedMark:
    """A labelled day: the pixel of its line, where its words start, and on which row."""

    x: float
    start: float
    words: str
    row: int
    is_note: bool = False
    """Its line is a note's: whole, not dashed."""


def place_marks(
    sheet: Sheet, picture: Picture, place: Callable[[float], float]
) -> list[PlacedMark]:
    """Find room for the words of every labelled day.

    Words stand right of their line, or left of it near the edge. From the right to the left,
    each takes the lowest row that is free, so that few words cross another's line; what finds
    no room on three rows keeps its line and loses its words.
    """
    wanted = measure_words(sheet, picture, place)
    wanted.sort(key=lambda it: (_goes_left(it[0], it[2]), -it[0]))
    rows: list[list[tuple[float, float]]] = [[] for _ in range(_MARK_ROWS)]
    placed = []
    for x, text, width in wanted:
        start = x - 12 - width if _goes_left(x, width) else x + 12
        span = min(start, x), max(start + width, x)
        row = next((at for at, taken in enumerate(rows) if _is_free(span, taken)), None)
        if row is not None:
            rows[row].append(span)
        placed.append(PlacedMark(x, start, text if row is not None else "", row or 0))
    return placed


def measure_words(
    sheet: Sheet, picture: Picture, place: Callable[[float], float]
) -> list[tuple[float, str, float]]:
    """Return the pixel of each labelled day's line, its words and their width."""
    wanted = []
    for day, words in picture.marks:
        at = find_slot(day, picture.slots, picture.slot_days)
        if at is not None:
            text = sheet.fit(clean(words), SMALL, _WIDEST_MARK)
            wanted.append((place(at), text, sheet.measure(text, SMALL)))
    return wanted


def _goes_left(x: float, width: float) -> bool:
    return x + 12 + width > WIDTH - EDGE


def _is_free(span: tuple[float, float], taken: Sequence[tuple[float, float]]) -> bool:
    return all(span[0] > end + 20 or span[1] < start - 20 for start, end in taken)


def measure_marks(marks: Sequence[PlacedMark]) -> float:
    """Return the height that the words of labelled days need above the plot."""
    return max(mark.row for mark in marks) * LINE + 50.0 if marks else 0.0


def draw_marks(sheet: Sheet, plot: Plot, marks: Sequence[PlacedMark]) -> None:
    """Draw an upright line for each labelled day, with its words above the plot."""
    levels = [plot.top + 56 + mark.row * LINE for mark in marks]
    for mark, y in zip(marks, levels, strict=True):
        if mark.is_note:
            sheet.rule((mark.x, plot.top), (mark.x, y + 24), NOTED, 3)
        else:
            sheet.rule((mark.x, plot.bottom), (mark.x, y + 24), GREY, 3, (10, 7))
    for mark, y in zip(marks, levels, strict=True):
        # White behind the words hides the lines of others that go up through them.
        if mark.words:
            width = sheet.measure(mark.words, SMALL)
            sheet.box(mark.start - 5, y - 8, width + 10, 38, WHITE)
            sheet.text(mark.start, y, mark.words, SMALL, INK)


def say_nothing_is_there(sheet: Sheet, plot: Plot) -> None:
    """Write “No data” where the data would be."""
    x, y = (plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2
    sheet.text(x, y, say("No data"), LABEL, GREY, align="center")


def shade_gaps(
    sheet: Sheet, plot: Plot, gaps: Sequence[bool], place: Callable[[float], float]
) -> None:
    """Shade the slots without data, and say so where there is room."""
    half = (place(1) - place(0)) / 2
    words = say("no data")
    first = 0
    for missing, run in groupby(gaps):
        last = first + len(list(run)) - 1
        if missing:
            left = max(place(first) - half, plot.left)
            width = min(place(last) + half, plot.right) - left
            sheet.box(left, plot.bottom, width, plot.height, SHADE)
            if width >= sheet.measure(words, SMALL) + 12:
                x = left + width / 2
                sheet.text(x, plot.bottom + 16, words, SMALL, GREY, align="center")
        first = last + 1
