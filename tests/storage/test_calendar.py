"""Local days as spans of instants: right across every change of the clocks."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.bulk import fetch
from storage.calendar import days, ensure_days, has_days, start_of
from storage.tables import EPOCH, EPOCH_DAY, day_number, instant_number

HOUR = 3_600_000_000
HARD = (
    "Europe/Stockholm", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe", "Asia/Beirut",
    "America/Havana", "America/Sao_Paulo", "Asia/Kathmandu", "America/Scoresbysund", "UTC",
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(HARD),
    st.integers(0, 20 * 365 * 86_400 * 1_000_000),
)
def test_every_instant_lies_in_the_day_that_its_clock_shows(zone, passed):
    """The standard library reads the clock; the calendar must agree, at any instant."""
    instant = datetime(2010, 1, 1, tzinfo=UTC) + timedelta(microseconds=passed)
    shown = instant.astimezone(ZoneInfo(zone)).date()
    ((_, number, start, end),) = days(zone, shown, shown)
    assert number == day_number(shown)
    assert start <= instant_number(instant) < end


@pytest.mark.parametrize("zone", HARD)
def test_days_meet_without_gap_or_overlap(zone):
    """Each day ends where the next begins, and the clocks' changes are in their lengths."""
    year = list(days(zone, date(2025, 1, 1), date(2025, 12, 31)))
    assert all(one[3] == two[2] for one, two in pairwise(year))
    hours = {(end - start) // 1_800_000_000 for _, _, start, end in year}
    assert 48 in hours
    assert hours <= {46, 47, 48, 49, 50}


def test_a_skipped_day_has_no_length(database):
    """Samoa went from 29 to 31 December 2011: the 30th begins where it ends."""
    with database.write() as connection:
        ensure_days(connection, "Pacific/Apia", date(2011, 12, 29), date(2011, 12, 31))
        rows = fetch(connection, 'SELECT day, start, "end" FROM calendar ORDER BY day', ())
    hours = {EPOCH_DAY + timedelta(day): (end - start) // HOUR for day, start, end in rows}
    assert hours == {date(2011, 12, 29): 24, date(2011, 12, 30): 0, date(2011, 12, 31): 24}


def test_midnight_inside_a_skipped_hour():
    """Toronto 1919: at 23:30 the clocks went to 00:30, so the new day began at that instant."""
    change = start_of(date(1919, 3, 31), ZoneInfo("America/Toronto"))
    assert change == datetime(1919, 3, 31, 4, 30, tzinfo=UTC)


def test_filling_again_changes_nothing(database):
    """Days that are there stay, and a longer asking fills only what is missing."""
    first, last = date(2026, 3, 1), date(2026, 4, 30)
    with database.write() as connection:
        ensure_days(connection, "Europe/Stockholm", first, last)
        before = fetch(connection, "SELECT * FROM calendar ORDER BY day", ())
        ensure_days(connection, "Europe/Stockholm", first, last)
        assert fetch(connection, "SELECT * FROM calendar ORDER BY day", ()) == before
        assert not has_days(connection, "Europe/Stockholm", first, date(2026, 5, 1))
        ensure_days(connection, "Europe/Stockholm", first, date(2026, 5, 1))
        assert has_days(connection, "Europe/Stockholm", first, date(2026, 5, 1))
    starts = {day: start for _, day, start, _ in before}
    summer = starts[day_number(date(2026, 3, 30))] - starts[day_number(date(2026, 3, 29))]
    assert summer == 23 * HOUR
    assert EPOCH + timedelta(microseconds=starts[day_number(first)]) == datetime(
        2026, 2, 28, 23, tzinfo=UTC
    )
