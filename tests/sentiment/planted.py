"""Mentions with words, stored through the very path that an export takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from storage.accounts import add_account
from storage.batch import Batch, MentionRow
from storage.database import Database
from storage.imports import Imported, store
from storage.outgoing_tables import Mention
from storage.tables import table_of
from storage.workspaces import only_workspace

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
MENTION = table_of(Mention)


def mention(
    name: str, words: str = "", *, language: str = "", sentiment: str = "", **more: object
) -> MentionRow:
    """Return a mention of Acme on X at noon of 20 November; ``name`` is its id there."""
    given = {"author": f"author-{name}", "permalink": f"https://x.example/{name}"} | more
    at = given.pop("at", datetime(2026, 11, 20, 12, tzinfo=UTC))
    assert isinstance(at, datetime)
    return MentionRow(
        line=2,
        brand="Acme",
        platform="x",
        external_id=name,
        at=at,
        words=words,
        language=language,
        sentiment=sentiment,
        **given,  # type: ignore[arg-type]
    )


def plant(
    database: Database, rows: Iterable[MentionRow], file: str = "mentions.csv"
) -> tuple[int, Imported]:
    """Store mentions as one file; return the workspace and what became of the file."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        add_account(connection, workspace, "x", "acme", "Acme", own=True)
    every = tuple(row._replace(line=place) for place, row in enumerate(rows, start=2))
    digest = sha256(repr(every).encode()).hexdigest()
    batch = Batch("mentions", "mentions", file, digest, mentions=every)
    return workspace, store(database, workspace, batch, "U1", NOW - timedelta(hours=1))


def standing(database: Database, workspace: int) -> dict[str, str]:
    """Return the sentiment that stands for each mention."""
    with database.read() as connection:
        rows = connection.execute(
            MENTION.select().where(MENTION.c.workspace == workspace)
        ).mappings()
        return {str(row["external_id"]): str(row["sentiment"]) for row in rows}


def ids(database: Database, workspace: int, names: Sequence[str]) -> list[int]:
    """Return our numbers of mentions."""
    with database.read() as connection:
        rows = connection.execute(
            MENTION.select().where(MENTION.c.workspace == workspace)
        ).mappings()
        known = {str(row["external_id"]): int(row["id"]) for row in rows}
    return [known[name] for name in names]
