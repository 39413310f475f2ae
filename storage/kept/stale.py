"""People who were not heard of for long: their ids become pseudonyms, all rows at once.

Somebody's rows are renamed together or not at all, in one transaction of ``AT_ONCE`` people, so
that different people are still different and nobody counts twice. Whoever is heard of again
afterwards is somebody new.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, tuple_, union_all

from storage.database import Database
from storage.issue_tables import Issue, Ledger
from storage.kept.people import MARK, Several
from storage.kept.register import REGISTER, table_named
from storage.kept.steps import let_boards_go
from storage.kept.walk import Key, rewrite_some
from storage.tables import table_of

AT_ONCE = 100
AUTHORED = (("mention", "platform"), ("post_comment", "platform"), ("review", "source"))
"""Tables with ``author``, and their column of the platform."""
BOUGHT = (
    ("touch", "customer"),
    ("conversion", "customer"),
    ("customer_order", "customer"),
    ("survey_answer", "respondent"),
)
ISSUE, LEDGER = table_of(Issue), table_of(Ledger)

Work = Callable[[Connection, int, datetime], int]
"""Renames up to ``AT_ONCE`` people and returns how many."""


def rename_stale_authors(database: Database, workspace: int, before: datetime, most: int) -> int:
    """Rename handles that wrote nothing since ``before``; return how many people."""
    return in_batches(database, workspace, before, most, rename_some_authors)


def rename_stale_customers(database: Database, workspace: int, before: datetime, most: int) -> int:
    """Rename customers and respondents who did nothing since ``before``."""
    return in_batches(database, workspace, before, most, rename_some_customers)


def rename_settled_names(database: Database, workspace: int, before: datetime, most: int) -> int:
    """Rename customers of issues whose last one settled before a moment."""
    count = in_batches(database, workspace, before, most, rename_some_names)
    if count:
        let_boards_go(database, workspace)
    return count


def in_batches(database: Database, workspace: int, before: datetime, most: int, work: Work) -> int:
    count = 0
    while count < most:
        with database.write() as connection:
            found = work(connection, workspace, before)
        count += found
        if found < AT_ONCE:
            break
    return count


def rename_some_authors(connection: Connection, workspace: int, before: datetime) -> int:
    heard = union_all(
        *(
            select(
                table_named(name).c[platform].label("platform"),
                table_named(name).c.author.label("author"),
                table_named(name).c.at.label("at"),
            ).where(table_named(name).c.workspace == workspace, named(name, "author"))
            for name, platform in AUTHORED
        )
    ).subquery()
    pair = heard.c.platform, heard.c.author
    stale = select(*pair).group_by(*pair).having(func.max(heard.c.at) < before).limit(AT_ONCE)
    found = [(str(platform), str(author)) for platform, author in connection.execute(stale)]
    whom = Several(secrets.token_hex(32), authors=frozenset(found))
    for name, platform in AUTHORED if found else ():
        table = table_named(name)
        theirs = tuple_(table.c[platform], table.c.author).in_(found)
        rewrite_where(connection, workspace, name, theirs, whom)
    return len(found)


def rename_some_customers(connection: Connection, workspace: int, before: datetime) -> int:
    heard = union_all(
        *(
            select(
                table_named(name).c[column].label("customer"), table_named(name).c.at.label("at")
            ).where(table_named(name).c.workspace == workspace, named(name, column))
            for name, column in BOUGHT
        )
    ).subquery()
    who = heard.c.customer
    stale = select(who).group_by(who).having(func.max(heard.c.at) < before).limit(AT_ONCE)
    found = [str(it) for (it,) in connection.execute(stale)]
    whom = Several(secrets.token_hex(32), customers=frozenset(found))
    for name, column in BOUGHT if found else ():
        rewrite_where(connection, workspace, name, table_named(name).c[column].in_(found), whom)
    return len(found)


def rename_some_names(connection: Connection, workspace: int, before: datetime) -> int:
    who = ISSUE.c.customer
    stale = (
        select(who)
        .where(ISSUE.c.workspace == workspace, named("issue", "customer"))
        .group_by(who)
        .having(
            func.count() == func.count(ISSUE.c.settled),
            func.max(ISSUE.c.settled) < before,
        )
        .limit(AT_ONCE)
    )
    found = [str(it) for (it,) in connection.execute(stale)]
    if not found:
        return 0
    whom = Several(secrets.token_hex(32), authors=frozenset(split_keys(found)))
    here = and_(ISSUE.c.workspace == workspace, who.in_(found))
    roots = connection.execute(select(ISSUE.c.channel, ISSUE.c.root).where(here).distinct()).all()
    for some in [roots[start : start + AT_ONCE] for start in range(0, len(roots), AT_ONCE)]:
        theirs = or_(*(and_(LEDGER.c.channel == it.channel, LEDGER.c.root == it.root)
                       for it in some))  # fmt: skip
        rewrite_where(connection, workspace, "ledger", theirs, whom)
    for name in ("rating", "issue"):
        theirs = table_named(name).c.customer.in_(found)
        rewrite_where(connection, workspace, name, theirs, whom)
    return len(found)


def split_keys(keys: Iterable[str]) -> list[tuple[str, str]]:
    """Return platform and handle of each ``platform:handle``."""
    return [(platform, handle) for platform, _, handle in (it.partition(":") for it in keys)]


def named(table: str, column: str) -> ColumnElement[bool]:
    """Return the condition of rows that name somebody, and not by a pseudonym."""
    held = table_named(table).c[column]
    return (held != "") & ~held.contains(MARK)


def rewrite_where(
    connection: Connection, workspace: int, name: str, where: ColumnElement[bool], whom: Several
) -> int:
    """Take people out of the rows that fulfil ``where``."""
    table = table_named(name)
    keys = select(*table.primary_key.columns).where(table.c.workspace == workspace, where)
    found: list[Key] = [tuple(row) for row in connection.execute(keys)]
    return sum(
        rewrite_some(connection, workspace, REGISTER[name], found[start : start + 500], whom)
        for start in range(0, len(found), 500)
    )
