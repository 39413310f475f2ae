"""Bars beside their names: level ones, or upright ones where the names are short and many.

Bars always start at zero. Those made of too few rows are hatched; the number stands at the end
of each bar, so that there is no scale to read.
"""

from dataclasses import replace

from kpis.charts.bar import list_values, name_second
from kpis.charts.bars_level import draw_level
from kpis.charts.bars_upright import draw_upright
from kpis.charts.frame import Sign, draw_frame, explain_short, say_nothing_is_there
from kpis.charts.guides import explain_guides
from kpis.charts.picture import Picture
from kpis.charts.sheet import Sheet
from kpis.charts.style import LOOKS, PALE
from kpis.tongue import say

_MOST_LEVEL = 12


def draw_bars(sheet: Sheet, picture: Picture) -> None:
    """Draw one or two series as bars, one group a category."""
    plot = draw_frame(sheet, picture, _explain(picture))
    plot = replace(plot, top=plot.top - 10)
    if not picture.categories or not list_values(picture):
        say_nothing_is_there(sheet, plot)
    elif _stand_upright(picture):
        draw_upright(sheet, plot, picture)
    else:
        draw_level(sheet, plot, picture)


def _explain(picture: Picture) -> list[Sign]:
    signs = explain_guides(picture)
    pair = picture.series[:2]
    if len(pair) == 2 and not any(series.pale for series in pair):
        signs += [Sign(it.name, "box", look.colour) for it, look in zip(pair, LOOKS, strict=False)]
    elif name_second(picture) and _stand_upright(picture):
        signs.append(Sign(name_second(picture), "box", PALE))
    if picture.hatched:
        signs.append(Sign(say("small sample"), "hatch"))
    if any(series.hollow - series.short for series in picture.series):
        signs.append(Sign(say("not final yet"), "square"))
    return [*signs, *explain_short([picture])]


def _stand_upright(picture: Picture) -> bool:
    if sum(not series.pale for series in picture.series[:2]) == 2:
        return False  # Upright, the numbers of two equal bars would stand in each other's way.
    count, longest = len(picture.categories), max(map(len, picture.categories), default=0)
    return count > _MOST_LEVEL or (count > 4 and longest <= 6)
