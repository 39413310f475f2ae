"""When digests are due: 20 zones, 5 years, counted a second time by hand (reliability row 6)."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kpis.digests.calendar import as_told, due_at, latest_due, latest_whole, next_due, period_of
from kpis.digests.plan import Plan
from storage.errors import KepiError

ZONES = (
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "America/New_York",
    "Europe/Stockholm",
    "Asia/Kathmandu",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/Santiago",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Kolkata",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Europe/Dublin",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "UTC",
)
FIRST, LAST = date(2026, 1, 1), date(2030, 12, 31)
TIMES = ((9, 0), (0, 0), (2, 30))
"""A usual one, and two that the clocks skip or repeat somewhere."""


def wall_clock(zone: str, day: date, hour: int, minute: int) -> datetime:
    """Return when a wall clock first shows a time, or has just passed it: minute by minute.

    Another way than the product's: instants are walked, and the wall clock is read.
    """
    place = ZoneInfo(zone)
    at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
    wanted, moment = at.replace(tzinfo=None), at - timedelta(hours=27)
    step = timedelta(hours=1)
    while (moment + step).astimezone(place).replace(tzinfo=None) < wanted:
        moment += step
    while moment.astimezone(place).replace(tzinfo=None) < wanted:
        moment += timedelta(minutes=1)
    return moment


def walk(plan: Plan, first: date, last: date) -> list[tuple[str, datetime]]:
    """Return every digest that is due between two days, as a scheduler would come by them."""
    now = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(days=2)
    end = datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=2)
    found: list[tuple[str, datetime]] = []
    place = ZoneInfo(plan.zone)
    while now < end:
        key, due = next_due(plan, now)
        if first <= due.astimezone(place).date() <= last:
            found.append((key, due))
        now = due
    return found


@pytest.mark.parametrize("zone", ZONES)
def test_mondays_of_five_years_come_once_each_at_nine(zone: str) -> None:
    """Every Monday of the calendar has one digest, at 09:00 by the wall clock, none between."""
    found = walk(Plan(1, "C1", zone=zone), FIRST, LAST)
    days = [FIRST + timedelta(days=it) for it in range((LAST - FIRST).days + 1)]
    mondays = [it for it in days if it.weekday() == 0]
    local = [due.astimezone(ZoneInfo(zone)) for _, due in found]
    assert [it.date() for it in local] == mondays
    assert {(it.hour, it.minute) for it in local} == {(9, 0)}
    told = [date.fromisocalendar(int(key[:4]), int(key[6:]), 1) for key, _ in found]
    assert told == [it - timedelta(days=7) for it in mondays]


@pytest.mark.parametrize(("hour", "minute"), TIMES)
@pytest.mark.parametrize("zone", ZONES)
def test_every_day_of_five_years_comes_once(zone: str, hour: int, minute: int) -> None:
    """One digest a local date; a time that the clocks skip falls on the next minute that is."""
    plan = Plan(1, "C1", cadence="daily", zone=zone, hour=hour, minute=minute)
    start = datetime(2025, 12, 31, tzinfo=UTC) - timedelta(days=2)
    found: dict[date, datetime] = {}
    now = start
    while now < datetime(2031, 1, 2, tzinfo=UTC):
        key, due = next_due(plan, now)
        day = date.fromisoformat(key) + timedelta(days=1)
        assert day not in found
        found[day] = now = due
    days = [FIRST + timedelta(days=it) for it in range((LAST - FIRST).days + 1)]
    assert [it for it in found if FIRST <= it <= LAST] == days
    changes = [it for it in days if offset(zone, it) != offset(zone, it + timedelta(days=1))]
    for day in [*changes, *(it - timedelta(days=1) for it in changes), *days[::97]]:
        if day in found:
            assert found[day] == wall_clock(zone, day, hour, minute), (zone, day)


def offset(zone: str, day: date) -> timedelta | None:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).utcoffset()


@pytest.mark.parametrize("zone", ZONES)
def test_months_and_quarters_count_as_the_calendar_does(zone: str) -> None:
    """Sixty months and twenty quarters in five years, each told on its day of the next one."""
    months = walk(Plan(1, "C1", cadence="monthly", zone=zone, day=28), FIRST, LAST)
    quarters = walk(Plan(1, "C1", cadence="quarterly", zone=zone, day=2), FIRST, LAST)
    assert len(months) == 60
    assert len({key for key, _ in months}) == 60
    assert [key for key, _ in months][:2] == ["2025-12", "2026-01"]
    assert {due.astimezone(ZoneInfo(zone)).day for _, due in months} == {28}
    assert [key for key, _ in quarters][:5] == [
        "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4",
    ]  # fmt: skip
    assert len(quarters) == 20


@pytest.mark.parametrize(
    ("zone", "day", "hour", "minute", "due"),
    [
        # Skipped: the next minute that there is.
        ("Africa/Cairo", date(2026, 4, 24), 0, 30, "2026-04-23T22:00"),
        ("America/New_York", date(2026, 3, 8), 2, 30, "2026-03-08T07:00"),
        ("Australia/Lord_Howe", date(2026, 10, 4), 2, 15, "2026-10-03T15:30"),
        # Twice: the first time alone.
        ("Europe/Stockholm", date(2026, 10, 25), 2, 30, "2026-10-25T00:30"),
        ("America/New_York", date(2026, 11, 1), 1, 30, "2026-11-01T05:30"),
        ("Africa/Casablanca", date(2026, 2, 15), 2, 30, "2026-02-15T01:30"),
    ],
)
def test_a_day_of_changing_clocks(zone: str, day: date, hour: int, minute: int, due: str) -> None:
    """Days on which a time is skipped or comes twice, written out by hand."""
    plan = Plan(1, "C1", cadence="daily", zone=zone, hour=hour, minute=minute)
    key = (day - timedelta(days=1)).isoformat()
    assert due_at(plan, key) == datetime.fromisoformat(due).replace(tzinfo=UTC)


def test_a_day_that_a_zone_skipped_is_not_told_of() -> None:
    """Samoa had no 30 December 2011: that day has no digest, the others have one each."""
    plan = Plan(1, "C1", cadence="daily", zone="Pacific/Apia")
    found = walk(plan, date(2011, 12, 28), date(2012, 1, 3))
    assert [key for key, _ in found] == [
        "2011-12-27", "2011-12-28", "2011-12-29", "2011-12-31", "2012-01-01", "2012-01-02",
    ]  # fmt: skip
    assert len({due for _, due in found}) == 6


def test_the_key_names_the_days_that_are_told_of() -> None:
    """A key is the whole week, month, quarter or day before the digest comes."""
    made = {
        cadence: period_of(Plan(1, "C1", cadence=cadence), key)
        for cadence, key in (
            ("weekly", "2026-W53"), ("monthly", "2026-02"), ("quarterly", "2026-Q4"),
            ("daily", "2026-11-22"),
        )
    }  # fmt: skip
    assert (made["weekly"].start, made["weekly"].end) == (date(2026, 12, 28), date(2027, 1, 4))
    assert made["monthly"].days == monthrange(2026, 2)[1]
    assert (made["quarterly"].start, made["quarterly"].end) == (date(2026, 10, 1), date(2027, 1, 1))
    assert made["daily"].days == 1


def test_another_weekday_tells_the_last_whole_week() -> None:
    """On Wednesdays the week that ended on Sunday; where weeks begin on Sunday, on Saturday."""
    wednesdays = Plan(1, "C1", weekday=2, zone="Europe/Stockholm")
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert latest_due(wednesdays, now) == ("2026-W46", datetime(2026, 11, 18, 8, tzinfo=UTC))
    assert next_due(wednesdays, now) == ("2026-W47", datetime(2026, 11, 25, 8, tzinfo=UTC))
    assert latest_whole(wednesdays, now) == "2026-W47"
    sundays = Plan(1, "C1", week_start=6)
    assert period_of(sundays, "2026-W47").start == date(2026, 11, 15)
    assert next_due(sundays, now) == ("2026-W48", datetime(2026, 11, 30, 9, tzinfo=UTC))


@pytest.mark.parametrize("cadence", ["daily", "weekly", "monthly", "quarterly"])
def test_the_latest_due_one_is_the_one_before_the_next(cadence: str) -> None:
    """At any hour: the latest is due by now, the next is not, and nothing lies between."""
    plan = Plan(1, "C1", cadence=cadence, zone="America/St_Johns", weekday=4, day=15)
    for hours in range(0, 24 * 120, 7):
        now = datetime(2026, 9, 1, tzinfo=UTC) + timedelta(hours=hours)
        latest = latest_due(plan, now)
        assert latest is not None
        assert latest[1] <= now < next_due(plan, now)[1]
        assert next_due(plan, latest[1]) == next_due(plan, now)
        assert due_at(plan, latest[0]) == latest[1]


@pytest.mark.parametrize("key", ["2026-W54", "2025-W53", "2026-47", "W47", "", "2026-W47; drop"])
def test_a_key_that_names_no_week_is_refused_with_one_that_does(key: str) -> None:
    with pytest.raises(KepiError, match="2026-W47"):
        period_of(Plan(1, "C1"), key)


def test_what_was_told_at_another_rhythm_keeps_its_days() -> None:
    """A digest that is monthly now can still show the week that it told of before."""
    monthly = Plan(1, "C1", cadence="monthly")
    assert period_of(as_told(monthly, "2026-W47"), "2026-W47").days == 7
    assert as_told(monthly, "2026-11") is monthly
    assert as_told(monthly, "anything") is monthly
