"""Numbers that digests told, so that a later correction can be owned up to (kpi-catalogue §1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from storage.outgoing_tables import Published
from storage.tables import Import, table_of

PUBLISHED: Table = table_of(Published)
IMPORT: Table = table_of(Import)


@dataclass(frozen=True)
class Number:
    """A number as a digest's table told it."""

    name: str
    """“Reach, Instagram”."""
    asks: str
    """Words after ``/kpi`` that ask the same of the same days."""
    value: float
    shown: str
    start: date
    end: date


class PublishedRow(NamedTuple):
    """A number that is out."""

    id: int
    digest: int
    period: str
    name: str
    asks: str
    value: float
    shown: str
    start: date
    end: date
    as_of: datetime
    restated: datetime | None


COLUMNS = tuple(PUBLISHED.c[name] for name in PublishedRow._fields)


def keep(
    connection: Connection,
    workspace: int,
    digest: int,
    period: str,
    numbers: Iterable[Number],
    as_of: datetime,
) -> None:
    """Keep what a digest told of a period, instead of what it told of it before."""
    of_period = (
        (PUBLISHED.c.workspace == workspace)
        & (PUBLISHED.c.digest == digest)
        & (PUBLISHED.c.period == period)
    )
    connection.execute(delete(PUBLISHED).where(of_period))
    key = {"workspace": workspace, "digest": digest, "period": period, "as_of": as_of}
    rows = [{**key, **vars(it), "restated": None} for it in numbers]
    if rows:
        connection.execute(insert(PUBLISHED), rows)


def told(
    connection: Connection, workspace: int, digest: int, since: date, until: date
) -> list[PublishedRow]:
    """Return the numbers told of days that end after ``since`` and no later than ``until``."""
    statement = (
        select(*COLUMNS)
        .where(
            PUBLISHED.c.workspace == workspace,
            PUBLISHED.c.digest == digest,
            PUBLISHED.c.end > since,
            PUBLISHED.c.end <= until,
        )
        .order_by(PUBLISHED.c.end.desc(), PUBLISHED.c.id)
    )
    return [PublishedRow._make(row) for row in connection.execute(statement)]


def restate(
    connection: Connection,
    workspace: int,
    published: int,
    value: float,
    shown: str,
    at: datetime,
) -> bool:
    """Note that a digest owned up to a corrected number; say whether it was still to be told."""
    statement = update(PUBLISHED).where(
        PUBLISHED.c.workspace == workspace, PUBLISHED.c.id == published, PUBLISHED.c.shown != shown
    )
    values = {"value": value, "shown": shown, "restated": at}
    return connection.execute(statement.values(values)).rowcount > 0


def data_changed_at(connection: Connection, workspace: int) -> datetime | None:
    """Return when the last file came in or was taken back."""
    statement = select(func.max(IMPORT.c.at), func.max(IMPORT.c.undone)).where(
        IMPORT.c.workspace == workspace
    )
    found = [it for it in connection.execute(statement).one() if it is not None]
    return max(found, default=None)
