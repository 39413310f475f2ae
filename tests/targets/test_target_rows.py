"""Targets as they are stored, and read again."""

from __future__ import annotations

from dataclasses import replace

from storage import issues
from storage.database import Database
from storage.tables import EPOCH, instant_number
from storage.workspaces import only_workspace
from support.target_rows import target_rows
from support.targets import TargetInstance, judge
from tests.targets.histories import ALL_HOURS, OPENED, history, instant, promising


def stored(row: issues.TargetRow) -> tuple[object, ...]:
    times = (row.started, row.due, row.warn, row.decided, row.fulfilled)
    numbers = tuple(None if it is None else instant_number(it) for it in times)
    return (row.kind, row.position, row.clock, row.length, row.state, row.overrun, *numbers)


def held(it: TargetInstance) -> tuple[object, ...]:
    times = (it.started, it.due, it.warn, it.decided, it.fulfilled)
    return (it.kind, it.position, it.clock, it.length, it.state, it.overrun, *times)


def test_targets_come_back_as_they_were_judged(database: Database) -> None:
    """To the microsecond, with every state; written again when nothing changed, nothing happens."""
    issue = history(
        responded=80.000001,
        waits="0-80.000001 response, 100-110 response, 200-",
        pauses="150-200",
        spells="0-",
    )
    policy = promising(first_response=60, next_response=60, total_resolution=9000)
    targets = judge(issue, policy, ALL_HOURS, instant(210))
    targets += judge(replace(issue, orphaned=OPENED), promising(acknowledge=60), ALL_HOURS, OPENED)
    assert {str(it.state) for it in targets} == {"met", "breached", "running", "paused"}
    with database.write() as connection:
        workspace = only_workspace(connection).id
        opened = {"opened": EPOCH, "tracked": EPOCH, "state": "open"}
        row = {"channel": "C1", "root": "1.0", "episode": 1, **opened}
        sums = ("paused_seconds", "paused_business", "wait_seconds", "wait_business")
        number, _ = issues.save(connection, workspace, row | dict.fromkeys(sums, 0), [], [])
        assert issues.save_targets(connection, workspace, number, target_rows(targets))
        assert not issues.save_targets(connection, workspace, number, target_rows(targets))
        found = issues.targets_of(connection, workspace, number)
    assert sorted(map(stored, found), key=repr) == sorted(map(held, targets), key=repr)
