"""Reads one number of many posts by the hour of the week they went out, for the heat map.

A million posts are a million rows whatever is done with them, so here nothing is done with a row
alone: the driver's own rows go into two arrays, and one sort gives every cell's median.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, select

from kpis.readers.as_of import posts_then
from kpis.readers.columns import CALENDAR, among, microseconds, number
from kpis.readers.posts import NOW, Tables, expression, parameters
from kpis.readers.request import ReadRequest
from storage.measures import Each

CHUNK = 20_000


class HourCell(NamedTuple):
    """An hour of the week: the median of its posts, and how many they are."""

    median: float
    n: int


class Week(NamedTuple):
    """The posts of a period by hour of the week (weekday × 24 + hour)."""

    cells: dict[int, HourCell]
    median: float
    """Of all posts."""
    n: int


def read_week(connection: Connection, request: ReadRequest, value: Each) -> Week | None:
    """Return the medians of a post's number by hour of the week; nothing where no post has it."""
    import numpy as np

    if request.later:
        tables = Tables(posts_then(request), NOW.fact)
        statement = cells_statement(tables, value, len(request.platforms), len(request.accounts))
    else:
        statement = built(value, len(request.platforms), len(request.accounts))
    hours, values = fetch(connection.execute(statement, parameters(request)).cursor)
    if not hours:
        return None
    at, held = np.frombuffer(hours, dtype=np.int16), np.frombuffer(values, dtype=float)
    order = np.lexsort((held, at))
    at, held = at[order], held[order]
    found, starts = np.unique(at, return_index=True)
    parts = np.split(held, starts[1:])
    cells = {
        int(hour): HourCell(middle(part), len(part))
        for hour, part in zip(found, parts, strict=True)
    }
    return Week(cells, float(np.median(held)), len(held))


def fetch(cursor: Any) -> tuple[array[int], array[float]]:
    """Return the two columns of a driver's cursor; few rows are alive at a time."""
    hours, values = array("h"), array("d")
    while chunk := cursor.fetchmany(CHUNK):
        some, numbers = zip(*chunk, strict=True)
        hours.extend(some)
        values.extend(numbers)
    return hours, values


def middle(ordered: Any) -> float:
    """Return the median of a sorted array."""
    n = len(ordered)
    return float(ordered[n // 2] + ordered[(n - 1) // 2]) / 2


@lru_cache(maxsize=64)
def built(value: Each, platforms: int, accounts: int) -> Select[Any]:
    return cells_statement(NOW, value, platforms, accounts)


def cells_statement(tables: Tables, value: Each, platforms: int, accounts: int) -> Select[Any]:
    """Return the statement of hour and number; local days are one stretch of instants."""
    post = tables.post
    day = number(CALENDAR.c.day)
    here = (
        CALENDAR.c.zone == bindparam("zone"),
        day >= bindparam("start"),
        day < bindparam("end"),
    )
    first = select(func.min(microseconds(CALENDAR.c.start))).where(*here).scalar_subquery()
    after = select(func.max(microseconds(CALENDAR.c.end))).where(*here).scalar_subquery()
    published, shown = microseconds(post.c.published), expression(tables, value)
    return (
        select(post.c.weekday * 24 + post.c.hour, shown)
        .select_from(post)
        .where(
            post.c.workspace == bindparam("workspace"),
            among(post.c.platform, "platform", platforms),
            among(post.c.account, "account", accounts),
            published >= first,
            published < after,
            *present(tables, value),
        )
    )


def present(tables: Tables, value: Each) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions under which a row has the number, without working it out twice."""
    for name in value.columns:
        yield tables.post.c[name].is_not(None)
    if isinstance(value.over, Each):
        if len(value.over.columns) == 1 and value.over.over is None:
            yield tables.post.c[value.over.columns[0]] != 0
        else:
            yield expression(tables, value).is_not(None)
