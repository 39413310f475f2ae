"""Working hours in the tables: who changes them, from when, and what they are until then."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from storage.database import Database
from storage.errors import KepiError
from storage.hours import close_dates, override_date, read_dates, reopen_date
from storage.issue_tables import Issue
from storage.tables import table_of
from storage.workspaces import change_setting, make_workspace, only_workspace
from support.calendars import load_calendar, save_hours, write_windows
from support.hours import business_seconds, read_hours
from tests.business_time.calendars import at

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
TODAY = date(2026, 11, 18)
LONG, SHORT = read_hours("Mon–Fri 08:00–18:00"), read_hours("Mon–Thu 10:00–12:00")


def hours_of(connection: Connection, workspace: int, day: str, calendar: int = 0) -> float:
    """Return how many working hours a UTC day has."""
    start = at(f"{day}T00:00:00Z")
    held = load_calendar(connection, workspace, calendar)
    return business_seconds(held, start, start + 86_400_000_000) / 3600


def save(connection: Connection, workspace: int, week: Any, since: date, **more: Any) -> None:
    given = {"calendar": 0, "zone": "UTC", "by": "U1", "at": NOON} | more
    save_hours(connection, workspace, week=week, since=since, **given)


def test_until_somebody_sets_hours_it_is_nine_to_five(database: Database) -> None:
    """In the workspace's own zone, and the calendar can say that nobody chose it."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        change_setting(connection, workspace, "zone", "Asia/Tokyo")
        held = load_calendar(connection, workspace)
        assert held.is_assumed
        assert (held.zone, held.week) == ("Asia/Tokyo", read_hours("Mon–Fri 09:00–17:00"))
        save(connection, workspace, LONG, TODAY)
        assert not load_calendar(connection, workspace).is_assumed


def test_new_hours_hold_from_their_date_and_change_nothing_before(database: Database) -> None:
    with database.write() as connection:
        workspace = only_workspace(connection).id
        save(connection, workspace, LONG, date(2026, 11, 18))
        save(connection, workspace, SHORT, date(2026, 12, 1))
        assert hours_of(connection, workspace, "2026-11-30") == 10
        assert hours_of(connection, workspace, "2026-12-01") == 2
        assert hours_of(connection, workspace, "2026-12-04") == 0


def test_the_last_word_on_a_date_holds(database: Database) -> None:
    with database.write() as connection:
        workspace = only_workspace(connection).id
        save(connection, workspace, LONG, TODAY)
        save(connection, workspace, SHORT, TODAY)
        assert hours_of(connection, workspace, "2026-11-19") == 2


def test_the_past_changes_on_purpose_alone(database: Database) -> None:
    """Hours since yesterday are refused with the day that would work."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        save(connection, workspace, LONG, TODAY)
        with pytest.raises(KepiError, match="2026-11-18 or later"):
            save(connection, workspace, SHORT, date(2026, 11, 17))
        assert hours_of(connection, workspace, "2026-11-17") == 10
        save(connection, workspace, SHORT, date(2026, 11, 17), correct_the_past=True)
        assert hours_of(connection, workspace, "2026-11-17") == 2


def test_today_is_today_where_the_hours_are(database: Database) -> None:
    """At noon in London it is already tomorrow in Kiritimati."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        with pytest.raises(KepiError, match="2026-11-19 or later"):
            save(connection, workspace, LONG, TODAY, zone="Pacific/Kiritimati")
        with pytest.raises(KepiError, match="time zone"):
            save(connection, workspace, LONG, TODAY, zone="Mars/Olympus")


