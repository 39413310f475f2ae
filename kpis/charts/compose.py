"""Which picture an answer makes. The words come from outside; the numbers are the answer's own."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from kpis.answers import Answer, Cell, Figure, Grid, Point, Reading, Value
from kpis.charts.noting import notes_of
from kpis.charts.picture import Band, Guide, Picture, Series
from kpis.date_marks import notes_within, say_notes
from kpis.names.periods import say_period
from kpis.numbers import write, write_with_unit
from kpis.periods import say_weekday
from kpis.question import Beside
from kpis.tongue import say
from storage.measures import Unit

_MOST_LINES, _MOST_LAYERS = 6, 7
_MOST_BARS, _MOST_COLUMNS = 12, 31
_ORDERED = frozenset({"weekday", "hour", "day", "week", "month"})
"""Dimensions whose parts are drawn in their order, and never cut to the first few."""
_FEW = 3
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
        picture = _say_what_is_left(picture, len(several) - len(shown))
        return _lay_over_slots(picture, shown, answer)
    main = next((it for it in (answer.together, *several) if it and it.series), None)
    if main is None:
        return _compose_bars(picture, answer) if answer.lines or answer.together else None
    picture = _lay_over_slots(picture, [main], answer)
    if main.band is not None:
        return replace(picture, band=_describe_band(main.band, answer))
    if main.previous_series:
        before = _align(main.previous_series, picture.slots)
        pale = Series(_name_baseline(answer), before, pale=True)
        return replace(picture, series=(*picture.series, pale))
    return picture


def _weigh(figure: Figure) -> float:
    return figure.value.low if isinstance(figure.value, Value) else 0.0


def _say_what_is_left(picture: Picture, left: int) -> Picture:
    if left <= 0:
        return picture
    words = say("{number} more not drawn", number=left)
    footnote = f"{picture.footnote} · {words}" if picture.footnote else words
    return replace(picture, footnote=footnote)


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


def _lay_over_slots(picture: Picture, figures: Sequence[Figure], answer: Answer) -> Picture:
    points = [point for figure in figures for point in figure.series]
    slot_days = _measure_slots(points)
    slots = _list_slots(points, slot_days)
    series = tuple(_place_on_slots(figure, slots, answer) for figure in figures)
    said = {7: say("by week"), 0: say("by month")}.get(slot_days)
    footnote = f"{picture.footnote} · {said}" if said else picture.footnote
    return replace(picture, slots=slots, slot_days=slot_days, series=series, footnote=footnote)


def _measure_slots(points: Sequence[Point]) -> int:
    """Return the days of a slot; 0 where the slots are months. The last may be cut short."""
    longest = max((point.end - point.start).days for point in points)
    return longest if longest <= 7 else 0


def _list_slots(points: Sequence[Point], slot_days: int) -> tuple[date, ...]:
    """Return the first day of every slot, also of those for which no point came."""
    starts = {point.start for point in points}
    day, last = min(starts), max(starts)
    if slot_days and any((start - day).days % slot_days for start in starts):
        return tuple(sorted(starts))
    while day < last:
        starts.add(day)
        day = day + timedelta(days=slot_days) if slot_days else _find_next_month(day)
    return tuple(sorted(starts))


def _find_next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _place_on_slots(figure: Figure, slots: Sequence[date], answer: Answer) -> Series:
    held = {point.start: point for point in figure.series}
    total = ""
    if isinstance(figure.value, Value) and figure.value.exact:
        total = write_with_unit(figure.value.low, answer.unit)
    return Series(
        figure.name,
        tuple(held[day].value if day in held else None for day in slots),
        frozenset(at for at, day in enumerate(slots) if day in held and held[day].provisional),
        few=frozenset(at for at, day in enumerate(slots) if day in held and held[day].few),
        uppers=tuple(held[day].upper if day in held else None for day in slots),
        total=total,
    )


def _align(points: Sequence[Point], slots: Sequence[date]) -> tuple[float | None, ...]:
    """Return the earlier values slot by slot: the first beside the first."""
    slot_days = _measure_slots(points)
    held = {point.start: point.value for point in points}
    values = [held.get(day) for day in _list_slots(points, slot_days)]
    return tuple((values + [None] * len(slots))[: len(slots)])


def _compose_bars(picture: Picture, answer: Answer) -> Picture | None:
    """The parts of a breakdown, the columns of a table, one number over time, or the accounts."""
    if answer.grid is not None and not answer.breakdown:
        return _compose_grid(picture, answer.grid)
    if not answer.breakdown and len(answer.lines) == 1 and len(answer.lines[0].series) > 1:
        return replace(_lay_over_slots(picture, answer.lines, answer), kind="stacked")
    figures = answer.breakdown or answer.lines or ((answer.together,) if answer.together else ())
    most = _MOST_COLUMNS if answer.question.by in _ORDERED else _MOST_BARS
    shown = figures[:most]
    picture = _say_what_is_left(picture, len(figures) - len(shown))
    series = [Series(answer.kpi_title, tuple(_read(figure.value) for figure in shown))]
    before = tuple(_read(figure.previous) for figure in shown)
    if any(value is not None for value in before):
        series.append(Series(_name_baseline(answer), before, pale=True))
    return replace(
        picture,
        kind="bars",
        categories=tuple(_shorten(figure.name) for figure in shown),
        series=tuple(series),
        hatched=frozenset(at for at, figure in enumerate(shown) if _is_small(figure.value)),
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
    return isinstance(reading, Value) and 0 < reading.n < _FEW


def _compose_grid(picture: Picture, grid: Grid) -> Picture | None:
    """The first column that holds numbers, of rows in its unit; shares stand beside each other."""
    unit = next((cells[0].unit for _, cells in grid.rows if cells), Unit.COUNT)
    alike = tuple(it for it in grid.rows if not it[1] or it[1][0].unit is unit)
    rows = alike[:_MOST_BARS]
    columns = [[_cell(row, at) for row in rows] for at in range(len(grid.columns))]
    units = {
        at: next(cell.unit for cell in cells if cell.value is not None)
        for at, cells in enumerate(columns)
        if any(cell.value is not None for cell in cells)
    }
    if not units:
        return None
    first = min(units)
    shown = [first]
    if units[first] is Unit.PERCENT:
        shown = [at for at in units if units[at] is Unit.PERCENT][:2]
    return replace(
        _say_what_is_left(picture, len(alike) - len(rows)),
        kind="bars",
        unit=units[first],
        categories=tuple(name for name, _ in rows),
        series=tuple(
            Series(grid.columns[at], tuple(cell.value for cell in columns[at])) for at in shown
        ),
        hatched=frozenset(at for at, cell in enumerate(columns[first]) if cell.small),
        marks=(),
    )


def _cell(row: tuple[str, tuple[Cell, ...]], at: int) -> Cell:
    return row[1][at] if at < len(row[1]) else Cell()


def _compose_stack(picture: Picture, answer: Answer) -> Picture | None:
    """The parts over the slots; the smallest become one, called “other”."""
    shown = answer.breakdown or answer.parts or answer.lines
    figures = [it for it in shown if it.series]
    if len(figures) < 2:
        return _compose_lines(picture, answer)
    figures.sort(key=_weigh, reverse=True)
    whole = replace(_lay_over_slots(picture, figures, answer), kind="stacked")
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
    return Series(say("other"), values, frozenset().union(*(series.hollow for series in rest)))


def _compose_heat(picture: Picture, answer: Answer) -> Picture | None:
    """The cells of a week by its hours; hours without a column are empty."""
    grid = answer.grid
    if grid is None or not grid.heat:
        return _compose_bars(picture, answer)
    hours = [_read_hour(column) for column in grid.columns]
    series, counts, units = [], [], []
    for name, cells in grid.rows:
        by_hour = dict(zip(hours, cells, strict=False))
        row = [by_hour.get(hour, Cell()) for hour in range(24)]
        series.append(Series(_shorten(name), tuple(cell.value for cell in row)))
        counts.append(tuple(_count(cell) for cell in row))
        units += [cell.unit for cell in cells if cell.value is not None]
    return replace(
        picture,
        kind="heat",
        unit=units[0] if units else picture.unit,
        series=tuple(series),
        counts=tuple(counts),
        marks=(),
    )


def _read_hour(column: str) -> int:
    """Return 18 of “18”, “18:00” or “18–19”."""
    digits = "".join(letter if letter.isdigit() else " " for letter in column).split()
    return int(digits[0]) if digits else -1


def _count(cell: Cell) -> int:
    """Return how many rows a cell stands for; one that was not counted is believed."""
    if cell.small:
        return min(cell.n, _FEW - 1) if cell.n else 1
    return cell.n or (_FEW if cell.value is not None else 0)
