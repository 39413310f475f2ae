"""Notes on dates: what happened when, “Black Week”; written, changed, removed and brought back.

A note has a version that rises with each change: whoever saves an older one changes nothing and
is told what stands. Changes are kept in the history of settings under ``key_of``.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from storage import setting_changes
from storage.database import take_turns
from storage.errors import KepiError
from storage.house_tables import DateNote
from storage.overtaken import Overtaken, overtaken_by
from storage.said import Grouped
from storage.setting_changes import ChangeRow, note_change
from storage.tables import table_of
from storage.workspaces import mark_changed

NOTE = table_of(DateNote)
MOST = 1000
"""Notes of a workspace that stand."""
LONGEST = 80
"""Characters of a note."""
LONGEST_DAYS = 366
DAY = timedelta(days=1)


class DateNoteRow(NamedTuple):
    """What happened from ``first`` until before ``until``; ``by`` wrote it first."""

    id: int
    first: date
    until: date
    words: str
    by: str
    at: datetime
    version: int
    removed: datetime | None = None

    @property
    def last(self) -> date:
        return self.until - DAY


COLUMNS = tuple(NOTE.c[name] for name in DateNoteRow._fields)


def add(
    connection: Connection,
    workspace: int,
    first: date,
    until: date,
    words: str,
    by: str,
    at: datetime,
) -> DateNoteRow:
    """Write a note down; one that says the same of the same days is that note, not another.

    Raises ``KepiError`` where the workspace has as many as it may.
    """
    take_turns(connection, workspace)
    alike = select(*COLUMNS).where(
        *standing(workspace), NOTE.c.first == first, NOTE.c.until == until, NOTE.c.words == words
    )
    if (held := connection.execute(alike.limit(1)).one_or_none()) is not None:
        return DateNoteRow._make(held)
    if count(connection, workspace) >= MOST:
        raise KepiError(
            "There are {most} notes already. Remove some first: /kpi notes", most=Grouped(MOST)
        )
    values = {"first": first, "until": until, "words": words, "by": by, "at": at, "version": 1}
    made = connection.execute(
        insert(NOTE).values(workspace=workspace, removed=None, **values).returning(*COLUMNS)
    )
    row = DateNoteRow._make(made.one())
    mark_changed(connection, workspace)
    return row


def change(
    connection: Connection,
    workspace: int,
    number: int,
    version: int,
    first: date,
    until: date,
    words: str,
    by: str,
    at: datetime,
) -> None:
    """Change the note that somebody saw as ``version``; raises ``Overtaken`` where it is not it."""
    before = find(connection, workspace, number)
    here = update(NOTE).where(*standing(workspace), *which(number, version))
    values = {"first": first, "until": until, "words": words, "version": version + 1}
    if before is None or not connection.execute(here.values(**values)).rowcount:
        raise overtaken(connection, workspace, number)
    after = before._replace(first=first, until=until, words=words)
    keep_history(connection, workspace, number, as_read(before), as_read(after), by, at)
    mark_changed(connection, workspace)


def remove(
    connection: Connection, workspace: int, number: int, version: int, by: str, at: datetime
) -> None:
    """Remove the note that somebody saw as ``version``; raises ``Overtaken`` where it is not it."""
    before = find(connection, workspace, number)
    here = update(NOTE).where(*standing(workspace), *which(number, version))
    gone = connection.execute(here.values(removed=at, version=version + 1)).rowcount
    if before is None or not gone:
        raise overtaken(connection, workspace, number)
    keep_history(connection, workspace, number, as_read(before), "", by, at)
    mark_changed(connection, workspace)


def overtaken(connection: Connection, workspace: int, number: int) -> Overtaken:
    """Return what to raise for a note that is not as somebody saw it."""
    row, last = find(connection, workspace, number), last_change(connection, workspace, number)
    return overtaken_by(last, is_gone=row is None or row.removed is not None)


def bring_back(
    connection: Connection, workspace: int, number: int, by: str, at: datetime
) -> DateNoteRow | None:
    """Let a removed note stand again; nothing where it stands already, or never was."""
    here = NOTE.c.workspace == workspace, NOTE.c.id == number, NOTE.c.removed.is_not(None)
    back = update(NOTE).where(*here).values(removed=None, version=NOTE.c.version + 1)
    held = connection.execute(back.returning(*COLUMNS)).one_or_none()
    if held is None:
        return None
    row = DateNoteRow._make(held)
    keep_history(connection, workspace, number, "", as_read(row), by, at)
    mark_changed(connection, workspace)
    return row


def find(connection: Connection, workspace: int, number: int) -> DateNoteRow | None:
    """Return a note, also one that was removed."""
    here = NOTE.c.workspace == workspace, NOTE.c.id == number
    row = connection.execute(select(*COLUMNS).where(*here)).one_or_none()
    return None if row is None else DateNoteRow._make(row)


def notes_between(
    connection: Connection, workspace: int, first: date, until: date
) -> list[DateNoteRow]:
    """Return the notes of any of these days, ``until`` not among them; the earliest first."""
    inside = NOTE.c.first < until, NOTE.c.until > first
    statement = select(*COLUMNS).where(*standing(workspace), *inside)
    rows = connection.execute(statement.order_by(NOTE.c.first, NOTE.c.id))
    return [DateNoteRow._make(row) for row in rows]


def standing_notes(connection: Connection, workspace: int) -> list[DateNoteRow]:
    """Return every note that stands, the earliest first."""
    statement = select(*COLUMNS).where(*standing(workspace)).order_by(NOTE.c.first, NOTE.c.id)
    return [DateNoteRow._make(row) for row in connection.execute(statement)]


def count(connection: Connection, workspace: int) -> int:
    """Return how many notes stand."""
    statement = select(func.count()).select_from(NOTE).where(*standing(workspace))
    return int(connection.execute(statement).scalar_one())


def last_change(connection: Connection, workspace: int, number: int) -> ChangeRow | None:
    """Return who changed or removed a note last, and when."""
    return setting_changes.last_change(connection, workspace, key_of(number))


def keep_history(
    connection: Connection,
    workspace: int,
    number: int,
    before: str,
    after: str,
    by: str,
    at: datetime,
) -> None:
    note_change(connection, workspace, key_of(number), before, after, by, at)


def key_of(number: int) -> str:
    """Return what the history of settings calls a note."""
    return f"note {number}"


def as_read(row: DateNoteRow) -> str:
    """Return “2026-11-12 Black Week”, “2026-11-12 to 2026-11-15 Fair”."""
    days = f"{row.first}" if row.until - row.first == DAY else f"{row.first} to {row.last}"
    return f"{days} {row.words}"


def standing(workspace: int) -> tuple[ColumnElement[bool], ...]:
    return NOTE.c.workspace == workspace, NOTE.c.removed.is_(None)


def which(number: int, version: int) -> tuple[ColumnElement[bool], ...]:
    return NOTE.c.id == number, NOTE.c.version == version
