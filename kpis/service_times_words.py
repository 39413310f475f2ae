"""How durations are said: the median, the slow tenth, who waits, and what was left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from kpis.numbers import write
from kpis.service_figures import (
    FEW,
    Sight,
    Span,
    joined,
    say_aside,
    say_past,
    say_pending,
    sentence,
)
from kpis.service_hits import AUTO
from kpis.service_rows import Row
from kpis.service_samples import Samples, seconds_of, so_far
from kpis.service_shapes import Clocked
from kpis.service_spread import Spread
from kpis.statistics import quantile
from kpis.titles import count, listed
from storage.measures import Unit

ENOUGH_FOR_P95 = 20


@dataclass(frozen=True)
class TimeWords:
    """Words for one kind of duration, seen one way."""

    shape: Clocked
    sight: Sight

    def write(self, value: float) -> str:
        return write(value, self.shape.unit)

    def values(self, rows: Sequence[Row], in_business: bool) -> list[float]:
        """Return the durations that one clock has, the shortest first."""
        held = [seconds_of(it, in_business) for it in rows]
        return sorted(float(it) for it in held if it is not None)

    def say_headline(self, found: Samples, spread: Spread, until: int) -> str:
        """Return “Median 42 min”; of a few, every one of them."""
        in_business = self.sight.in_business
        if spread.n >= FEW:
            return f"Median {self.say_quantile(spread.median, spread)}"
        said = [self.write(it) for it in self.values(found.measured, in_business)]
        if self.sight.is_cohort:
            rows = (*found.pending, *found.closed)
            waiting = [so_far(self.shape, self.sight, it, until, in_business) for it in rows]
            said += [f"more than {self.write(it)}" for it in waiting if it is not None]
        return listed(said)

    def say_quantile(self, value: float | None, spread: Spread) -> str:
        if value is None:
            return f"not reached (more than {self.write(spread.longest)})"
        return self.write(value)

    def say_p90(self, spread: Spread) -> str:
        if spread.n < FEW:
            return f"Too few for a median: {'it is' if spread.n == 1 else 'they are'} listed."
        if spread.p90 is None:
            return f"9 in 10: {self.say_quantile(None, spread)}."
        within = "within" if self.shape.unit is Unit.SECONDS else "with at most"
        return f"9 in 10 {within} {self.write(spread.p90)}."

    def say_counts(self, found: Samples, span: Span) -> str:
        """Return “31 answered, 4 still waiting now, oldest 2 d 04 h”."""
        n = len(found.measured)
        measured = f"{n:,} {self.shape.done}"
        if self.shape.noun != "issue":
            measured = f"{count(n, self.shape.noun)} {self.shape.done}"
        return joined(measured, self.say_pending(found, span))

    def say_pending(self, found: Samples, span: Span) -> str:
        """Return who waits now; of a period long over, who did at its end and still does."""
        moment, words = self.sight.moment, self.shape.waiting
        starts = [it.start for it in found.pending]
        if self.sight.waits_now(span):
            over = span.end <= moment and not self.sight.is_cohort
            return say_pending(starts, moment, words, now=over)
        still = [it.start for it in found.pending if it.end is None and it.is_live(moment)]
        return say_past(starts, still, moment, words)

    def say_none(self, found: Samples, span: Span) -> str:
        """Return why there is no number, and who waits all the same."""
        none = f"no {self.shape.noun} was {self.shape.done} in this period"
        return "; ".join(it for it in (none, self.say_pending(found, span)) if it)

    def say_other_clock(self, found: Samples, spread: Spread) -> str:
        """Return the same by the other clock: “In business hours: median 35 min, …”."""
        other = not self.sight.in_business
        name = "In business hours" if other else "In all hours"
        if spread.n < FEW:
            values = [self.write(it) for it in self.values(found.measured, other)]
            return f"{name}: {listed(values)}." if values else ""
        median, p90 = (self.say_quantile(it, spread) for it in (spread.median, spread.p90))
        within = "9 in 10" if spread.p90 is None else "9 in 10 within"
        return f"{name}: median {median}, {within} {p90}."

    def say_more(self, spread: Spread) -> tuple[str, ...]:
        """Return mean and p95, for *How?*."""
        said = [] if spread.mean is None else [f"Mean {self.write(spread.mean)}."]
        if spread.n < ENOUGH_FOR_P95:
            said.append(f"19 in 20 (p95) needs {ENOUGH_FOR_P95} samples; there are {spread.n}.")
        else:
            said.append(f"19 in 20 (p95): {self.say_quantile(spread.p95, spread)}.")
        return tuple(said)

    def say_left_out(self, found: Samples, rows: Sequence[Row], span: Span) -> list[str]:
        """Return what was counted and not measured, and why."""
        said = [*self.say_imprecise(found), *self.say_auto(found), *self.say_flags(found)]
        closed = len(self.closed_in(found, span))
        if closed and (self.sight.is_cohort or self.shape.signal):
            said.append(f"{closed:,} closed without being {self.shape.done}.")
        if found.untimed and not self.shape.waiting:
            said.append(f"{len(found.untimed):,} came without a time of their own.")
        if lost := sum(it.orphaned is not None for it in found.pending):
            said.append(f"{lost:,} in channels that I can no longer see.")
        by_start = self.sight.is_cohort
        return [*said, *say_aside(rows, span, self.sight.moment, by_start=by_start)]

    def say_imprecise(self, found: Samples) -> list[str]:
        n = len(found.imprecise)
        return [f"{n:,} imprecise (bot offline): counted, not measured."] if n else []

    def say_auto(self, found: Samples) -> list[str]:
        """Return what the customer's silence closed, apart from what people did."""
        if n := sum(it.kind == AUTO for it in found.measured):
            return [f"{n:,} of them closed without a word from the customer."]
        if not found.auto:
            return []
        values = self.values(found.auto, self.sight.in_business)
        middle = f", median {self.write(quantile(values, 0.5))}" if len(values) >= FEW else ""
        return [f"Closed without a word from the customer: {len(found.auto):,}{middle}."]

    def say_flags(self, found: Samples) -> list[str]:
        if found.flagged:
            return [f"Strict: {len(found.flagged):,} marked by hand or inferred left out."]
        manual = sum("manual" in it.flags for it in found.measured)
        inferred = sum("inferred" in it.flags for it in found.measured)
        said = [f"{manual:,} marked by hand"] if manual else []
        said += [f"{inferred:,} found outside of the thread"] if inferred else []
        return [f"{sentence(joined(*said))} “strict” leaves these out."] if said else []

    def closed_in(self, found: Samples, span: Span) -> list[Row]:
        if self.sight.is_cohort:
            return found.closed
        before = self.sight.until(span) - 1
        return [it for it in found.closed if span.holds(it.closed_at(before))]
