"""What was read of records for one answer, and the cells that formulas are evaluated in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kpis.answers import Absent, Reading, Reason
from kpis.counting import Assumed, Distinct, Latest, Priced, Years
from kpis.frame import FrameCell, Group
from kpis.language import Cell, Count, Leaf, Levels, People, Total
from kpis.records.kinds import is_money, kinds_of
from storage.measures import AccountDays

Apart = str
"""A currency or a scale; empty where rows are not kept apart."""
Key = tuple[Group, Apart]


class State(NamedTuple):
    """What some days hold: from ``start`` until before ``end`` a number and its rows."""

    start: int
    end: int
    total: float
    n: int


class Stretch(NamedTuple):
    """Days that a kind of records was read for, as day numbers, half-open."""

    start: int
    end: int


class Stated(NamedTuple):
    """A declared number and the days it is of; ``end`` is empty where it holds on."""

    kind: str
    name: str
    value: float
    currency: str
    start: int
    end: int | None
    owner: str
    method: str


@dataclass
class RecordFrame:
    """States per leaf, group and currency or scale; leaves are known by identity."""

    states: dict[int, dict[Key, list[State]]] = field(default_factory=dict)
    numbers: dict[int, dict[Key, list[tuple[int, float]]]] = field(default_factory=dict)
    """Per leaf: day and number of each row."""
    people: dict[int, dict[Key, list[tuple[int, str, int]]]] = field(default_factory=dict)
    """Per leaf: day, who, and how many rows."""
    declared: Sequence[Stated] = ()
    watched: dict[str, tuple[Stretch, ...]] = field(default_factory=dict)
    keyed: set[int] = field(default_factory=set)
    """Leaves whose rows are kept apart."""
    unpriced: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """Per leaf of prices: the words without a price, and how much of the number they have."""
    is_priced: dict[int, bool] = field(default_factory=dict)
    """Per leaf of prices: whether any price is stored at all."""
    priced: dict[int, dict[str, tuple[float, str]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    """Per leaf of prices: the price and currency that each word was taken at."""
    accounts: FrameCell | None = None
    """Totals of account days that a formula mixes in, as the whole that was read."""
    is_of_one: bool = False
    """All amounts are of one currency: what has none can belong to no other."""
    beyond: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    """Per leaf: rows whose days reach beyond the asked period."""

    def groups(self) -> list[Group]:
        """Return every group that any leaf has rows of."""
        found: set[Group] = set()
        for held in (self.states, self.numbers, self.people):
            for by_key in held.values():
                found |= {group for group, _ in by_key}
        return sorted(found, key=lambda it: (it is None or it == "", isinstance(it, str), str(it)))

    def aparts(self, leaves: Iterable[Leaf]) -> list[Apart]:
        """Return the currencies or scales of the leaves that are kept apart, most rows first."""
        often: Counter[Apart] = Counter()
        for leaf in leaves:
            if id(leaf) not in self.keyed:
                continue
            for (_, apart), states in self.states.get(id(leaf), {}).items():
                often[apart] += sum(it.n for it in states)
            for (_, apart), rows in self.numbers.get(id(leaf), {}).items():
                often[apart] += len(rows)
            if isinstance(leaf, Assumed) and leaf.is_money:
                often.update(it.currency for it in self.declared if it.kind in leaf.kinds)
        return [apart for apart, _ in often.most_common() if apart]


class RecordCell(NamedTuple):
    """One slot: whole days from ``start`` until before ``end``, of one group and currency."""

    frame: RecordFrame
    group: Group
    apart: Apart
    start: int
    end: int

    @property
    def days(self) -> int:
        return self.end - self.start

    @property
    def watched_days(self) -> int:
        return self.days

    def sums(self, leaf: Leaf) -> tuple[float, int]:
        if isinstance(leaf.rows, AccountDays) and not isinstance(leaf, Priced):
            return self.of_accounts(leaf)
        if isinstance(leaf, Assumed):
            return self.declared(leaf)
        if isinstance(leaf, Years):
            days = len(self.read_days(leaf))
            return days / 365.25, days
        if isinstance(leaf, Distinct):
            return self.different(leaf)
        held = self.states(leaf)
        if isinstance(leaf, Latest):
            newest = max((it for it in held if it.end <= self.end), default=None)
            return (newest.total, 1) if newest else (0.0, 0)
        inside = [it for it in held if self.start <= it.start and it.end <= self.end]
        total, n = sum(it.total for it in inside), sum(it.n for it in inside)
        if id(leaf) in self.frame.is_priced:
            return (total, n) if self.frame.is_priced[id(leaf)] else (0.0, -1)
        if not n and (isinstance(leaf, Count) or is_counted(leaf)):
            if any(it.start < self.end and it.end > self.start for it in held):
                return 0.0, 0  # rows of more days than these: how many are of these, nobody knows
            return 0.0, len(self.read_days(leaf))
        return total, n

    def states(self, leaf: Leaf) -> Sequence[State]:
        """Return what was read of a leaf; with one currency alone, things without a price too."""
        by_key = self.frame.states.get(id(leaf), {})
        held = by_key.get(self.key(leaf), ())
        is_counted_apart = id(leaf) in self.frame.keyed and not is_money(leaf)
        if self.frame.is_of_one and self.apart and is_counted_apart:
            return [*held, *by_key.get((self.group, ""), ())]
        return held

    def key(self, leaf: Leaf) -> Key:
        return self.group, self.apart if id(leaf) in self.frame.keyed else ""

    def of_accounts(self, leaf: Leaf) -> tuple[float, int]:
        if self.frame.accounts is None:
            return 0.0, 0
        groups = self.frame.accounts.groups if self.group is None else (self.group,)
        cell = self.frame.accounts._replace(groups=groups, start=self.start, end=self.end)
        return cell.sums(leaf)

    def different(self, leaf: Distinct, days: Container[int] | None = None) -> tuple[float, int]:
        """Return how many people have rows enough in the cell, or in ``days``."""
        rows: Counter[str] = Counter()
        days = range(self.start, self.end) if days is None else days
        for day, who, n in self.frame.people.get(id(leaf), {}).get(self.key(leaf), ()):
            if day in days:
                rows[who] += n
        return sum(n >= leaf.at_least for n in rows.values()), sum(rows.values())

    def declared(self, leaf: Assumed) -> tuple[float, int]:
        """Return what was declared: a total's part that falls into the days, or what holds last."""
        fitting = self.fitting(leaf)
        if leaf.how == "last":
            return self.standing(fitting)
        total, n = self.falling(fitting)
        if not n and self.falling([it for it in self.frame.declared if it.kind in leaf.kinds])[1]:
            return 0.0, -1  # declared in another currency: not the same as not declared
        return total, n

    def fitting(self, leaf: Assumed) -> list[Stated]:
        """Return the declared numbers of the leaf's kinds, in the cell's currency."""
        return [
            it
            for it in self.frame.declared
            if it.kind in leaf.kinds and (not leaf.is_money or it.currency == self.apart)
        ]

    def declared_share(self, leaf: Assumed) -> float:
        """Return for how much of the cell's days a number was declared."""
        fitting = self.fitting(leaf)
        if leaf.how == "last":
            return float(bool(self.standing(fitting)[1]))
        spans = [(it.start, it.start + 1 if it.end is None else it.end) for it in fitting]
        held = {
            day for start, end in spans for day in range(max(start, self.start), min(end, self.end))
        }
        return len(held) / self.days

    def falling(self, declared: Sequence[Stated]) -> tuple[float, int]:
        """Return the part of declared numbers that falls into the cell's days."""
        total, n = 0.0, 0
        for it in declared:
            end = it.start + 1 if it.end is None else it.end
            days = min(end, self.end) - max(it.start, self.start)
            if days > 0:
                total, n = total + it.value * days / (end - it.start), n + 1
        return total, n

    def standing(self, fitting: Sequence[Stated]) -> tuple[float, int]:
        """Return the newest of each name that holds on the cell's last day, added up."""
        names: dict[tuple[str, str], Stated] = {}
        for it in sorted(fitting, key=lambda one: one.start):
            if it.start < self.end and (it.end is None or it.end >= self.end):
                names[it.kind, it.name] = it
        return sum(it.value for it in names.values()), len(names)

    def read_days(self, leaf: Leaf) -> set[int]:
        """Return the days of the cell for which the leaf's records were read."""
        return {
            day
            for kind in kinds_of(leaf.rows)
            for span in self.frame.watched.get(kind, ())
            for day in range(max(self.start, span.start), min(self.end, span.end))
        }

    def values(self, leaf: Leaf) -> Sequence[float]:
        rows = self.frame.numbers.get(id(leaf), {}).get(self.key(leaf), ())
        return [value for day, value in rows if self.start <= day < self.end]

    def levels(self, leaf: Levels) -> tuple[float, int]:
        return 0.0, 0

    def people(self, leaf: People) -> Reading:
        return Absent(Reason.NO_DATA, "people")

    def holding(self, leaves: Sequence[Leaf]) -> Cell:
        return self

    def is_whole(self, leaf: Leaf) -> bool:
        return True


