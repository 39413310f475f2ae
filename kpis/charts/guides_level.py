"""Guides and usual ranges of level bars, where values go across: upright lines named on top."""

from collections.abc import Sequence
from dataclasses import dataclass

from kpis.charts.guides import GUIDE_LOOKS, Level, hold_guide
from kpis.charts.picture import Picture
from kpis.charts.sheet import Sheet, clean
from kpis.charts.style import EDGE, PALE_BLUE, SMALL, TICK, WHITE, WIDTH, Look

_THIN, _HALO = 4, 9
_ROW = 44
_WIDEST_NAME = 500


@dataclass(frozen=True)
class LevelName:
    """The name of a guide over the bars: where its line stands, and on which row its words."""

    words: str
    look: Look
    x: float
    start: float
    row: int


def place_level_names(sheet: Sheet, picture: Picture, count: int, across: Level) -> list[LevelName]:
    """Give each name a row of its own where it would stand beside or over another."""
    placed: list[LevelName] = []
    ends: list[float] = []
    found = []
    for guide in picture.guides:
        first = next((it for it in hold_guide(guide, count) if it is not None), None)
        if first is not None:
            words = sheet.fit(clean(guide.name), TICK, _WIDEST_NAME)
            found.append((across(first), words, GUIDE_LOOKS[guide.kind]))
    for x, words, look in sorted(found, key=lambda it: it[0]):
        width = sheet.measure(words, TICK)
        start = min(max(x - width / 2, EDGE), WIDTH - EDGE - width)
        row = next((at for at, end in enumerate(ends) if end + 24 <= start), len(ends))
        ends[row:] = [start + width, *ends[row + 1 :]]
        placed.append(LevelName(words, look, x, start, row))
    return placed


def measure_level_names(names: Sequence[LevelName]) -> float:
    """Return the height that the names need over the bars."""
    return (max(it.row for it in names) + 1) * _ROW + 6.0 if names else 0.0


def draw_level_names(sheet: Sheet, top: float, names: Sequence[LevelName]) -> None:
    """Write the names over the bars, each with its line up to it."""
    for it in names:
        sheet.line(((it.x, top), (it.x, top + 8 + it.row * _ROW)), it.look.colour, _THIN)
    for it in names:
        width, y = sheet.measure(it.words, TICK), top + 18 + it.row * _ROW
        sheet.box(it.start - 4, y - 8, width + 8, SMALL + 8, WHITE)
        sheet.text(it.start, y, it.words, TICK, it.look.ink)


def draw_level_guides(
    sheet: Sheet, picture: Picture, middles: Sequence[float], height: float, across: Level
) -> None:
    """Draw each guide through the rows; one that moves from row to row does so in steps."""
    for guide in picture.guides:
        look = GUIDE_LOOKS[guide.kind]
        line = []
        for middle, value in zip(middles, hold_guide(guide, len(middles)), strict=False):
            if value is not None:
                x = across(value)
                line += [(x, middle + height / 2), (x, middle - height / 2)]
        if line:
            sheet.line(line, WHITE, _HALO)
            sheet.line(line, look.colour, _THIN, look.dash)


def draw_level_usual(
    sheet: Sheet, picture: Picture, middles: Sequence[float], height: float, across: Level
) -> None:
    """Fill the usual range behind each bar, higher than the bar."""
    for middle, pair in zip(middles, picture.usual, strict=False):
        if pair:
            low, high = across(pair[0]), across(pair[1])
            wide = max(high - low, 3)
            sheet.box(low, middle - height * 0.46, wide, height * 0.92, PALE_BLUE)
