"""What every service figure is: a reading, how it is said, and what is still pending."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from kpis.answers import Absent, Reading, Reason
from kpis.numbers import write
from kpis.service_rows import MICROSECONDS, Request, Row
from kpis.service_shapes import Source
from kpis.tongue import grouped, say, say_count, say_declared
from kpis.tongue import joined as join
from storage.measures import Unit

RECENT = 7 * 86_400 * MICROSECONDS
"""A period that ended no longer ago tells who waits now, like one that runs (support-spec §9.4)."""
FEW = 5
"""Fewer samples than this are listed; they have no quantiles (support-spec §9.2)."""


class Span(NamedTuple):
    """Instants from ``start`` until before ``end``, in UTC microseconds."""

    start: int
    end: int

    def holds(self, at: int | None) -> bool:
        return at is not None and self.start <= at < self.end


@dataclass(frozen=True)
class Outcome:
    """A figure of some rows in a span."""

    reading: Reading
    headline: str = ""
    aside: str = ""
    """“31 answered, 4 still waiting, oldest 2 d 04 h”: beside every figure."""
    details: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    """For *How?* alone."""
    n: int = 0
    pending: int = 0
    """How many wait, where ``aside`` says so."""
    upper: float | None = None
    """p90, where there is one."""
    may_compare: bool = True
    beside: str = ""
    """The same by the other clock."""
    parts: tuple[tuple[str, float], ...] = ()
    """What a rate was divided from, for the receipt."""


class Spot(NamedTuple):
    """A value of a series."""

    value: float | None
    upper: float | None = None
    few: bool = False


@dataclass(frozen=True)
class Sight:
    """How the rows are looked at: up to when, by which clock, in which view."""

    moment: int
    """Now, or what was known when."""
    is_cohort: bool = False
    in_business: bool = False
    is_strict: bool = False
    by_date: bool = False
    """The spans are parts of a period, one after the other."""
    elapsed: Callable[[Row, int], float | None] = field(default=lambda row, at: None)
    """Seconds of the issue's working hours from a row's start to an instant."""

    def until(self, span: Span) -> int:
        """Return the instant up to which a span is told: its end, or now."""
        return self.moment if self.is_cohort else min(span.end, self.moment)

    def waits_now(self, span: Span) -> bool:
        """Whether those are pending who wait now, else those who did when the span ended."""
        oldest = span.end if self.by_date else span.end + RECENT
        return self.is_cohort or self.moment <= oldest


class Gauge(Protocol):
    """A way to measure rows."""

    @property
    def sight(self) -> Sight: ...

    @property
    def source(self) -> Source: ...

    @property
    def by_start(self) -> bool: ...

    def outcome(self, rows: Sequence[Row], span: Span) -> Outcome: ...

    def spots(self, rows: Sequence[Row], spans: Sequence[Span]) -> list[Spot]: ...

    def requests(self, request: Request) -> Request: ...


def write_age(start: int, at: int) -> str:
    """Return how long ago something began: “2 d 04 h”."""
    return write(max(0, at - start) // MICROSECONDS, Unit.SECONDS)


def say_pending(starts: Sequence[int], moment: int, words: str, *, now: bool = False) -> str:
    """Return “4 still waiting, oldest 2 d 04 h” of when those began that wait at ``moment``.

    ``now``: they are told of beside a period that is over.
    """
    if not words:
        return ""
    if not starts:
        return say("none {waiting}", waiting=say_declared(words))
    age, number = write_age(min(starts), moment), grouped(len(starts))
    said = {"number": number, "waiting": say_declared(words), "age": age}
    if now:
        return say("{number} {waiting} now, oldest {age}", **said)
    return say("{number} {waiting}, oldest {age}", **said)


def say_past(starts: Sequence[int], still: Sequence[int], moment: int, words: str) -> str:
    """Return “2 were waiting at its end, 1 of them still, oldest 7 d 03 h”.

    Of when those began that waited at the end of a period, and those of them that wait now.
    """
    if not words:
        return ""
    plain = say_declared(words.removeprefix("still "))
    if not starts:
        return say("none {waiting} at its end", waiting=plain)
    said = say_count(
        "{number} was {waiting} at its end",
        "{number} were {waiting} at its end",
        len(starts),
        waiting=plain,
    )
    if len(starts) == 1:
        age = write_age(starts[0], moment)
        return joined(said, say("still is, {age}", age=age) if still else say("not now"))
    if not still:
        return joined(said, say("none of them still"))
    age, number = write_age(min(still), moment), grouped(len(still))
    return joined(said, say("{number} of them still, oldest {age}", number=number, age=age))


def joined(*parts: str) -> str:
    return join(parts)


def sentence(words: str) -> str:
    """Return words as a sentence."""
    return say("{sentence}.", sentence=f"{words[:1].upper()}{words[1:]}") if words else ""


def nothing(words: str) -> Absent:
    return Absent(Reason.NO_DATA, words)


def say_aside(rows: Sequence[Row], span: Span, moment: int, *, by_start: bool) -> tuple[str, ...]:
    """Return what was dismissed and merged, which no figure about time holds."""
    dismissed = [
        it
        for it in rows
        if it.state == "dismissed"
        and it.is_aside(moment)
        and span.holds(it.opened if by_start else it.aside)
    ]
    merged = [
        it for it in rows if it.state == "merged" and it.is_aside(moment) and span.holds(it.opened)
    ]
    said = say_gone(dismissed, len(merged))
    return (say("Left out: {counts}.", counts=said),) if said else ()


def say_gone(dismissed: Sequence[Row], merged: int) -> str:
    """Return “dismissed 3 (1 after a breach), merged 2”."""
    said = []
    if dismissed:
        late = grouped(sum(it.breached for it in dismissed))
        number = grouped(len(dismissed))
        said.append(say("dismissed {number} ({late} after a breach)", number=number, late=late))
    if merged:
        said.append(say("merged {number}", number=grouped(merged)))
    return joined(*said)
