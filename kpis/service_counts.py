"""Counts and shares of issues: what was opened, solved, reopened, and which part of it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kpis.answers import Absent, Reason, Value
from kpis.service_figures import (
    Outcome,
    Sight,
    Span,
    Spot,
    joined,
    nothing,
    say_aside,
    say_gone,
    say_pending,
    sentence,
)
from kpis.service_hits import AUTO
from kpis.service_rows import MICROSECONDS, Request, Row
from kpis.service_shapes import Portion, Source, Tally
from kpis.titles import count
from kpis.tongue import grouped, say, say_declared

Windows = dict[str, int]
"""Channel → seconds in which a solved issue may be reopened."""
USUAL_WINDOW = 168 * 3600
SILENT = "{number} of them closed without a word from the customer."


def bucketed(rows: Sequence[Row], spans: Sequence[Span]) -> list[list[Row]]:
    """Return the rows of each span by their end; spans touch each other."""
    starts = [it.start for it in spans]
    parts: list[list[Row]] = [[] for _ in spans]
    for row in rows:
        slot = -1 if row.end is None else bisect_right(starts, row.end) - 1
        if slot >= 0 and spans[slot].holds(row.end):
            parts[slot].append(row)
    return parts


@dataclass(frozen=True)
class Counts:
    """Counts events."""

    shape: Tally
    sight: Sight
    by_start: bool = False

    @property
    def source(self) -> Source:
        return self.shape.source

    def requests(self, request: Request) -> Request:
        return request

    def outcome(self, rows: Sequence[Row], span: Span) -> Outcome:
        held = [it for it in rows if span.holds(it.end)]
        n, moment = len(held), self.sight.moment
        still = {it.issue: it.opened for it in held if it.is_live(moment)}.values()
        pending = say_pending(list(still), moment, "of them still open")
        notes = []
        issues = len({it.issue for it in held})
        if issues < n:
            counted = count(n, self.shape.noun)
            notes.append(say("{rows} of {issues}.", rows=counted, issues=count(issues, "issue")))
        if auto := sum(it.kind == AUTO for it in held):
            notes.append(say(SILENT, number=grouped(auto)))
        notes += say_set_aside(held, self.sight.moment)
        return Outcome(
            Value(n, n, n),
            aside=pending if held and not self.shape.ends else "",
            details=(sentence(pending),) if held and not self.shape.ends else (),
            notes=tuple(notes),
            n=n,
        )

    def spots(self, rows: Sequence[Row], spans: Sequence[Span]) -> list[Spot]:
        parts = bucketed(rows, spans)
        return [
            Spot(float(len(part)) if span.start < self.sight.moment else None)
            for part, span in zip(parts, spans, strict=True)
        ]


def say_ratings(rows: Sequence[Row], rated: Sequence[Row], span: Span) -> tuple[str, ...]:
    """Return the mean score, and how many of those who were asked have answered."""
    asked = [it for it in rows if span.holds(it.since)]
    answered = sum(it.seconds is not None for it in asked)
    mean = sum(it.seconds or 0 for it in rated) / len(rated)
    said = say(
        "{number} of {asked} asked have answered",
        number=grouped(answered),
        asked=grouped(len(asked)),
    )
    shown = say("Mean {value} of 5.", value=grouped(float(f"{mean:.1f}")))
    return (shown, *([sentence(said)] if asked else []))


def say_set_aside(rows: Sequence[Row], moment: int) -> list[str]:
    """Return how many of the counted issues were dismissed or merged later."""
    dismissed = [it for it in rows if it.state == "dismissed" and it.is_aside(moment)]
    merged = sum(it.state == "merged" and it.is_aside(moment) for it in rows)
    said = say_gone(dismissed, merged)
    return [say("Of them {counts}.", counts=said)] if said else []


@dataclass(frozen=True)
class Shares:
    """Measures the share of issues that something happened to."""

    shape: Portion
    sight: Sight
    windows: Windows
    by_start: bool = False

    @property
    def source(self) -> Source:
        return self.shape.source

    def requests(self, request: Request) -> Request:
        return request

    def is_settled(self, row: Row) -> bool:
        """Whether nothing but a late entry can change what is counted of it."""
        if not self.shape.settles or row.end is None:
            return True
        window = self.windows.get(row.channel, USUAL_WINDOW)
        return row.end + window * MICROSECONDS <= self.sight.moment

    def whole(self, rows: Sequence[Row], span: Span) -> tuple[list[Row], list[Row]]:
        """Return the rows that count in a span, and those that are provisional."""
        moment = self.sight.moment
        held = [it for it in rows if span.holds(it.end) and not it.is_aside(moment)]
        settled = [it for it in held if self.is_settled(it)]
        return settled, [it for it in held if not self.is_settled(it)]

    def outcome(self, rows: Sequence[Row], span: Span) -> Outcome:
        settled, newer = self.whole(rows, span)
        hits = [it for it in settled if self.shape.hit(it)]
        rest = [it for it in settled if not self.shape.hit(it)]
        notes = []
        if newer:
            notes.append(
                say(
                    "Provisional: {issues} solved too recently to count, "
                    "{number} of them {done} so far.",
                    issues=count(len(newer), "issue"),
                    number=grouped(sum(map(self.shape.hit, newer))),
                    done=say_declared(self.shape.done),
                )
            )
        notes += say_aside(
            rows, span, self.sight.moment, by_start=self.shape.source.end == "opened"
        )
        counts = say(
            "{number} of {all} {done}",
            number=grouped(len(hits)),
            all=grouped(len(settled)),
            done=say_declared(self.shape.done),
        )
        if not self.shape.settles:
            moment = self.sight.moment
            starts = [it.opened for it in rest if it.is_live(moment)]
            counts = joined(counts, say_pending(starts, moment, self.shape.waiting))
        if not settled:
            of = say_declared(self.shape.of)
            words = say("No issue was {done} in this period.", done=of)
            if self.shape.rated:
                words = say("No customer rated anything in this period.")
            if newer:
                words = say("n/a: no issue {done} in this period has settled.", done=of)
            reason = nothing(words) if not newer else Absent(Reason.UNDEFINED, words)
            return Outcome(reason, aside=counts, notes=tuple(notes), may_compare=False)
        share = len(hits) / len(settled)
        rated = say_ratings(rows, settled, span) if self.shape.rated else ()
        return Outcome(
            Value(share, share, len(settled)),
            aside=counts,
            details=(sentence(counts), *rated),
            notes=tuple(notes),
            n=len(settled),
            parts=(
                (say_declared(self.shape.done), len(hits)),
                (say_declared(self.shape.of), len(settled)),
            ),
        )

    def spots(self, rows: Sequence[Row], spans: Sequence[Span]) -> list[Spot]:
        made = []
        for part, span in zip(bucketed(rows, spans), spans, strict=True):
            settled, _ = self.whole(part, span)
            hits = sum(map(self.shape.hit, settled))
            made.append(Spot(hits / len(settled), few=len(settled) < 5) if settled else Spot(None))
        return made
