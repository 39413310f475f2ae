"""Best times: the heat map of posting hours, shrunk towards the overall median.

Cells of fewer than three posts are hatched, those of five or more are ranked, and with fewer than
thirty posts none is called best (kpi-catalogue §4, best-times).
"""

from sqlalchemy import Connection

from kpis import absences
from kpis.answers import Answer, Cell, Grid
from kpis.language import Median, median
from kpis.names import title_of
from kpis.numbers import write
from kpis.periods import say_weekday
from kpis.readers.post_cells import Week, count_posts, read_week
from kpis.readers.request import ReadRequest
from kpis.statistics import SMALL_POSTS, shrink
from kpis.table_sheet import Sheet, as_kpi, finished
from kpis.titles import count as count_of
from kpis.tongue import say, say_count
from kpis.ways import Way
from storage.measures import Unit, posts

ENOUGH_POSTS = 30
"""Fewer posts than this say little about hours (kpi-catalogue §4, best-times)."""
FEW_IN_CELL = 3

BY_IMPRESSIONS = median(posts.engagements / posts.impressions)
"""Stands in where a platform gives no post reach."""


def best_times(sheet: Sheet, request: ReadRequest, connection: Connection) -> Answer:
    """Return the heat map of hours, and the best of them."""
    by_reach = next(iter(sheet.entry.columns.values()))[0]
    assert isinstance(by_reach, Median)
    notes: tuple[str, ...] = ()
    week = read_week(connection, request, by_reach.number)
    if week is None:
        week = read_week(connection, request, BY_IMPRESSIONS.number)
        notes = (say("No post reach here, so this is engagement rate by impressions."),)
    if week is None:
        way = Way(as_kpi(sheet.entry), by_reach, Unit.PERCENT, title_of(sheet.entry))
        return absences.no_data(sheet.question, way, sheet.accounts, sheet.surroundings, connection)
    if without := count_posts(connection, request) - week.n:
        notes = (*notes, say_left_out(without))
    cells = cells_of(week)
    rows = tuple(
        (say_weekday(day), tuple(cells.get(day * 24 + hour, EMPTY) for hour in range(24)))
        for day in range(7)
    )
    headline, details = best_of(cells, week.n, week.median)
    return finished(
        sheet,
        Grid(tuple(f"{hour:02d}" for hour in range(24)), rows, heat=True, label=say("Weekday")),
        headline,
        details=details,
        notes=notes,
        chart="heat",
        n=week.n,
    )


def say_left_out(number: int) -> str:
    return say_count(
        "{number} post without reach is left out.",
        "{number} posts without reach are left out.",
        number,
    )


EMPTY = Cell(unit=Unit.PERCENT)


def cells_of(week: Week) -> dict[int, Cell]:
    """Return the cells by hour of the week, those of few posts pulled towards the whole."""
    return {
        hour: Cell(
            shrink(it.median, it.n, week.median), Unit.PERCENT, small=it.n < FEW_IN_CELL, n=it.n
        )
        for hour, it in week.cells.items()
    }


def best_of(cells: dict[int, Cell], n: int, overall: float) -> tuple[str, tuple[str, ...]]:
    """Return the best hours that have posts enough to rank, or why none has."""
    usual = say(
        "The median of {posts} is {rate}.",
        posts=count_of(n, "post"),
        rate=write(overall, Unit.PERCENT),
    )
    if n < ENOUGH_POSTS:
        headline = say(
            "Too few posts to say: {number}, needs {least}", number=n, least=ENOUGH_POSTS
        )
        return headline, (usual,)
    ranked = sorted(
        ((hour, cell) for hour, cell in cells.items() if cell.n >= SMALL_POSTS),
        key=lambda it: -(it[1].value or 0.0),
    )
    if not ranked:
        return say("No hour has {number} posts yet", number=SMALL_POSTS), (usual,)
    first, *others = ranked[:3]
    more = tuple(say("Then {hour}.", hour=say_hour(it)) for it in others)
    return say("Best: {hour}", hour=say_hour(first)), (*more, usual)


def say_hour(hour_and_cell: tuple[int, Cell]) -> str:
    hour, cell = hour_and_cell
    return say(
        "{weekday} {hour}, {rate} over {posts}",
        weekday=say_weekday(hour // 24),
        hour=f"{hour % 24:02d}:00",
        rate=write(cell.value or 0.0, Unit.PERCENT),
        posts=count_of(cell.n, "post"),
    )
