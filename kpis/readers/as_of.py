"""Reads what was known at an earlier moment: rows of later imports as they were before them.

A superseded value stays in ``revision``; the oldest one that a later import replaced is what was
known then. Posts are read from the last snapshot that had been taken.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, FromClause, and_, case, func, select

from kpis.readers.columns import ACCOUNT, FACT, POST, POST_SNAPSHOT, REVISION, WINDOW_FACT, number
from kpis.readers.request import ReadRequest
from storage.measures import COUNTERS, ENGAGEMENTS, INTERACTIONS


def revised(request: ReadRequest, measures: Sequence[str]) -> Any:
    """Return a statement of (measure, account, start, end, value) that later imports replaced."""
    then = and_(
        REVISION.c.workspace == request.workspace,
        REVISION.c.measure.in_(measures),
        REVISION.c.account.in_(request.accounts),
        REVISION.c.replaced_by.in_(request.later),
        REVISION.c.import_id.not_in(request.later),
    )
    return select(
        REVISION.c.measure,
        REVISION.c.account,
        number(REVISION.c.start).label("start"),
        number(REVISION.c.end).label("end"),
        REVISION.c.value,
    ).where(then)


def facts_as_of(connection: Connection, request: ReadRequest, measures: Sequence[str]) -> list[Any]:
    """Return (measure, account, platform, day number, value) as they were known."""
    day = number(FACT.c.day)
    standing = select(FACT.c.measure, FACT.c.account, FACT.c.platform, day, FACT.c.value).where(
        FACT.c.workspace == request.workspace,
        FACT.c.measure.in_(measures),
        FACT.c.platform.in_(request.platforms),
        FACT.c.account.in_(request.accounts),
        day >= request.start,
        day < request.end,
        FACT.c.import_id.not_in(request.later),
    )
    old = revised(request, measures).subquery()
    replaced = (
        select(old.c.measure, old.c.account, ACCOUNT.c.platform, old.c.start, old.c.value)
        .join(ACCOUNT, ACCOUNT.c.id == old.c.account)
        .where(old.c.start >= request.start, old.c.start < request.end)
    )
    return [*connection.execute(standing), *connection.execute(replaced)]


def windows_as_of(connection: Connection, request: ReadRequest, measure: str) -> list[Any]:
    """Return (account, start, end, people) as they were known."""
    start = number(WINDOW_FACT.c.start)
    end = number(WINDOW_FACT.c.end)
    standing = select(WINDOW_FACT.c.account, start, end, WINDOW_FACT.c.value).where(
        WINDOW_FACT.c.workspace == request.workspace,
        WINDOW_FACT.c.measure == measure,
        WINDOW_FACT.c.account.in_(request.accounts),
        end > request.start,
        start < request.end,
        WINDOW_FACT.c.import_id.not_in(request.later),
    )
    old = revised(request, (measure,)).subquery()
    replaced = select(old.c.account, old.c.start, old.c.end, old.c.value).where(
        old.c.end > request.start, old.c.start < request.end
    )
    return [*connection.execute(standing), *connection.execute(replaced)]


def posts_as_of(request: ReadRequest) -> FromClause:
    """Return the posts with their latest counters, or with those of the last earlier snapshot."""
    if not request.later:
        return POST
    rank = func.row_number().over(
        partition_by=POST_SNAPSHOT.c.post,
        order_by=(POST_SNAPSHOT.c.observed.desc(), POST_SNAPSHOT.c.import_id.desc()),
    )
    snapshots = (
        select(POST_SNAPSHOT, rank.label("rank"))
        .where(
            POST_SNAPSHOT.c.workspace == request.workspace,
            POST_SNAPSHOT.c.import_id.not_in(request.later),
        )
        .subquery()
    )
    table = POST
    kept = [it for it in table.c if it.name not in (*COUNTERS, "engagements", "interactions")]
    return (
        select(
            *kept,
            *(snapshots.c[name] for name in COUNTERS),
            supplied_sum(snapshots, ENGAGEMENTS).label("engagements"),
            supplied_sum(snapshots, INTERACTIONS).label("interactions"),
        )
        .join(snapshots, and_(snapshots.c.post == table.c.id, snapshots.c.rank == 1))
        .subquery()
    )


def supplied_sum(snapshots: FromClause, parts: Sequence[str]) -> Any:
    """Return the sum of the supplied parts; null when one of those is blank, or none is there."""
    whole: Any = None
    any_supplied: Any = None
    for name in parts:
        supplied = snapshots.c.supplied.op("&")(1 << COUNTERS.index(name)) != 0
        part = case((supplied, snapshots.c[name]), else_=0)
        whole = part if whole is None else whole + part
        any_supplied = supplied if any_supplied is None else any_supplied | supplied
    return case((any_supplied, whole))
