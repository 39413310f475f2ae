"""A million posts of two years, written straight into their table and kept on disk."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from storage.accounts import make_account, put_brand
from storage.batch import AccountName
from storage.calendar import ensure_days
from storage.database import Database
from storage.schema import migrate
from storage.tables import day_number
from storage.watched import write_spans
from storage.workspaces import only_workspace
from tests.benchmarks.plan import schema_mark, throw_away
from tests.benchmarks.query.seed import record

TODAY = date(2026, 11, 22)
DAYS, ACCOUNTS = 730, 12
DAY = 86_400_000_000
"""Microseconds."""
COLUMNS = (
    *("workspace", "account", "platform", "external_id", "published", "hour", "weekday"),
    *("content_type", "reach", "engagements"),
)


@dataclass(frozen=True)
class Seeded:
    """A database with posts, and where they are."""

    path: Path
    database: Database
    workspace: int
    posts: int


def seed(folder: Path, posts: int) -> Seeded:
    """Return the database of this size, made now or in an earlier run."""
    folder.mkdir(parents=True, exist_ok=True)
    throw_away(folder, "posts-")
    path = folder / f"posts-{posts}-{schema_mark()}.db"
    ready = path.with_suffix(".ready")
    if not ready.exists():
        for suffix in ("", "-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
        fill(path, posts)
        ready.touch()
    database = Database(f"sqlite:///{path}")
    with database.write() as connection:
        return Seeded(path, database, only_workspace(connection).id, posts)


def fill(path: Path, posts: int) -> None:
    database = Database(f"sqlite:///{path}")
    migrate(database)
    start = TODAY - timedelta(days=DAYS)
    with database.write() as connection:
        workspace = only_workspace(connection).id
        brand = put_brand(connection, workspace, "Acme", own=True)
        held = [
            make_account(connection, workspace, brand, AccountName("instagram", f"account{at}"))
            for at in range(ACCOUNTS)
        ]
        made = record(connection, workspace)
        ensure_days(connection, "UTC", start, TODAY)
        spans = [("posts", "instagram", it, day_number(start), day_number(TODAY)) for it in held]
        write_spans(connection, workspace, spans, made)
    database.close()
    drawn = np.random.default_rng(11)
    at = np.sort(drawn.integers(day_number(start) * DAY, day_number(TODAY) * DAY, posts))
    reach = np.maximum(1, drawn.lognormal(7, 1, posts)).astype(int)
    share = np.clip(drawn.lognormal(-3, 0.6, posts), 0, 1)
    rows = zip(
        [workspace] * posts,
        drawn.choice(held, posts).tolist(),
        ["instagram"] * posts,
        (f"p{number}" for number in range(posts)),
        at.tolist(),
        (at // (DAY // 24) % 24).tolist(),
        ((at // DAY + 3) % 7).tolist(),
        drawn.choice(["reel", "photo", "story"], posts).tolist(),
        reach.tolist(),
        (reach * share).astype(int).tolist(),
        strict=True,
    )
    marks = ", ".join("?" * len(COLUMNS))
    with sqlite3.connect(path) as plain:
        sql = f"INSERT INTO post ({', '.join(COLUMNS)}, supplied) VALUES ({marks}, 0)"
        plain.executemany(sql, rows)
        plain.execute("ANALYZE")
    plain.close()
