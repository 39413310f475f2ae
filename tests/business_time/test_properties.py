"""What is true of business time whatever the calendar, beside a count of every single minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as some

from support.hours import (
    ALWAYS,
    MIDNIGHT,
    NEVER,
    Calendar,
    Version,
    Week,
    Window,
    business_micros,
    business_seconds,
    is_open,
    opens_next,
    read_hours,
)
from tests.business_time.calendars import at, due, hours, weekly

MINUTE = 60_000_000
CHANGES = {
    "Europe/Stockholm": ("2026-03-29", "2026-10-25"),
    "America/New_York": ("2026-03-08", "2026-11-01"),
    "Australia/Lord_Howe": ("2026-04-05", "2026-10-04"),
    "Africa/Cairo": ("2026-04-24", "2026-10-30"),
    "Pacific/Apia": ("2011-12-30", "2021-04-04"),
    "America/Havana": ("2026-03-08", "2026-11-01"),
    "Asia/Jakarta": ("2026-01-01", "2026-07-01"),
    "Africa/Casablanca": ("2026-02-15", "2026-03-22"),
}
"""Zones, and dates around which their clocks change (Apia: the date that it left out)."""


@some.composite
def windows(draw: some.DrawFn) -> tuple[Window, ...]:
    ends = draw(some.lists(some.integers(0, 48), max_size=6, unique=True))
    ends = sorted(it * 30 for it in ends)
    return tuple(Window(*pair) for pair in zip(ends[::2], ends[1::2], strict=False))


@some.composite
def calendars(draw: some.DrawFn) -> tuple[Calendar, int, int]:
    """Return a calendar and two instants, on whole minutes, near a change of clocks."""
    zone = draw(some.sampled_from(sorted(CHANGES)))
    middle = date.fromisoformat(draw(some.sampled_from(CHANGES[zone])))
    near = [middle + timedelta(days=step) for step in range(-4, 5)]
    closed = draw(some.sets(some.sampled_from(near), max_size=2))
    overrides = draw(some.dictionaries(some.sampled_from(near), windows(), max_size=2))
    week: Week = tuple(draw(windows()) for _ in range(7))
    calendar = weekly(zone, week, frozenset(closed), overrides)
    origin = at(f"{middle}T00:00:00Z")
    first, second = (origin + draw(some.integers(-4 * 1440, 4 * 1440)) * MINUTE for _ in range(2))
    return calendar, min(first, second), max(first, second)


def count_minutes(calendar: Calendar, start: int, end: int) -> int:
    """Count the open seconds by looking at the clock on the wall once a minute."""
    zone = ZoneInfo(calendar.zone)
    return 60 * sum(
        is_on_the_wall(calendar, datetime.fromtimestamp(minute // 1_000_000, zone))
        for minute in range(start, end, MINUTE)
    )


def is_on_the_wall(calendar: Calendar, local: datetime) -> bool:
    minute = local.hour * 60 + local.minute
    day = local.date()
    if day in calendar.overrides:
        of_day = calendar.overrides[day]
    else:
        of_day = () if day in calendar.closed else calendar.week[day.weekday()]
    return any(window.open <= minute < window.close for window in of_day)


def has_odd_ends(calendar: Calendar, start: int, end: int) -> bool:
    """Tell whether a window opens or closes at a time that comes twice, or never, on its date."""
    zone = ZoneInfo(calendar.zone)
    day = datetime.fromtimestamp(start // 1_000_000, UTC).date() - timedelta(days=2)
    while day <= datetime.fromtimestamp(end // 1_000_000, UTC).date() + timedelta(days=2):
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001
        for window in calendar.windows_on(day):
            for minutes in window:
                wall = midnight + timedelta(minutes=minutes)
                if zone.utcoffset(wall) != zone.utcoffset(wall.replace(fold=1)):
                    return True
        day += timedelta(days=1)
    return False


@settings(deadline=None, max_examples=150)
@given(calendars())
@example((weekly("Pacific/Apia", ALWAYS), at("2011-12-27"), at("2012-01-02")))
@example((weekly("Africa/Cairo", ALWAYS), at("2026-10-28"), at("2026-11-01")))
@example((weekly("Australia/Lord_Howe", ALWAYS), at("2026-10-02"), at("2026-10-06")))
def test_every_open_minute_counts_once(drawn: tuple[Calendar, int, int]) -> None:
    """The count agrees wherever no window ends in the very hour that comes twice or never."""
    calendar, start, end = drawn
    assume(calendar.week == ALWAYS or not has_odd_ends(calendar, start, end))
    assert business_seconds(calendar, start, end) == count_minutes(calendar, start, end)


@settings(deadline=None, max_examples=150)
@given(calendars(), some.integers(0, 10**12), some.integers(0, 999_999))
def test_time_adds_up_and_never_exceeds_the_clock(
    drawn: tuple[Calendar, int, int], between: int, fraction: int
) -> None:
    """Any split gives the same whole, to the microsecond; business time is part of all time."""
    calendar, start, end = drawn
    start, end = start + fraction, end + fraction * 7
    split = start + between % (end - start + 1)
    total = business_micros(calendar, start, end)
    parts = business_micros(calendar, start, split) + business_micros(calendar, split, end)
    assert parts == total
    assert 0 <= total <= end - start
    assert business_seconds(calendar, start, end) == total // 1_000_000


@settings(deadline=None, max_examples=150)
@given(calendars(), some.integers(1, 400_000))
def test_a_promise_comes_due_when_its_time_has_passed(
    drawn: tuple[Calendar, int, int], seconds: int
) -> None:
    """The due instant is the first at which the promised seconds are over, and not one sooner."""
    calendar, start, _ = drawn
    falls = due(calendar, start, seconds)
    if falls == NEVER:
        assert business_seconds(calendar, start, NEVER) < seconds
        return
    assert business_micros(calendar, start, falls) == seconds * 1_000_000
    assert business_micros(calendar, start, falls - 1) == seconds * 1_000_000 - 1


@settings(deadline=None, max_examples=100)
@given(calendars(), some.integers(-4, 4))
def test_a_holiday_can_only_take_time_away(drawn: tuple[Calendar, int, int], step: int) -> None:
    calendar, start, end = drawn
    middle = datetime.fromtimestamp((start + end) // 2_000_000, UTC).date()
    more = weekly(
        calendar.zone,
        calendar.week,
        calendar.closed | {middle + timedelta(days=step)},
        calendar.overrides,
    )
    assert business_micros(more, start, end) <= business_micros(calendar, start, end)


@settings(deadline=None, max_examples=100)
@given(calendars())
def test_the_next_opening_is_the_first_open_instant(drawn: tuple[Calendar, int, int]) -> None:
    calendar, start, _ = drawn
    opening = opens_next(calendar, start)
    assert opening >= start
    assert business_micros(calendar, start, opening) == 0
    assert opening == NEVER or is_open(calendar, opening)
    assert (opening == start) == is_open(calendar, start)


@pytest.mark.parametrize("zone", ["America/New_York", "UTC", "Pacific/Kiritimati", "Pacific/Apia"])
def test_open_always_is_all_the_time(zone: str) -> None:
    """Two years, hour by hour: nothing is lost where what was worked out meets."""
    calendar = weekly(zone, ALWAYS)
    start, hour = at("2011-06-01"), 60 * MINUTE
    hours_of_two_years = 2 * 365 * 24
    assert all(is_open(calendar, start + step * hour) for step in range(hours_of_two_years))
    end = start + hours_of_two_years * hour
    assert business_micros(calendar, start, end) == end - start


def test_opening_belongs_and_closing_does_not() -> None:
    calendar = hours("Europe/Stockholm", "MF")
    assert not is_open(calendar, at("2026-03-04T07:59:59.999Z"))
    assert is_open(calendar, at("2026-03-04T08:00:00Z"))
    assert is_open(calendar, at("2026-03-04T15:59:59.999Z"))
    assert not is_open(calendar, at("2026-03-04T16:00:00Z"))
    assert opens_next(calendar, at("2026-03-06T16:00:00Z")) == at("2026-03-09T08:00:00Z")


def test_parts_of_seconds_are_cut_once() -> None:
    """0.6 s before closing and 0.6 s after opening are one second of business time, not none."""
    calendar = hours("UTC", "MF")
    start, end = at("2026-03-04T16:59:59.400Z"), at("2026-03-05T09:00:00.600Z")
    assert business_seconds(calendar, start, end) == 1


def test_a_window_that_the_clocks_make_overlap_counts_once() -> None:
    """02:30 does not exist that Sunday and is read as 03:30; 03:00–05:00 is not counted twice."""
    calendar = hours("Europe/Stockholm", "Sun 01:00–02:30, 03:00–05:00")
    start, end = at("2026-03-28T22:00:00Z"), at("2026-03-29T06:00:00Z")
    assert business_seconds(calendar, start, end) == 3 * 3600


def test_a_date_that_a_zone_left_out_has_no_hours() -> None:
    """Samoa had no Friday 30 December 2011: its office hours did not happen on Saturday."""
    calendar = hours("Pacific/Apia", "MF")
    start, end = at("2011-12-29T10:00:00Z"), at("2012-01-01T10:00:00Z")
    assert business_seconds(calendar, start, end) == 8 * 3600  # Thursday alone


def test_hours_hold_from_their_date_on() -> None:
    """A new week changes nothing before its first local date, nor does a new zone."""
    old = Version(date(2026, 1, 1), "Europe/Stockholm", read_hours("Mon–Fri 09:00–17:00"))
    new = Version(date(2026, 6, 3), "America/New_York", read_hours("Mon–Fri 10:00–12:00"))
    calendar = Calendar((old, new))
    assert business_seconds(calendar, at("2026-06-02"), at("2026-06-03")) == 8 * 3600
    assert business_seconds(calendar, at("2026-06-03"), at("2026-06-04")) == 2 * 3600
    assert opens_next(calendar, at("2026-06-02T16:00:00Z")) == at("2026-06-03T14:00:00Z")
    assert business_seconds(calendar, at("2025-12-01"), at("2025-12-02")) == 8 * 3600


def test_a_move_to_another_zone_counts_no_hour_twice() -> None:
    """Open always, west to east: the two local days overlap, the hours do not."""
    calendar = Calendar(
        (
            Version(date(2026, 1, 1), "America/New_York", ALWAYS),
            Version(date(2026, 6, 3), "Asia/Tokyo", ALWAYS),
        )
    )
    start, end = at("2026-06-01"), at("2026-06-05")
    assert business_seconds(calendar, start, end) == 4 * 86_400


@pytest.mark.parametrize("target", [1, 10**9])
def test_a_calendar_that_never_opens_lets_nothing_fall_due(target: int) -> None:
    never = weekly("UTC", ((),) * 7)
    assert due(never, at("2026-01-01"), target) == NEVER
    assert opens_next(never, at("2026-01-01")) == NEVER
    once = weekly("UTC", ((),) * 7, frozenset(), {date(2026, 5, 1): (Window(0, MIDNIGHT),)})
    assert due(once, at("2026-01-01"), 86_400) == at("2026-05-02")
    assert due(once, at("2026-01-01"), 86_401) == NEVER


@pytest.mark.parametrize(
    ("start", "end"), [(-(10**18), 10**18), (10**18, -(10**18)), (10**20, 10**21)]
)
def test_instants_of_no_year_end_nothing(start: int, end: int) -> None:
    """A ts that nobody minted is no reason to stop: hours outside 1970–2199 are closed."""
    calendar = hours("Europe/Stockholm", "MF")
    assert business_seconds(calendar, max(start, 10**18), end) == 0
    assert due(calendar, 10**20, 60) == NEVER
    assert opens_next(calendar, 10**20) == NEVER


def test_calendars_are_equal_by_what_they_say() -> None:
    one, other = hours("UTC", "MF"), hours("UTC", "MF")
    assert one == other
    assert hash(one) == hash(other)
    assert one != hours("UTC", "MF", "2026-12-24 closed")
