"""A picture, drawn: the one way from plain data to a PNG.

Runs in a worker process (``kpis.charts.workers``); nothing is imported from matplotlib until the
first picture is drawn.
"""

from functools import cache

from kpis.charts.bars import draw_bars
from kpis.charts.heat import draw_heat
from kpis.charts.line import draw_lines
from kpis.charts.picture import Picture
from kpis.charts.png import encode
from kpis.charts.sheet import Sheet
from kpis.charts.stacked import draw_stacked

_KINDS = {"line": draw_lines, "bars": draw_bars, "stacked": draw_stacked, "heat": draw_heat}


def draw(picture: Picture) -> bytes:
    """Return the picture as a PNG of 1600 × 900 pixels; the same picture is the same bytes."""
    sheet = _open_sheet()
    sheet.clear()
    _KINDS[picture.kind](sheet, picture)
    return encode(sheet.pixels())


@cache
def _open_sheet() -> Sheet:
    return Sheet()
