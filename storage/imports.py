"""Imports: previewed, stored in one transaction, listed, taken back (``storage.undo``).

What is slow (putting rows in order) happens before the transaction begins, because deliveries
from Slack are written to the same file and wait for it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from storage import rollup
from storage.batch import AccountName, BadRow, Batch
from storage.bulk import collecting_later
from storage.calendar import cover_moments
from storage.database import Database, take_turns
from storage.errors import KepiError
from storage.facts import compare_days, write_days
from storage.mentions import MentionChanges, compare_mentions, write_mentions
from storage.observed import observe
from storage.posts import PostChanges, compare_posts, write_posts
from storage.records import RecordChanges, compare_records, write_records
from storage.staging import (
    Staged,
    count_rows,
    extent,
    name_accounts,
    settle_accounts,
    stage,
)
from storage.stretches import Counts, Stretch, count
from storage.tables import Import, table_of
from storage.undo import Undone, undo
from storage.watched import Span, new_spans, write_spans
from storage.windows import WindowChanges, compare_windows, write_windows
from storage.workspaces import mark_changed, zone_of

__all__ = [
    "ImportRow",
    "Imported",
    "Preview",
    "Undone",
    "last_imports",
    "preview",
    "store",
    "undo",
]

IMPORT = table_of(Import)


@dataclass(frozen=True)
class Preview:
    """What storing a batch would do."""

    rows: int
    added: int
    changed: int
    same: int
    new_accounts: tuple[AccountName, ...]
    bad: tuple[BadRow, ...]
    notes: tuple[str, ...]
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True)
class Imported:
    """What storing a batch did.

    Without an ``id`` it told no values that are new; what the file calls its accounts is kept
    all the same.
    """

    id: int | None
    rows: int
    added: int
    changed: int
    same: int
    new_accounts: tuple[AccountName, ...]
    left_out: tuple[BadRow, ...]
    notes: tuple[str, ...]
    first_day: date | None
    last_day: date | None


class ImportRow(NamedTuple):
    """An import, as lists show it."""

    id: int
    format: str
    file_name: str
    file_hash: str
    by: str
    at: datetime
    rows: int
    added: int
    changed: int
    first_day: date | None
    last_day: date | None
    undone: datetime | None


class Changes(NamedTuple):
    """What a staged batch would change."""

    days: list[Stretch]
    windows: WindowChanges
    posts: PostChanges
    watched: list[Span]
    """The spans that were not watched in full before."""
    mentions: MentionChanges
    records: RecordChanges

    @property
    def counts(self) -> Counts:
        total = count(self.days)
        for it in (self.windows, self.posts, self.mentions, self.records):
            total = total.plus(it.counts)
        return total

    @property
    def notes(self) -> tuple[str, ...]:
        return (*self.mentions.notes, *self.records.notes)

    @property
    def tell_something(self) -> bool:
        return bool(self.counts.added or self.counts.changed or self.watched)


def preview(database: Database, workspace: int, batch: Batch) -> Preview:
    """Say what storing the good rows of a batch would change; write nothing."""
    with database.read() as connection:
        ids, unknown = name_accounts(connection, workspace, batch)
        zone = zone_of(connection, workspace)
        changes = compare(connection, workspace, stage(batch, ids, zone), batch)
        days = extent(batch, zone)
    notes = (*batch.notes, *changes.notes)
    return Preview(count_rows(batch), *changes.counts, tuple(unknown), batch.bad, notes, *days)


def store(
    database: Database,
    workspace: int,
    batch: Batch,
    by: str,
    at: datetime,
    good_rows: bool = False,
) -> Imported:
    """Store a batch, or nothing of it.

    Raises ``KepiError`` naming every bad row, unless the good rows were chosen.
    """
    if batch.bad and not good_rows:
        raise KepiError(name_bad(batch))
    with database.read() as connection:
        ids, unknown = name_accounts(connection, workspace, batch)
        zone = zone_of(connection, workspace)
    days, staged = extent(batch, zone), stage(batch, ids, zone)
    import_id = None
    with collecting_later(), database.write() as connection:
        take_turns(connection, workspace)
        staged, renamed = settle_accounts(connection, workspace, staged, ids)
        changes = compare(connection, workspace, staged, batch)
        if changes.tell_something:
            import_id = record(connection, workspace, batch, changes.counts, by, at, days)
            write(connection, workspace, staged, changes, import_id, by, at)
        elif renamed:
            mark_changed(connection, workspace)
    return Imported(
        import_id,
        count_rows(batch),
        *changes.counts,
        tuple(unknown),
        batch.bad,
        (*batch.notes, *changes.notes),
        *days,
    )


def name_bad(batch: Batch) -> str:
    count = len(batch.bad)
    rows = "1 row" if count == 1 else f"{count} rows"
    head = f"{batch.file_name}: {rows} cannot be stored, so nothing was."
    return "\n".join([head, *map(str, batch.bad)])


def compare(connection: Connection, workspace: int, staged: Staged, batch: Batch) -> Changes:
    """Return what would change; raises ``KepiError`` for an unknown brand, or days held twice."""
    return Changes(
        compare_days(connection, workspace, staged.days),
        compare_windows(connection, workspace, staged.windows),
        compare_posts(connection, workspace, staged.posts),
        new_spans(connection, workspace, staged.watched),
        compare_mentions(connection, workspace, batch.mentions),
        compare_records(connection, workspace, batch.records),
    )


def record(
    connection: Connection,
    workspace: int,
    batch: Batch,
    counts: Counts,
    by: str,
    at: datetime,
    days: tuple[date | None, date | None],
) -> int:
    """Write the import's own row and return its id."""
    statement = insert(IMPORT).values(
        workspace=workspace,
        format=batch.format,
        file_name=batch.file_name,
        file_hash=batch.file_hash,
        by=by,
        at=at,
        rows=count_rows(batch),
        added=counts.added,
        changed=counts.changed,
        first_day=days[0],
        last_day=days[1],
    )
    return int(connection.execute(statement.returning(IMPORT.c.id)).scalar_one())


def write(
    connection: Connection,
    workspace: int,
    staged: Staged,
    changes: Changes,
    import_id: int,
    by: str,
    at: datetime,
) -> None:
    write_days(connection, workspace, changes.days, import_id)
    rollup.add_changes(connection, workspace, changes.days)
    write_windows(connection, workspace, changes.windows, import_id)
    zone = zone_of(connection, workspace)
    posts = write_posts(connection, workspace, zone, changes.posts, import_id, at)
    write_spans(connection, workspace, staged.watched, import_id)
    mentions = write_mentions(connection, workspace, changes.mentions, import_id, at)
    records = write_records(connection, workspace, changes.records, import_id, by, at)
    cover_moments(connection, workspace, zone)
    seen = (staged.days, staged.windows, posts, mentions, records)
    observe(connection, workspace, import_id, *seen)
    mark_changed(connection, workspace)


def last_imports(connection: Connection, workspace: int, count: int = 10) -> list[ImportRow]:
    """Return the newest imports, those that were taken back included."""
    statement = (
        select(*(IMPORT.c[name] for name in ImportRow._fields))
        .where(IMPORT.c.workspace == workspace)
        .order_by(IMPORT.c.id.desc())
        .limit(count)
    )
    return [ImportRow._make(row) for row in connection.execute(statement)]
