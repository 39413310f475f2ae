"""Set-ups, choices, dates and their history written for many channels at once.

Rows are worked out before the transaction begins, so that it is short: events wait for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from storage.bulk import insert, run
from storage.hours import DateRow
from storage.setting_changes import ChangeRow
from storage.tables import day_number, instant_number
from storage.workspaces import mark_changed


class WeekRow(NamedTuple):
    """A calendar's week from a local date on."""

    calendar: int
    since: date
    zone: str
    week: str
    """JSON (``support.week``)."""


@dataclass
class SetupRows:
    """What the set-ups of channels come down to in rows."""

    desks: list[tuple[str, str]] = field(default_factory=list)
    """Channels that had none, with their names."""
    names: list[tuple[str, str]] = field(default_factory=list)
    """Channels that are called otherwise now."""
    rules: list[tuple[str, str]] = field(default_factory=list)
    """Channel, and JSON of its rules from now on."""
    weeks: list[WeekRow] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)
    """Policies that hold for no new issue any more."""
    policies: list[tuple[str, str]] = field(default_factory=list)
    """Name, and JSON of what is promised from now on."""
    notes: list[ChangeRow] = field(default_factory=list)


def put_setups(
    connection: Connection, workspace: int, rows: SetupRows, by: str, at: datetime
) -> None:
    """Write set-ups that were worked out on what stands now."""
    now = instant_number(at)
    # What was said before is nobody's gap: a new desk hears from now on.
    insert(
        connection,
        "desk",
        ("workspace", "channel", "name", "folded", "high_water", "alive", "catching_up"),
        [(workspace, channel, name, 0, "", now, False) for channel, name in rows.desks],
        "(workspace, channel) DO NOTHING",
    )
    named = [(name, workspace, channel) for channel, name in rows.names]
    run(connection, "UPDATE desk SET name = ? WHERE workspace = ? AND channel = ?", named)
    insert(
        connection,
        "desk_rules",
        ("workspace", "channel", "since", "rules", "by"),
        [(workspace, channel, now, rules, by) for channel, rules in rows.rules],
        "(workspace, channel, since) DO UPDATE SET rules = excluded.rules, by = excluded.by",
    )
    put_weeks(connection, workspace, rows.weeks, by, now)
    ended = [(now, workspace, policy) for policy in rows.ended]
    end = "UPDATE policy SET until = ? WHERE workspace = ? AND id = ? AND until IS NULL"
    run(connection, end, ended)
    insert(
        connection,
        "policy",
        ("workspace", "name", "since", "until", "policy", "by"),
        [(workspace, name, now, None, words, by) for name, words in rows.policies],
    )
    note_changes(connection, workspace, rows.notes)
    mark_changed(connection, workspace)


def put_weeks(
    connection: Connection, workspace: int, weeks: Iterable[WeekRow], by: str, now: int
) -> None:
    insert(
        connection,
        "working_hours",
        ("workspace", "calendar", "since", "zone", "week", "by", "at"),
        [(workspace, it.calendar, day_number(it.since), it.zone, it.week, by, now) for it in weeks],
    )


def put_dates(
    connection: Connection,
    workspace: int,
    gone: Iterable[tuple[int, date]],
    fresh: Sequence[DateRow],
) -> None:
    """Let dates (calendar, day) be as their weekdays again, and others differ."""
    left = [(workspace, calendar, day_number(day)) for calendar, day in gone]
    let_go = "DELETE FROM closed_date WHERE workspace = ? AND calendar = ? AND day = ?"
    run(connection, let_go, left)
    insert(
        connection,
        "closed_date",
        ("workspace", *DateRow._fields),
        [(workspace, *it._replace(day=day_number(it.day))) for it in fresh],  # type: ignore[arg-type]
        "(workspace, calendar, day) DO UPDATE"
        " SET name = excluded.name, windows = excluded.windows, source = excluded.source",
    )


def put_choices(
    connection: Connection,
    workspace: int,
    chosen: Sequence[tuple[str, Any]],
    by: str,
    at: datetime,
) -> None:
    """Keep many choices by key; no value: none is chosen any more."""
    gone = [(workspace, key) for key, value in chosen if value is None]
    run(connection, "DELETE FROM choice WHERE workspace = ? AND key = ?", gone)
    kept = [
        (workspace, key, json.dumps(value, ensure_ascii=False), by, instant_number(at))
        for key, value in chosen
        if value is not None
    ]
    insert(
        connection,
        "choice",
        ("workspace", "key", "value", "by", "at"),
        kept,
        "(workspace, key) DO UPDATE SET value = excluded.value, by = excluded.by, at = excluded.at",
    )


def note_changes(connection: Connection, workspace: int, rows: Iterable[ChangeRow]) -> None:
    """Write down many changes at once, as ``note_change`` does of one."""
    insert(
        connection,
        "setting_change",
        ("workspace", *ChangeRow._fields),
        [
            (workspace, *it._replace(at=instant_number(it.at)))  # type: ignore[arg-type]
            for it in rows
            if it.before != it.after
        ],
    )
