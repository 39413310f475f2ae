"""Which picture an answer makes. The words come from outside; the numbers are the answer's own."""

from collections.abc import Sequence
from dataclasses import replace

from kpis.answers import Answer, Cell, Figure, Reading, Value
from kpis.charts.compose_grid import (
    FEW,
    MOST_BARS,
    compose_grid,
    count_rows,
    read_hour,
    say_what_is_left,
)
from kpis.charts.noting import notes_of
from kpis.charts.over_slots import align, find_shorts, lay_over_slots, say_few
from kpis.charts.picture import Band, Guide, Picture, Series
from kpis.date_marks import notes_within, say_notes
from kpis.names.periods import say_period
from kpis.numbers import write, write_with_unit
from kpis.periods import say_weekday
from kpis.question import Beside
from kpis.short_words import say_short
from kpis.tongue import say

_MOST_LINES, _MOST_LAYERS = 6, 7
_MOST_COLUMNS = 31
_ORDERED = frozenset({"weekday", "hour", "day", "week", "month"})
"""Dimensions whose parts are drawn in their order, and never cut to the first few."""
_LONGEST_ALT = 2000


def compose(answer: Answer, headline: str, footnote: str, alt_text: str) -> Picture | None:
    """Return what to draw for an answer, or nothing where it has no chart or no number."""
    picture = Picture(
        kind="line",
        title=answer.title,
        headline=headline,
        footnote=footnote,
        unit=answer.unit,
        series=(),
        marks=tuple((mark.day, mark.words) for mark in answer.epochs),
        notes=notes_of(answer.marks, answer.question.today.year),
        guides=tuple(Guide(name, values, kind) for name, values, kind in answer.guides),  # type: ignore[arg-type]
        alt_text=alt_text[:_LONGEST_ALT],
        file_name=_name_file(answer),
    )
    ways = {
        "line": _compose_lines,
        "band": _compose_lines,
        "bars": _compose_bars,
        "stacked": _compose_stack,
        "heat": _compose_heat,
    }
    way = ways.get(answer.chart)
    composed = way(picture, answer) if way else None
    if composed is None or not any(_has_numbers(series) for series in composed.series):
        return None
    return composed if len(composed.slots) > 1 else _say_notes(composed, answer)


def _say_notes(picture: Picture, answer: Answer) -> Picture:
    """Tell the notes of the period under a chart that has no days to draw them on."""
    asked = answer.question
    notes = notes_within(answer.marks, asked.period.start, asked.period.end)
    said = say_notes(notes, asked.today.year)
    footnote = " · ".join(filter(None, (picture.footnote, said)))
    return replace(picture, notes=(), footnote=footnote)


def _has_numbers(series: Series) -> bool:
    return not series.pale and any(value is not None for value in series.values)


def _name_file(answer: Answer) -> str:
    period = answer.question.period
    return f"{answer.question.kpi}-{period.start}-{period.last}.png"


def _compose_lines(picture: Picture, answer: Answer) -> Picture | None:
    """One line with the period before behind it, or one line an account."""
    several = [figure for figure in answer.lines if figure.series]
    if len(several) > 1:
        kept = sorted(several, key=_weigh, reverse=True)[:_MOST_LINES]
        # The order of the answer is kept, so that an account keeps its colour.
        shown = [figure for figure in several if figure in kept]
        picture = say_what_is_left(picture, len(several) - len(shown))
        return lay_over_slots(picture, shown, answer)
    main = next((it for it in (answer.together, *several) if it and it.series), None)
    if main is None:
        return _compose_bars(picture, answer) if answer.lines or answer.together else None
    picture = lay_over_slots(picture, [main], answer)
    if main.band is not None:
        return replace(picture, band=_describe_band(main.band, answer))
    if main.previous_series:
        before = align(main.previous_series, picture.slots)
        cut = find_shorts(before)
        values = tuple(it.value if it else None for it in before)
        pale = Series(_name_baseline(answer), values, pale=True, short=cut)
        return replace(picture, series=(*picture.series, pale))
    return picture


def _weigh(figure: Figure) -> float:
    return figure.value.low if isinstance(figure.value, Value) else 0.0


def _describe_band(band: tuple[float, float], answer: Answer) -> Band:
    low, high = write(band[0], answer.unit), write_with_unit(band[1], answer.unit)
    period = say_period(answer.question.period)
    period = period[:1].upper() + period[1:]
    return Band(
        *band, say("{period} together: between {low} and {high}", period=period, low=low, high=high)
    )


