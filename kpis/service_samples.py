"""The rows of a period by what may be done with them: measured, pending, or only counted."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kpis.service_figures import Sight, Span
from kpis.service_hits import AUTO
from kpis.service_rows import MICROSECONDS, Row
from kpis.service_shapes import Clocked

SURE_SECONDS, SURE_SHARE = 15 * 60, 0.1
"""An end known this closely enters quantiles (support-spec §6.5)."""
CLOSING = ("resolved", "first_resolved")
"""Ends that are the resolution itself."""


@dataclass(frozen=True)
class Samples:
    """The rows of a span, each in one place."""

    measured: list[Row] = field(default_factory=list)
    pending: list[Row] = field(default_factory=list)
    closed: list[Row] = field(default_factory=list)
    """Closed before the event came: solved without an answer."""
    imprecise: list[Row] = field(default_factory=list)
    flagged: list[Row] = field(default_factory=list)
    """Left out by “strict”."""
    auto: list[Row] = field(default_factory=list)
    untimed: list[Row] = field(default_factory=list)
    """Relayed without a time of their own."""


def sort_rows(shape: Clocked, sight: Sight, rows: Sequence[Row], span: Span) -> Samples:
    """Return the rows of a span, each where it belongs; what was set aside belongs nowhere."""
    found = Samples()
    for row in rows:
        if row.is_aside(sight.moment) or (sight.is_cohort and not span.holds(row.start)):
            continue
        if row.end is None or (not sight.is_cohort and row.end >= span.end):
            keep_pending(found, shape, sight, row, span)
        elif sight.is_cohort or span.holds(row.end):
            keep_measured(found, sight, row)
    return found


def keep_pending(found: Samples, shape: Clocked, sight: Sight, row: Row, span: Span) -> None:
    """Put a row whose event has not come by the end of the span: who waits now, or waited then."""
    until = sight.until(span)
    begun = bool(shape.waiting) and row.start < until
    lives = row.is_live(until) if shape.source.end in CLOSING else is_open(row, until)
    if begun and not lives:
        found.closed.append(row)
    if sight.waits_now(span) and not sight.is_cohort:
        lives = bool(shape.waiting) and row.end is None and row.is_live(sight.moment)
        begun = row.start <= sight.moment
    if begun and lives:
        found.pending.append(row)


def is_open(row: Row, until: int) -> bool:
    """Whether it was not solved just before an instant."""
    return row.closed_at(until - 1) is None


def keep_measured(found: Samples, sight: Sight, row: Row) -> None:
    """Put a row whose event came within the span."""
    if seconds_of(row, sight.in_business) is None:
        if row.via == "relay":
            found.untimed.append(row)
    elif row.flags and sight.is_strict:
        found.flagged.append(row)
    elif not is_precise(row):
        found.imprecise.append(row)
    elif row.kind == AUTO and not sight.is_cohort:
        found.auto.append(row)
    else:
        found.measured.append(row)


def seconds_of(row: Row, in_business: bool) -> float | None:
    """Return how long it took, by one clock."""
    return row.business if in_business else row.seconds


def so_far(shape: Clocked, sight: Sight, row: Row, until: int, in_business: bool) -> float | None:
    """Return how long a row without an end has run: until now, or until it was lost or closed."""
    end = min(it for it in (until, row.orphaned, row.closed) if it is not None)
    held: float = 0
    begun: int | None = row.start
    if shape.source.since:  # part of it ended and is added up already
        held, begun = seconds_of(row, in_business) or 0, row.since
    if begun is None or begun > end:
        return held
    if not in_business:
        return held + (end - begun) // MICROSECONDS
    run = sight.elapsed(row._replace(start=begun), end)
    return None if run is None else held + run


def is_precise(row: Row) -> bool:
    """Whether the end is known closely enough to be measured (support-spec §6.5)."""
    if row.low is None or row.end is None:
        return True
    doubt = (row.end - row.low) / MICROSECONDS
    return doubt <= max(SURE_SECONDS, SURE_SHARE * (row.seconds or 0))
