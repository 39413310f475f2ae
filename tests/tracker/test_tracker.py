"""Projections are what the whole ledger folds to, however its entries came in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from storage import desks, issues, ledger
from storage.database import Database
from storage.issue_tables import Issue, Routed, Spell, Target, Wait
from storage.tables import EPOCH, table_of
from storage.workspaces import only_workspace
from support.ledger_rows import pack
from support.rulebook import pack_rules
from support.rules import Mode, Rules
from support.tracker import Tracker
from tests.tracker.histories import CHANNEL, START, deliver, months

REOPENING = timedelta(days=7)
UNSTEADY = {"id", "number", "settled", "line", "line_channel", "merged_into", "follow_up_of"}
"""Columns that say when a row was written, not what happened."""


def prepare(database: Database) -> int:
    with database.write() as connection:
        workspace = only_workspace(connection).id
        desks.make(connection, workspace, CHANNEL, "care")
        rules = pack_rules(Rules(mode=Mode.AUTO))
        desks.add_rules(connection, workspace, CHANNEL, rules, EPOCH + timedelta(days=1), "mia")
    return workspace


def rows_of(database: Database, workspace: int) -> dict[str, list[tuple[Any, ...]]]:
    """Return every projection, issues known by thread and episode instead of by number."""
    issue = table_of(Issue)
    with database.read() as connection:
        names = {
            row.id: (row.root, row.episode)
            for row in connection.execute(select(issue).where(issue.c.workspace == workspace))
        }
        found: dict[str, list[tuple[Any, ...]]] = {}
        for model in (Issue, Wait, Spell, Target, Routed):
            table = table_of(model)
            kept = [it for it in table.c if it.name not in UNSTEADY and it.name != "issue"]
            rows = []
            for row in connection.execute(
                select(table).where(table.c.workspace == workspace)
            ).mappings():
                name = names.get(row["issue"]) if "issue" in row else None
                links = [names.get(row[it]) for it in ("merged_into", "follow_up_of") if it in row]
                rows.append((name, *links, *(row[it.name] for it in kept)))
            found[str(table.name)] = sorted(rows, key=repr)
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_however_entries_come_in_the_rows_are_those_of_the_whole_ledger(
    database: Database, seed: int
) -> None:
    """Late, twice and out of order, over restarts that forget what is over: the same rows."""
    workspace = prepare(database)
    tracker = Tracker(database, workspace)
    entries = months(seed, threads=120, days=90)
    now = EPOCH
    for number, batch in enumerate(deliver(entries, seed)):
        if not batch:
            continue
        now = EPOCH + timedelta(microseconds=max(it.at for it in batch))
        with database.write() as connection:
            ledger.append(connection, workspace, [pack(it) for it in batch], now)
        tracker.refresh(CHANNEL, now)
        if number % 11 == 0:
            with database.write() as connection:
                issues.settle(connection, workspace, CHANNEL, now - REOPENING, now)
            tracker = Tracker(database, workspace)
    held = rows_of(database, workspace)
    assert len(held["issue"]) > 100
    assert held["routed"]
    Tracker(database, workspace).rebuild(now)
    rebuilt = rows_of(database, workspace)
    for table, rows in rebuilt.items():
        assert held[table] == rows, table


def test_numbers_stay_over_a_rebuild(database: Database) -> None:
    """What people call an issue never changes."""
    workspace = prepare(database)
    entries = months(7, threads=12, days=5)
    now = datetime.fromtimestamp(START / 1e6 + 6 * 86_400, tz=EPOCH.tzinfo)
    with database.write() as connection:
        ledger.append(connection, workspace, [pack(it) for it in entries], now)
    Tracker(database, workspace).refresh(CHANNEL, now)
    before = numbers_of(database, workspace)
    Tracker(database, workspace).rebuild(now)
    assert before
    assert numbers_of(database, workspace) == before


def numbers_of(database: Database, workspace: int) -> dict[tuple[str, int], int]:
    issue = table_of(Issue)
    with database.read() as connection:
        rows = connection.execute(select(issue).where(issue.c.workspace == workspace)).all()
    return {(row.root, row.episode): row.number for row in rows}


def test_a_crash_between_ledger_and_projection_is_caught_up(database: Database) -> None:
    """What is in the ledger alone is folded by the next process."""
    workspace = prepare(database)
    entries = months(9, threads=8, days=3)
    now = datetime.fromtimestamp(START / 1e6 + 20 * 86_400, tz=EPOCH.tzinfo)
    with database.write() as connection:
        ledger.append(connection, workspace, [pack(it) for it in entries], now)
    outcome = Tracker(database, workspace).refresh(CHANNEL, now)
    assert len(outcome.changes) >= 8
    assert Tracker(database, workspace).refresh(CHANNEL, now).changes == ()
