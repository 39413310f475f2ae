"""Facts to ask about: accounts × 12 measures × days, made from a seed and kept on disk.

They are stored by the product's own merge, rollup and all; half the accounts are competitors'.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
from sqlalchemy import Connection

from storage.accounts import make_account, put_brand
from storage.batch import AccountName
from storage.database import Database
from storage.facts import DayTuple
from storage.platforms import PLATFORMS
from storage.schema import migrate
from storage.tables import Import, day_number, table_of
from storage.watched import write_spans
from storage.workspaces import only_workspace
from tests.benchmarks.plan import schema_mark, throw_away
from tests.merging import merge_days

TODAY = date(2026, 11, 22)
ADDED = ("impressions", "likes", "comments", "shares", "saves", "clicks", "video_views")
MEASURES = (*ADDED, "profile_visits", "gained", "lost", "followers", "filler")
"""The account-day measures, and one more, for twelve."""


@dataclass(frozen=True)
class Seeded:
    """A database with facts, and where they are."""

    path: Path
    database: Database
    workspace: int
    facts: int
    start: int
    end: int
    """Day numbers, half-open; ``end`` is today."""


def seed(folder: Path, accounts: int, days: int) -> Seeded:
    """Return the database of this size, made now or in an earlier run."""
    folder.mkdir(parents=True, exist_ok=True)
    throw_away(folder, "facts-")
    path = folder / f"facts-{accounts}x{days}-{schema_mark()}.db"
    ready = path.with_suffix(".ready")
    if not ready.exists():
        for suffix in ("", "-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
        fill(path, accounts, days)
        ready.touch()
    database = Database(f"sqlite:///{path}")
    with database.write() as connection:
        workspace = only_workspace(connection).id
    end = day_number(TODAY)
    return Seeded(path, database, workspace, accounts * len(MEASURES) * days, end - days, end)


def fill(path: Path, accounts: int, days: int) -> None:
    database = Database(f"sqlite:///{path}")
    migrate(database)
    with database.write() as connection:
        workspace = only_workspace(connection).id
        held = make_accounts(connection, workspace, accounts)
        made = record(connection, workspace)
    end = day_number(TODAY)
    random = np.random.default_rng(7)
    for measure in MEASURES:
        with database.write() as connection:
            for platform, ids in held.items():
                rows = make_rows(measure, platform, ids, range(end - days, end), random)
                merge_days(connection, workspace, rows, made)
    with database.write() as connection:
        watch(connection, workspace, held, (end - days, end), made)
    with database.write() as connection:
        connection.exec_driver_sql("ANALYZE")
    database.close()


def make_accounts(connection: Connection, workspace: int, count: int) -> dict[str, list[int]]:
    """Make accounts on six platforms in turn; every other round of six is a competitor's."""
    platforms = list(PLATFORMS)
    brands = [
        put_brand(connection, workspace, "Acme", own=True),
        put_brand(connection, workspace, "Rival", own=False),
    ]
    held: dict[str, list[int]] = {platform: [] for platform in platforms}
    for number in range(count):
        brand = brands[number // len(platforms) % 2]
        name = AccountName(platforms[number % len(platforms)], f"account{number}")
        held[name.platform].append(make_account(connection, workspace, brand, name))
    return held


def record(connection: Connection, workspace: int) -> int:
    """Write the import that the facts came with."""
    table = table_of(Import)
    values = {"format": "bench", "file_name": "bench.csv", "file_hash": "bench"}
    at = datetime(2026, 11, 22, tzinfo=UTC) - timedelta(hours=1)
    statement = table.insert().values(workspace=workspace, at=at, **values)
    return int(connection.execute(statement.returning(table.c.id)).scalar_one())


def make_rows(
    measure: str, platform: str, accounts: list[int], days: range, random: np.random.Generator
) -> Iterator[DayTuple]:
    """Yield a row an account and day, in the order of the key."""
    most = 50_000 if measure == "impressions" else 900
    values = random.integers(1, most, size=(len(days), len(accounts))).tolist()
    for day, row in zip(days, values, strict=True):
        for account, value in zip(accounts, row, strict=True):
            yield measure, platform, day, account, value


def watch(
    connection: Connection,
    workspace: int,
    held: dict[str, list[int]],
    days: tuple[int, int],
    import_id: int,
) -> None:
    """Note that every account was read over all the days."""
    spans = [
        ("account-days", platform, account, *days)
        for platform, accounts in held.items()
        for account in accounts
    ]
    write_spans(connection, workspace, spans, import_id)
