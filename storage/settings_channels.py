"""How every channel is set up, read at once: for a file of settings about hundreds of them."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from storage.bulk import run
from storage.issue_tables import Choice, DeskRules, WorkingHours
from storage.setting_changes import ChangeRow
from storage.tables import instant_number, table_of
from storage.workspaces import mark_changed

KEEP = (
    "INSERT INTO choice (workspace, key, value, by, at) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (workspace, key) DO UPDATE"
    " SET value = excluded.value, by = excluded.by, at = excluded.at"
)
RULES, HOURS, CHOICE = table_of(DeskRules), table_of(WorkingHours), table_of(Choice)


class RulesNow(NamedTuple):
    """The newest version of a channel's rules."""

    since: datetime
    rules: str
    """JSON (``support.rulebook``)."""
    by: str


class HoursNow(NamedTuple):
    """The newest version of a calendar's week."""

    zone: str
    week: str
    """JSON (``support.week``)."""


def newest_rules(
    connection: Connection, workspace: int, channel: str | None = None
) -> dict[str, RulesNow]:
    """Return the newest rules by channel: of every channel, or of one."""
    newest = (
        select(RULES.c.channel, func.max(RULES.c.since).label("since"))
        .where(RULES.c.workspace == workspace)
        .group_by(RULES.c.channel)
    )
    if channel is not None:
        newest = newest.where(RULES.c.channel == channel)
    last = newest.subquery()
    statement = select(RULES.c.channel, RULES.c.since, RULES.c.rules, RULES.c.by).where(
        RULES.c.workspace == workspace,
        RULES.c.channel == last.c.channel,
        RULES.c.since == last.c.since,
    )
    return {held: RulesNow(*row) for held, *row in connection.execute(statement)}


def newest_hours(connection: Connection, workspace: int) -> dict[int, HoursNow]:
    """Return the newest week by calendar; of one date, the one that was written last."""
    statement = (
        select(HOURS.c.calendar, HOURS.c.zone, HOURS.c.week)
        .where(HOURS.c.workspace == workspace)
        .order_by(HOURS.c.since, HOURS.c.id)
    )
    return {calendar: HoursNow(*row) for calendar, *row in connection.execute(statement)}


def exceptions_of(
    connection: Connection, workspace: int, prefixes: tuple[str, ...]
) -> dict[str, str]:
    """Return choices (JSON) whose keys begin with one of ``prefixes``, by key."""
    found: dict[str, str] = {}
    for prefix in prefixes:
        statement = select(CHOICE.c.key, CHOICE.c.value).where(
            CHOICE.c.workspace == workspace,
            CHOICE.c.key.startswith(prefix, autoescape=True),
        )
        found |= {row[0]: row[1] for row in connection.execute(statement)}
    return found


def put_exceptions(
    connection: Connection,
    workspace: int,
    chosen: Sequence[tuple[str, Any]],
    by: str,
    at: datetime,
) -> None:
    """Keep many choices of channels at once, by key; no value: none is chosen any more."""
    gone = [(workspace, key) for key, value in chosen if value is None]
    if gone:
        run(connection, "DELETE FROM choice WHERE workspace = ? AND key = ?", gone)
    kept = [
        (workspace, key, json.dumps(value, ensure_ascii=False), by, instant_number(at))
        for key, value in chosen
        if value is not None
    ]
    if kept:
        run(connection, KEEP, kept)
    mark_changed(connection, workspace)


def note_changes(connection: Connection, workspace: int, rows: Iterable[ChangeRow]) -> None:
    """Write down many changes at once, as ``note_change`` does of one."""
    changed = [
        (workspace, *it._replace(at=instant_number(it.at)))  # type: ignore[arg-type]
        for it in rows
        if it.before != it.after
    ]
    if changed:
        columns = ", ".join(ChangeRow._fields)
        statement = f"INSERT INTO setting_change (workspace, {columns}) VALUES (?{', ?' * 7})"
        run(connection, statement, changed)
