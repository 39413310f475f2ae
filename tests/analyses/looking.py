"""Asks one question of drawn rows, in the view that the first word names."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import insert, select

from kpis.analyses.views import answer_view
from kpis.answer import answer
from kpis.answers import Answer
from kpis.parsing import parse
from kpis.question import Asked
from kpis.surroundings import look_around
from storage.database import Database
from storage.record_tables import AudienceSegment, PostMark
from storage.tables import Account, Post, table_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
"""A Sunday; yesterday, the last whole day, is 21 November."""


def look(database: Database, workspace: int, words: str, view: str = "") -> Answer:
    """Return the answer to one question; ``view``: ``trend`` or ``why``."""
    with database.read() as connection:
        around = look_around(database, connection, workspace)
        asked = parse(words, NOW.date(), around.directory)
        assert isinstance(asked, Asked)
        (question,) = asked.questions
        if not view:
            return answer(question, connection, around, NOW)
        return answer_view(
            replace(question, view=view),
            connection,
            around,
            lambda it: answer(it, connection, around, NOW),
        )


def mark(database: Database, workspace: int, kind: str, words: dict[str, str]) -> None:
    """Put words on posts, by their platform's ids; several are parted by a comma."""
    post = table_of(Post)
    with database.write() as connection:
        rows = connection.execute(
            select(post.c.external_id, post.c.id).where(post.c.workspace == workspace)
        )
        ids = {row[0]: row[1] for row in rows}
        for external, said in words.items():
            for word in said.split(","):
                given = {"workspace": workspace, "kind": kind, "word": word.strip()}
                connection.execute(insert(table_of(PostMark)).values(**given, post=ids[external]))


def segment(
    database: Database,
    workspace: int,
    people: dict[str, int],
    *,
    measure: str = "followers",
    dimension: str = "country",
    start: date,
    end: date,
    account: str = "acme",
) -> None:
    """Store what a platform knows of an account's people in a window."""
    table = table_of(Account)
    with database.write() as connection:
        row = connection.execute(
            select(table.c.id, table.c.platform).where(
                table.c.workspace == workspace, table.c.handle == account
            )
        ).one()
        for name, count in people.items():
            connection.execute(
                insert(table_of(AudienceSegment)).values(
                    workspace=workspace,
                    account=row.id,
                    platform=row.platform,
                    measure=measure,
                    dimension=dimension,
                    segment=name,
                    start=start,
                    end=end,
                    people=count,
                    import_id=1,
                )
            )
