"""Goals as rows: changed only while they are open, decided once, begun anew once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from storage import goals
from storage.database import Database
from storage.goals import GoalRow
from storage.workspaces import only_workspace
from tests.storage.life_goals import live

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
MONTHLY: dict[str, Any] = {
    "text": "5,000 likes a month",
    "kpi": "likes",
    "scope": goals.pack({"platforms": ["instagram"], "accounts": [], "private": False}),
    "shape": "total",
    "better": "higher",
    "target": 5000.0,
    "baseline": None,
    "start": date(2026, 11, 1),
    "end": date(2026, 12, 1),
    "every": "month",
    "owner": "U1",
}


def set_one(database: Database, **chosen: Any) -> tuple[int, int]:
    with database.write() as connection:
        workspace = only_workspace(connection).id
        return workspace, goals.add(connection, workspace, MONTHLY | chosen, by="U1", made=AT)


def find(database: Database, workspace: int, number: int) -> GoalRow:
    with database.read() as connection:
        row = goals.find(connection, workspace, number)
    assert row is not None
    return row


def test_a_goal_comes_back_as_it_was_set(database: Database) -> None:
    workspace, number = set_one(database)
    row = find(database, workspace, number)
    assert {key: it for key, it in row._asdict().items() if key in MONTHLY} == MONTHLY
    assert (row.state, row.pace, row.by, row.made) == ("open", "", "U1", AT)
    assert row.scoped == {"platforms": ["instagram"]}


def test_of_two_who_decide_one_does(database: Database) -> None:
    """The second is told that it was decided: so nothing is announced twice."""
    workspace, number = set_one(database)
    with database.write() as connection:
        first = goals.decide(connection, workspace, number, "reached", AT, was="open")
    with database.write() as connection:
        second = goals.decide(connection, workspace, number, "missed", AT, was="open")
    assert (first, second) == (True, False)
    assert find(database, workspace, number).state == "reached"


def test_of_two_who_tell_a_pace_one_does(database: Database) -> None:
    workspace, number = set_one(database)
    with database.write() as connection:
        told = [goals.tell_pace(connection, workspace, number, "behind", was="") for _ in range(2)]
    assert told == [True, False]


def test_a_change_forgets_what_was_told_and_a_decided_goal_takes_none(database: Database) -> None:
    workspace, number = set_one(database)
    with database.write() as connection:
        goals.tell_pace(connection, workspace, number, "behind", was="")
        assert goals.change(connection, workspace, number, {"target": 9.0, "state": "reached"})
    row = find(database, workspace, number)
    assert (row.target, row.pace, row.state) == (9.0, "", "open")
    with database.write() as connection:
        goals.decide(connection, workspace, number, "missed", AT, was="open")
        assert not goals.change(connection, workspace, number, {"target": 1.0})


def test_a_goal_that_comes_back_begins_anew_once(database: Database) -> None:
    """The old row keeps how it came out; the new one is open, with the same beginnings."""
    workspace, number = set_one(database)
    row = find(database, workspace, number)
    december = (date(2026, 12, 1), date(2027, 1, 1))
    with database.write() as connection:
        goals.decide(connection, workspace, number, "reached", AT, was="open")
        new = goals.begin_anew(connection, workspace, row, *december)
        again = goals.begin_anew(connection, workspace, row, *december)
    assert new is not None
    assert again is None
    found = find(database, workspace, new)
    assert (found.start, found.end, found.every, found.made) == (*december, "month", AT)
    assert (found.state, found.target) == ("open", 5000.0)
    with database.read() as connection:
        assert [it.state for it in goals.history(connection, workspace, found)] == ["reached"]
        assert goals.ended(connection, workspace, date(2026, 12, 31)) == []


def test_a_dropped_goal_does_not_come_back(database: Database) -> None:
    workspace, number = set_one(database)
    with database.write() as connection:
        goals.decide(connection, workspace, number, "dropped", AT, was="open")
        assert goals.ended(connection, workspace, date(2026, 12, 1)) == []


def test_another_workspace_sees_and_changes_nothing(database: Database) -> None:
    workspace, number = set_one(database)
    with database.write() as connection:
        assert goals.find(connection, workspace + 1, number) is None
        assert not goals.change(connection, workspace + 1, number, {"target": 1.0})
        assert not goals.decide(connection, workspace + 1, number, "dropped", AT, was="open")
        assert goals.in_state(connection, workspace + 1) == []


def test_every_verb_is_lived_through(database: Database) -> None:
    with database.write() as connection:
        workspace = only_workspace(connection).id
    live(database, workspace)
