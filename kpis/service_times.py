"""How long things took: medians over what ended, or survival curves over what began.

Activity: linear interpolation between order statistics over the samples that ended in the
period (support-spec §9.2). Cohort: Kaplan–Meier over what began in it, pending ones censored
now (§9.4). Nothing is said of a few samples but the samples themselves.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kpis.service_figures import FEW, Outcome, Sight, Span, Spot, nothing, sentence
from kpis.service_rows import Request, Row
from kpis.service_samples import Samples, seconds_of, so_far, sort_rows
from kpis.service_shapes import Clocked, Source
from kpis.service_spread import Spread, read_spread, spread_of, survive
from kpis.service_times_words import TimeWords


@dataclass(frozen=True)
class Times:
    """Measures durations."""

    shape: Clocked
    sight: Sight

    @property
    def source(self) -> Source:
        return self.shape.source

    @property
    def by_start(self) -> bool:
        return self.sight.is_cohort

    @property
    def words(self) -> TimeWords:
        return TimeWords(self.shape, self.sight)

    def requests(self, request: Request) -> Request:
        """Return what to read; who waits now may have begun after the period."""
        span = Span(request.since, request.until)
        until = max(span.end, self.sight.moment + 1) if self.reaches_now(span) else span.end
        return replace(request, until=until, by_start=self.by_start)

    def reaches_now(self, span: Span) -> bool:
        return self.sight.waits_now(span) and not self.by_start

    def outcome(self, rows: Sequence[Row], span: Span) -> Outcome:
        words, until = self.words, self.sight.until(span)
        found = sort_rows(self.shape, self.sight, rows, span)
        spread = self.spread(found, until, self.sight.in_business)
        counts = words.say_counts(found, span)
        notes = tuple(words.say_left_out(found, rows, span))
        if spread is None:
            reading = nothing(sentence(words.say_none(found, span)))
            waiting = len(found.pending)
            return Outcome(reading, aside=counts, notes=notes, pending=waiting, may_compare=False)
        other = not self.sight.in_business
        beside = self.spread(found, until, other) if self.source.business else None
        return Outcome(
            reading=read_spread(spread),
            headline=words.say_headline(found, spread, until),
            aside=counts,
            details=(words.say_p90(spread), sentence(counts)),
            notes=notes,
            lines=words.say_more(spread),
            n=spread.n,
            pending=len(found.pending),
            upper=spread.p90 if spread.n >= FEW else None,
            may_compare=spread.n >= FEW,
            beside="" if beside is None else words.say_other_clock(found, beside),
        )

    def spread(self, found: Samples, until: int, in_business: bool) -> Spread | None:
        """Return the quantiles by one clock; nothing where that clock has no samples."""
        values = [seconds_of(it, in_business) for it in found.measured]
        held = sorted(float(it) for it in values if it is not None)
        if not self.by_start:
            return spread_of(held)
        waiting = [
            so_far(self.shape, self.sight, it, until, in_business)
            for it in (*found.pending, *found.closed)
        ]
        return survive(held, [float(it) for it in waiting if it is not None])

    def spots(self, rows: Sequence[Row], spans: Sequence[Span]) -> list[Spot]:
        """Return the median and p90 of each span; spans touch each other."""
        starts = [it.start for it in spans]
        parts: list[list[Row]] = [[] for _ in spans]
        for row in rows:
            at = row.start if self.by_start else row.end
            slot = -1 if at is None else bisect_right(starts, at) - 1
            if slot >= 0:
                parts[slot].append(row)
        return [self.spot(part, span) for part, span in zip(parts, spans, strict=True)]

    def spot(self, rows: Sequence[Row], span: Span) -> Spot:
        found = sort_rows(self.shape, self.sight, rows, span)
        spread = self.spread(found, self.sight.until(span), self.sight.in_business)
        if spread is None:
            return Spot(None)
        few = spread.n < FEW
        return Spot(spread.median, None if few else spread.p90, few)
