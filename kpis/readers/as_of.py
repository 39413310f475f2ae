"""Reads what was known at an earlier moment: rows of later imports as they were before them.

A superseded value stays in ``revision``; the oldest one that a later import replaced is what was
known then. A post is what the snapshots add up to that had been taken.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    FromClause,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
)

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


def facts_then(request: ReadRequest, measures: Sequence[str]) -> FromClause:
    """Return the facts of ``measures`` as they were known, with the columns of ``fact``."""
    standing = select(*(FACT.c[name] for name in FACT_COLUMNS)).where(
        FACT.c.workspace == request.workspace,
        FACT.c.measure.in_(measures),
        FACT.c.import_id.not_in(request.later),
    )
    old = revised(request, measures).subquery()
    replaced = select(
        literal(request.workspace).label("workspace"),
        old.c.measure,
        ACCOUNT.c.platform,
        old.c.start.label("day"),
        old.c.account,
        old.c.value,
    ).join(ACCOUNT, ACCOUNT.c.id == old.c.account)
    return union_all(standing, replaced).subquery()


FACT_COLUMNS = ("workspace", "measure", "platform", "day", "account", "value")


def posts_then(request: ReadRequest) -> FromClause:
    """Return the posts with their counters as they were known, with the columns of ``post``.

    A post is what its snapshots add up to: of each counter the newest number that was known.
    """
    seen = and_(
        POST_SNAPSHOT.c.workspace == request.workspace,
        POST_SNAPSHOT.c.import_id.not_in(request.later),
    )
    of_post = and_(seen, POST_SNAPSHOT.c.post == POST.c.id)
    newest = (POST_SNAPSHOT.c.observed.desc(), POST_SNAPSHOT.c.import_id.desc())
    folded = (
        select(
            POST.c.id,
            *(
                select(POST_SNAPSHOT.c[name])
                .where(of_post, POST_SNAPSHOT.c[name].is_not(None))
                .order_by(*newest)
                .limit(1)
                .correlate(POST)
                .scalar_subquery()
                .label(name)
                for name in COUNTERS
            ),
            *(
                select(func.max(POST_SNAPSHOT.c.supplied.op("&")(1 << bit)))
                .where(of_post)
                .correlate(POST)
                .scalar_subquery()
                .label(f"has_{name}")
                for bit, name in enumerate(COUNTERS)
            ),
        )
        .where(
            POST.c.workspace == request.workspace,
            POST.c.account.in_(request.accounts),
            select(POST_SNAPSHOT.c.post).where(of_post).correlate(POST).exists(),
        )
        .subquery()
    )
    kept = [it for it in POST.c if it.name not in (*COUNTERS, "engagements", "interactions")]
    return (
        select(
            *kept,
            *(folded.c[name] for name in COUNTERS),
            supplied_sum(folded, ENGAGEMENTS).label("engagements"),
            supplied_sum(folded, INTERACTIONS).label("interactions"),
        )
        .join(folded, folded.c.id == POST.c.id)
        .subquery()
    )


def supplied_sum(folded: FromClause, parts: Sequence[str]) -> Any:
    """Return the sum of the supplied parts; null when one of those is blank, or none is there."""
    supplied = [folded.c[f"has_{name}"] != 0 for name in parts]
    whole: Any = literal(0)
    for has, name in zip(supplied, parts, strict=True):
        whole = whole + case((has, folded.c[name]), else_=0)
    return case((or_(*supplied), whole))
