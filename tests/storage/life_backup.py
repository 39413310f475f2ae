"""Copies of the whole database: which verbs read and write what."""

from datetime import UTC, datetime, timedelta

from storage import backup_runs, nightly
from storage.backup_manifest import Copy
from storage.database import Database
from storage.soundness import path_of

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)


def live(database: Database, workspace: int) -> None:
    """Do each verb of copies once; they are of no workspace, but for whose setting counts."""
    assert workspace
    with database.write() as connection:
        number = backup_runs.begin(connection, "a.db", NOW)
        backup_runs.fail(connection, number, "no room")
        copy = Copy(path_of(database), 1, "0", "0005", NOW, {}, {})
        backup_runs.succeed(connection, backup_runs.begin(connection, "b.db", NOW), copy)
        backup_runs.forget_older(connection, NOW - timedelta(days=1))
        backup_runs.last_run(connection)
        backup_runs.last_copy(connection)
        backup_runs.runs_since(connection, NOW)
        nightly.read_plan(connection)
    nightly.make_due_copy(database, NOW, fixed="03:30")
