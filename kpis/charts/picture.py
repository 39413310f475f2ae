"""What a chart shows, as plain data that crosses to a worker process.

``kpis.charts.compose`` makes a ``Picture`` from an ``Answer``; ``kpis.charts.draw`` draws it.
Nothing here loads matplotlib.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from kpis.tongue import spoken
from storage.measures import Unit


@dataclass(frozen=True)
class Series:
    """Numbers along the slots or categories; ``None`` is a gap, drawn as a gap."""

    name: str
    values: tuple[float | None, ...]
    hollow: frozenset[int] = frozenset()
    """Positions that are not final yet."""
    few: frozenset[int] = frozenset()
    """Positions with too few samples for a median; they have open markers."""
    short: frozenset[int] = frozenset()
    """Positions that add up some of their days only: cut weeks and months. They are lighter."""
    uppers: tuple[float | None, ...] = ()
    """Where 9 in 10 lie, above the values; drawn as a pale bar up from each."""
    pale: bool = False
    """The previous period, drawn behind."""
    total: str = ""
    """The number to say of the whole series, in words: “54,310 people”."""


@dataclass(frozen=True)
class Band:
    """A proven range over the whole width."""

    low: float
    high: float
    words: str


@dataclass(frozen=True)
class Guide:
    """A thin line to compare the data with, told apart by its dashes and named at its end."""

    name: str
    """Short, with the number where it has one: “goal 45,000”."""
    values: tuple[float | None, ...]
    """One a slot or category; a single value holds for all of them."""
    kind: Literal["target", "plan", "needed", "limit"]


@dataclass(frozen=True)
class Note:
    """What people noted on some days, from ``first`` until before ``until``."""

    first: date
    until: date
    words: str
    said: str
    """The days in words: “12 Nov”."""


@dataclass(frozen=True)
class Picture:
    """One chart.

    ``line``: ``slots`` are first days of the slots (``slot_days`` long, 0 for months); a single
    slot is drawn as bars. ``bars``: ``categories`` name the bars of one or two series (the second
    pale: previous; else beside the first). ``stacked``: one or several series over ``slots``, as
    columns. ``heat``: seven series, named as the days they are, of 24 values; ``counts`` gives n
    per cell; cells with n < 3 are hatched. ``multiples``: up to six ``panels``, each a line of its
    own scale, with its name as ``title``, its number as ``headline`` and its change as ``footnote``
    or, after a comma, in the headline: “18,900, +12 %”.
    """

    kind: Literal["line", "bars", "stacked", "heat", "multiples"]
    title: str
    headline: str
    footnote: str
    """Dates, zone and coverage, printed under the chart."""
    unit: Unit
    series: tuple[Series, ...]
    slots: tuple[date, ...] = ()
    slot_days: int = 1
    categories: tuple[str, ...] = ()
    band: Band | None = None
    marks: tuple[tuple[date, str], ...] = ()
    notes: tuple[Note, ...] = ()
    """For lines, columns over slots, and panels; the earliest first."""
    counts: tuple[tuple[int, ...], ...] = ()
    hatched: frozenset[int] = frozenset()
    """Categories with too few rows (bars)."""
    shorts: str = ""
    """Which slots or categories hold some of their days only: “28–30 Dec: 3 of 7 days”."""
    guides: tuple[Guide, ...] = ()
    """Targets, plans and limits; for lines, and for bars of one series."""
    usual: tuple[tuple[float, float] | None, ...] = ()
    """What is usual for each slot or category, from and to; for lines and bars of one series."""
    flagged: frozenset[int] = frozenset()
    """Slots or categories of the first series that fired: they are marked, the first few dated."""
    has_days_to_come: bool = False
    """Whether the last slots lie ahead (lines): they are empty, and miss no data."""
    panels: "tuple[Picture, ...]" = ()
    alt_text: str = ""
    """States the numbers; at most 2,000 characters."""
    file_name: str = "chart.png"
    language: str = field(default_factory=spoken)
    """What is spoken where the picture was made: its own few words are drawn in that."""
