"""Mentions by the minute, and what is usual of them: what the crisis rule reads.

Windows are of 3 hours and end with a whole minute. *The same 3 hours of the week* end at the same
time of the same weekday, as the clocks of the workspace's zone show it, so a change of the clocks
between them moves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from kpis.statistics import median
from storage.mentions import count_mentions, first_mention
from storage.tables import EPOCH

HOUR = 60
WINDOW = 3 * HOUR
"""Minutes."""
QUARTER = 15
WEEKS = 8
"""Weeks back that *usual* is told from (kpi-catalogue §4, *Crisis rule*)."""
SHARE_DAYS = 28
NEW = 14 * 24 * HOUR
"""Minutes of history below which the plain rule holds."""
REACH = timedelta(weeks=WEEKS, hours=4)
"""How far back of a moment its judgement looks, with room for a change of the clocks."""


class Usual(NamedTuple):
    """What is usual of negative mentions in 3 hours."""

    median: float
    spread: float
    """The median absolute deviation (MAD), as it is: not scaled to a standard deviation."""
    weeks: int


@dataclass(frozen=True)
class Tide:
    """Mentions by the minute from ``base`` (minutes since 1970 UTC) on."""

    base: int
    first: int | None
    """The minute of the first mention that is held at all."""
    zone: ZoneInfo
    negative_upto: Sequence[int]
    labelled_upto: Sequence[int]
    every_upto: Sequence[int]
    """Running sums, the first is 0: up to before the minute with that place."""

    def negative(self, start: int, end: int) -> int:
        """Return the negative mentions from one minute until before another."""
        return self.within(self.negative_upto, start, end)

    def labelled(self, start: int, end: int) -> int:
        """Return the mentions with a sentiment."""
        return self.within(self.labelled_upto, start, end)

    def sums_at(self, sums: Sequence[int], minutes: range) -> Sequence[int]:
        """Return the running sum up to before each of some minutes in a row."""
        first, last = minutes.start - self.base, len(sums) - 1
        if first >= 0 and minutes.stop - self.base <= len(sums):
            return sums[first : minutes.stop - self.base]
        return [sums[min(max(it - self.base, 0), last)] for it in minutes]

    def within(self, sums: Sequence[int], start: int, end: int) -> int:
        last = len(sums) - 1
        low = min(max(start - self.base, 0), last)
        return sums[min(max(end - self.base, low), last)] - sums[low]

    def share(self, start: int, end: int) -> float | None:
        """Return the negative share of the labelled mentions; nothing where there are none."""
        labelled = self.labelled(start, end)
        return self.negative(start, end) / labelled if labelled else None

    def share_before(self, end: int) -> float | None:
        """Return the negative share of the 28 days before the window that ends with ``end``.

        The window itself is left out, or a surge would raise what it is measured by.
        """
        start = end - WINDOW
        return self.share(start - SHARE_DAYS * 24 * HOUR, start)

    def is_young(self, end: int) -> bool:
        """Whether less than two weeks of mentions were held by then."""
        return self.first is None or end - self.first < NEW

    def usual(self, end: int) -> Usual:
        """Return what the same 3 hours of the 8 weeks before held, as far as there are data."""
        counts = [
            self.negative(past - WINDOW, past)
            for past in same_of_week(end, self.zone)
            if self.first is not None and past - WINDOW >= self.first
        ]
        if not counts:
            return Usual(0.0, 0.0, 0)
        middle = median(counts)
        return Usual(middle, median([abs(it - middle) for it in counts]), len(counts))


def same_of_week(end: int, zone: ZoneInfo) -> tuple[int, ...]:
    """Return the minutes that are as late in the week, in each of the 8 weeks before."""
    past = end % QUARTER
    return tuple(it + past for it in same_quarters(end - past, zone))


@lru_cache(maxsize=65_536)
def same_quarters(end: int, zone: ZoneInfo) -> tuple[int, ...]:
    """The same of whole quarters of an hour: clocks are changed with one."""
    local = moment_of(end).astimezone(zone).replace(tzinfo=None)
    weeks = (local - timedelta(weeks=it) for it in range(1, WEEKS + 1))
    return tuple(minute_of(it.replace(tzinfo=zone)) for it in weeks)


def read_tide(
    connection: Connection,
    workspace: int,
    brands: Sequence[int],
    zone: str,
    start: datetime,
    end: datetime,
) -> Tide:
    """Return the mentions of some brands together; ``start`` and ``end`` are aware."""
    base, until = minute_of(start), minute_of(end) + 1
    sums: list[list[int]] = [[0] * (until - base) for _ in range(3)]
    counted = count_mentions(
        connection, workspace, brands, moment_of(base), moment_of(until), timedelta(minutes=1)
    )
    for minute, *numbers in counted:
        for column, number in zip(sums, numbers, strict=True):
            column[minute - base] = number
    first = first_mention(connection, workspace, brands) if brands else None
    return Tide(
        base,
        None if first is None else minute_of(first),
        ZoneInfo(zone),
        *(tuple(accumulate(column, initial=0)) for column in sums),
    )


def minute_of(moment: datetime) -> int:
    """Return the minutes from 1970 UTC to the minute that holds a moment."""
    return int((moment.astimezone(UTC) - EPOCH) // timedelta(minutes=1))


def moment_of(minute: int) -> datetime:
    return EPOCH + timedelta(minutes=minute)
