"""Customers' ratings of issues, 1 to 5, asked for at most once an issue (support-spec §9.5)."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select, update

from storage.bulk import fetch, run
from storage.issue_tables import Rating
from storage.tables import instant_number, table_of

RATING = table_of(Rating)


class RatingRow(NamedTuple):
    """What a customer was asked about an issue, and what they said."""

    issue: int
    customer: str
    asked: datetime | None
    score: int | None
    at: datetime | None
    source: str
    invalid: bool
    """It was asked for, and the issue reopened before the answer."""


RATING_COLUMNS = tuple(RATING.c[name] for name in RatingRow._fields)


def ask_rating(
    connection: Connection, workspace: int, issue: int, customer: str, asked: datetime
) -> bool:
    """Write down that a customer is asked; say whether nobody was asked about it before."""
    statement = (
        "INSERT INTO rating (workspace, issue, customer, asked, source, invalid)"
        " VALUES (?, ?, ?, ?, '', ?) ON CONFLICT (workspace, issue) DO NOTHING RETURNING id"
    )
    values = (workspace, issue, customer, instant_number(asked), False)
    return bool(fetch(connection, statement, values))


def rate(
    connection: Connection,
    workspace: int,
    issue: int,
    score: int,
    at: datetime,
    customer: str = "",
    source: str = "",
) -> None:
    """Keep a rating, asked for or told by others; a later one takes the place of an earlier."""
    run(
        connection,
        "INSERT INTO rating (workspace, issue, customer, score, at, source, invalid)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (workspace, issue) DO UPDATE"
        " SET score = excluded.score, at = excluded.at, source = excluded.source,"
        " invalid = excluded.invalid",
        (workspace, issue, customer, score, instant_number(at), source, False),
    )


def invalidate_rating(connection: Connection, workspace: int, issue: int) -> bool:
    """Let a request that nobody answered count no longer; a rating that was given stays."""
    statement = update(RATING).where(
        RATING.c.workspace == workspace, RATING.c.issue == issue, RATING.c.score.is_(None)
    )
    return connection.execute(statement.values(invalid=True)).rowcount > 0


def rating_of(connection: Connection, workspace: int, issue: int) -> RatingRow | None:
    """Return what is known of an issue's rating."""
    here = (RATING.c.workspace == workspace) & (RATING.c.issue == issue)
    row = connection.execute(select(*RATING_COLUMNS).where(here)).one_or_none()
    return None if row is None else RatingRow._make(row)


def last_asked(connection: Connection, workspace: int, customer: str) -> datetime | None:
    """Return when a customer was asked last, about any issue."""
    statement = select(func.max(RATING.c.asked)).where(
        RATING.c.workspace == workspace, RATING.c.customer == customer
    )
    return connection.execute(statement).scalar_one_or_none()


def to_ask(connection: Connection, workspace: int, since: datetime, until: datetime) -> list[int]:
    """Return issues of people with a Slack account, solved between two moments and nobody asked.

    What was closed because the customer fell silent is not asked about (support-spec §9.5).
    """
    statement = """
        SELECT id FROM issue
        WHERE workspace = ? AND state = 'resolved' AND resolved >= ? AND resolved <= ?
            AND reason <> 'no_customer_reply' AND orphaned IS NULL
            AND substr(customer, 1, 7) IN ('slack:U', 'slack:W')
            AND NOT EXISTS (
                SELECT 1 FROM rating WHERE rating.workspace = ? AND rating.issue = issue.id
            )
        ORDER BY resolved, id
    """
    values = (workspace, instant_number(since), instant_number(until), workspace)
    return [issue for (issue,) in fetch(connection, statement, values)]
