"""Reads the people that platforms count by segment: one stored window of an account at a time."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, select

from kpis.readers.columns import TABLES, among, named, number
from kpis.readers.request import ReadRequest

SEGMENT = TABLES["audience_segment"]


class Window(NamedTuple):
    """The known people of an account in one window, by segment."""

    account: int
    start: int
    """Day numbers, half-open."""
    end: int
    people: dict[str, int]

    @property
    def known(self) -> int:
        return sum(self.people.values())


def newest_windows(
    connection: Connection, request: ReadRequest, measure: str, dimension: str
) -> list[Window]:
    """Return for each account the newest window that lies in the asked days, else touches them.

    Windows count different people, so no two of them are ever added.
    """
    statement = select(
        SEGMENT.c.account,
        number(SEGMENT.c.start).label("first"),
        number(SEGMENT.c.end).label("after"),
        SEGMENT.c.segment,
        SEGMENT.c.people,
    ).where(
        SEGMENT.c.workspace == request.workspace,
        SEGMENT.c.measure == measure,
        SEGMENT.c.dimension == dimension,
        number(SEGMENT.c.start) < request.end,
        number(SEGMENT.c.end) > request.asked,
        among(SEGMENT.c.account, "account", len(request.accounts)),
        SEGMENT.c.import_id.not_in(request.later or (-1,)),
    )
    found: dict[tuple[int, int, int], dict[str, int]] = {}
    for row in connection.execute(statement, named("account", request.accounts)):
        found.setdefault((row[0], row[1], row[2]), {})[row[3]] = row[4]
    newest: dict[int, Window] = {}
    for key in sorted(found, key=lambda it: order(it, request)):
        newest[key[0]] = Window(*key, found[key])
    return [newest[it] for it in request.accounts if it in newest]


def order(key: tuple[int, int, int], request: ReadRequest) -> tuple[bool, int, int]:
    """Sort windows so that the best is the last: inside before touching, then new, then long."""
    _, start, end = key
    return (start >= request.asked and end <= request.end, end, end - start)
