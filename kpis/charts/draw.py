"""A picture, drawn: the one way from plain data to a PNG.

Runs in a worker process (``kpis.charts.workers``); nothing is imported from matplotlib until the
first picture is drawn.
"""

from functools import cache

from kpis.charts.bars import draw_bars
from kpis.charts.heat import draw_heat
from kpis.charts.line import draw_lines
from kpis.charts.multiples import draw_multiples, is_tall
from kpis.charts.picture import Picture
from kpis.charts.png import encode
from kpis.charts.sheet import Sheet
from kpis.charts.stacked import draw_stacked
from kpis.charts.style import HEIGHT, TALL
from kpis.tongue import speaking

_KINDS = {
    "line": draw_lines,
    "bars": draw_bars,
    "stacked": draw_stacked,
    "heat": draw_heat,
    "multiples": draw_multiples,
}


def draw(picture: Picture) -> bytes:
    """Return the picture as a PNG; the same picture is the same bytes.

    It has 1600 × 900 pixels, and 1600 × 1200 where more than four panels are in it.
    """
    sheet = _open_sheet(TALL if is_tall(picture) else HEIGHT)
    sheet.clear()
    with speaking(picture.language):
        _KINDS[picture.kind](sheet, picture)
    return encode(sheet.pixels())


@cache
def _open_sheet(height: int) -> Sheet:
    return Sheet(height)
