"""One bar: its value, how it looks, and what is said of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from kpis.charts.picture import Picture, Series
from kpis.charts.sheet import Sheet, clean
from kpis.charts.style import LOOKS, PALE, WHITE, lighten
from kpis.numbers import compact

_THINNEST = 4


@dataclass(frozen=True)
class Bar:
    """One bar of one category."""

    value: float | None
    colour: str
    pale: bool
    hatched: bool
    hollow: bool
    short: bool = False


def list_bars(picture: Picture, at: int) -> list[Bar]:
    """Return the bars of one category, its own first."""
    mains_first = sorted(picture.series[:2], key=lambda series: series.pale)
    return [
        _make_bar(series, look.colour, at, at in picture.hatched)
        for series, look in zip(mains_first, LOOKS, strict=False)
    ]


def _make_bar(series: Series, colour: str, at: int, hatched: bool) -> Bar:
    value = series.values[at] if at < len(series.values) else None
    colour = PALE if series.pale else colour
    hatched = hatched and not series.pale
    return Bar(value, colour, series.pale, hatched, at in series.hollow, at in series.short)


def list_values(picture: Picture) -> list[float]:
    """Return every number that has a bar."""
    return [it for series in picture.series for it in series.values if it is not None]


def find_main_values(picture: Picture) -> Sequence[float | None]:
    """Return the values of the series that is not the one before."""
    return next((series.values for series in picture.series if not series.pale), ())


def fill_bar(
    sheet: Sheet, bar: Bar, left: float, bottom: float, width: float, height: float
) -> None:
    """Draw a bar; one that is not zero is never too small to be seen."""
    colour = bar.colour
    width, height = (max(it, _THINNEST) if bar.value else it for it in (width, height))
    if not bar.hatched and not bar.hollow and not bar.short:
        sheet.box(left, bottom, width, height, colour)
        return
    edge = min(3.0 if bar.short else 5.0, width / 2, height / 2)
    left, bottom = left + edge / 2, bottom + edge / 2
    hatch = colour if bar.hatched else None
    width, height = width - edge, height - edge
    fill = lighten(colour) if bar.short else WHITE
    sheet.box(left, bottom, width, height, fill, edge=colour, edge_width=edge, hatch=hatch)


def say_bar(picture: Picture, value: float) -> str:
    """Return the number of a bar, short."""
    return compact(value, picture.unit)


def name_second(picture: Picture) -> str:
    """Return the name of the period before, where there is one."""
    return next((clean(series.name) for series in picture.series if series.pale), "")
