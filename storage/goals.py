"""Goals as rows: set, changed, decided, begun anew. What they mean is ``kpis.goals``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, insert, select, update

from storage.outgoing_tables import Goal
from storage.overtaken import Overtaken, overtaken_by
from storage.setting_changes import last_change
from storage.tables import table_of

GOAL = table_of(Goal)
WORDS = "text kpi scope variant shape better every aim why owner channel"
CHANGEABLE = frozenset((*WORDS.split(), "target", "baseline", "start", "end"))
"""Columns that a change may give new values."""


class GoalRow(NamedTuple):
    """A number to reach; the columns are told in ``storage.outgoing_tables.Goal``."""

    id: int
    text: str
    kpi: str
    scope: str
    variant: str
    shape: str
    better: str
    target: float
    baseline: float | None
    start: date
    end: date
    every: str
    aim: str
    why: str
    owner: str
    channel: str
    by: str
    made: datetime
    state: str
    pace: str
    decided: datetime | None

    @property
    def scoped(self) -> dict[str, Any]:
        """Return what the scope's column holds: names of lists and flags."""
        return dict(json.loads(self.scope))


COLUMNS = tuple(GOAL.c[name] for name in GoalRow._fields)


def pack(scoped: Mapping[str, Any]) -> str:
    """Return the scope as its column holds it; empty parts are left out."""
    return json.dumps({key: it for key, it in scoped.items() if it}, ensure_ascii=False)


def add(
    connection: Connection,
    workspace: int,
    values: Mapping[str, Any],
    *,
    by: str,
    made: datetime,
) -> int:
    """Set a goal and return its number."""
    statement = (
        insert(GOAL)
        .values(
            workspace=workspace,
            by=by,
            made=made,
            state="open",
            pace="",
            **(
                dict.fromkeys(WORDS.split(), "")
                | {key: it for key, it in values.items() if key in CHANGEABLE}
            ),
        )
        .returning(GOAL.c.id)
    )
    return int(connection.execute(statement).scalar_one())


def change(connection: Connection, workspace: int, goal: int, values: Mapping[str, Any]) -> bool:
    """Change an open goal; what was told of its pace is forgotten. Say whether it was open."""
    kept = {key: it for key, it in values.items() if key in CHANGEABLE}
    statement = update(GOAL).where(*of(workspace, goal), GOAL.c.state == "open")
    return connection.execute(statement.values(pace="", **kept)).rowcount > 0


def overtaken(connection: Connection, workspace: int, row: GoalRow) -> Overtaken:
    """Return what to raise for a goal that is not as somebody saw it: it is ``row`` now."""
    last = last_change(connection, workspace, key_of(row.id), place_of(row))
    return overtaken_by(last, is_gone=row.state == "dropped")


def key_of(number: int) -> str:
    """Return what the history of settings calls a goal."""
    return f"goal {number}"


def place_of(row: GoalRow) -> str:
    """Return who is told of it: a channel, everybody, or its owner of a private one."""
    return row.owner if row.scoped.get("private") else row.channel


def decide(
    connection: Connection, workspace: int, goal: int, state: str, now: datetime, *, was: str
) -> bool:
    """Move a goal to a state, from the one it ``was`` in; say whether this call did it."""
    statement = update(GOAL).where(*of(workspace, goal), GOAL.c.state == was)
    decided = None if state == "open" else now
    return connection.execute(statement.values(state=state, decided=decided)).rowcount > 0


def tell_pace(connection: Connection, workspace: int, goal: int, pace: str, *, was: str) -> bool:
    """Note which pace is told; say whether this call did it, from the one it ``was``."""
    statement = update(GOAL).where(*of(workspace, goal), GOAL.c.pace == was, GOAL.c.state == "open")
    return connection.execute(statement.values(pace=pace)).rowcount > 0


def begin_anew(
    connection: Connection, workspace: int, row: GoalRow, start: date, end: date
) -> int | None:
    """Let a goal that comes back begin its next stretch as a row of its own, once.

    The ended row keeps how it came out and no longer comes back. All rows of one goal have the
    same ``made``.
    """
    taken = (
        update(GOAL)
        .where(*of(workspace, row.id), GOAL.c.every == row.every, GOAL.c.state != "dropped")
        .values(every="")
    )
    if not row.every or connection.execute(taken).rowcount == 0:
        return None
    values = {**row._asdict(), "start": start, "end": end}
    return add(connection, workspace, values, by=row.by, made=row.made)


def find(connection: Connection, workspace: int, goal: int) -> GoalRow | None:
    row = connection.execute(select(*COLUMNS).where(*of(workspace, goal))).one_or_none()
    return None if row is None else GoalRow._make(row)


def in_state(
    connection: Connection, workspace: int, states: Sequence[str] = ("open",), limit: int = 100
) -> list[GoalRow]:
    """Return goals in some states, those that end first before the others."""
    statement = select(*COLUMNS).where(GOAL.c.workspace == workspace, GOAL.c.state.in_(states))
    rows = connection.execute(statement.order_by(GOAL.c.end, GOAL.c.id).limit(limit))
    return [GoalRow._make(row) for row in rows]


def decided_since(connection: Connection, workspace: int, since: datetime) -> list[GoalRow]:
    """Return goals that were reached or missed since a moment, the latest first."""
    statement = select(*COLUMNS).where(
        GOAL.c.workspace == workspace,
        GOAL.c.state.in_(("reached", "missed")),
        GOAL.c.decided >= since,
    )
    rows = connection.execute(statement.order_by(GOAL.c.decided.desc(), GOAL.c.id).limit(50))
    return [GoalRow._make(row) for row in rows]


def ended(connection: Connection, workspace: int, today: date) -> list[GoalRow]:
    """Return goals that come back and whose stretch is over: the next one begins."""
    statement = select(*COLUMNS).where(
        GOAL.c.workspace == workspace,
        GOAL.c.every != "",
        GOAL.c.end <= today,
        GOAL.c.state.in_(("open", "reached", "missed")),
    )
    return [GoalRow._make(row) for row in connection.execute(statement.order_by(GOAL.c.id))]


def history(connection: Connection, workspace: int, row: GoalRow) -> list[GoalRow]:
    """Return the earlier stretches of a goal that comes back, the latest first."""
    statement = select(*COLUMNS).where(
        GOAL.c.workspace == workspace,
        GOAL.c.made == row.made,
        GOAL.c.by == row.by,
        GOAL.c.kpi == row.kpi,
        GOAL.c.end <= row.start,
    )
    rows = connection.execute(statement.order_by(GOAL.c.end.desc()).limit(24))
    return [GoalRow._make(it) for it in rows]


def of(workspace: int, goal: int) -> tuple[ColumnElement[bool], ...]:
    return (GOAL.c.workspace == workspace, GOAL.c.id == goal)
