"""Reads posts: totals and counts in one statement, or the rows' own numbers in another.

Posts carry instants; joining ``calendar`` cuts them into the workspace's local days, right across
daylight saving. Named once in an inner statement, each number is counted only where it and all
columns beside it are present.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Float,
    Select,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    select,
)
from sqlalchemy.sql.selectable import FromClause

from kpis.frame import Frame, Group
from kpis.language import Count, Largest, Mean, Median, Total
from kpis.readers.as_of import facts_then, posts_then
from kpis.readers.columns import CALENDAR, FACT, POST, POST_TAG, TABLES, among, named, number
from kpis.readers.request import ReadRequest
from storage.measures import Each, State, Where

POST_MARK = TABLES["post_mark"]
MARKS = ("campaign", "variant")
"""Kinds of words that people put on posts; a post may have several of a kind."""

RowLeaf = Mean | Median | Largest

WEEKDAY_HOUR = "weekday-hour"
"""Groups by hour of the week: weekday × 24 + hour."""

LABELS = {
    "account": "account",
    "platform": "platform",
    "content-type": "content_type",
    "weekday": "weekday",
    "hour": "hour",
    "paid": "paid",
}
"""Column of ``post`` by dimension; hashtags and marks come from tables of their own."""


def read_sums(
    connection: Connection, request: ReadRequest, leaves: Sequence[Total | Count], frame: Frame
) -> None:
    """Fill ``frame.sums`` (and ``left_out``) for totals and counts of posts."""
    statement = prepared(sums_statement, tuple(leaves), request)
    sums: list[dict[Group, dict[int, tuple[float, int]]]] = [defaultdict(dict) for _ in leaves]
    for row in connection.execute(statement, parameters(request)):
        whole = row[2]
        for position, leaf in enumerate(leaves):
            total, n = row[3 + 2 * position], row[4 + 2 * position]
            if n:
                sums[position][row[1]][row[0]] = (int(total), n)
            if isinstance(leaf, Total) and whole > n and row[0] >= request.asked:
                frame.left_out[id(leaf)] += whole - n
    for leaf, found in zip(leaves, sums, strict=True):
        frame.sums[id(leaf)] = dict(found)


Leaves = tuple[Any, ...]


class Tables(NamedTuple):
    """The posts and facts to read: as they are, or as they were known."""

    post: FromClause = POST
    fact: FromClause = FACT


NOW = Tables()
Build = Callable[[Tables, Leaves, str | None, int, int], Select[Any]]


def prepared(build: Build, leaves: Leaves, request: ReadRequest) -> Select[Any]:
    """Return the statement of a shape, built once unless an earlier moment is asked of."""
    shape = (leaves, request.group, len(request.platforms), len(request.accounts))
    if request.later:
        return build(Tables(posts_then(request), facts_then(request, levels_of(leaves))), *shape)
    return built(build, *shape)


@lru_cache(maxsize=512)
def built(
    build: Build, leaves: Leaves, group: str | None, platforms: int, accounts: int
) -> Select[Any]:
    return build(NOW, leaves, group, platforms, accounts)


def levels_of(leaves: Leaves) -> list[str]:
    """Return the levels that rows are divided by."""
    overs = [getattr(getattr(leaf, "number", None), "over", None) for leaf in leaves]
    return [it.column for it in overs if isinstance(it, State)]


def sums_statement(
    tables: Tables, leaves: Leaves, group: str | None, platforms: int, accounts: int
) -> Select[Any]:
    statement = select(*day_and_group(tables.post, group), *numbers_of(tables, leaves))
    day, word, *_ = statement.selected_columns
    return narrowed(statement, tables.post, group, platforms, accounts).group_by(day, word)


def rows_statement(
    tables: Tables, leaves: Leaves, group: str | None, platforms: int, accounts: int
) -> Select[Any]:
    numbers = [chosen(tables.post, it, expression(tables, it.number)) for it in leaves]
    statement = select(*day_and_group(tables.post, group), *numbers)
    return narrowed(statement, tables.post, group, platforms, accounts)


def chosen(post: FromClause, leaf: RowLeaf, value: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a row's number where the row is one of the leaf's."""
    conditions = [condition(post, it) for it in leaf.rows.where]
    return case((and_(*conditions), value)) if conditions else value