def test_the_first_hours_leave_alone_what_was_measured_by_the_assumed_ones(
    database: Database,
) -> None:
    """With an issue on record, the days before keep nine to five; without one, nothing is lost."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        row = {"workspace": workspace, "number": 1, "channel": "C1", "root": "1.0"}
        sums = dict.fromkeys(
            ("paused_seconds", "paused_business", "wait_seconds", "wait_business"), 0
        )
        issue = Issue(**row, state="open", opened=NOON, tracked=NOON).model_dump(exclude={"id"})
        connection.execute(insert(table_of(Issue)).values(**issue | sums))
        save(connection, workspace, LONG, TODAY)
        assert hours_of(connection, workspace, "2026-11-17") == 8
        assert hours_of(connection, workspace, "2026-11-18") == 10
        other = make_workspace(connection, "T2").id
        save(connection, other, LONG, TODAY)
        assert hours_of(connection, other, "2026-11-17") == 10


def test_confirmed_dates_are_closed_and_the_past_is_left_as_it_was(database: Database) -> None:
    """A year's dates are confirmed at once; those that are over, and those known, are no news."""
    year = {date(2026, 11, 2): "All Souls", date(2026, 12, 24): "Eve", date(2026, 12, 25): "Day"}
    with database.write() as connection:
        workspace = only_workspace(connection).id
        assert close_dates(connection, workspace, 0, year, "holidays 0.109 SE", TODAY) == [
            date(2026, 12, 24),
            date(2026, 12, 25),
        ]
        assert close_dates(connection, workspace, 0, year, "holidays 0.110 SE", TODAY) == []
        assert hours_of(connection, workspace, "2026-12-24") == 0
        assert hours_of(connection, workspace, "2026-11-02") == 8
        assert {it.source for it in read_dates(connection, workspace, 0)} == {"holidays 0.109 SE"}


def test_a_date_s_own_hours_beat_a_closed_date(database: Database) -> None:
    """Also where the holiday is confirmed afterwards; reopened, it is its weekday again."""
    day, half = date(2026, 12, 23), write_windows(read_hours("Mon 09:00–13:00")[0])
    with database.write() as connection:
        workspace = only_workspace(connection).id
        override_date(connection, workspace, 0, day, half, "U1", TODAY)
        assert close_dates(connection, workspace, 0, {day: "Eve"}, "holidays", TODAY) == []
        assert hours_of(connection, workspace, "2026-12-23") == 4
        assert reopen_date(connection, workspace, 0, day, TODAY)
        assert not reopen_date(connection, workspace, 0, day, TODAY)
        assert hours_of(connection, workspace, "2026-12-23") == 8
        with pytest.raises(KepiError, match="past"):
            override_date(connection, workspace, 0, date(2026, 11, 17), half, "U1", TODAY)


def test_a_channel_with_hours_of_its_own_keeps_the_workspace_s_dates(database: Database) -> None:
    """Its own row for a date wins; a calendar that nobody filled is the workspace's."""
    eve, day = date(2026, 12, 24), date(2026, 12, 25)
    with database.write() as connection:
        workspace = only_workspace(connection).id
        save(connection, workspace, LONG, TODAY)
        desk = 7
        assert hours_of(connection, workspace, "2026-12-22", desk) == 10
        save(connection, workspace, SHORT, TODAY, calendar=desk)
        close_dates(connection, workspace, 0, {eve: "Eve", day: "Day"}, "U1", TODAY)
        own = write_windows(read_hours("Mon 10:00–11:00")[0])
        override_date(connection, workspace, desk, eve, own, "U1", TODAY)
        assert hours_of(connection, workspace, "2026-12-22", desk) == 2
        assert hours_of(connection, workspace, "2026-12-24", desk) == 1
        assert hours_of(connection, workspace, "2026-12-25", desk) == 0
        assert hours_of(connection, workspace, "2026-12-24") == 0


def test_a_workspace_s_hours_are_its_own(database: Database) -> None:
    with database.write() as connection:
        one, other = make_workspace(connection, "T1").id, make_workspace(connection, "T2").id
        save(connection, one, SHORT, TODAY)
        close_dates(connection, one, 0, {date(2026, 12, 24): "Eve"}, "U1", TODAY)
        assert hours_of(connection, other, "2026-12-24") == 8
        assert load_calendar(connection, other).is_assumed
