"""Working hours and the dates that differ from them: written from a day forward, read whole.

Weeks and windows are JSON (``support.week``). The past changes only where somebody says so
(support-spec §7): what was measured by the old hours stays measured by them.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, insert, select

from storage.database import take_turns
from storage.errors import KepiError
from storage.issue_tables import ClosedDate, Issue, WorkingHours
from storage.tables import EPOCH_DAY, table_of
from storage.workspaces import mark_changed, read_zone, zone_of

HOURS, DATES, ISSUES = table_of(WorkingHours), table_of(ClosedDate), table_of(Issue)
WORKSPACE_S = 0
"""The number of the workspace's own calendar."""
ASSUMED_WEEK = (
    '{"0": [["09:00", "17:00"]], "1": [["09:00", "17:00"]], "2": [["09:00", "17:00"]],'
    ' "3": [["09:00", "17:00"]], "4": [["09:00", "17:00"]]}'
)
"""What holds until somebody sets working hours: Monday to Friday, nine to five."""


class HoursRow(NamedTuple):
    """A version of a calendar's week."""

    since: date
    zone: str
    week: str
    by: str
    at: datetime


class DateRow(NamedTuple):
    """A date that differs from its weekday."""

    calendar: int
    day: date
    name: str
    windows: str
    """JSON; empty where it is closed."""
    source: str


def set_hours(
    connection: Connection,
    workspace: int,
    calendar: int,
    since: date,
    zone: str,
    week: str,
    by: str,
    at: datetime,
    correct_the_past: bool = False,
) -> None:
    """Let a week hold from the local date ``since`` on, until a later version.

    Raises ``KepiError`` for a zone that is none, and for a date before ``at`` unless the past is
    to be corrected; then the caller folds again and says so.
    """
    take_turns(connection, workspace)
    zone = read_zone(zone)
    check_day(since, at.astimezone(ZoneInfo(zone)).date(), correct_the_past)
    if calendar == WORKSPACE_S and not correct_the_past:
        keep_assumed(connection, workspace, at)
    values = {"calendar": calendar, "since": since, "zone": zone, "week": week, "by": by, "at": at}
    connection.execute(insert(HOURS).values(workspace=workspace, **values))
    mark_changed(connection, workspace)


def keep_assumed(connection: Connection, workspace: int, at: datetime) -> None:
    """Write down the hours that were assumed, if issues were measured by them until now."""
    if read_versions(connection, workspace, WORKSPACE_S):
        return
    if has_issues(connection, workspace):
        values = {"zone": zone_of(connection, workspace), "week": ASSUMED_WEEK, "at": at}
        connection.execute(
            insert(HOURS).values(
                workspace=workspace, calendar=WORKSPACE_S, since=EPOCH_DAY, by="", **values
            )
        )


def unset_hours(connection: Connection, workspace: int, at: datetime) -> bool:
    """Let the workspace's hours be assumed again, as if nobody had set them; say whether they are.

    They are not where issues may have been measured by them on a day before ``at``: a later
    version has to say then what holds from now on.
    """
    take_turns(connection, workspace)
    versions = read_versions(connection, workspace, WORKSPACE_S)
    of_past = [
        it for it in versions if EPOCH_DAY < it.since < at.astimezone(ZoneInfo(it.zone)).date()
    ]
    if of_past and has_issues(connection, workspace):
        return False
    theirs = (HOURS.c.workspace == workspace) & (HOURS.c.calendar == WORKSPACE_S)
    connection.execute(delete(HOURS).where(theirs))
    mark_changed(connection, workspace)
    return True


def has_issues(connection: Connection, workspace: int) -> bool:
    measured = select(ISSUES.c.id).where(ISSUES.c.workspace == workspace).limit(1)
    return connection.execute(measured).first() is not None


def close_dates(
    connection: Connection,
    workspace: int,
    calendar: int,
    dates: Mapping[date, str],
    source: str,
    today: date,
    correct_the_past: bool = False,
) -> list[date]:
    """Close dates, by name, and return those that were not closed before.

    Dates before ``today`` are left out unless the past is to be corrected. A date with hours of
    its own keeps them.
    """
    take_turns(connection, workspace)
    held = {it.day for it in read_dates(connection, workspace, calendar) if it.calendar == calendar}
    wanted = [day for day in sorted(dates) if day not in held]
    wanted = [day for day in wanted if correct_the_past or day >= today]
    for day in wanted:
        put(connection, workspace, DateRow(calendar, day, dates[day], "", source))
    return wanted


def override_date(
    connection: Connection,
    workspace: int,
    calendar: int,
    day: date,
    windows: str,
    source: str,
    today: date,
    name: str = "",
    correct_the_past: bool = False,
) -> None:
    """Give a date windows of its own; it was closed, or its weekday's, before.

    Raises ``KepiError`` for a date before ``today`` unless the past is to be corrected.
    """
    take_turns(connection, workspace)
    check_day(day, today, correct_the_past)
    put(connection, workspace, DateRow(calendar, day, name, windows, source))


def reopen_date(
    connection: Connection,
    workspace: int,
    calendar: int,
    day: date,
    today: date,
    correct_the_past: bool = False,
) -> bool:
    """Let a date be as its weekday again; return whether it was not."""
    take_turns(connection, workspace)
    check_day(day, today, correct_the_past)
    removed = connection.execute(delete(DATES).where(*on_day(workspace, calendar, day))).rowcount
    mark_changed(connection, workspace)
    return removed > 0


def read_versions(connection: Connection, workspace: int, calendar: int) -> list[HoursRow]:
    """Return a calendar's versions by date; of one date, the one that was written last."""
    statement = (
        select(*(HOURS.c[name] for name in HoursRow._fields))
        .where(HOURS.c.workspace == workspace, HOURS.c.calendar == calendar)
        .order_by(HOURS.c.since, HOURS.c.id)
    )
    rows = [HoursRow._make(row) for row in connection.execute(statement)]
    return list({row.since: row for row in rows}.values())


def read_dates(connection: Connection, workspace: int, calendar: int) -> list[DateRow]:
    """Return the dates that differ: the workspace's, and over them the calendar's own."""
    statement = (
        select(*(DATES.c[name] for name in DateRow._fields))
        .where(DATES.c.workspace == workspace, DATES.c.calendar.in_((WORKSPACE_S, calendar)))
        .order_by(DATES.c.calendar)
    )
    rows: Iterable[Any] = connection.execute(statement)
    held = {row.day: DateRow._make(row) for row in rows}
    return [held[day] for day in sorted(held)]


def put(connection: Connection, workspace: int, row: DateRow) -> None:
    connection.execute(delete(DATES).where(*on_day(workspace, row.calendar, row.day)))
    connection.execute(insert(DATES).values(workspace=workspace, **row._asdict()))
    mark_changed(connection, workspace)


def on_day(workspace: int, calendar: int, day: date) -> tuple[Any, ...]:
    return DATES.c.workspace == workspace, DATES.c.calendar == calendar, DATES.c.day == day


def check_day(day: date, today: date, correct_the_past: bool) -> None:
    if day < today and not correct_the_past:
        raise KepiError(
            "{day} is past, and figures were given by the hours of that time. Choose "
            "{today} or later, or correct the past on purpose.",
            day=day,
            today=today,
        )
