"""What the catalogue is written in: KPIs, their variants, tables, KPIs of issues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kpis.language import Formula
from kpis.service_shapes import Shape
from storage.measures import Unit


@dataclass(frozen=True)
class Variant:
    """Another way to count the same KPI, asked by its words."""

    formula: Formula
    unit: Unit
    title: str


@dataclass(frozen=True)
class Kpi:
    """One KPI, declared; unit, help, chart, comparison rules and receipts are made from this."""

    key: str
    title: str
    meaning: str
    why: str
    formula: Formula
    unit: Unit = Unit.COUNT
    aliases: tuple[str, ...] = ()
    better: str = "higher"
    """``higher``, ``lower`` or ``neither``."""
    instead: Kpi | Formula | None = None
    """What answers where the formula has no rows: another KPI, or the same from other rows."""
    beside: Mapping[str, tuple[Formula, Unit]] | None = None
    """Shown next to the value: “median” beside a mean."""
    nearest: str = ""
    """Key of the KPI to offer where a platform does not count this one."""
    variants: Mapping[str, Variant] | None = None
    split: Mapping[str, Formula] | None = None
    """Parts that the value is the sum of, by name, for a stacked chart (records only)."""
    agrees_with: Formula | None = None
    """A second way to the same number; a difference above 1 % is shown."""
    bars: bool = False
    caveat: str = ""


@dataclass(frozen=True)
class Table:
    """Rows by a label, with a formula a column."""

    key: str
    title: str
    meaning: str
    why: str
    by: tuple[str, ...]
    columns: Mapping[str, tuple[Formula, Unit]]
    shares: tuple[str, ...] = ()
    """Columns shown as shares of their sum, with a Wilson interval where rows are counted."""
    aliases: tuple[str, ...] = ()
    better: str = "neither"
    caveat: str = ""


@dataclass(frozen=True)
class Service:
    """A KPI of customer issues, read from their projections (support-spec §9)."""

    key: str
    title: str
    meaning: str
    why: str
    figure: Shape
    aliases: tuple[str, ...] = ()
    better: str = "lower"
    variants: Mapping[str, tuple[str, Shape]] = field(default_factory=dict)
    """Option → title and shape of another way to count it: “first” → “First resolution time”."""
    choice: str = ""
    """Key of ``choice``: it is off until an admin turns it on."""
    caveat: str = ""

    @property
    def options(self) -> tuple[str, ...]:
        """What words may add to a question (``kpis.options``)."""
        return (*self.variants, *self.figure.options)


Entry = Kpi | Table | Service
