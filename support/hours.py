"""Business time: seconds inside working hours, and when a promise falls due (support-spec §7).

A calendar's windows are worked out for spans of 32 days at a time, in UTC, joined where they
meet or overlap, with what lies before each summed up. An interval of any length then costs two
searches and one sum a span. Every window's ends come from (local date, wall time, zone) with
``fold=0``: an ambiguous time is its first occurrence, one that the clocks skip is read with the
offset before the change.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import accumulate
from typing import NamedTuple
from zoneinfo import ZoneInfo

from support.entries import MICROSECONDS
from support.week import ALWAYS as ALWAYS
from support.week import MIDNIGHT, Week, Windows
from support.week import Window as Window
from support.week import read_hours as read_hours
from support.week import say_hours as say_hours

DAY = 86_400 * MICROSECONDS
SPAN = 32 * DAY
EPOCH_DAY = date(1970, 1, 1).toordinal()
FIRST, NEVER = 0, (date(2200, 1, 1).toordinal() - EPOCH_DAY) * DAY
"""Instants before 1970 and after 2199 count as these: nothing is open outside."""
SKIPPED = 20 * 3600
"""A zone that jumps this far at midnight leaves a whole date out (Apia, 30 December 2011)."""
KEPT_SPANS = 512


class Version(NamedTuple):
    """Weekly hours from a local date on."""

    since: date
    zone: str
    week: Week


@dataclass(frozen=True)
class Calendar:
    """Working hours: weekly windows by local date, closed dates, dates with hours of their own.

    An override beats a closed date, and that beats the weekday. Before the first version, the
    first holds. Keep a calendar: it remembers what was worked out.
    """

    versions: tuple[Version, ...]
    """In order of ``since``; at least one."""
    closed: frozenset[date] = frozenset()
    overrides: Mapping[date, Windows] = field(default_factory=dict)
    is_assumed: bool = field(default=False, compare=False)
    """Nobody set any working hours: Monday to Friday, nine to five."""
    spans: dict[int, Span] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was worked out already, by number."""

    def __hash__(self) -> int:
        return hash((self.versions, self.closed, frozenset(self.overrides.items())))

    @property
    def zone(self) -> str:
        """The zone that holds last."""
        return self.versions[-1].zone

    @property
    def week(self) -> Week:
        """The week that holds last."""
        return self.versions[-1].week

    def version_on(self, day: date) -> Version:
        for version in reversed(self.versions):
            if version.since <= day:
                return version
        return self.versions[0]

    def windows_on(self, day: date) -> Windows:
        """Return the windows of a local date, whichever rule they come from."""
        if day in self.overrides:
            return self.overrides[day]
        return () if day in self.closed else self.version_on(day).week[day.weekday()]


@dataclass(frozen=True, slots=True)
class Span:
    """The windows of 32 days, in UTC microseconds: in order, apart, cut at the span's ends."""

    opens: list[int]
    closes: list[int]
    summed: list[int]
    """Open time up to the end of each window."""
    total: int


def business_seconds(calendar: Calendar, start: int, end: int) -> int:
    """Return the whole seconds of ``[start, end)`` inside working hours; 0 if ``end`` is first."""
    return business_micros(calendar, start, end) // MICROSECONDS


def business_micros(calendar: Calendar, start: int, end: int) -> int:
    """Return the exact microseconds of ``[start, end)`` inside working hours."""
    if start < FIRST or end > NEVER:
        start, end = max(start, FIRST), min(end, NEVER)
    if start >= end:
        return 0
    first, last = start // SPAN, end // SPAN
    span = span_of(calendar, first)
    passed = -elapsed(span, start)
    for number in range(first, last):
        passed += span.total
        span = span_of(calendar, number + 1)
    return passed + elapsed(span, end)


def due_micros(calendar: Calendar, start: int, length: int) -> int:
    """Return the instant at which ``length`` µs of business time have passed since ``start``.

    Where that is a closing time it stays there and does not wait for the next opening (D05).
    ``NEVER`` if the calendar does not open long enough.
    """
    start = max(start, FIRST)
    if length <= 0 or start >= NEVER:
        return min(start, NEVER)
    number = start // SPAN
    left = length + elapsed(span_of(calendar, number), start)
    last = last_span(calendar)
    while left > (span := span_of(calendar, number)).total:
        left -= span.total
        number += 1
        if number > last:
            return NEVER
    place = bisect_left(span.summed, left)
    return span.closes[place] - (span.summed[place] - left)


