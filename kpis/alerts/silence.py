"""Data that stopped: a source that is later than its own habit allows.

Per account and kind of rows. A file counts where it brought newer days than were held. The usual
gap is the median of the last gaps between the days of such files; a source is silent when nothing
new came for that gap (times what the sensitivity says) and the platform's own lag.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from kpis.alerts.rules import Rule
from kpis.question import KnownAccount
from kpis.statistics import median
from kpis.surroundings import Surroundings
from kpis.titles import account_title
from kpis.tongue import say, say_count
from storage.platforms import PLATFORMS

GAPS, LEAST_GAPS = 8, 2
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Source:
    """One kind of rows of one account, and when files brought newer days of it."""

    account: KnownAccount
    of_posts: bool
    arrivals: tuple[datetime, ...]
    """The oldest first, at most one a day."""

    @property
    def title(self) -> str:
        account = account_title(self.account)
        if self.of_posts:
            return say("{account}, posts", account=account)
        return say("{account}, daily numbers", account=account)


@dataclass(frozen=True)
class Habit:
    """How a source stood at a moment."""

    source: Source
    last: datetime
    """When the last file with newer days came."""
    gap: float
    """Its usual gap, in days."""
    allowed: timedelta

    @property
    def due(self) -> datetime:
        """The moment from which it is silent."""
        return self.last + self.allowed


def sources_of(rule: Rule, around: Surroundings) -> list[Source]:
    """Return the sources of a rule's scope that ever brought data."""
    accounts = {it.id: it for it in around.choose(rule.scope)}
    came = {it.id: it.at for it in around.imports}
    spans: defaultdict[tuple[int, bool], list[tuple[datetime, int]]] = defaultdict(list)
    for of_posts, account, _, end, number in around.readings:
        if account in accounts and number in came:
            spans[account, of_posts].append((came[number], end))
    zone = ZoneInfo(around.zone)
    return [
        source_of(accounts[account], of_posts, sorted(found), zone)
        for (account, of_posts), found in sorted(spans.items())
    ]


def source_of(
    account: KnownAccount, of_posts: bool, found: Sequence[tuple[datetime, int]], zone: ZoneInfo
) -> Source:
    """Return a source from its files: when each came, and up to which day number it went."""
    return Source(account, of_posts, tuple(at for at, _ in newer_ones(found, zone)))


def newer_ones(
    found: Sequence[tuple[datetime, int]], zone: ZoneInfo
) -> Iterator[tuple[datetime, int]]:
    """Yield the files that brought newer days; of one day the last."""
    kept: list[tuple[datetime, int]] = []
    for at, end in found:
        if kept and end <= kept[-1][1]:
            continue
        if kept and kept[-1][0].astimezone(zone).date() == at.astimezone(zone).date():
            kept.pop()
        kept.append((at, end))
    yield from kept


def habit_at(source: Source, moment: datetime, rule: Rule) -> Habit | None:
    """Return how a source stood at a moment; nothing where it had no habit yet."""
    known = [it for it in source.arrivals if it <= moment]
    gaps = [(later - earlier) / DAY for earlier, later in pairwise(known)][-GAPS:]
    if len(gaps) < LEAST_GAPS:
        return None
    gap = median(gaps)
    lag = PLATFORMS[source.account.platform].settle_days
    allowed = timedelta(days=gap * rule.bar.gap + lag)
    return Habit(source, known[-1], gap, allowed)


def silent_at(sources: Sequence[Source], moment: datetime, rule: Rule) -> list[Habit]:
    """Return the sources that were silent at a moment, the longest first."""
    habits = (habit_at(it, moment, rule) for it in sources)
    return sorted((it for it in habits if it and moment >= it.due), key=lambda it: it.due)


def say_gap(gap: float) -> str:
    """Return “every day” or “every 7 days”."""
    return say_count("every day", "every {number} days", max(round(gap), 1))