class ScatteredCell(NamedTuple):
    """Several cells of one group as one: the Mondays of a period."""

    cells: tuple[RecordCell, ...]

    @property
    def days(self) -> int:
        return sum(it.days for it in self.cells)

    @property
    def watched_days(self) -> int:
        return sum(it.watched_days for it in self.cells)

    def sums(self, leaf: Leaf) -> tuple[float, int]:
        if isinstance(leaf, Distinct):
            days = {day for it in self.cells for day in range(it.start, it.end)}
            return self.cells[0].different(leaf, days)
        if isinstance(leaf, Latest) or (isinstance(leaf, Assumed) and leaf.how == "last"):
            return self.cells[-1].sums(leaf)  # what holds is not added over days
        pairs = [it.sums(leaf) for it in self.cells]
        if any(n < 0 for _, n in pairs):
            return 0.0, -1
        return sum(it[0] for it in pairs), sum(it[1] for it in pairs)

    def values(self, leaf: Leaf) -> Sequence[float]:
        return [value for it in self.cells for value in it.values(leaf)]

    def levels(self, leaf: Levels) -> tuple[float, int]:
        return 0.0, 0

    def people(self, leaf: People) -> Reading:
        return Absent(Reason.NO_DATA, "people")

    def holding(self, leaves: Sequence[Leaf]) -> Cell:
        return self

    def is_whole(self, leaf: Leaf) -> bool:
        return True


def is_counted(leaf: Leaf) -> bool:
    """Whether a total counts things: none of them on days that were read is 0."""
    return isinstance(leaf, Total) and leaf.number.columns[0] in ("credit", "direct")