def is_open(calendar: Calendar, at: int) -> bool:
    """Tell whether working hours run at an instant; at a closing time they are over."""
    if not FIRST <= at < NEVER:
        return False
    span = span_of(calendar, at // SPAN)
    place = bisect_right(span.opens, at) - 1
    return place >= 0 and at < span.closes[place]


def opens_next(calendar: Calendar, at: int) -> int:
    """Return ``at`` where it is open, else the next opening; ``NEVER`` if there is none."""
    if is_open(calendar, at):
        return at
    at = max(at, FIRST)
    for number in range(at // SPAN, last_span(calendar) + 1):
        span = span_of(calendar, number)
        place = bisect_right(span.opens, at)
        if place < len(span.opens):
            return span.opens[place]
    return NEVER


def elapsed(span: Span, at: int) -> int:
    """Return the open microseconds of a span before ``at``."""
    place = bisect_right(span.opens, at) - 1
    if place < 0:
        return 0
    return span.summed[place] - max(0, span.closes[place] - at)


def last_span(calendar: Calendar) -> int:
    """Return the number of the last span that may be open."""
    if any(calendar.week):
        return NEVER // SPAN
    days = [calendar.versions[-1].since, *calendar.overrides]
    return (max(days).toordinal() - EPOCH_DAY + 2) * DAY // SPAN


def span_of(calendar: Calendar, number: int) -> Span:
    """Return the windows of the span that begins at ``number`` times 32 days."""
    held = calendar.spans.get(number)
    if held is None:
        if len(calendar.spans) >= KEPT_SPANS:
            calendar.spans.clear()
        held = calendar.spans[number] = work_out(calendar, number)
    return held


def work_out(calendar: Calendar, number: int) -> Span:
    start, end = number * SPAN, (number + 1) * SPAN
    opens: list[int] = []
    closes: list[int] = []
    for opened, closed in sorted(windows_between(calendar, start, end)):
        opened, closed = max(opened, start), min(closed, end, NEVER)
        if opened >= closed:
            continue
        if closes and opened <= closes[-1]:
            closes[-1] = max(closes[-1], closed)
        else:
            opens.append(opened)
            closes.append(closed)
    lengths = (closed - opened for opened, closed in zip(opens, closes, strict=True))
    summed = list(accumulate(lengths))
    return Span(opens, closes, summed, summed[-1] if summed else 0)


def windows_between(calendar: Calendar, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the windows of every local date that may touch ``[start, end)``, two midnights."""
    for ordinal in range(start // DAY + EPOCH_DAY - 1, end // DAY + EPOCH_DAY + 1):
        day = date.fromordinal(ordinal)
        windows = calendar.windows_on(day)
        if not windows:
            continue
        zone = ZoneInfo(calendar.version_on(day).zone)
        if is_skipped(ordinal, zone):
            continue
        for window in windows:
            yield instant(ordinal, window.open, zone), instant(ordinal, window.close, zone)


def instant(ordinal: int, minute: int, zone: ZoneInfo) -> int:
    """Return a wall time of a local date in UTC microseconds; 24:00 is the next midnight."""
    if minute == MIDNIGHT:
        ordinal, minute = ordinal + 1, 0
    wall = datetime.fromordinal(ordinal).replace(hour=minute // 60, minute=minute % 60)
    seconds = minute * 60 - offset_at(wall, zone)
    return (ordinal - EPOCH_DAY) * DAY + seconds * MICROSECONDS


def is_skipped(ordinal: int, zone: ZoneInfo) -> bool:
    """Tell whether a zone leapt over a whole date: it has no hours, whatever its weekday."""
    midnight = datetime.fromordinal(ordinal)
    return offset_at(midnight.replace(fold=1), zone) - offset_at(midnight, zone) >= SKIPPED


def offset_at(wall: datetime, zone: ZoneInfo) -> int:
    """Return the seconds by which a zone is ahead of UTC at a wall time."""
    offset = zone.utcoffset(wall)
    assert offset is not None  # every zone of the tz database knows
    return offset.days * 86_400 + offset.seconds
