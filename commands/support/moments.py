"""Times that people type: when somebody answered, and until when an issue is to be quiet.

What has already happened is given with its offset, or nobody knows which clock was meant
(support-spec O5). What is to come is read by the workspace's clock and opening hours.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from commands.saying import say
from commands.support import wording
from storage.errors import KepiError
from support.entries import micros
from support.hours import Calendar, instant, opens_next
from support.week import SHORT

OLDEST = timedelta(days=30)
LONGEST = timedelta(days=90)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SPAN = re.compile(r"(?:for\s+)?(\d{1,4})\s*([a-z]+)", re.IGNORECASE)
UNITS = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), timedelta(hours=1)),
    **dict.fromkeys(("d", "day", "days"), timedelta(days=1)),
    **dict.fromkeys(("w", "week", "weeks"), timedelta(weeks=1)),
}
OPENING = frozenset({"next opening", "opening", "next", "opening time", "until opening"})
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def micros_of(moment: datetime) -> int:
    """Return an instant as UTC microseconds, exactly."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def moment_of(at: int) -> datetime:
    """Return UTC microseconds as an instant, exactly."""
    return EPOCH + timedelta(microseconds=at)


def when(ts: str) -> int:
    """Return the microseconds of a ``ts``; 0 for none and for what is none."""
    try:
        return micros(ts)
    except ValueError:
        return 0


def read_past(text: str, now: datetime) -> datetime:
    """Return the instant of ``at=``: in the last 30 days, with an offset.

    Raises ``KepiError`` with a line that says what would work.
    """
    try:
        found = datetime.fromisoformat(text.strip().upper().replace(" ", "T", 1))
    except ValueError:
        raise KepiError(wording.UNREAD_AT, words=text[:40]) from None
    if found.tzinfo is None:
        raise KepiError(wording.NO_OFFSET, words=text[:40])
    found = found.astimezone(UTC)
    if found > now:
        raise KepiError(wording.AT_LATER, words=text[:40])
    if found < now - OLDEST:
        raise KepiError(wording.AT_TOO_OLD, words=text[:40])
    return found


def in_zone(text: str, zone: str) -> str:
    """Return a time that was typed into a form with the offset of the person's zone.

    One that has an offset, and one that cannot be read, stay as they are.
    """
    try:
        found = datetime.fromisoformat(text.strip().upper().replace(" ", "T", 1))
        if found.tzinfo is None and ":" in text and zone:
            return found.replace(tzinfo=ZoneInfo(zone)).isoformat()
    except (ValueError, ZoneInfoNotFoundError):
        pass
    return text


def read_until(text: str, now: datetime, calendar: Calendar) -> datetime:
    """Return until when: a span (``2h``), ``next opening``, ``tomorrow``, a weekday or a date.

    A day means the first opening of it, or its midnight where it is closed.
    """
    words = " ".join(text.casefold().split()).removeprefix("until ")
    if found := SPAN.fullmatch(words):
        unit = UNITS.get(found[2].casefold())
        if unit is not None:
            return check_until(now + int(found[1]) * unit, now, text)
    at = micros_of(now)
    if words in OPENING:
        # While it is open, the next opening is the one after this closing time.
        closing = next_closing(calendar, at)
        return check_until(moment_of(opens_next(calendar, closing)), now, text)
    day = read_day(words, now.astimezone(ZoneInfo(calendar.zone)).date())
    if day is None:
        raise KepiError(wording.UNREAD_UNTIL, words=text[:40])
    return check_until(moment_of(first_opening(calendar, day)), now, text)


def check_until(until: datetime, now: datetime, text: str) -> datetime:
    if not now < until <= now + LONGEST:
        raise KepiError(wording.UNREAD_UNTIL, words=text[:40])
    return until


def next_closing(calendar: Calendar, at: int) -> int:
    """Return when the window that is open now closes, or ``at`` where it is closed."""
    from support.hours import SPAN as LENGTH
    from support.hours import is_open, span_of

    while is_open(calendar, at):
        span = span_of(calendar, at // LENGTH)
        at = next(close for close in span.closes if close > at)
        if at % LENGTH:
            break
    return at


def first_opening(calendar: Calendar, day: date) -> int:
    """Return the first opening of a local date, or its midnight where it is closed."""
    zone = ZoneInfo(calendar.version_on(day).zone)
    windows = calendar.windows_on(day)
    return instant(day.toordinal(), windows[0].open if windows else 0, zone)


def read_day(words: str, today: date) -> date | None:
    """Return ``tomorrow``, the next ``fri``, ``2026-11-27`` or ``27 nov`` as a date."""
    if words == "tomorrow":
        return today + timedelta(days=1)
    for number, name in enumerate(SHORT):
        if len(words) >= 3 and words.startswith(name.casefold()) and words.isalpha():
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    try:
        return date.fromisoformat(words)
    except ValueError:
        pass
    found = re.fullmatch(r"(\d{1,2})\.? ([a-z]{3,9})(?: (\d{4}))?", words)
    if found is None or found[2][:3] not in MONTHS:
        return None
    month = MONTHS.index(found[2][:3]) + 1
    try:
        day = date(int(found[3] or today.year), month, int(found[1]))
        return day if found[3] or day >= today else day.replace(year=today.year + 1)
    except ValueError:
        return None


def say_moment(at: int, zone: ZoneInfo, now: int) -> str:
    """Return “14:02” of today, “Mon 14:02” of this week, else “16 Nov 14:02”."""
    from kpis.periods import say_weekday

    local, today = moment_of(at).astimezone(zone), moment_of(now).astimezone(zone).date()
    clock = f"{local:%H:%M}"
    if local.date() == today:
        return clock
    if abs((local.date() - today).days) < 7:
        weekday = say_weekday(local.weekday(), short=True)
        return say("{weekday} {time}", weekday=weekday, time=clock)
    return say("{day} {time}", day=say_date(local.date(), today.year), time=clock)


def say_date(day: date, year: int | None = None) -> str:
    """Return “16 Nov”, with its year where that is not the given one."""
    from kpis.periods import say_day

    return say_day(day, year or day.year)
