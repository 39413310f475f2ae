"""An answer, as every surface renders it: terminal, message, chart, data file and digest.

Nothing here reads or computes; ``kpis.answer`` fills it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from kpis.question import Question
from storage.measures import Unit


class Reason(StrEnum):
    """Why a value is absent (kpi-catalogue §1, *Empty answers*)."""

    NO_DATA = "no data"
    UNDEFINED = "not defined"
    NOT_SUPPLIED = "not supplied"
    REFUSED = "refused"


@dataclass(frozen=True)
class Value:
    """A number, or the proven bounds of one; ``low == high`` is exact.

    ``n`` counts the rows or accounts behind it.
    """

    low: float
    high: float | None
    """Empty: only the lower bound is known."""
    n: int = 0

    @property
    def exact(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True)
class Absent:
    """Why there is no number, in words for the reader."""

    reason: Reason
    words: str


Reading = Value | Absent


@dataclass(frozen=True)
class Change:
    """How a value moved against its baseline.

    ``kind`` is ``percent`` (fraction, 0.084), ``points`` (percentage points as a fraction),
    ``absolute`` (in the unit) or ``unclear`` (the bounds overlap, or it may not be told).
    """

    kind: str
    amount: float = 0.0
    words: str = ""
    """Why it may not be told, for ``unclear``."""


class Short(NamedTuple):
    """Days that a week or a month holds, where the asked period cuts it or some were not read."""

    held: int
    days: int
    """Days of the whole week or month."""
    is_less: bool = True
    """The value is less for it: a sum of the days, not a rate of them."""


class Point(NamedTuple):
    """One slot of a series: whole days from ``start`` until before ``end``."""

    start: date
    end: date
    value: float | None
    provisional: bool = False
    upper: float | None = None
    """Where 9 in 10 lie, above the median."""
    few: bool = False
    """Too few samples behind it for a median."""
    short: Short | None = None
    """Of a week or a month: that it has some of its days only."""


@dataclass(frozen=True)
class Figure:
    """One named number of an answer: a scope, an account, or a part of a breakdown."""

    name: str
    value: Reading
    previous: Reading | None = None
    change: Change | None = None
    series: tuple[Point, ...] = ()
    previous_series: tuple[Point, ...] = ()
    headline: str = ""
    """Says the value where a plain number would mislead: “At least 9,400 people”."""
    details: tuple[str, ...] = ()
    """Sentences under the headline."""
    band: tuple[float, float] | None = None
    exact_days: int = 0
    """Length of the longest stored window that ends with the period, where bounds are told."""
    short: Short | None = None
    """Of a part that is a week or a month: that it has some of its days only."""


@dataclass(frozen=True)
class Mark:
    """A labelled day on the time axis: a definition epoch, or a note of one day or several."""

    day: date
    words: str
    until: date | None = None
    """Of a note: the day after its last one."""

    @property
    def is_note(self) -> bool:
        """Whether people wrote it: it breaks no comparison."""
        return self.until is not None


@dataclass(frozen=True)
class Coverage:
    """How much of the period the data cover, and how fresh they are."""

    days: int = 0
    held: int = 0
    missing: tuple[date, ...] = ()
    several: bool = False
    """Days are counted for each account: 3 accounts of 28 days make 84."""
    unit: str = "days"
    """``days``, or what each row is: ``posts``, ``issues``, ``waits``, ``targets``."""
    rows: int = 0
    """Rows counted, where ``unit`` is not ``days``."""
    left_out: int = 0
    """Rows without one side of a pair."""
    provisional: int = 0
    """Days at the end that may still change."""
    zones: tuple[str, ...] = ()
    """IANA zones in which the days are cut."""
    newest: datetime | None = None
    """When the last file came, in the workspace's zone."""
    files: int = 0
    sample: bool = False
    """The numbers are made up: the playground's sample."""
    basis: str = ""
    """``by publish date``, ``by activity date``; of issues the view, the clock and the signal."""
    until: str = ""
    """Time of day up to which a running period is told: “14:05”."""


@dataclass(frozen=True)
class Component:
    """A part of the receipt: what was added up, and how many rows it came from."""

    words: str
    value: float | None
    rows: int = 0
    unit: Unit = Unit.COUNT


@dataclass(frozen=True)
class Receipt:
    """How a number was worked out."""

    formula: str
    meaning: str
    components: tuple[Component, ...] = ()
    definitions: tuple[tuple[str, str], ...] = ()
    """Other definitions of the same thing with their values, written out."""
    repeat: str = ""
    """Words after ``/kpi`` that give this answer again."""
    lines: tuple[str, ...] = ()
    """Further sentences: windows used, what is missing."""


@dataclass(frozen=True)
class Cell:
    """One cell of a table: a number in a unit, or words."""

    value: float | None = None
    unit: Unit = Unit.COUNT
    words: str = ""
    small: bool = False
    """Too few rows behind it to rank."""
    n: int = 0


@dataclass(frozen=True)
class Grid:
    """Rows of a table KPI or a breakdown; for ``heat`` the rows are weekdays, columns hours."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    heat: bool = False
    label: str = ""
    """What the first column holds: “Hashtag”."""


@dataclass(frozen=True)
class Answer:
    """What ``/kpi`` says to one question."""

    question: Question
    title: str
    """“Reach · Instagram acme · last 30 days”."""
    unit: Unit
    kpi_title: str
    scope_title: str
    lines: tuple[Figure, ...] = ()
    """One line when the scope is one; else one an account, with ``together`` beside them."""
    together: Figure | None = None
    beside: tuple[tuple[str, Reading, Unit], ...] = ()
    """Shown next to the value: “median” beside a mean."""
    parts: tuple[Figure, ...] = ()
    """What the value is the sum of, for a stack."""
    breakdown: tuple[Figure, ...] = ()
    grid: Grid | None = None
    coverage: Coverage = Coverage()
    notes: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    guides: tuple[tuple[str, tuple[float | None, ...], str], ...] = ()
    """Thin labelled lines on the chart: name, a value a slot, and the kind of ``Guide``."""
    receipt: Receipt = Receipt("", "")
    chart: str = "line"
    """``line``, ``band``, ``bars``, ``stacked``, ``heat`` or ``none``."""
    better: str = "higher"
    """``higher``, ``lower`` or ``neither``."""
    hints: tuple[tuple[str, str], ...] = ()
    """Buttons: label and the words that it asks."""

    @property
    def epochs(self) -> tuple[Mark, ...]:
        """The days from which a platform counts otherwise: nothing is compared across them."""
        return tuple(it for it in self.marks if not it.is_note)

    @property
    def main(self) -> Figure:
        """The figure a headline is made of."""
        return self.together or self.lines[0]
