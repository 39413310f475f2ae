"""What mentions say, and what the files that brought them take them for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete

from storage.batch import MentionRow
from storage.bulk import insert, portions
from storage.record_tables import MentionLabel, MentionText
from storage.tables import instant_number, table_of

TEXT, LABEL = table_of(MentionText), table_of(MentionLabel)
LONGEST_TEXT = 2_000
"""Characters of a mention that are kept."""
BY_FILE = "file"
"""Who labelled a mention whose sentiment a file tells (``mention_label.backend``)."""


def keep_words(
    connection: Connection,
    workspace: int,
    told: Sequence[tuple[MentionRow, int]],
    at: datetime,
) -> None:
    """Keep what new mentions say, where the file tells it, and what the file takes them for.

    ``told`` are rows with the ids under which they are stored.
    """
    texts, labels, moment = [], [], instant_number(at)
    for row, number in told:
        if row.words:
            texts.append((workspace, number, row.words[:LONGEST_TEXT], row.language))
        if row.sentiment:
            labels.append((workspace, number, row.sentiment, BY_FILE, "", "", moment))
    insert(connection, "mention_text", ("workspace", "mention", "words", "language"), texts)
    columns = ("workspace", "mention", "label", "backend", "version", "by", "at")
    insert(connection, "mention_label", columns, labels)


def forget_words(connection: Connection, workspace: int, mentions: Sequence[int]) -> None:
    """Forget what mentions said and what they were taken for."""
    for some in portions(sorted(mentions)):
        for table in (TEXT, LABEL):
            theirs = (table.c.workspace == workspace) & table.c.mention.in_(some)
            connection.execute(delete(table).where(theirs))
