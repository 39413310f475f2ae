"""What was read for one answer, and the cells that formulas are evaluated in."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kpis import reach
from kpis.answers import Reading, Value
from kpis.language import Count, Grown, Leaf, Levels, People
from kpis.reach import Bounds, Window

Group = str | int | None
"""An account id, a platform, a label's word; ``None`` where nothing was told apart."""

Sums = dict[Group, dict[int, tuple[float, int]]]
"""Per group and day number: the total and the number of rows behind it."""

STALE_DAYS = 3
"""A level older than this is not taken for another day's (kpi-catalogue §4, followers)."""


class Span(NamedTuple):
    """Days on which an account's source was read, as day numbers, half-open."""

    account: int
    start: int
    end: int


class Rise(NamedTuple):
    """A post's day of publishing, and its counter by day of snapshot, in order of days."""

    published: int
    snapshots: list[tuple[int, float]]

    def within(self, start: int, end: int) -> float | None:
        """Return how much the counter rose from ``start`` until before ``end``, if known."""
        held = [it for it in self.snapshots if it[0] < end]
        before = [value for day, value in held if day < start]
        if not held or (not before and not start <= self.published < end):
            return None
        return held[-1][1] - (before[-1] if before else 0)


@dataclass
class Frame:
    """States per leaf, group and day; leaves are known by identity."""

    sums: dict[int, Sums] = field(default_factory=dict)
    rows: dict[int, dict[Group, list[tuple[int, float]]]] = field(default_factory=dict)
    levels: dict[str, dict[int, list[tuple[int, float]]]] = field(default_factory=dict)
    """Per measure and account: (day number, level), in order of days."""
    windows: dict[str, dict[int, list[Window]]] = field(default_factory=dict)
    risen: dict[int, dict[Group, list[Rise]]] = field(default_factory=dict)
    """Per leaf and group: the snapshots of each post's counter."""
    proven: dict[tuple[str, int, int, int], Bounds | None] = field(default_factory=dict)
    """Bounds that were worked out already, by measure, account and days."""
    watched: Sequence[Span] = ()
    left_out: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    """Per leaf: rows in the asked period without one side of a pair."""

    def bounds(self, measure: str, account: int, start: int, end: int) -> Bounds | None:
        """Return what an account's windows prove of some days."""
        key = (measure, account, start, end)
        if key not in self.proven:
            held = self.windows.get(measure, {}).get(account, [])
            self.proven[key] = reach.bounds(held, start, end)
        return self.proven[key]


NOTHING: dict[int, tuple[float, int]] = {}


class FrameCell(NamedTuple):
    """One slot of some groups: whole days from ``start`` until before ``end``."""

    frame: Frame
    groups: tuple[Group, ...]
    accounts: tuple[int, ...]
    start: int
    end: int

    @property
    def days(self) -> int:
        return self.end - self.start

    def sums(self, leaf: Leaf) -> tuple[float, int]:
        if isinstance(leaf, Grown):
            return self.rises(leaf)
        by_group = self.frame.sums.get(id(leaf), {})
        total, n = 0.0, 0
        if self.end - self.start == 1:
            for group in self.groups:
                held = by_group.get(group, NOTHING).get(self.start)
                if held is not None:
                    total += held[0]
                    n += held[1]
            return (total, n or self.watched()) if isinstance(leaf, Count) else (total, n)
        days = range(self.start, self.end)
        for group in self.groups:
            by_day = by_group.get(group, {})
            for day in days if len(days) <= len(by_day) else days_between(by_day, days):
                held = by_day.get(day)
                if held is not None:
                    total += held[0]
                    n += held[1]
        if isinstance(leaf, Count):
            return total, n or self.watched()
        return total, n

    def rises(self, leaf: Grown) -> tuple[float, int]:
        """Return how much the posts' counters rose, and of how many posts that is known."""
        found = [
            rise.within(self.start, self.end)
            for group in self.groups
            for rise in self.frame.risen.get(id(leaf), {}).get(group, ())
        ]
        known = [it for it in found if it is not None]
        return sum(known), len(known)

    @property
    def watched_days(self) -> int:
        return len(
            {
                day
                for span in self.frame.watched
                if span.account in self.accounts
                for day in range(max(self.start, span.start), min(self.end, span.end))
            }
        )

    def watched(self) -> int:
        """Return on how many account days of the cell the posts were read."""
        return sum(
            max(0, min(self.end, span.end) - max(self.start, span.start))
            for span in self.frame.watched
            if span.account in self.accounts
        )

    def values(self, leaf: Leaf) -> Sequence[float]:
        by_group = self.frame.rows.get(id(leaf), {})
        return [
            value
            for group in self.groups
            for day, value in by_group.get(group, ())
            if self.start <= day < self.end
        ]

    def levels(self, leaf: Levels) -> tuple[float, int]:
        total, n = 0.0, 0
        for account in self.accounts:
            history = self.frame.levels.get(leaf.state.column, {}).get(account, [])
            first = level_at(history, self.start - 1, STALE_DAYS)
            final = level_at(history, self.end - 1, self.end - self.start - 1)
            if leaf.both and (first is None or final is None):
                continue
            level = {
                "last": final,
                "before": first,
                "change": None if first is None or final is None else final - first,
            }[leaf.at]
            if level is not None:
                total, n = total + level, n + 1
        return total, n

    def one(self, account: int) -> "FrameCell":
        """Return the cell of one account, where accounts were read apart."""
        return self._replace(groups=(account,), accounts=(account,))

    def holding(self, leaves: Sequence[Leaf]) -> "FrameCell":
        ones = [self.one(it) for it in self.accounts]
        kept = [it for it in ones if all(isinstance(leaf.value(it), Value) for leaf in leaves)]
        accounts = tuple(it.accounts[0] for it in kept)
        return self._replace(groups=accounts, accounts=accounts)

    def is_whole(self, leaf: Leaf) -> bool:
        by_group = self.frame.sums.get(id(leaf), {})
        days = range(self.start, self.end)
        return all(day in by_group.get(group, {}) for group in self.groups for day in days)

    def people(self, leaf: People) -> Reading:
        measure = leaf.unique.column
        return reach.together(
            [
                reach.people(self.frame.bounds(measure, it, self.start, self.end))
                for it in self.accounts
            ]
        )


def days_between(by_day: dict[int, tuple[float, int]], days: range) -> list[int]:
    return [day for day in by_day if day in days]


def level_at(history: list[tuple[int, float]], day: int, within: int) -> float | None:
    """Return the last level on or before ``day``, at most ``within`` days older."""
    best = None
    for at, level in history:
        if at > day:
            break
        if at >= day - within:
            best = level
    return best