def _name_baseline(answer: Answer) -> str:
    baseline = answer.question.baseline
    if baseline.kind is Beside.LAST_YEAR:
        return say("last year")
    named = baseline.kind is Beside.ACCOUNTS and baseline.words
    return baseline.words if named else say("before")


def _compose_bars(picture: Picture, answer: Answer) -> Picture | None:
    """The parts of a breakdown, the columns of a table, one number over time, or the accounts."""
    if answer.grid is not None and not answer.breakdown:
        return compose_grid(picture, answer.grid)
    if not answer.breakdown and len(answer.lines) == 1 and len(answer.lines[0].series) > 1:
        return replace(lay_over_slots(picture, answer.lines, answer), kind="stacked")
    figures = answer.breakdown or answer.lines or ((answer.together,) if answer.together else ())
    most = _MOST_COLUMNS if answer.question.by in _ORDERED else MOST_BARS
    shown = figures[:most]
    picture = say_what_is_left(picture, len(figures) - len(shown))
    cut = frozenset(at for at, it in enumerate(shown) if it.short and it.short.is_less)
    values = tuple(_read(figure.value) for figure in shown)
    series = [Series(answer.kpi_title, values, short=cut)]
    before = tuple(_read(figure.previous) for figure in shown)
    if any(value is not None for value in before):
        series.append(Series(_name_baseline(answer), before, pale=True))
    return replace(
        picture,
        kind="bars",
        categories=tuple(_shorten(figure.name) for figure in shown),
        series=tuple(series),
        hatched=frozenset(at for at, figure in enumerate(shown) if _is_small(figure.value)),
        shorts=say_few(
            [
                say("{name}: {value}", name=it.name, value=say_short(it.short))
                for it in shown
                if it.short
            ]
        ),
        marks=(),
    )


def _shorten(name: str) -> str:
    """Return “Mon” for “Monday”; every other name as it is."""
    days = {say_weekday(day): say_weekday(day, short=True) for day in range(7)}
    return days.get(name, name)


def _read(reading: Reading | None) -> float | None:
    """Return the number of a bar: of a range its proven lower bound."""
    return reading.low if isinstance(reading, Value) else None


def _is_small(reading: Reading) -> bool:
    return isinstance(reading, Value) and 0 < reading.n < FEW


def _compose_stack(picture: Picture, answer: Answer) -> Picture | None:
    """The parts over the slots; the smallest become one, called “other”."""
    shown = answer.breakdown or answer.parts or answer.lines
    figures = [it for it in shown if it.series]
    if len(figures) < 2:
        return _compose_lines(picture, answer)
    figures.sort(key=_weigh, reverse=True)
    whole = replace(lay_over_slots(picture, figures, answer), kind="stacked")
    if len(figures) <= _MOST_LAYERS:
        return whole
    kept, rest = whole.series[: _MOST_LAYERS - 1], whole.series[_MOST_LAYERS - 1 :]
    return replace(whole, series=(*kept, _add_up(rest)))


def _add_up(rest: Sequence[Series]) -> Series:
    columns = [
        [it for it in column if it is not None]
        for column in zip(*(series.values for series in rest), strict=True)
    ]
    values = tuple(sum(column) if column else None for column in columns)
    hollow, short = (
        frozenset().union(*held) for held in ([it.hollow for it in rest], [it.short for it in rest])
    )
    return Series(say("other"), values, hollow, short=short)


def _compose_heat(picture: Picture, answer: Answer) -> Picture | None:
    """The cells of a week by its hours; hours without a column are empty."""
    grid = answer.grid
    if grid is None or not grid.heat:
        return _compose_bars(picture, answer)
    hours = [read_hour(column) for column in grid.columns]
    series, counts, units = [], [], []
    for name, cells in grid.rows:
        by_hour = dict(zip(hours, cells, strict=False))
        row = [by_hour.get(hour, Cell()) for hour in range(24)]
        series.append(Series(_shorten(name), tuple(cell.value for cell in row)))
        counts.append(tuple(count_rows(cell) for cell in row))
        units += [cell.unit for cell in cells if cell.value is not None]
    return replace(
        picture,
        kind="heat",
        unit=units[0] if units else picture.unit,
        series=tuple(series),
        counts=tuple(counts),
        marks=(),
    )
