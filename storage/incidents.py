"""Incidents: one thing that is going on in a channel, opened once and closed once.

Several processes may find the same thing at the same moment: ``opening`` is unique, so that one
of them opens it and the others find it open. What people do with it is ``storage.incident_acts``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.outgoing_tables import Incident
from storage.tables import table_of

INCIDENT = table_of(Incident)


class IncidentRow(NamedTuple):
    """One incident, open or over."""

    id: int
    rule: int | None
    kind: str
    thing: str
    channel: str
    good: bool
    began: datetime
    found: datetime
    closed: datetime | None
    calm: datetime | None
    cool: datetime | None
    facts: str
    owner: str
    snoozed: datetime | None
    edited: datetime | None
    shown: str

    @property
    def is_open(self) -> bool:
        return self.closed is None

    @property
    def details(self) -> dict[str, Any]:
        """Return what is known of how it stands."""
        return dict(json.loads(self.facts))


COLUMNS = tuple(INCIDENT.c[name] for name in IncidentRow._fields)
How = Literal["new", "again", "open"]


class Opened(NamedTuple):
    """An incident, and whether it was opened now, opened again, or open before."""

    row: IncidentRow
    how: How
    was_calm: bool = False
    """It was open, and back to usual."""


def open_or_update(
    connection: Connection,
    workspace: int,
    *,
    thing: str,
    channel: str,
    rule: int | None,
    kind: str,
    began: datetime,
    now: datetime,
    good: bool = False,
    calm: datetime | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Opened:
    """Return the open incident of a thing, opened now if there is none, with ``facts`` added.

    ``calm``: since when it no longer holds, though it is not over for sure. Within the cool-down
    of the last one that one goes on, in its old thread. An open one that another rule found
    stays that rule's: it is returned as it is.
    """
    here = (*of(workspace), INCIDENT.c.opening == opening_of(channel, thing))
    found = first_of(connection, reading().where(*here).with_for_update())
    if found is not None:
        row = go_on(connection, workspace, found, rule, calm, facts)
        return Opened(row, "open", found.calm is not None)
    again = reopen(connection, workspace, thing, channel, rule, now, facts)
    if again is not None:
        return Opened(again, "again")
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = (
        insert(INCIDENT)
        .values(
            workspace=workspace,
            rule=rule,
            kind=kind,
            thing=thing,
            opening=opening_of(channel, thing),
            channel=channel,
            good=good,
            began=began,
            found=now,
            calm=calm,
            facts=pack(facts or {}),
            owner="",
            shown="",
        )
        .on_conflict_do_nothing(index_elements=["workspace", "opening"])
        .returning(*COLUMNS)
    )
    made = connection.execute(statement).one_or_none()
    if made is not None:
        return Opened(IncidentRow._make(made), "new")
    other = first_of(connection, reading().where(*here))
    assert other is not None  # somebody else opened it a moment ago
    return Opened(other, "open")


def go_on(
    connection: Connection,
    workspace: int,
    row: IncidentRow,
    rule: int | None,
    calm: datetime | None,
    facts: Mapping[str, Any] | None,
) -> IncidentRow:
    if row.rule != rule:
        return row
    merged = pack({**row.details, **(facts or {})})
    statement = update(INCIDENT).where(*at(workspace, row.id))
    changed = statement.values(calm=calm, facts=merged).returning(*COLUMNS)
    return IncidentRow._make(connection.execute(changed).one())


def reopen(
    connection: Connection,
    workspace: int,
    thing: str,
    channel: str,
    rule: int | None,
    now: datetime,
    facts: Mapping[str, Any] | None,
) -> IncidentRow | None:
    """Open the last incident of a thing again where it is not cool yet."""
    warm = reading().where(
        *of(workspace),
        INCIDENT.c.thing == thing,
        INCIDENT.c.channel == channel,
        INCIDENT.c.closed.is_not(None),
        INCIDENT.c.cool > now,
    )
    last = first_of(connection, warm.order_by(INCIDENT.c.id.desc()).limit(1).with_for_update())
    if last is None:
        return None
    details = {**last.details, **(facts or {})}
    statement = (
        update(INCIDENT)
        .where(*at(workspace, last.id), INCIDENT.c.opening.is_(None))
        .values(
            opening=opening_of(channel, thing),
            rule=rule,
            closed=None,
            calm=None,
            cool=None,
            facts=pack(details),
        )
        .returning(*COLUMNS)
    )
    return first_of(connection, statement)


def close(
    connection: Connection,
    workspace: int,
    incident: int,
    now: datetime,
    cool: datetime,
    calm: datetime | None = None,
) -> IncidentRow | None:
    """Close an open incident and return it; nothing where somebody else has closed it.

    Until ``cool`` the same thing opens this one again instead of a new one. ``calm`` is since when
    it no longer held, where that is known; else it stays as it was noted.
    """
    changed = {"closed": now, "cool": cool, "opening": None, "snoozed": None}
    statement = (
        update(INCIDENT)
        .where(*at(workspace, incident), INCIDENT.c.closed.is_(None))
        .values(changed if calm is None else changed | {"calm": calm})
        .returning(*COLUMNS)
    )
    return first_of(connection, statement)


def change_facts(
    connection: Connection, workspace: int, incident: int, **facts: Any
) -> IncidentRow | None:
    """Add to what is known of an incident; nothing else of it is lost."""
    held = first_of(connection, reading().where(*at(workspace, incident)).with_for_update())
    if held is None:
        return None
    statement = update(INCIDENT).where(*at(workspace, incident))
    merged = pack({**held.details, **facts})
    return first_of(connection, statement.values(facts=merged).returning(*COLUMNS))


# --- looking


def by_id(connection: Connection, workspace: int, incident: int) -> IncidentRow | None:
    return first_of(connection, reading().where(*at(workspace, incident)))


def open_list(connection: Connection, workspace: int, rule: int | None = None) -> list[IncidentRow]:
    """Return what is open, oldest first; of one rule, or all."""
    statement = reading().where(*of(workspace), INCIDENT.c.closed.is_(None))
    if rule is not None:
        statement = statement.where(INCIDENT.c.rule == rule)
    return rows_of(connection, statement.order_by(INCIDENT.c.id))


def last_of_rules(
    connection: Connection, workspace: int, rules: Sequence[int]
) -> dict[int, IncidentRow]:
    """Return the newest incident of each of some rules."""
    statement = reading().where(*of(workspace), INCIDENT.c.rule.in_(rules))
    rows = rows_of(connection, statement.order_by(INCIDENT.c.found, INCIDENT.c.id))
    return {it.rule: it for it in rows if it.rule is not None}


def between(
    connection: Connection, workspace: int, kind: str, start: datetime, end: datetime
) -> list[IncidentRow]:
    """Return what was going on at some moment from ``start`` until before ``end``, oldest first."""
    over = func.coalesce(INCIDENT.c.calm, INCIDENT.c.closed)
    statement = reading().where(
        *of(workspace),
        INCIDENT.c.kind == kind,
        INCIDENT.c.began < end,
        over.is_(None) | (over > start),
    )
    return rows_of(connection, statement.order_by(INCIDENT.c.began, INCIDENT.c.id))


def unsettled(connection: Connection, workspace: int, since: datetime) -> list[IncidentRow]:
    """Return what is open, or was closed since a moment: its message may yet have to change."""
    statement = reading().where(
        *of(workspace), INCIDENT.c.closed.is_(None) | (INCIDENT.c.closed >= since)
    )
    return rows_of(connection, statement.order_by(INCIDENT.c.id))


def opening_of(channel: str, thing: str) -> str:
    """Return what there is one of while it is open: each channel that is told has its own."""
    return f"{channel}|{thing}"


def pack(facts: Mapping[str, Any]) -> str:
    return json.dumps(dict(facts), ensure_ascii=False)


def of(workspace: int) -> tuple[ColumnElement[bool], ...]:
    return (INCIDENT.c.workspace == workspace,)


def at(workspace: int, incident: int) -> tuple[ColumnElement[bool], ...]:
    return (*of(workspace), INCIDENT.c.id == incident)


def reading() -> Select[Any]:
    return select(*COLUMNS)


def first_of(connection: Connection, statement: Any) -> IncidentRow | None:
    row = connection.execute(statement).one_or_none()
    return None if row is None else IncidentRow._make(row)


def rows_of(connection: Connection, statement: Select[Any]) -> list[IncidentRow]:
    return [IncidentRow._make(row) for row in connection.execute(statement)]
