"""How durations are said: the median, the slow tenth, who waits, and what was left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from kpis.numbers import write
from kpis.service_counts import SILENT
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
from kpis.tongue import grouped, say, say_count, say_declared
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
            return say("Median {value}", value=self.say_quantile(spread.median, spread))
        said = [self.write(it) for it in self.values(found.measured, in_business)]
        if self.sight.is_cohort:
            rows = (*found.pending, *found.closed)
            waiting = [so_far(self.shape, self.sight, it, until, in_business) for it in rows]
            said += [
                say("more than {value}", value=self.write(it)) for it in waiting if it is not None
            ]
        return listed(said)

    def say_quantile(self, value: float | None, spread: Spread) -> str:
        if value is None:
            return say("not reached (more than {value})", value=self.write(spread.longest))
        return self.write(value)

    def say_p90(self, spread: Spread) -> str:
        if spread.n < FEW:
            return say_count(
                "Too few for a median: it is listed.",
                "Too few for a median: they are listed.",
                spread.n,
            )
        if spread.p90 is None:
            return say("9 in 10: {value}.", value=self.say_quantile(None, spread))
        value = self.write(spread.p90)
        if self.shape.unit is Unit.SECONDS:
            return say("9 in 10 within {value}.", value=value)
        return say("9 in 10 with at most {value}.", value=value)

    def say_counts(self, found: Samples, span: Span) -> str:
        """Return “31 answered, 4 still waiting now, oldest 2 d 04 h”."""
        n, done = len(found.measured), say_declared(self.shape.done)
        counted = grouped(n) if self.shape.noun == "issue" else count(n, self.shape.noun)
        measured = say("{number} {words}", number=counted, words=done)
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
        none = say(
            "no {noun} was {done} in this period",
            noun=say_declared(self.shape.noun),
            done=say_declared(self.shape.done),
        )
        waiting = self.say_pending(found, span)
        return say("{sentence}; {more}", sentence=none, more=waiting) if waiting else none

    def say_other_clock(self, found: Samples, spread: Spread) -> str:
        """Return the same by the other clock: “In business hours: median 35 min, …”."""
        other = not self.sight.in_business
        name = say("In business hours") if other else say("In all hours")
        if spread.n < FEW:
            values = [self.write(it) for it in self.values(found.measured, other)]
            return say("{name}: {value}.", name=name, value=listed(values)) if values else ""
        median, p90 = (self.say_quantile(it, spread) for it in (spread.median, spread.p90))
        said = {"name": name, "median": median, "p90": p90}
        if spread.p90 is None:
            return say("{name}: median {median}, 9 in 10 {p90}.", **said)
        return say("{name}: median {median}, 9 in 10 within {p90}.", **said)

    def say_more(self, spread: Spread) -> tuple[str, ...]:
        """Return mean and p95, for *How?*."""
        said = [] if spread.mean is None else [say("Mean {value}.", value=self.write(spread.mean))]
        if spread.n < ENOUGH_FOR_P95:
            said.append(
                say(
                    "19 in 20 (p95) needs {needed} samples; there are {number}.",
                    needed=ENOUGH_FOR_P95,
                    number=spread.n,
                )
            )
        else:
            said.append(
                say("19 in 20 (p95): {value}.", value=self.say_quantile(spread.p95, spread))
            )
        return tuple(said)

    def say_left_out(self, found: Samples, rows: Sequence[Row], span: Span) -> list[str]:
        """Return what was counted and not measured, and why."""
        said = [*self.say_imprecise(found), *self.say_auto(found), *self.say_flags(found)]
        closed = len(self.closed_in(found, span))
        if closed and (self.sight.is_cohort or self.shape.signal):
            done = say_declared(self.shape.done)
            said.append(
                say("{number} closed without being {done}.", number=grouped(closed), done=done)
            )
        if found.untimed and not self.shape.waiting:
            number = grouped(len(found.untimed))
            said.append(say("{number} came without a time of their own.", number=number))
        if lost := sum(it.orphaned is not None for it in found.pending):
            number = grouped(lost)
            said.append(say("{number} in channels that I can no longer see.", number=number))
        by_start = self.sight.is_cohort
        return [*said, *say_aside(rows, span, self.sight.moment, by_start=by_start)]

    def say_imprecise(self, found: Samples) -> list[str]:
        if not found.imprecise:
            return []
        n = grouped(len(found.imprecise))
        return [say("{number} imprecise (bot offline): counted, not measured.", number=n)]

    def say_auto(self, found: Samples) -> list[str]:
        """Return what the customer's silence closed, apart from what people did."""
        if n := sum(it.kind == AUTO for it in found.measured):
            return [say(SILENT, number=grouped(n))]
        if not found.auto:
            return []
        values = self.values(found.auto, self.sight.in_business)
        said = [grouped(len(found.auto))]
        if len(values) >= FEW:
            said.append(say("median {value}", value=self.write(quantile(values, 0.5))))
        return [say("Closed without a word from the customer: {value}.", value=joined(*said))]

    def say_flags(self, found: Samples) -> list[str]:
        if found.flagged:
            number = grouped(len(found.flagged))
            return [say("Strict: {number} marked by hand or inferred left out.", number=number)]
        manual = sum("manual" in it.flags for it in found.measured)
        inferred = sum("inferred" in it.flags for it in found.measured)
        said = [say("{number} marked by hand", number=grouped(manual))] if manual else []
        if inferred:
            number = grouped(inferred)
            said.append(say("{number} found outside of the thread", number=number))
        if not said:
            return []
        counted = sentence(joined(*said))
        return [say("{counts} “strict” leaves these out.", counts=counted)]

    def closed_in(self, found: Samples, span: Span) -> list[Row]:
        if self.sight.is_cohort:
            return found.closed
        before = self.sight.until(span) - 1
        return [it for it in found.closed if span.holds(it.closed_at(before))]
