"""Keeping to limits: what may be kept for some days alone goes after them (``settings_kept``).

Done daily, a bounded portion of each kind; the counts of every KPI stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, delete, insert, select

from storage import settings_kept as keys
from storage.database import Database
from storage.forgetting import resume
from storage.house_tables import Erasure
from storage.kept.again import drop_old_hashes
from storage.kept.register import table_named
from storage.kept.stale import (
    rename_settled_names,
    rename_stale_authors,
    rename_stale_customers,
)
from storage.kept.walk import of_keys, pages
from storage.scrubbing import scrub
from storage.settings import value
from storage.support_notes import choose, chosen
from storage.tables import table_of

LAST = "limits:last"
"""Choice: the day on which limits were kept to last."""
MOST = 5_000
"""Rows or people of one kind a day: what is more has time until tomorrow."""
ERASURE = table_of(Erasure)

Erase = Callable[[Database, int, datetime, int], int]
"""Erases what is older than a moment, at most so much, and returns how much it was."""


def keep_to_limits(database: Database, workspace: int, now: datetime) -> int:
    """Erase what was kept for long enough, once a day; return how much.

    What a stop cut off of forgetting somebody is finished each time.
    """
    resume(database, workspace, now)
    with database.write() as connection:
        if chosen(connection, workspace, LAST) == f"{now:%Y-%m-%d}":
            return 0
        choose(connection, workspace, LAST, f"{now:%Y-%m-%d}", "", now)
    count = 0
    for key, erase in LIMITS:
        with database.read() as connection:
            days = int(value(connection, workspace, key))
        if days:
            count += erase(database, workspace, now - timedelta(days=days), MOST)
    with database.write() as connection:
        drop_old_hashes(connection, workspace, now)
        if count:
            done = {"workspace": workspace, "what": "retention", "at": now, "done": now}
            connection.execute(insert(ERASURE).values(**done, rows=count))
    if count:
        scrub(database, anew=False)
    return count


def erase_old_words(database: Database, workspace: int, before: datetime, most: int) -> int:
    """Erase the words of old mentions; what they were taken for stays."""
    mention, words = table_named("mention"), table_named("mention_text")
    old = (mention.c.workspace == workspace) & (mention.c.at < before)
    theirs = words.c.mention.in_(select(mention.c.id).where(old))
    return erase_rows(database, workspace, "mention_text", theirs, most)


def erase_older(name: str, column: str) -> Erase:
    """Return what erases a table's rows that are older than a moment."""

    def erase(database: Database, workspace: int, before: datetime, most: int) -> int:
        at: Column[datetime] = table_named(name).c[column]
        return erase_rows(database, workspace, name, at < before, most)

    return erase


def erase_rows(
    database: Database, workspace: int, name: str, where: ColumnElement[bool], most: int
) -> int:
    table, count = table_named(name), 0
    for found in pages(database, table, workspace, where):
        with database.write() as connection:
            gone = delete(table).where(of_keys(table, workspace, found))
            count += connection.execute(gone).rowcount
        if count >= most:
            break
    return count


def rename_stale(database: Database, workspace: int, before: datetime, most: int) -> int:
    """Rename authors, customers and respondents who were not heard of."""
    return rename_stale_authors(database, workspace, before, most) + rename_stale_customers(
        database, workspace, before, most
    )


LIMITS: tuple[tuple[str, Erase], ...] = (
    (keys.KEEP_WORDS, erase_old_words),
    (keys.KEEP_EXCERPTS, erase_older("excerpt", "at")),
    (keys.KEEP_ISSUE_NAMES, rename_settled_names),
    (keys.HASH_PEOPLE, rename_stale),
    (keys.KEEP_UPLOADS, erase_older("upload", "at")),
    (keys.KEEP_HISTORY, erase_older("setting_change", "at")),
)
