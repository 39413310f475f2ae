"""Times that people type: what was, with its offset; what is to come, by the open hours."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from commands.support.moments import micros_of, moment_of, read_past, read_until
from storage.errors import KepiError
from support.week import read_hours
from tests.business_time.calendars import weekly

NOW = datetime(2026, 11, 25, 14, 30, tzinfo=UTC)  # a Wednesday, 15:30 in Stockholm
OFFICE = weekly(
    "Europe/Stockholm",
    read_hours("Mon–Fri 09:00–12:00, 13:00–17:00"),
    closed=frozenset({date(2026, 11, 27)}),
)

PAST = {
    "2026-11-20T14:00+01:00": "2026-11-20T13:00+00:00",
    "2026-11-20 14:00+01:00": "2026-11-20T13:00+00:00",
    "2026-11-25T14:30z": "2026-11-25T14:30+00:00",
    "2026-11-25T21:29:59.5+07:00": "2026-11-25T14:29:59.500000+00:00",
}


@pytest.mark.parametrize(("typed", "instant"), PAST.items())
def test_a_past_moment_is_read_with_its_offset(typed: str, instant: str) -> None:
    """Wherever its writer is."""
    assert read_past(typed, NOW) == datetime.fromisoformat(instant)


NOT_PAST = {
    "2026-11-20T14:00": "Say in which zone",
    "2026-11-25T14:31Z": "has not come yet",
    "2026-10-26T14:29Z": "more than 30 days ago",
    "yesterday": "I can’t read “yesterday”",
    "2026-02-30T10:00Z": "I can’t read",
    "": "I can’t read",
}


@pytest.mark.parametrize(("typed", "line"), NOT_PAST.items())
def test_other_moments_are_refused(typed: str, line: str) -> None:
    """Without an offset nobody knows which clock; the future has not happened; 30 days hold."""
    with pytest.raises(KepiError, match=line):
        read_past(typed, NOW)


UNTIL = {
    "2h": "2026-11-25T16:30+00:00",
    "for 30 min": "2026-11-25T15:00+00:00",
    "1 day": "2026-11-26T14:30+00:00",
    "until tomorrow": "2026-11-26T08:00+00:00",
    "next opening": "2026-11-26T08:00+00:00",
    "Thu": "2026-11-26T08:00+00:00",
    "friday": "2026-11-26T23:00+00:00",  # closed: its midnight
    "wed": "2026-12-02T08:00+00:00",  # the next, not today
    "2026-12-01": "2026-12-01T08:00+00:00",
    "1 dec": "2026-12-01T08:00+00:00",
    "3 jan": "2027-01-02T23:00+00:00",  # a Sunday
}


@pytest.mark.parametrize(("typed", "instant"), UNTIL.items())
def test_a_time_to_come_is_read_by_the_open_hours(typed: str, instant: str) -> None:
    """A day is its first opening, or its midnight where it is closed."""
    assert read_until(typed, NOW, OFFICE) == datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    "typed", ["soon", "-2h", "0 h", "91 d", "2026-11-24", "30 feb", "", "9999999 h"]
)
def test_what_is_no_time_to_come_is_refused(typed: str) -> None:
    """The past, more than 90 days, and what is no time at all."""
    with pytest.raises(KepiError, match="2h, next opening"):
        read_until(typed, NOW, OFFICE)


def test_the_next_opening_after_lunch_is_the_next_one() -> None:
    """In the lunch break it is one o'clock; in the morning it is after lunch."""
    lunch, morning = (NOW.replace(hour=it, minute=30) for it in (11, 9))
    after_lunch = NOW.replace(hour=12, minute=0)
    assert read_until("next opening", lunch, OFFICE) == after_lunch
    assert read_until("next opening", morning, OFFICE) == after_lunch


def test_always_open_has_no_next_opening() -> None:
    """It is refused, not answered with a time that is none."""
    with pytest.raises(KepiError):
        read_until("next opening", NOW, weekly("UTC", read_hours("24/7")))


def test_microseconds_are_exact_both_ways() -> None:
    """A ``ts`` has sixteen digits; a float would lose the last."""
    at = 1_795_370_400_123_457
    assert micros_of(moment_of(at)) == at
