"""The KPI language: words that read rows, and plain arithmetic on what they read.

A formula is made of **leaves**. Each leaf reads a state per local day that merges over days,
accounts and groups; the arithmetic runs once per cell (slot × group) on the merged states, so one
read serves the value, the previous value and the series.

    total(posts.engagements) / total(posts.reach)

is *paired*: each total carries the other's columns as a condition, so a post without reach is
dropped from both sides. Unique counts have no ``total``: ``total(account.reach)`` does not
type-check, and nothing can sum people.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from kpis import arithmetic
from kpis.answers import Absent, Reading, Reason, Value
from kpis.statistics import median as median_of
from kpis.tongue import say, say_declared
from storage.measures import Additive, Each, Rows, State, Unique


class Cell(Protocol):
    """One slot of one group: the merged states of the leaves."""

    def sums(self, leaf: Leaf) -> tuple[float, int]:
        """Return the total and the number of rows behind it."""

    def values(self, leaf: Leaf) -> Sequence[float]:
        """Return the numbers of the rows."""

    @property
    def days(self) -> int:
        """Return how many days the cell spans."""

    @property
    def watched_days(self) -> int:
        """Return on how many of its days posts were read, of any account."""

    def levels(self, leaf: Levels) -> tuple[float, int]:
        """Return the leaf's level added over accounts, and how many accounts had one."""

    def people(self, leaf: People) -> Reading:
        """Return the people of the windows that the cell spans, exact or in bounds."""

    def holding(self, leaves: Sequence[Leaf]) -> Cell:
        """Return the cell of those accounts alone in which every leaf has a value."""

    def is_whole(self, leaf: Leaf) -> bool:
        """Return whether every account has the leaf on every day."""


class Formula:
    """Something that has a value in a cell.

    Abstract to the type checker alone: an ABC would slow every ``isinstance`` of the hot path.
    """

    @abstractmethod
    def leaves(self) -> tuple[Leaf, ...]:
        """Return what the formula reads."""

    @abstractmethod
    def value(self, cell: Cell) -> Reading:
        """Return the formula's value in a cell, or why it has none."""

    @property
    @abstractmethod
    def words(self) -> str:
        """The formula as a reader of the receipt sees it."""

    def kept(self, cell: Cell) -> Cell:
        """Return the cell that the value stands on: narrower where accounts are paired."""
        return cell


class Amount(Formula):
    """A number that arithmetic may go on with."""

    def __add__(self, other: Amount) -> Amount:
        return Sum((self, other))

    def __sub__(self, other: Amount) -> Amount:
        return Difference(self, other)

    def __mul__(self, factor: float | Amount) -> Amount:
        if isinstance(factor, Amount):
            return Product(self, factor)
        return Scaled(self, factor)

    def __truediv__(self, other: Amount) -> Amount:
        if isinstance(other, People):
            return PerPerson(self, other)
        return Quotient(*pair(self, other))


class Statistic(Formula):
    """A number that is shown and never calculated with: a median, a mean, a share."""


class Leaf(Formula):
    """A formula that reads rows; what was read of it is kept by its identity."""

    rows: Rows

    def leaves(self) -> tuple[Leaf, ...]:
        return (self,)


@dataclass(frozen=True, eq=False)
class Added(Leaf, Amount):
    """A number of rows, added up."""

    number: Additive

    @property
    def rows(self) -> Rows:  # type: ignore[override]
        return self.number.rows

    @property
    def noun(self) -> str:
        return " + ".join(title(self.rows, column) for column in self.number.columns)

    def value(self, cell: Cell) -> Reading:
        total, n = cell.sums(self)
        return Value(total, total, n) if n else no_data(self.noun)


@dataclass(frozen=True, eq=False)
class Total(Added):
    """Σ of an additive measure over the rows that have it, and every column of ``beside``."""

    beside: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return f"Σ {say_declared(self.noun)}"


