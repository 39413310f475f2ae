"""``told``: drawn rows, one digest, what it says; on both databases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kpis.digests.collect import collect
from kpis.digests.plan import Plan
from kpis.digests.report import Report
from kpis.surroundings import look_around
from storage.database import Database
from storage.workspaces import change_setting, only_workspace
from tests.drawn import AT, fill

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""The digest of week 47, 16–22 November, is due."""
WEEKLY = Plan(id=1, channel="C1")

Telling = Callable[..., Report]


def tell(
    database: Database,
    key: str = "2026-W47",
    *,
    plan: Plan = WEEKLY,
    now: datetime = MONDAY,
    hidden: frozenset[str] = frozenset(),
    known_at: datetime | None = None,
    **changes: object,
) -> Report:
    """Return the report of a period from what the database holds."""
    with database.read() as connection:
        workspace = only_workspace_id(database)
        around = look_around(database, connection, workspace)
        plan = replace(plan, week_start=around.week_start, **changes)  # type: ignore[arg-type]
        return collect(plan, key, connection, around, now, hidden, known_at=known_at)


def put(database: Database, rows: Mapping[str, str], at: datetime = AT) -> None:
    """Store drawn rows: ``posts``, ``days``, ``windows``, ``accounts``, ``watched``."""
    fill(database, at=at, **rows)


def only_workspace_id(database: Database) -> int:
    with database.write() as connection:
        return only_workspace(connection).id


def settle(database: Database, **settings: str) -> None:
    """Set the workspace's zone or the day on which its weeks begin (``week_start``)."""
    workspace = only_workspace_id(database)
    with database.write() as connection:
        for name, value in settings.items():
            change_setting(connection, workspace, name.replace("_", "-"), value)


@pytest.fixture
def told(database: Database) -> Telling:
    """Store drawn rows and return the report of week 47."""

    def make(
        key: str = "2026-W47", *, rows: dict[str, str] | None = None, **more: object
    ) -> Report:
        if rows:
            put(database, rows)
        return tell(database, key, **more)  # type: ignore[arg-type]

    return make


def table_of(report: Report) -> list[tuple[str, str, str]]:
    """Return the digest's table."""
    return [(it.name, it.shown, it.change) for it in report.rows]
