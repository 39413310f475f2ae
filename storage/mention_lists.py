"""Mentions with their words: to look over, to learn from, and to find what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, func, select

from storage.bulk import fetch
from storage.mention_labels import HAND, SENTIMENTS
from storage.outgoing_tables import Mention
from storage.record_tables import MentionLabel, MentionText
from storage.tables import instant_number, table_of

MENTION, TEXT, LABEL = table_of(Mention), table_of(MentionText), table_of(MentionLabel)


class Seen(NamedTuple):
    """A mention to look at."""

    id: int
    at: datetime
    platform: str
    author: str
    words: str
    permalink: str
    sentiment: str
    """Empty: nobody said, or a model was unsure."""
    topic: str
    language: str


COLUMNS = (
    *(MENTION.c[it] for it in ("id", "at", "platform", "author")),
    func.coalesce(TEXT.c.words, "").label("words"),
    *(MENTION.c[it] for it in ("permalink", "sentiment", "topic")),
    func.coalesce(TEXT.c.language, "").label("language"),
)


def latest_unsure(connection: Connection, workspace: int, limit: int) -> list[Seen]:
    """Return the newest mentions that a model was unsure of, and nobody labelled since."""
    is_read = (
        select(LABEL.c.id)
        .where(LABEL.c.workspace == workspace, LABEL.c.mention == MENTION.c.id)
        .exists()
    )
    return newest(connection, chosen(workspace, (MENTION.c.sentiment == "") & is_read), limit)


def latest_negative(connection: Connection, workspace: int, limit: int) -> list[Seen]:
    """Return the newest negative mentions that have words and that no person has judged."""
    by_hand = (
        select(LABEL.c.id)
        .where(
            LABEL.c.workspace == workspace,
            LABEL.c.mention == MENTION.c.id,
            LABEL.c.backend == HAND,
        )
        .exists()
    )
    wanted = (MENTION.c.sentiment == "negative") & (TEXT.c.words != "") & ~by_hand
    return newest(connection, chosen(workspace, wanted), limit)


def said_of(
    connection: Connection,
    workspace: int,
    brand_ids: Sequence[int],
    start: datetime,
    end: datetime,
    sentiment: str,
    limit: int = 20_000,
) -> list[Seen]:
    """Return mentions of brands in a stretch of time, of one sentiment, the newest first."""
    wanted = (
        MENTION.c.brand.in_(brand_ids)
        & (MENTION.c.at >= start)
        & (MENTION.c.at < end)
        & (MENTION.c.sentiment == sentiment)
    )
    return newest(connection, chosen(workspace, wanted), limit) if brand_ids else []


def chosen(workspace: int, wanted: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    theirs = (TEXT.c.workspace == MENTION.c.workspace) & (TEXT.c.mention == MENTION.c.id)
    return (
        select(*COLUMNS)
        .select_from(MENTION.outerjoin(TEXT, theirs))
        .where(MENTION.c.workspace == workspace, wanted)
    )


def newest(connection: Connection, statement: Select[tuple[object, ...]], limit: int) -> list[Seen]:
    ordered = statement.order_by(MENTION.c.at.desc(), MENTION.c.id.desc()).limit(limit)
    return [Seen._make(row) for row in connection.execute(ordered)]


class Taught(NamedTuple):
    """Words, and what a person of the team took them for."""

    label_id: int
    words: str
    language: str
    label: str


def taught(connection: Connection, workspace: int, until: int = 0) -> list[Taught]:
    """Return what the team labelled by hand, the last word on each mention, oldest first.

    ``until`` is the id of the last label that counts; 0 stands for all.
    """
    marks = ", ".join("?" * len(SENTIMENTS))
    bound = " AND id <= ?" if until else ""
    statement = (
        "SELECT l.id, t.words, t.language, l.label FROM mention_label l"
        " JOIN (SELECT MAX(id) AS last FROM mention_label"
        f" WHERE workspace = ? AND backend = 'hand'{bound} GROUP BY mention) f ON f.last = l.id"
        " JOIN mention_text t ON t.workspace = l.workspace AND t.mention = l.mention"
        f" WHERE l.workspace = ? AND t.words <> '' AND l.label IN ({marks}) ORDER BY l.id"
    )
    values = (workspace, *((until,) if until else ()), workspace, *SENTIMENTS)
    return [Taught(*row) for row in fetch(connection, statement, values)]


class Fan(NamedTuple):
    """Somebody who praised a brand again and again."""

    author: str
    platform: str
    praises: int
    followers: int | None
    """As last told; empty where no file told."""
    permalink: str
    """Of the newest praise."""


def fans(
    connection: Connection,
    workspace: int,
    brand_ids: Sequence[int],
    start: datetime,
    end: datetime,
    least: int = 3,
    limit: int = 10,
) -> list[Fan]:
    """Return authors with at least so many positive mentions, the most faithful first.

    Who blamed the brand as often in the same time is none.
    """
    if not brand_ids:
        return []
    marks = ", ".join("?" * len(brand_ids))
    statement = (
        "SELECT author, platform, SUM(CASE WHEN sentiment = 'positive' THEN 1 ELSE 0 END) AS good,"
        " SUM(CASE WHEN sentiment = 'negative' THEN 1 ELSE 0 END) AS bad, MAX(at) AS newest"
        f" FROM mention WHERE workspace = ? AND brand IN ({marks}) AND at >= ? AND at < ?"
        " AND author <> '' GROUP BY author, platform"
        " HAVING SUM(CASE WHEN sentiment = 'positive' THEN 1 ELSE 0 END) >= ?"
        " AND SUM(CASE WHEN sentiment = 'positive' THEN 1 ELSE 0 END)"
        " > SUM(CASE WHEN sentiment = 'negative' THEN 1 ELSE 0 END)"
        " ORDER BY good DESC, newest DESC, author, platform LIMIT ?"
    )
    spans = (instant_number(start), instant_number(end))
    rows = fetch(connection, statement, (workspace, *brand_ids, *spans, least, limit))
    found = []
    for author, platform, good, _, _ in rows:
        theirs = (MENTION.c.author == author) & (MENTION.c.platform == platform)
        inside = MENTION.c.brand.in_(brand_ids) & (MENTION.c.at >= start) & (MENTION.c.at < end)
        ordered = (
            select(MENTION.c.followers, MENTION.c.permalink)
            .where(MENTION.c.workspace == workspace, theirs, inside)
            .where(MENTION.c.sentiment == "positive")
            .order_by(MENTION.c.at.desc(), MENTION.c.id.desc())
        )
        praises = list(connection.execute(ordered))
        followers = next((it.followers for it in praises if it.followers is not None), None)
        link = next((it.permalink for it in praises if it.permalink), "")
        found.append(Fan(str(author), str(platform), int(good), followers, link))
    return found
