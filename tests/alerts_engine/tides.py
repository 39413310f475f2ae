"""Mentions drawn as counts, for the rule that reads them by the minute."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from kpis.alerts.tide import REACH, Tide, minute_of

Said = tuple[datetime, int, int]
"""A moment, negative mentions then, and how many with a sentiment, those included."""


def tide_of(said: Iterable[Said], end: datetime, zone: str = "UTC", days: int = 15) -> Tide:
    """Return the mentions as the rule reads them."""
    said = sorted(said)
    base = minute_of(end - REACH - timedelta(days=days))
    length = minute_of(end) + 600 - base
    sums = [[0] * length for _ in range(3)]
    for at, negative, labelled in said:
        place = minute_of(at) - base
        if 0 <= place < length:
            sums[0][place] += negative
            sums[1][place] += labelled
            sums[2][place] += labelled
    first = minute_of(said[0][0]) if said else None
    return Tide(base, first, ZoneInfo(zone), *(tuple(accumulate(it, initial=0)) for it in sums))


def weeks_before(end: datetime, counts: Iterable[int], labelled: int = 40) -> list[Said]:
    """Return mentions an hour before the same time of each week before ``end``, newest first."""
    return [
        (end - timedelta(weeks=week, hours=1), count, labelled)
        for week, count in enumerate(counts, start=1)
    ]


def at(text: str, zone: str = "UTC") -> datetime:
    """Return a local time of a zone in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
