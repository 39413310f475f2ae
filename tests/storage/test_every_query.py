"""Every query carries its workspace (design §3), also those that could do with an id alone."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event
from sqlmodel import SQLModel

from kpis.asking import ask
from storage import uploads
from storage.accounts import add_account
from storage.database import Database
from storage.imports import last_imports, preview, store, undo
from storage.workspaces import change_setting, only_workspace
from tests import databases
from tests.drawn import AT, draw, fill
from tests.storage import (
    life_accounts,
    life_alerts,
    life_at_a_glance,
    life_backup,
    life_column_matches,
    life_credits,
    life_custom_kpis,
    life_date_notes,
    life_digests,
    life_experiments,
    life_findings,
    life_goals,
    life_incidents,
    life_ingest,
    life_installations,
    life_kept,
    life_labels,
    life_outbox,
    life_post_marks,
    life_published,
    life_records,
    life_second_tries,
    life_settings,
)
from tests.storage.support_life import serve_customers

SHARED = {"definition_epoch", "installation", "departure"}
"""Rows without a workspace are known for everyone; the others tell workspaces apart."""
BY_TOKEN = "ingest_token.digest ="
"""A token is of one workspace, which is asked of it where there are several."""
KEPT_APART = {
    table.name
    for table in SQLModel.metadata.tables.values()
    if "workspace" in table.c and table.name not in SHARED
}
LISTED = re.compile(r'\s+"?\w+"?(?:\s+AS\s+\w+)?(?:,\s+"?\w+"?(?:\s+AS\s+\w+)?)*', re.IGNORECASE)
"""The tables after ``FROM``, with their aliases."""
LIVES = (
    life_outbox,
    life_post_marks,
    life_accounts,
    life_alerts,
    life_at_a_glance,
    life_backup,
    life_records,
    life_labels,
    life_ingest,
    life_experiments,
    life_custom_kpis,
    life_date_notes,
    life_column_matches,
    life_credits,
    life_digests,
    life_findings,
    life_goals,
    life_incidents,
    life_installations,
    life_kept,
    life_published,
    life_second_tries,
    life_settings,
)
"""What Kepi says by itself, a room of storage each."""
NEVER_READ = {"watched", "numbering"}
"""They are only inserted into here."""

ACCOUNTS = """
    platform  | account | brand
    ----------+---------+------
    instagram | acme    | Acme
    x         | rival   | Rival
"""
POSTS = """
    published        | account | post | likes | comments | reach | title | hashtags
    -----------------+---------+------+-------+----------+-------+-------+----------
    2026-11-02 10:00 | acme    | a    |    10 |        1 |   100 | Hello | #sale #new
    2026-11-03 10:00 | acme    | b    |    20 |        3 |   200 |       | #sale
"""
DAYS = """
    day        | account | likes | followers | reach | impressions
    -----------+---------+-------+-----------+-------+------------
    2026-11-02 | acme    |     5 |       100 |    50 |          80
    2026-11-03 | acme    |     6 |       101 |    60 |          90
"""
QUESTIONS = (
    "reach instagram",
    "followers",
    "engagement-rate vs previous",
    "likes by account",
    "likes by activity",
    "posts",
    "hashtags",
    "best-times",
    "content-mix",
    "reach by platform",
    "overview",
    "list",
)


def tables_of(statement: str) -> Iterator[str]:
    """Yield the tables that a statement reads or changes."""
    for match in re.finditer(r"\b(?:FROM|JOIN|UPDATE)\b", statement, re.IGNORECASE):
        listed = LISTED.match(statement, match.end())
        yield from re.findall(r"\w+", listed[0].lower()) if listed else ()


def lacks_workspace(statement: str) -> bool:
    """Tell whether a statement reads or writes rows by other conditions than their workspace's."""
    statement = re.sub(r"'[^']*'", "''", statement)
    if (
        "WITH NO DATA" in statement
        or BY_TOKEN in statement
        or not KEPT_APART & set(tables_of(statement))
    ):
        return False
    return "workspace" not in statement.upper().partition("WHERE")[2].lower()


def noting(sent: list[str]) -> type[psycopg.Cursor[Any]]:
    """Return a cursor for PostgreSQL that tells what it executes."""

    class Noting(psycopg.Cursor[Any]):
        def execute(self, query: Any, *given: Any, **more: Any) -> Any:
            sent.append(query if isinstance(query, str) else query.decode())
            return super().execute(query, *given, **more)

        def executemany(self, query: Any, *given: Any, **more: Any) -> Any:
            sent.append(query if isinstance(query, str) else query.decode())
            return super().executemany(query, *given, **more)

    return Noting