@dataclass(frozen=True, eq=False)
class Grown(Added):
    """How much a lifetime counter of posts rose within the window: by activity date.

    The last snapshot in the window minus the last before it; a post without a snapshot before
    counts from 0 if it was published inside, else not at all (kpi-catalogue §1).
    """

    @property
    def words(self) -> str:
        return say("rise of {noun} between snapshots", noun=say_declared(self.noun))


@dataclass(frozen=True, eq=False)
class Count(Leaf, Amount):
    """The number of rows; none is 0 where the days were watched, and no data where not."""

    counted: Rows
    noun: str = "posts"

    @property
    def rows(self) -> Rows:  # type: ignore[override]
        return self.counted

    def value(self, cell: Cell) -> Reading:
        total, watched = cell.sums(self)
        return Value(total, total, int(total)) if watched else no_data(self.noun)

    @property
    def words(self) -> str:
        return say("number of {noun}", noun=say_declared(self.noun))


@dataclass(frozen=True, eq=False)
class OfRows(Leaf, Statistic):
    """A statistic of the number of each row that has it."""

    number: Each

    @property
    def rows(self) -> Rows:  # type: ignore[override]
        return self.number.rows

    @abstractmethod
    def of(self, values: Sequence[float]) -> float:
        """Return the statistic of at least one value."""

    def value(self, cell: Cell) -> Reading:
        values = cell.values(self)
        if not values:
            return no_data(each_words(self.number))
        number = self.of(values)
        return Value(number, number, len(values))


@dataclass(frozen=True, eq=False)
class Mean(OfRows):
    """The mean: every row weighs the same."""

    def of(self, values: Sequence[float]) -> float:
        return sum(values) / len(values)

    @property
    def words(self) -> str:
        rows = say_declared(nouns(self.rows))
        return say("mean over {rows} of {number}", rows=rows, number=each_words(self.number))


@dataclass(frozen=True, eq=False)
class Median(OfRows):
    """The median."""

    def of(self, values: Sequence[float]) -> float:
        return median_of(values)

    @property
    def words(self) -> str:
        rows = say_declared(nouns(self.rows))
        return say("median over {rows} of {number}", rows=rows, number=each_words(self.number))


@dataclass(frozen=True, eq=False)
class Largest(OfRows):
    """The largest."""

    def of(self, values: Sequence[float]) -> float:
        return max(values)

    @property
    def words(self) -> str:
        return say("largest {number}", number=each_words(self.number))


@dataclass(frozen=True, eq=False)
class Weeks(Amount):
    """The weeks of the window for which posts were read."""

    def leaves(self) -> tuple[Leaf, ...]:
        return ()

    def value(self, cell: Cell) -> Reading:
        return Value(cell.watched_days / 7, cell.watched_days / 7)

    @property
    def words(self) -> str:
        return say("weeks")


@dataclass(frozen=True, eq=False)
class Levels(Leaf, Amount):
    """A level at a moment of the cell, added over accounts: ``at`` is last, before or change."""

    state: State
    at: str
    both: bool = False
    """Only accounts that also have the level before the cell."""

    @property
    def rows(self) -> Rows:  # type: ignore[override]
        return self.state.rows

    def value(self, cell: Cell) -> Reading:
        level, n = cell.levels(self)
        return Value(level, level, n) if n else no_data(title(self.rows, self.state.column))

    @property
    def words(self) -> str:
        noun = say_declared(title(self.rows, self.state.column))
        at_start = say("{noun} on the day before the first", noun=noun)
        at_end = say("{noun} on the last day", noun=noun)
        return {
            "last": at_end,
            "before": at_start,
            "change": f"{at_end} − {at_start}",
        }[self.at]


@dataclass(frozen=True, eq=False)
class People(Leaf, Amount):
    """Different people: stored windows only, exact or in bounds, never a sum (catalogue §2)."""

    unique: Unique

    @property
    def rows(self) -> Rows:  # type: ignore[override]
        return self.unique.rows

    def value(self, cell: Cell) -> Reading:
        return cell.people(self)

    @property
    def noun(self) -> str:
        return title(self.rows, self.unique.column)

    @property
    def words(self) -> str:
        return say("{noun}, each person once", noun=say_declared(self.noun))


