"""Mentions in a real database, stored through the very path that a file takes."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import count

from storage.accounts import add_account
from storage.batch import Batch, MentionRow
from storage.database import Database
from storage.imports import Imported, store
from storage.workspaces import only_workspace

NUMBERS = count(1)


def settle(database: Database) -> int:
    """Make our brand and a competitor; return the workspace."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        add_account(connection, workspace, "x", "acme", "Acme")
        add_account(connection, workspace, "x", "nordkaffe", "Nordkaffe", own=False)
    return workspace


def say(
    start: datetime,
    number: int,
    *,
    sentiment: str = "negative",
    topic: str = "",
    brand: str = "Acme",
    platform: str = "x",
    apart: timedelta = timedelta(0),
) -> list[MentionRow]:
    """Return so many mentions from ``start`` on, ``apart`` from each other."""
    return [
        mention(start + it * apart, sentiment=sentiment, topic=topic, brand=brand, on=platform)
        for it in range(number)
    ]


def mention(
    at: datetime,
    *,
    sentiment: str = "negative",
    topic: str = "",
    brand: str = "Acme",
    on: str = "x",
    name: str = "",
) -> MentionRow:
    name = name or f"m{next(NUMBERS)}"
    return MentionRow(2, brand, on, name, at, "lena", 10, True, sentiment, topic)


def batch(rows: Iterable[MentionRow], name: str = "mentions.csv") -> Batch:
    return Batch("mentions", "Mentions", name, f"hash of {name}", mentions=tuple(rows))


def hear(database: Database, rows: Iterable[MentionRow], at: datetime) -> Imported:
    """Store mentions as one file that came at a moment."""
    return store(database, 1, batch(rows), "U1", at)
