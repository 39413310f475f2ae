"""The parts of a question, as ``grammar.Scanner`` finds them."""

from dataclasses import dataclass, field
from datetime import date

from kpis.grammar_names import Name
from kpis.question import Beside, Period


@dataclass(frozen=True)
class Who:
    """An account or brand that was named: every one that the words fit."""

    text: str
    names: list[Name]
    platform: str = ""
    """The platform written right before it."""


@dataclass
class Against:
    """What stands after “vs”."""

    kind: Beside | None = None
    platforms: list[str] = field(default_factory=list)
    who: list[Who] = field(default_factory=list)
    period: Period | None = None


@dataclass(frozen=True)
class Split:
    """What stands after “by”: a dimension, or a variant of some KPI, or either."""

    text: str
    dimension: str | None
    variants: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Leftover:
    """A word that nothing fits, and the “by” or “vs” before it."""

    at: int
    after: str = ""


@dataclass
class Parts:
    """Everything that was read out of the words."""

    kpis: list[str] = field(default_factory=list)
    platforms: list[str] = field(default_factory=list)
    who: list[Who] = field(default_factory=list)
    periods: list[tuple[Period, str, str]] = field(default_factory=list)
    """Period, note, and the words it was read from."""
    splits: list[Split] = field(default_factory=list)
    against: list[Against] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)
    """Key of ``kpis.options``, and the words it was read from."""
    channels: list[str] = field(default_factory=list)
    """Slack channel ids."""
    as_of: list[tuple[date, str]] = field(default_factory=list)
    """Day and time of day, or "" for the end of the day."""
    private: bool = False
    view: str = ""
    """``trend`` or ``why``."""
    leftovers: list[Leftover] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
