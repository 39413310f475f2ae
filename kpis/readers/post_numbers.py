"""Reads single posts with numbers of their own: to rank them, and to test variants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from kpis.readers.as_of import facts_then, posts_then
from kpis.readers.columns import CALENDAR, number
from kpis.readers.posts import NOW, Tables, day_and_group, expression, narrowed, parameters
from kpis.readers.request import ReadRequest
from storage.measures import Each, State


class PostLine(NamedTuple):
    """One post; one that has several words of the group comes once for each."""

    id: int
    account: int
    day: int
    published: datetime
    weekday: int
    hour: int
    kind: str
    """Content type; empty where nobody said."""
    title: str
    link: str
    word: str | int | None
    """The word of the request's group."""
    numbers: Mapping[str, float | None]


def read_posts(
    connection: Connection, request: ReadRequest, numbers: Mapping[str, Each]
) -> list[PostLine]:
    """Return the posts of a request in order of time, each with its numbers by name."""
    tables = NOW
    if request.later:
        levels = [it.over.column for it in numbers.values() if isinstance(it.over, State)]
        tables = Tables(posts_then(request), facts_then(request, levels))
    post = tables.post
    _, word = day_and_group(post, request.group)
    statement = narrowed(
        select(
            post.c.id,
            post.c.account,
            number(CALENDAR.c.day).label("day"),
            post.c.published,
            post.c.weekday,
            post.c.hour,
            post.c.content_type,
            post.c.title,
            post.c.permalink,
            word,
            *(expression(tables, it).label(f"n{at}") for at, it in enumerate(numbers.values())),
        ),
        post,
        request.group,
        len(request.platforms),
        len(request.accounts),
    ).order_by(post.c.published, post.c.id)
    return [
        PostLine(
            id=row[0],
            account=row[1],
            day=row[2],
            published=row[3],
            weekday=row[4],
            hour=row[5],
            kind=row[6] or "",
            title=row[7] or "",
            link=row[8] or "",
            word=row[9],
            numbers=named(numbers, row[10:]),
        )
        for row in connection.execute(statement, parameters(request))
    ]


def named(numbers: Mapping[str, Each], values: Sequence[float | None]) -> dict[str, float | None]:
    return {
        name: None if it is None else float(it) for name, it in zip(numbers, values, strict=True)
    }
