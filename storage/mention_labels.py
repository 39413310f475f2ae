"""What mentions were taken for, and by whom: by hand, by the file, or by a model.

Every label is kept with its backend and version; which of them stands in ``mention.sentiment`` is
settled here alone: the newest by hand, else what the file said, else the newest of a model, whose
``unsure`` stands as nothing. Imports write the file's own labels (``storage.mentions``) and forget
all of a mention that is taken back; those of before labels were kept have a row once corrected.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from storage.bulk import fetch, insert, portions, run
from storage.database import take_turns
from storage.errors import KepiError
from storage.outgoing_tables import Mention
from storage.record_tables import MentionLabel
from storage.tables import Import, instant_number, table_of
from storage.workspaces import mark_changed

MENTION, LABEL, IMPORT = table_of(Mention), table_of(MentionLabel), table_of(Import)
HAND, FILE = "hand", "file"
SENTIMENTS = ("positive", "neutral", "negative")
GONE = "That mention is not held any more."
COLUMNS = ("workspace", "mention", "label", "sure", "backend", "version", "by", "at")


class Waiting(NamedTuple):
    """Words that nobody has labelled."""

    mention: int
    words: str
    language: str
    """As the file told it, or found out before; may be empty."""


class Said(NamedTuple):
    """What a model took a mention for."""

    mention: int
    label: str
    sure: float | None
    language: str = ""
    """The language it was taken to be in; kept where the file told none."""


def waiting(connection: Connection, workspace: int, limit: int, after: int = 0) -> list[Waiting]:
    """Return mentions with words and without any label, by id, those after ``after``."""
    statement = (
        "SELECT t.mention, t.words, t.language FROM mention_text t"
        " JOIN mention m ON m.id = t.mention AND m.workspace = t.workspace"
        " WHERE t.workspace = ? AND t.mention > ? AND m.sentiment = '' AND t.words <> ''"
        " AND NOT EXISTS (SELECT 1 FROM mention_label l"
        " WHERE l.workspace = t.workspace AND l.mention = t.mention)"
        " ORDER BY t.mention LIMIT ?"
    )
    return [Waiting(*row) for row in fetch(connection, statement, (workspace, after, limit))]


def outdated(
    connection: Connection, workspace: int, limit: int, backend: str, version: str, after: int = 0
) -> list[Waiting]:
    """Return mentions that a model labelled, this one not yet, and no hand or file has a say on."""
    statement = (
        "SELECT t.mention, t.words, t.language FROM mention_text t"
        " WHERE t.workspace = ? AND t.mention > ? AND t.words <> ''"
        " AND EXISTS (SELECT 1 FROM mention_label l"
        " WHERE l.workspace = t.workspace AND l.mention = t.mention)"
        " AND NOT EXISTS (SELECT 1 FROM mention_label l"
        " WHERE l.workspace = t.workspace AND l.mention = t.mention"
        " AND (l.backend IN ('hand', 'file') OR (l.backend = ? AND l.version = ?)))"
        " ORDER BY t.mention LIMIT ?"
    )
    values = (workspace, after, backend, version, limit)
    return [Waiting(*row) for row in fetch(connection, statement, values)]


def keep(
    connection: Connection,
    workspace: int,
    labels: Sequence[Said],
    backend: str,
    version: str,
    at: datetime,
) -> int:
    """Keep a model's labels and let them stand where nobody else has a say; return how many.

    What this backend and version labelled already, and what is no longer held, is left out: two
    processes may bring the same.
    """
    take_turns(connection, workspace)
    kept = 0
    for some in portions(labels):
        new = _unheard(connection, workspace, some, backend, version)
        moment = instant_number(at)
        rows = [
            (workspace, it.mention, it.label, it.sure, backend, version, "", moment) for it in new
        ]
        insert(connection, "mention_label", COLUMNS, rows)
        _keep_languages(connection, workspace, new)
        _settle(connection, workspace, [it.mention for it in new])
        kept += len(new)
    if kept:
        mark_changed(connection, workspace)
    return kept


def _unheard(
    connection: Connection, workspace: int, labels: Sequence[Said], backend: str, version: str
) -> list[Said]:
    ids = tuple(it.mention for it in labels)
    marks = ", ".join("?" * len(ids))
    held = fetch(
        connection,
        f"SELECT m.id FROM mention m WHERE m.workspace = ? AND m.id IN ({marks})"
        " AND NOT EXISTS (SELECT 1 FROM mention_label l WHERE l.workspace = m.workspace"
        " AND l.mention = m.id AND l.backend = ? AND l.version = ?)",
        (workspace, *ids, backend, version),
    )
    free = {int(number) for (number,) in held}
    return [it for it in labels if it.mention in free]


def _keep_languages(connection: Connection, workspace: int, labels: Sequence[Said]) -> None:
    told = [(it.language, workspace, it.mention) for it in labels if it.language]
    run(
        connection,
        "UPDATE mention_text SET language = ?"
        " WHERE workspace = ? AND mention = ? AND language = ''",
        told,
    )


def correct(
    connection: Connection, workspace: int, mention: int, label: str, by: str, at: datetime
) -> None:
    """Let a person's label stand, whatever anything else says, now or later.

    Raises ``KepiError`` for a label that is none and for a mention that is not held.
    """
    if label not in SENTIMENTS:
        raise KepiError(
            "“{label}” is no label. Use positive, neutral or negative.", label=label[:40]
        )
    take_turns(connection, workspace)
    statement = (
        select(MENTION.c.sentiment, IMPORT.c.at)
        .join(IMPORT, (IMPORT.c.id == MENTION.c.import_id) & (IMPORT.c.workspace == workspace))
        .where(MENTION.c.workspace == workspace, MENTION.c.id == mention)
    )
    found = connection.execute(statement).one_or_none()
    if found is None:
        raise KepiError(GONE)
    rows: list[tuple[object, ...]] = []
    if found.sentiment and not history(connection, workspace, mention):
        told = instant_number(found.at)
        rows.append((workspace, mention, found.sentiment, None, FILE, "", "", told))
    rows.append((workspace, mention, label, None, HAND, "", by, instant_number(at)))
    insert(connection, "mention_label", COLUMNS, rows)
    settle(connection, workspace, [mention])


def settle(connection: Connection, workspace: int, ids: Sequence[int]) -> None:
    """Write what stands into ``mention.sentiment``: hand, else file, else the newest model's."""
    for some in portions(ids):
        _settle(connection, workspace, some)
    if ids:
        mark_changed(connection, workspace)


