"""What a check is given and what it returns; runs of days are one fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from kpis.periods import say_days
from storage.bulk import fetch
from storage.measures import AccountDays, Additive
from storage.platforms import PLATFORMS
from storage.said import Counted, Days
from storage.tables import EPOCH, EPOCH_DAY, day_number

HORIZON = 400
"""Days that an audit looks back: a year's figures and what they are compared with."""
SETTLE = max(it.settle_days for it in PLATFORMS.values())
"""Days at the end that may still change on some platform: there nothing is impossible yet."""
MOST = 2000
"""Rows of one check that are looked at: a feed that is all wrong is one finding all the same."""
ADDITIVE = tuple(sorted(name for name, it in AccountDays.measures().items() if it.kind is Additive))


@dataclass(frozen=True)
class Ground:
    """The data of a workspace as a check reads them; days are day numbers."""

    connection: Connection
    workspace: int
    now: datetime
    zone: ZoneInfo
    names: Mapping[int, str]
    """Account → “Instagram acme”."""

    @property
    def today(self) -> int:
        return day_number(self.now.astimezone(self.zone).date())

    @property
    def since(self) -> int:
        return self.today - HORIZON

    @property
    def settled(self) -> int:
        """Return the first day that may still change."""
        return self.today - SETTLE

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return plain tuples; ``?`` stands for each value."""
        return fetch(self.connection, statement, values)

    def local_day(self, micros: int) -> int:
        """Return the local day number of UTC microseconds."""
        return day_number((EPOCH + timedelta(microseconds=micros)).astimezone(self.zone).date())

    def begin_of(self, day: int) -> int:
        """Return UTC microseconds at which a day begins in UTC: for bounds that may be rough."""
        moment = datetime.combine(day_of(day), datetime.min.time(), UTC)
        return (moment - EPOCH) // timedelta(microseconds=1)

    def say(self, start: int, end: int) -> Days:
        """Return “3–5 Nov”."""
        first, until = day_of(start), day_of(end)
        return Days(say_days(first, until, day_of(self.today).year), first, until)


class Fault(NamedTuple):
    """Something that is wrong: whose, of what, on which days [start, end), in words.

    The words can be said in any language later (``storage.said``).
    """

    account: int | None
    measure: str
    start: int
    end: int
    words: str


class Row(NamedTuple):
    """A day on which something is wrong, with the figures that say so."""

    account: int
    day: int
    figures: tuple[int, ...]


@dataclass(frozen=True)
class Check:
    """One check of the catalogue."""

    name: str
    title: str
    """What is said to be right."""
    advice: str
    find: Callable[[Ground], Iterable[Fault]]
    holds: bool = False
    """What it finds cannot be: figures that stand on it wait."""
    touches: tuple[str, ...] = ()
    """Measures that wait; without any, the fault's own."""


def day_of(day: int) -> date:
    return EPOCH_DAY + timedelta(days=day)


def platforms() -> tuple[str, tuple[str, ...]]:
    """Return the marks and values of a condition that names every platform.

    Named, so that days are looked up in the key of ``fact`` and not filtered.
    """
    return ", ".join("?" * len(PLATFORMS)), tuple(PLATFORMS)


def count_people(number: int) -> Counted:
    """Return “1,200 people”."""
    return Counted("{number} person", "{number} people", number)


def runs(rows: Iterable[Row]) -> Iterator[tuple[int, int, int, list[Row]]]:
    """Yield account, first day, end and rows of each run of days; rows come in any order."""
    ordered = sorted(rows)
    for account, group in groupby(ordered, key=lambda it: it.account):
        run: list[Row] = []
        for row in group:
            if run and row.day > run[-1].day + 1:
                yield account, run[0].day, run[-1].day + 1, run
                run = []
            run.append(row)
        yield account, run[0].day, run[-1].day + 1, run
