"""A question on customer issues, read: rows of its period and of what it is compared with."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from kpis.declarations import Service
from kpis.names import title_of, variant_title_of
from kpis.periods import last_year, previous_period
from kpis.question import Beside, Period, Question, Scope
from kpis.service_backlog import Levels
from kpis.service_counts import Counts, Shares
from kpis.service_desks import Desks, WorkingTime, earliest_issue, read_desks
from kpis.service_figures import Gauge, Outcome, Sight, Span
from kpis.service_rows import Request, Row, read_rows
from kpis.service_scope import filter_of, span_of
from kpis.service_shapes import Backlog, Clocked, Portion, Shape, Source, Tally
from kpis.service_targets import Promises
from kpis.service_times import Times
from kpis.surroundings import Surroundings
from storage.tables import EPOCH

OPEN = Source("resolved")
ENOUGH_COVERED = 0.8
"""With less of the period before held no change is told (kpi-catalogue §1, P)."""


@dataclass
class IssueSitting:
    """A question on customer issues, the ways to measure it, and what was read for it."""

    question: Question
    entry: Service
    around: Surroundings
    connection: Connection
    moment: int
    asker: str

    # --- what is asked ---------------------------------------------------------------------

    @cached_property
    def titled(self) -> tuple[str, Shape]:
        """Return the title and the shape of the way that was asked for."""
        for option in self.question.options:
            if option in self.entry.variants:
                _, shape = self.entry.variants[option]
                return variant_title_of(self.entry, option), shape
        return title_of(self.entry), self.entry.figure

    @property
    def shape(self) -> Shape:
        return self.titled[1]

    @cached_property
    def desks(self) -> Desks:
        return read_desks(self.connection, self.around.workspace, self.around.hidden)

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.around.zone)

    @cached_property
    def span(self) -> Span:
        return self.span_of(self.question.period)

    @cached_property
    def local_now(self) -> datetime:
        return (EPOCH + timedelta(microseconds=self.moment)).astimezone(self.zone)

    def span_of(self, period: Period) -> Span:
        return span_of(period.start, period.end, self.zone)

    @cached_property
    def baseline(self) -> Period:
        kind = self.question.baseline.kind
        if kind is Beside.ACCOUNTS:
            return self.question.period
        period = self.question.period
        return last_year(period) if kind is Beside.LAST_YEAR else previous_period(period)

    @cached_property
    def baseline_span(self) -> Span:
        """Return the instants of the baseline; beside a day that runs, as much of its day."""
        span = self.span_of(self.baseline)
        is_level = isinstance(self.shape, Backlog)  # beside that with which the period begins
        if is_level or self.moment >= self.span.end or self.baseline is self.question.period:
            return span
        local = self.local_now.date()
        today = span_of(local, local + timedelta(days=1), self.zone)
        days = (local - self.question.period.start).days
        last = min(self.baseline.start + timedelta(days=days), self.baseline.last)
        begun = span_of(last, last + timedelta(days=1), self.zone).start
        return Span(span.start, min(span.end, begun + self.moment - today.start))

    def sight(self, moment: int, *, by_date: bool = False) -> Sight:
        options = self.question.options
        return Sight(
            moment,
            is_cohort="cohort" in options,
            in_business="business" in options,
            is_strict="strict" in options,
            by_date=by_date,
            elapsed=self.working_time,
        )

    @cached_property
    def working_time(self) -> WorkingTime:
        return WorkingTime(self.connection, self.around.workspace)

    def gauge(self, moment: int, *, by_date: bool = False) -> Gauge:
        """Return what measures rows as they were known at ``moment``."""
        shape, sight = self.shape, self.sight(moment, by_date=by_date)
        if isinstance(shape, Clocked):
            return Times(shape, sight)
        if isinstance(shape, Portion):
            return Shares(shape, sight, self.desks.windows)
        if isinstance(shape, Tally):
            return Counts(shape, sight)
        if isinstance(shape, Backlog):
            return Levels(shape, sight)
        return Promises(shape, sight)

    @cached_property
    def now(self) -> Gauge:
        return self.gauge(self.moment)

    @cached_property
    def then(self) -> Gauge:
        """Return what measures the baseline: a cohort is compared at the same age."""
        grows = isinstance(self.shape, Portion) or self.follows
        shift = self.span.start - self.baseline_span.start if grows else 0
        return self.gauge(self.moment - shift)

    @property
    def follows(self) -> bool:
        """Whether what began in the period is followed until now."""
        if isinstance(self.shape, Portion):
            return not self.shape.settles
        return "cohort" in self.question.options

    # --- what is read ----------------------------------------------------------------------

    @cached_property
    def rows(self) -> list[Row]:
        return self.read(self.now, self.span, self.question.scope)

    @cached_property
    def rows_before(self) -> list[Row]:
        baseline = self.question.baseline
        beside = baseline.kind is Beside.ACCOUNTS
        scope = baseline.scope if beside else self.question.scope
        return self.read(self.then, self.baseline_span, scope)

    def read(self, gauge: Gauge, span: Span, scope: Scope) -> list[Row]:
        person = self.asker if "mine" in self.question.options else ""
        request = Request(
            self.around.workspace,
            filter_of(scope, self.around, person),
            span.start,
            span.end,
            gauge.sight.moment,
            self.moment,
        )
        asked = gauge.requests(request)
        return read_rows(self.connection, gauge.source, asked, self.working_time)

    @cached_property
    def may_look_back(self) -> bool:
        """Whether issues were known for most of the baseline."""
        if self.question.baseline.kind is Beside.ACCOUNTS:
            return True
        first = earliest_issue(self.connection, self.around.workspace, self.around.hidden)
        span = self.baseline_span
        return first is not None and span.end - first >= ENOUGH_COVERED * (span.end - span.start)

    @cached_property
    def open_rows(self) -> list[Row]:
        """Issues that are open now: beside what is counted of issues that ended."""
        ended = isinstance(self.shape, Portion) and self.shape.settles
        if not ended and not (isinstance(self.shape, Tally) and self.shape.ends):
            return []
        mine = self.asker if "mine" in self.question.options else ""
        chosen = filter_of(self.question.scope, self.around, mine)
        ids = (
            self.around.workspace,
            chosen,
            self.moment,
            self.moment + 1,
            self.moment,
            self.moment,
        )
        rows = read_rows(self.connection, OPEN, Request(*ids))
        return [it for it in rows if it.is_live(self.moment)]

    # --- what it comes to ------------------------------------------------------------------

    @cached_property
    def outcome(self) -> Outcome:
        return self.now.outcome(self.rows, self.span)

    @cached_property
    def outcome_before(self) -> Outcome | None:
        if not self.may_look_back:
            return None
        return self.then.outcome(self.rows_before, self.baseline_span)