def _settle(connection: Connection, workspace: int, ids: Sequence[int]) -> None:
    if not ids:
        return
    marks = ", ".join("?" * len(ids))
    rank = "CASE l.backend WHEN 'hand' THEN 0 WHEN 'file' THEN 1 ELSE 2 END"
    statement = (
        "UPDATE mention SET sentiment = (SELECT CASE l.label WHEN 'unsure' THEN '' ELSE l.label END"
        " FROM mention_label l WHERE l.workspace = mention.workspace AND l.mention = mention.id"
        f" ORDER BY {rank}, l.id DESC LIMIT 1)"
        f" WHERE workspace = ? AND id IN ({marks}) AND EXISTS (SELECT 1 FROM mention_label l"
        " WHERE l.workspace = mention.workspace AND l.mention = mention.id)"
    )
    run(connection, statement, (workspace, *ids))


class Labelled(NamedTuple):
    """One entry of a mention's history, oldest first."""

    label: str
    sure: float | None
    backend: str
    version: str
    by: str
    at: datetime


def history(connection: Connection, workspace: int, mention: int) -> list[Labelled]:
    """Return everything that a mention was taken for; empty where only its file says it."""
    statement = (
        select(*(LABEL.c[name] for name in Labelled._fields))
        .where(LABEL.c.workspace == workspace, LABEL.c.mention == mention)
        .order_by(LABEL.c.id)
    )
    return [Labelled._make(row) for row in connection.execute(statement)]


# --- how far it is


class Progress(NamedTuple):
    """How many mentions there are, and what is known of them."""

    every: int
    labelled: int
    """Positive, neutral or negative by anybody."""
    unsure: int
    """A model read them and abstained."""
    waiting: int
    """They have words that nobody read yet."""

    @property
    def judged(self) -> int:
        return self.labelled + self.unsure

    @property
    def wordless(self) -> int:
        """No words are kept and no file said anything: there is nothing to read."""
        return self.every - self.judged - self.waiting


def progress(connection: Connection, workspace: int) -> Progress:
    """Return how many mentions are labelled, unsure and waiting."""
    statement = (
        "SELECT COUNT(*), SUM(CASE WHEN m.sentiment <> '' THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN m.sentiment = '' AND l.mention IS NOT NULL THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN m.sentiment = '' AND l.mention IS NULL AND t.words <> '' THEN 1 ELSE 0 END)"
        " FROM mention m"
        " LEFT JOIN mention_text t ON t.workspace = m.workspace AND t.mention = m.id"
        " LEFT JOIN (SELECT DISTINCT mention FROM mention_label WHERE workspace = ?) l"
        " ON l.mention = m.id WHERE m.workspace = ?"
    )
    (row,) = fetch(connection, statement, (workspace, workspace))
    return Progress(*(int(it or 0) for it in row))