def enclosed(part: Formula) -> str:
    """Return a part's words, in brackets where what stands beside it would tear it apart."""
    is_change = isinstance(part, Levels) and part.at == "change"
    is_sum = isinstance(part, Difference) or (isinstance(part, Sum) and len(part.parts) > 1)
    return f"({part.words})" if is_sum or is_change else part.words


@dataclass(frozen=True, eq=False)
class Sum(Amount):
    """All parts added; every one must be there."""

    parts: tuple[Amount, ...]

    def leaves(self) -> tuple[Leaf, ...]:
        return tuple(leaf for part in self.parts for leaf in part.leaves())

    def value(self, cell: Cell) -> Reading:
        readings = [part.value(cell) for part in self.parts]
        absence = arithmetic.first_absence(readings)
        return absence or added(readings)

    @property
    def words(self) -> str:
        return " + ".join(part.words for part in self.parts)


@dataclass(frozen=True, eq=False)
class Together(Sum):
    """The parts that are there, added; the answer names those that are not."""

    noun: str = "interactions of any kind"

    def value(self, cell: Cell) -> Reading:
        readings = [part.value(cell) for part in self.parts]
        held = [it for it in readings if isinstance(it, Value)]
        refused = (it for it in readings if isinstance(it, Absent) and it.reason is Reason.REFUSED)
        return next(refused, None) or (added(held) if held else no_data(self.noun))


@dataclass(frozen=True, eq=False)
class OfTwo(Amount):
    """Two amounts made one; a gap on either side is a gap of both."""

    left: Amount
    right: Amount

    def leaves(self) -> tuple[Leaf, ...]:
        return self.left.leaves() + self.right.leaves()

    def value(self, cell: Cell) -> Reading:
        left, right = self.left.value(cell), self.right.value(cell)
        if isinstance(left, Absent) or isinstance(right, Absent):
            return arithmetic.first_absence((left, right)) or no_data("")
        return self.join(left, right)

    @abstractmethod
    def join(self, left: Value, right: Value) -> Reading:
        """Return what the two numbers make."""


class Difference(OfTwo):
    """Left minus right."""

    def join(self, left: Value, right: Value) -> Reading:
        return arithmetic.subtract(left, right)

    @property
    def words(self) -> str:
        return f"{self.left.words} − {enclosed(self.right)}"


@dataclass(frozen=True, eq=False)
class Scaled(Amount):
    """An amount times a declared number."""

    part: Amount
    factor: float

    def leaves(self) -> tuple[Leaf, ...]:
        return self.part.leaves()

    def value(self, cell: Cell) -> Reading:
        reading = self.part.value(cell)
        return reading if isinstance(reading, Absent) else arithmetic.scale(reading, self.factor)

    @property
    def words(self) -> str:
        return f"{enclosed(self.part)} × {self.factor:g}"


class Product(OfTwo):
    """Left times right."""

    def join(self, left: Value, right: Value) -> Reading:
        return arithmetic.multiply(left, right)

    @property
    def words(self) -> str:
        return f"{enclosed(self.left)} × {enclosed(self.right)}"


@dataclass(frozen=True, eq=False)
class Quotient(Amount):
    """Top over bottom: Σ ÷ Σ, never a mean of ratios."""

    top: Amount
    bottom: Amount

    def leaves(self) -> tuple[Leaf, ...]:
        return self.top.leaves() + self.bottom.leaves()

    def value(self, cell: Cell) -> Reading:
        top, bottom = self.top.value(cell), self.bottom.value(cell)
        if isinstance(top, Absent) or isinstance(bottom, Absent):
            return arithmetic.first_absence((top, bottom)) or no_data("")
        missing = say("no {noun} in this window", noun=say_declared(noun_of(self.bottom)))
        return arithmetic.divide(top, bottom, missing)

    @property
    def words(self) -> str:
        bottom = self.bottom
        is_product = isinstance(bottom, Product | Quotient | Scaled)
        below = f"({bottom.words})" if is_product else enclosed(bottom)
        return f"{enclosed(self.top)} ÷ {below}"


