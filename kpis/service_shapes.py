"""The shapes that a service KPI can have, and where its rows are (support-spec §9).

A row is dated by its end event (activity), by its start (cohort) or by its decision (SLA).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.measures import Unit

if TYPE_CHECKING:
    from kpis.service_rows import Row

BY_LABELS = ("channel", "platform", "brand", "priority", "via", "person")
BY_CLOCK = ("weekday", "hour")
BY_DATES = ("day", "week", "month")


@dataclass(frozen=True)
class Source:
    """Columns of ``table``, or else of its ``issue``; “a|b” is the first of two that is filled."""

    end: str
    """What dates a row: when its clock stopped, when it was decided."""
    table: str = "issue"
    start: str = "opened"
    low: str = ""
    """The end is later than this: found after an outage."""
    seconds: str = ""
    business: str = ""
    person: str = "assignee"
    flags: str = ""
    kind: str = ""
    since: str = ""
    """Since when a part runs that ``seconds`` does not hold yet."""
    where: tuple[tuple[str, str | bool], ...] = ()


@dataclass(frozen=True)
class Clocked:
    """How long it took: one sample an issue, or one a wait."""

    source: Source
    done: str = "answered"
    waiting: str = "still waiting"
    noun: str = "issue"
    view: str = "by when answered"
    cohort: str = "by when opened, followed until now"
    """Empty: it has no cohort."""
    unit: Unit = Unit.SECONDS
    targets: tuple[str, ...] = ()
    """Kinds of ``target`` that promise this time."""
    signal: bool = False
    """What counts as an answer is said beside it."""

    @property
    def options(self) -> tuple[str, ...]:
        clock = ("business",) if self.source.business else ()
        cohort = ("cohort",) if self.cohort else ()
        strict = ("strict",) if self.source.flags else ()
        return (*clock, *cohort, *strict, "mine")

    @property
    def splits(self) -> tuple[str, ...]:
        return (*BY_LABELS, *BY_CLOCK, *BY_DATES)


@dataclass(frozen=True)
class Portion:
    """A share of the issues that the period's event happened to."""

    source: Source
    hit: Callable[[Row], bool]
    done: str
    """“answered”: what is said of the part."""
    of: str = "opened"
    """What is said of the whole."""
    view: str = "by when opened, followed until now"
    waiting: str = "still open"
    rated: bool = False
    """A row is a rating: ``seconds`` holds its score, ``since`` when it was asked for."""
    settles: bool = False
    """Counted once the window for reopening has passed; provisional until then."""
    noun: str = "issue"
    unit: Unit = Unit.PERCENT
    targets: tuple[str, ...] = ()
    signal: bool = False
    options: tuple[str, ...] = ("mine",)

    @property
    def splits(self) -> tuple[str, ...]:
        return (*BY_LABELS, *BY_CLOCK, *BY_DATES)


@dataclass(frozen=True)
class Tally:
    """How many events fell into the period."""

    source: Source
    done: str
    view: str
    noun: str = "issue"
    ends: bool = False
    """The event ends what was pending: those that still are open are others."""
    unit: Unit = Unit.COUNT
    options: tuple[str, ...] = ("mine",)

    @property
    def splits(self) -> tuple[str, ...]:
        return (*BY_LABELS, *BY_CLOCK, *BY_DATES)


@dataclass(frozen=True)
class Backlog:
    """How many issues are live at the end of the period."""

    view: str = "live at the end"
    noun: str = "issue"
    unit: Unit = Unit.COUNT
    options: tuple[str, ...] = ("mine",)
    splits: tuple[str, ...] = (*BY_LABELS, *BY_DATES)


@dataclass(frozen=True)
class Attainment:
    """The share of promises that were kept, by the moment each was decided."""

    source: Source
    view: str = "by when decided"
    noun: str = "target"
    unit: Unit = Unit.PERCENT
    options: tuple[str, ...] = ("mine",)

    @property
    def splits(self) -> tuple[str, ...]:
        return ("target", *BY_LABELS, *BY_CLOCK, *BY_DATES)


Shape = Clocked | Portion | Tally | Backlog | Attainment
