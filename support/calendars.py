"""Working hours between tables and calculation."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import Connection

from storage import hours as rows
from storage.hours import WORKSPACE_S, DateRow, HoursRow
from storage.workspaces import zone_of
from support.hours import Calendar, Version
from support.week import OFFICE, Week, Windows, as_json, from_json, week_as_json, week_from_json


def load_calendar(connection: Connection, workspace: int, calendar: int = WORKSPACE_S) -> Calendar:
    """Return a calendar: 0 is the workspace's, which also stands in for one without hours.

    Where nobody set any, it is Monday to Friday, nine to five in the workspace's zone, and
    ``is_assumed`` says so.
    """
    versions = rows.read_versions(connection, workspace, calendar)
    if not versions and calendar != WORKSPACE_S:
        versions = rows.read_versions(connection, workspace, WORKSPACE_S)
    dates = rows.read_dates(connection, workspace, calendar)
    zone = "" if versions else zone_of(connection, workspace)
    return build(tuple(versions), tuple(dates), zone)


@lru_cache(64)
def build(versions: tuple[HoursRow, ...], dates: tuple[DateRow, ...], zone: str) -> Calendar:
    """Return rows as a calendar; ``zone`` is the workspace's, where there are no versions."""
    known = tuple(Version(it.since, it.zone, read_week(it.week)) for it in versions)
    return Calendar(
        versions=known or (Version(date(1970, 1, 1), zone, OFFICE),),
        closed=frozenset(it.day for it in dates if not it.windows),
        overrides={it.day: from_json(json.loads(it.windows)) for it in dates if it.windows},
        is_assumed=not known,
    )


def save_hours(
    connection: Connection,
    workspace: int,
    calendar: int,
    week: Week,
    *,
    since: date,
    zone: str,
    by: str,
    at: datetime,
    correct_the_past: bool = False,
) -> None:
    """Let ``week`` hold from ``since`` on; errors as ``storage.hours.set_hours``."""
    words = write_week(week)
    rows.set_hours(connection, workspace, calendar, since, zone, words, by, at, correct_the_past)


def write_week(week: Week) -> str:
    return json.dumps(week_as_json(week))


def read_week(words: str) -> Week:
    return week_from_json(json.loads(words))


def write_windows(windows: Windows) -> str:
    """Return windows as a date's own hours are stored."""
    return json.dumps(as_json(windows))
