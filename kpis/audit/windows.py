"""Checks of people counted in windows: a longer window has no fewer, a post no more than all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from kpis.audit.ground import Fault, Ground, Row, count_people, runs
from storage.said import Counted, Grouped, Words


def find_windows_below_days(ground: Ground) -> Iterator[Fault]:
    """A window of days holds at least as many people as any window inside it.

    Every window is laid beside those of each longer kind that begin in the days before it.
    """
    by_length: dict[int, list[Row]] = defaultdict(list)
    for account, windows in stored(ground).items():
        for it in windows:
            around = smallest_around(windows, it)
            if around is not None and around.value < it.value:
                row = Row(account, it.start, (it.value, around.value, around.end - around.start))
                by_length[it.end - it.start].append(row)
    for length, rows in sorted(by_length.items()):
        for account, start, end, some in runs(rows):
            value, least, days = some[0].figures
            last = end + length - 1
            said = {
                "people": count_people(value),
                "days": ground.say(start, start + length),
                "fewer": Grouped(least),
                "length": days,
            }
            words = (
                Words("{people} in {days}, but only {fewer} in {length} days around", **said)
                if len(some) == 1
                else Words(
                    "{people} in {days}, but only {fewer} in {length} days around; so up to {day}",
                    day=ground.say(last - 1, last),
                    **said,
                )
            )
            yield Fault(account, "reach", start, last, words)


class Wide(NamedTuple):
    """A window of an account's widest kind."""

    start: int
    end: int
    value: int


def find_posts_above_account(ground: Ground) -> Iterator[Fault]:
    """A post reached no more people than its account did while it was up.

    The account's are bounded by its widest stored windows: over a life of k such windows at most
    k times the largest of those that it lies in. Posts whose life is not all watched that way,
    and paid ones, whose viewers an account's figures may leave out, are not judged.
    """
    wide = widest(ground)
    if not wide:
        return
    found = ground.rows(
        """
        SELECT post.account, post.published, post.reach, max(seen.observed) FROM post
        JOIN post_snapshot AS seen ON seen.post = post.id
        WHERE post.workspace = ? AND seen.workspace = ? AND post.published >= ?
            AND post.reach IS NOT NULL AND seen.reach IS NOT NULL
            AND (post.paid IS NULL OR post.paid = ?)
        GROUP BY post.id, post.account, post.published, post.reach
        """,
        *(ground.workspace, ground.workspace, ground.begin_of(ground.since), False),
    )
    rows = []
    for account, published, reach, observed in found:
        first, last = ground.local_day(published), ground.local_day(observed)
        most = bound_of(wide.get(account, []), first, last)
        if most is not None and reach > most:
            rows.append(Row(account, first, (reach, most)))
    for account, start, end, some in runs(rows):
        reach, most = some[0].figures
        words = Counted(
            "{number} post of {days} reached more people than the account:"
            " {reach}, where it reached {most} at most",
            "{number} posts of {days} reached more people than the account:"
            " {reach}, where it reached {most} at most",
            len(some),
            days=ground.say(start, end),
            reach=Grouped(reach),
            most=Grouped(most),
        )
        yield Fault(account, "post.reach", start, end, words)


class Windows:
    """An account's windows: by length, and within one by their first day."""

    def __init__(self) -> None:
        self.kinds: dict[int, dict[int, Wide]] = defaultdict(dict)

    def add(self, window: Wide) -> None:
        self.kinds[window.end - window.start][window.start] = window

    def __iter__(self) -> Iterator[Wide]:
        return (it for kind in self.kinds.values() for it in kind.values())


def stored(ground: Ground) -> dict[int, Windows]:
    """Return every account's settled windows of people reached."""
    found = ground.rows(
        'SELECT account, start, "end", value FROM window_fact'
        " WHERE workspace = ? AND measure = 'reach' AND start >= ? AND \"end\" <= ?",
        *(ground.workspace, ground.since, ground.settled),
    )
    held: dict[int, Windows] = defaultdict(Windows)
    for account, *window in found:
        held[account].add(Wide(*window))
    return held


def smallest_around(windows: Windows, inner: Wide) -> Wide | None:
    """Return the longer window around another that has the fewest people."""
    length = inner.end - inner.start
    around = (
        kind[start]
        for days, kind in windows.kinds.items()
        if days > length
        for start in range(inner.end - days, inner.start + 1)
        if start in kind
    )
    return min(around, key=lambda it: (it.value, it.start), default=None)


def widest(ground: Ground) -> dict[int, list[Wide]]:
    """Return each account's windows of its greatest length, in order."""
    return {
        account: [kind[start] for start in sorted(kind)]
        for account, windows in stored(ground).items()
        if (kind := windows.kinds[max(windows.kinds)])
    }


def bound_of(windows: list[Wide], first: int, last: int) -> int | None:
    """Return how many people an account reached at most in days [first, last).

    ``None`` where the windows do not cover them, but for the last few days, which come late.
    """
    here = [it for it in windows if it.start < last and it.end > first]
    reached = first
    for it in here:
        if it.start > reached:
            return None
        reached = max(reached, it.end)
    if not here or reached < last - 3:
        return None
    length = here[0].end - here[0].start
    times = max(1, -(-(last - first) // length))
    return times * max(it.value for it in here)