def numbers_of(tables: Tables, leaves: Sequence[Total | Count]) -> list[ColumnElement[Any]]:
    numbers: list[ColumnElement[Any]] = [cast(func.count(), BigInteger)]
    post = tables.post
    for leaf in leaves:
        conditions = [condition(post, it) for it in leaf.rows.where]
        if isinstance(leaf, Count):
            counted = func.count(case((and_(*conditions), 1))) if conditions else func.count()
            numbers += [cast(counted, BigInteger), cast(counted, BigInteger)]
            continue
        columns = [post.c[name] for name in (*leaf.number.columns, *leaf.beside)]
        present = and_(*(it.is_not(None) for it in columns), *conditions)
        number = case((present, expression(tables, leaf.number)))
        numbers += [cast(func.sum(number), BigInteger), cast(func.count(number), BigInteger)]
    return numbers


def read_rows(
    connection: Connection, request: ReadRequest, leaves: Sequence[RowLeaf], frame: Frame
) -> None:
    """Fill ``frame.rows`` with the number of each post that has it."""
    statement = prepared(rows_statement, tuple(leaves), request)
    rows: list[dict[Group, list[tuple[int, float]]]] = [defaultdict(list) for _ in leaves]
    for row in connection.execute(statement, parameters(request)):
        for position, leaf in enumerate(leaves):
            value = row[2 + position]
            if value is not None:
                rows[position][row[1]].append((row[0], value))
            elif row[0] >= request.asked:
                frame.left_out[id(leaf)] += 1
    for leaf, found in zip(leaves, rows, strict=True):
        frame.rows[id(leaf)] = dict(found)


def expression(tables: Tables, number: Each) -> ColumnElement[Any]:
    """Return a row's number as SQL; null where a part is missing or a divisor is 0."""
    columns = [tables.post.c[name] for name in number.columns]
    top: ColumnElement[Any] = columns[0]
    for column in columns[1:]:
        top = top + column
    if number.over is None:
        return top
    if isinstance(number.over, State):
        bottom: ColumnElement[Any] = level_then(tables, number.over, number.within)
    else:
        bottom = expression(tables, number.over)
    return cast(top, Float) / func.nullif(bottom, literal(0))


def level_then(tables: Tables, state: State, within: int) -> ColumnElement[Any]:
    """Return the account's last level on the post's day or at most ``within`` days before it."""
    day = number(CALENDAR.c.day)
    post, fact = tables
    fact_day = number(fact.c.day)
    return (
        select(fact.c.value)
        .where(
            fact.c.workspace == post.c.workspace,
            fact.c.measure == state.column,
            fact.c.platform == post.c.platform,
            fact.c.account == post.c.account,
            fact_day <= day,
            fact_day >= day - within,
        )
        .order_by(fact_day.desc())
        .limit(1)
        .correlate(post, CALENDAR)
        .scalar_subquery()
    )


def condition(post: FromClause, where: Where) -> ColumnElement[bool]:
    chosen: ColumnElement[bool] = post.c[where.column].in_(where.values)
    return ~chosen if where.negated else chosen


def day_and_group(post: FromClause, group: str | None) -> tuple[ColumnElement[Any], ...]:
    day = number(CALENDAR.c.day).label("day")
    if group == "hashtag":
        word: ColumnElement[Any] = POST_TAG.c.tag
    elif group in MARKS:
        word = POST_MARK.c.word
    elif group == WEEKDAY_HOUR:
        word = post.c.weekday * 24 + post.c.hour
    elif group is None:
        word = literal(None)
    else:
        word = post.c[LABELS[group]]
    return day, word.label("word")


def narrowed(
    statement: Select[Any], post: FromClause, group: str | None, platforms: int, accounts: int
) -> Select[Any]:
    day = number(CALENDAR.c.day)
    statement = (
        statement.select_from(CALENDAR)
        .join(post, and_(post.c.published >= CALENDAR.c.start, post.c.published < CALENDAR.c.end))
        .where(
            CALENDAR.c.zone == bindparam("zone"),
            day >= bindparam("start"),
            day < bindparam("end"),
            post.c.workspace == bindparam("workspace"),
            among(post.c.platform, "platform", platforms),
            among(post.c.account, "account", accounts),
        )
    )
    if group == "hashtag":
        tagged = and_(POST_TAG.c.post == post.c.id, POST_TAG.c.workspace == post.c.workspace)
        statement = statement.join(POST_TAG, tagged)
    elif group in MARKS:
        marked = and_(
            POST_MARK.c.post == post.c.id,
            POST_MARK.c.workspace == post.c.workspace,
            POST_MARK.c.kind == group,
        )
        statement = statement.join(POST_MARK, marked)
    return statement


def parameters(request: ReadRequest) -> dict[str, object]:
    return {
        "zone": request.zone,
        "start": request.start,
        "end": request.end,
        "workspace": request.workspace,
        **named("platform", request.platforms),
        **named("account", request.accounts),
    }