@dataclass(frozen=True, eq=False)
class PerPerson(Quotient):
    """A total over people: of the accounts that have both, and at least where days are missing."""

    def kept(self, cell: Cell) -> Cell:
        return cell.holding(self.leaves())

    def value(self, cell: Cell) -> Reading:
        both = self.kept(cell)
        reading = super().value(both)
        if isinstance(reading, Absent) or all(both.is_whole(it) for it in self.top.leaves()):
            return reading
        return replace(reading, high=None)


def pair(top: Amount, bottom: Amount) -> tuple[Amount, Amount]:
    """Return the two sides, each with the other's columns as a condition where rows allow it."""
    if isinstance(top, Total) and isinstance(bottom, Total) and top.rows == bottom.rows:
        return (
            replace(top, beside=bottom.number.columns),
            replace(bottom, beside=top.number.columns),
        )
    if isinstance(top, Levels) and isinstance(bottom, Levels) and top.state == bottom.state:
        return replace(top, both=True), replace(bottom, both=True)
    return top, bottom


def total(number: Additive) -> Total:
    """Σ over the rows in the window."""
    return Total(number)


def grown(number: Additive) -> Grown:
    """How much the posts' counters rose within the window."""
    return Grown(number)


def count(rows: Rows) -> Count:
    """How many rows the window has."""
    return Count(rows, f"{getattr(rows, 'noun', 'post')}s")


def mean(number: Each) -> Mean:
    """The mean of a row's number: a statistic, never calculated with."""
    return Mean(number)


def median(number: Each) -> Median:
    """The median of a row's number."""
    return Median(number)


def largest(number: Each) -> Largest:
    """The largest number of a row."""
    return Largest(number)


WEEKS = Weeks()
"""The length of the window: ``count(posts) / WEEKS`` is posts a week."""


def last(state: State) -> Levels:
    """The level on the last day of the window."""
    return Levels(state, "last")


def before(state: State) -> Levels:
    """The level on the day before the window."""
    return Levels(state, "before")


def change(state: State) -> Levels:
    """The level's change over the window, of accounts that have both ends."""
    return Levels(state, "change", both=True)


def unique(people: Unique) -> People:
    """Different people in exactly this window, or proven bounds."""
    return People(people)


def together(*numbers: Additive) -> Together:
    """A lenient sum: what is supplied is added, what is missing is named."""
    return Together(tuple(Total(number) for number in numbers))


def added(readings: Sequence[Reading]) -> Reading:
    values = [it for it in readings if isinstance(it, Value)]
    whole = values[0]
    for value in values[1:]:
        whole = arithmetic.add(whole, value)
    return replace(whole, n=max(it.n for it in values))


def no_data(noun: str) -> Absent:
    return Absent(Reason.NO_DATA, noun)


def title(rows: Rows, column: str) -> str:
    """Return a column's name in words."""
    return title_in(type(rows), column)  # type: ignore[arg-type]


@cache
def title_in(kind: type[Rows], column: str) -> str:
    name = column.removesuffix(".daily")
    measure = kind.measures().get(name)
    words = measure.title if measure else name.replace("_", " ")
    return f"daily {words}" if column.endswith(".daily") else words


def each_words(number: Each) -> str:
    top = " + ".join(say_declared(title(number.rows, column)) for column in number.columns)
    if number.over is None:
        return top
    if isinstance(number.over, State):
        level = say_declared(title(number.over.rows, number.over.column))
        return say("{number} ÷ {level} at the time", number=top, level=level)
    times = f" × {number.times:g}" if number.times != 1 else ""
    return f"{top} ÷ {each_words(number.over)}{times}"


def nouns(rows: Rows) -> str:
    """Return what several rows are called: “posts”, “mentions”."""
    return f"{getattr(rows, 'noun', 'post')}s"


def noun_of(amount: Amount) -> str:
    """Return what is counted, for “not defined: no … in this window”."""
    leaves = amount.leaves()
    noun = getattr(leaves[0], "noun", None) if leaves else None
    return noun if isinstance(noun, str) else amount.words