@contextmanager
def watching(database: Database, noted: list[str] | None = None) -> Iterator[list[str]]:
    """Give the statements that are sent meanwhile, by whatever way; they are added to ``noted``."""
    sent: list[str] = [] if noted is None else noted
    engines = {database._reader, database._writer}

    def note(*given: Any) -> None:
        sent.append(given[2])

    def trace(connection: Any, *_: Any) -> None:
        # SQLAlchemy's event does not see what goes straight to the driver's cursor.
        if isinstance(connection, sqlite3.Connection):
            connection.set_trace_callback(sent.append)
        else:
            connection.cursor_factory = noting(sent)

    for engine in engines:
        engine.dispose()
        event.listen(engine, "before_cursor_execute", note)
        event.listen(engine, "connect", trace)
    yield sent
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)
        event.remove(engine, "connect", trace)
        engine.dispose()


def live(database: Database) -> None:
    """Do to a database what people do: every verb that reads or writes a workspace's rows."""
    newer = POSTS.replace("|    10 |", "|    11 |").replace("#new", "#newer")
    other = DAYS.replace("|     5 |", "|     7 |").replace("|    50 |", "|    55 |")
    more = newer + "    2026-11-04 10:00 | acme | c | 1 | 1 | 1 | | #third"
    workspace = fill(database, posts=POSTS, days=DAYS, accounts=ACCOUNTS)
    batch = draw(posts=more, days=other)
    preview(database, workspace, batch)
    again = store(database, workspace, batch, "U1", AT + timedelta(days=1))
    store(database, workspace, draw(posts=more, days=DAYS), "U1", AT + timedelta(days=2))
    with database.write() as connection:
        add_account(connection, workspace, "instagram", "acme", "Acme", own=False)
        add_account(connection, workspace, "instagram", "acme", "Acme", own=True, zone="Asia/Tokyo")
        change_setting(connection, workspace, "zone", "Asia/Tokyo")
        file = {"file_id": "F1", "channel": "D1", "by": "U1", "file_name": "a.csv", "data": b"a"}
        waiting = uploads.keep(connection, workspace, at=AT, **file)  # type: ignore[arg-type]
        uploads.name_account(connection, workspace, waiting, 1)
        uploads.find(connection, workspace, waiting)
        uploads.decide(connection, workspace, waiting)
    for words in QUESTIONS:
        now = datetime(2026, 11, 5, 9, tzinfo=UTC)
        ask(words, database=database, workspace=workspace, now=now, explained=True)
    assert again.id is not None
    undo(database, workspace, again.id, AT + timedelta(days=3))
    with database.read() as connection:
        for it in last_imports(connection, workspace):
            if it.undone is None:
                undo_this = it.id
    undo(database, workspace, undo_this, AT + timedelta(days=4))
    with database.write() as connection:
        only_workspace(connection)
    serve_customers(database, workspace)
    for life in LIVES:
        life.live(database, workspace)


@pytest.mark.parametrize("kind", databases.KINDS)
def test_every_query_carries_its_workspace(kind: str, tmp_path: Path) -> None:
    """Whatever is asked, imported, changed or taken back names the workspace in its condition."""
    with databases.fresh(kind, tmp_path) as database, watching(database) as sent:
        live(database)
        assert sorted({it for it in sent if lacks_workspace(it)}) == []
        touched = {name for it in sent for name in tables_of(it)}
        assert touched >= KEPT_APART - NEVER_READ, "the test must come by every table"


@pytest.mark.parametrize(
    ("statement", "lacks"),
    [
        ("UPDATE account SET name = ? WHERE account.id = ?", True),
        ("DELETE FROM post_tag WHERE post IN (?, ?)", True),
        ('UPDATE "import" SET undone = ? WHERE id = ?', True),
        ("SELECT workspace, name FROM brand", True),
        ("SELECT 1 FROM calendar AS c, post WHERE post.day = c.day", True),
        ("SELECT 1 FROM calendar JOIN post ON published < calendar.start", True),
        ("DELETE FROM brand WHERE name = 'workspace'", True),
        ("SELECT zone FROM workspace WHERE workspace.id = ?", False),
        ("SELECT count(*) FROM calendar WHERE zone = ?", False),
        ("DELETE FROM post_tag WHERE workspace = ? AND post = ?", False),
        ("UPDATE issue SET settled = ? WHERE id IN (?) RETURNING id", True),
        ("SELECT ts FROM ledger WHERE channel = ? AND root IN (?)", True),
    ],
)
def test_the_check_tells_statements_apart(statement: str, lacks: bool) -> None:
    """A column that is only read, or a word that is only data, is no condition."""
    assert lacks_workspace(statement) == lacks
