"""The numbers behind an answer as rows of a data file."""

from datetime import timedelta

from kpis.answers import Absent, Answer, Value
from kpis.tongue import joined, say, say_declared
from kpis.wording import footnote


def data_rows(answer: Answer) -> list[list[str | float | None]]:
    """Return the numbers behind an answer as rows of a data file, the header first.

    Shares are fractions; an empty cell is no data. The last rows say what the file is.
    """
    rows: list[list[str | float | None]]
    if answer.grid is not None:
        rows = [[answer.grid.label, *answer.grid.columns]]
        rows += [[name, *(cell.value for cell in cells)] for name, cells in answer.grid.rows]
    elif answer.breakdown:
        rows = [[say_declared(answer.question.by or ""), answer.kpi_title]]
        rows += [[it.name, known(it.value)] for it in answer.breakdown]
    else:
        shown = [*answer.lines, *([answer.together] if answer.together else [])]
        tall = any(it.upper is not None for it in answer.main.series)
        names = [it.name for it in shown]
        rows = [[say("from"), say("to"), *names, say("not final"), *([say("9 in 10")] * tall)]]
        for at, point in enumerate(answer.main.series):
            values = [whole_number(it.series[at].value) for it in shown]
            last = point.end - timedelta(days=1)
            upper = [whole_number(point.upper)] * tall
            unsure = say("yes") if point.provisional else ""
            rows.append([str(point.start), str(last), *values, unsure, *upper])
        rows.append([say("whole period"), "", *(known(it.value) for it in shown), ""])
    return [*rows, [], [answer.title], [footnote(answer)], [f"/kpi {answer.receipt.repeat}"]]


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
