"""The numbers behind an answer as rows of a data file."""

from datetime import timedelta

from kpis.answers import Absent, Answer, Figure, Point, Value
from kpis.short_words import say_short
from kpis.tongue import joined, say, say_declared
from kpis.wording import footnote

Rows = list[list[str | float | None]]


def data_rows(answer: Answer) -> Rows:
    """Return the numbers behind an answer as rows of a data file, the header first.

    Shares are fractions; an empty cell is no data. The last rows say what the file is.
    """
    if answer.grid is not None:
        rows: Rows = [[answer.grid.label, *answer.grid.columns]]
        rows += [[name, *(cell.value for cell in cells)] for name, cells in answer.grid.rows]
    else:
        rows = rows_of_parts(answer) if answer.breakdown else rows_of_series(answer)
    return [*rows, [], [answer.title], [footnote(answer)], [f"/kpi {answer.receipt.repeat}"]]


def rows_of_parts(answer: Answer) -> Rows:
    """Return a row for each part; where a week or month is cut, a column says of which."""
    cut = any(it.short is not None for it in answer.breakdown)
    head = [say_declared(answer.question.by or ""), answer.kpi_title, *([say("days")] * cut)]
    parts = [[it.name, known(it.value), *([held_days(it)] * cut)] for it in answer.breakdown]
    return [[*head], *parts]


def rows_of_series(answer: Answer) -> Rows:
    """Return a row for each slot with a column for each line, and the whole period last."""
    shown = [*answer.lines, *([answer.together] if answer.together else [])]
    series = answer.main.series
    tall, cut = (
        any(it) for it in ([it.upper is not None for it in series], map(held_days, series))
    )
    names = [it.name for it in shown]
    more = [*([say("9 in 10")] * tall), *([say("days")] * cut)]
    rows: Rows = [[say("from"), say("to"), *names, say("not final"), *more]]
    for at, point in enumerate(series):
        values = [whole_number(it.series[at].value) for it in shown]
        last = point.end - timedelta(days=1)
        told = [*([whole_number(point.upper)] * tall), *([held_days(point)] * cut)]
        unsure = say("yes") if point.provisional else ""
        rows.append([str(point.start), str(last), *values, unsure, *told])
    return [*rows, [say("whole period"), "", *(known(it.value) for it in shown), ""]]


def held_days(one: Point | Figure) -> str:
    """Return “3 of 7 days” of a week or month that has not all of its days, else nothing."""
    return say_short(one.short) if one.short else ""


def known(reading: Value | Absent) -> float | str | None:
    """Return an exact number, a range in words, or nothing."""
    if isinstance(reading, Absent):
        return None
    if reading.exact:
        return whole_number(reading.low)
    least = say("at least {value}", value=in_full(reading.low)) if reading.low else ""
    if reading.high is None:
        return least
    return joined([least, say("at most {value}", value=in_full(reading.high))])


def whole_number(value: float | None) -> float | int | None:
    """Return a count without decimals, and everything else as it is."""
    return int(value) if value is not None and value == int(value) else value


def in_full(number: float) -> str:
    """Return a number with all its digits."""
    return str(int(number)) if number == int(number) else repr(number)
