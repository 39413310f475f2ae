"""Reads one number of many posts by the hour of the week they went out, for the heat map.

A million posts are a million rows whatever is done with them, so here nothing is done with a row
alone: the driver's own numbers go into an array, which is parted by hour.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, select

from kpis.readers.as_of import posts_then
from kpis.readers.columns import CALENDAR, among, microseconds, number
from kpis.readers.posts import NOW, Tables, expression, parameters
from kpis.readers.request import ReadRequest
from storage.measures import Each

CHUNK = 4_000


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
    fetched = fetch(connection.execute(statement, parameters(request)).cursor)
    if not fetched:
        return None
    at, held = np.frombuffer(fetched, dtype=float).reshape(-1, 2).T
    order = np.argsort(at.astype(np.int16), kind="stable")  # by counting: hours are few
    found, starts = np.unique(at[order], return_index=True)
    cells = {
        int(hour): HourCell(float(np.median(part)), len(part))
        for hour, part in zip(found, np.split(held[order], starts[1:]), strict=True)
    }
    return Week(cells, float(np.median(held)), len(held))


def fetch(cursor: Any) -> array[float]:
    """Return a driver's rows of two numbers, one after the other; few are alive at a time."""
    found = array("d")
    while chunk := cursor.fetchmany(CHUNK):
        found.extend(chain.from_iterable(chunk))
    return found


@lru_cache(maxsize=64)
def built(value: Each, platforms: int, accounts: int) -> Select[Any]:
    return cells_statement(NOW, value, platforms, accounts)


def cells_statement(tables: Tables, value: Each, platforms: int, accounts: int) -> Select[Any]:
    """Return the statement of hour and number of the posts that have it."""
    post = tables.post
    columns = (post.c.weekday * 24 + post.c.hour, expression(tables, value))
    return posts_within(tables, columns, platforms, accounts).where(*present(tables, value))


def count_posts(connection: Connection, request: ReadRequest) -> int:
    """Return how many posts there are, with the number or without."""
    tables = Tables(posts_then(request), NOW.fact) if request.later else NOW
    statement = posts_within(tables, (func.count(),), len(request.platforms), len(request.accounts))
    return int(connection.execute(statement, parameters(request)).scalar_one())


def posts_within(
    tables: Tables, columns: tuple[Any, ...], platforms: int, accounts: int
) -> Select[Any]:
    """Return the statement of some columns; local days are one stretch of instants."""
    post = tables.post
    day = number(CALENDAR.c.day)
    here = (
        CALENDAR.c.zone == bindparam("zone"),
        day >= bindparam("start"),
        day < bindparam("end"),
    )
    first = select(func.min(microseconds(CALENDAR.c.start))).where(*here).scalar_subquery()
    after = select(func.max(microseconds(CALENDAR.c.end))).where(*here).scalar_subquery()
    published = microseconds(post.c.published)
    # Of many accounts all posts of their platforms are read in order of time: + 0 keeps the
    # database from jumping from account to account (1.6 times as long, measured).
    account = post.c.account + 0 if accounts > platforms else post.c.account
    return (
        select(*columns)
        .select_from(post)
        .where(
            post.c.workspace == bindparam("workspace"),
            among(post.c.platform, "platform", platforms),
            among(account, "account", accounts),
            published >= first,
            published < after,
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
