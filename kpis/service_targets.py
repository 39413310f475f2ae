"""How many promises were kept: met ÷ (met + missed), by the moment each was decided.

A target is decided at min(fulfilled, due), so a miss counts when it falls due and never twice
(support-spec §9.3, §10). Nothing decided is “n/a”, never 100 %.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kpis.answers import Absent, Reason, Value
from kpis.numbers import write
from kpis.service_counts import bucketed
from kpis.service_figures import Outcome, Sight, Span, Spot, joined, sentence
from kpis.service_past import MERGED
from kpis.service_rows import Request, Row
from kpis.service_shapes import Attainment, Source
from kpis.titles import count
from kpis.tongue import grouped, say, say_declared
from storage.measures import Unit

KINDS = {
    "acknowledge": "acknowledged",
    "first_response": "first answer",
    "next_response": "next answer",
    "first_resolution": "first solved",
    "total_resolution": "solved",
}
MET, MISSED, CANCELLED = "met", "breached", "cancelled"


@dataclass(frozen=True)
class Promises:
    """Measures the share of targets that were met."""

    shape: Attainment
    sight: Sight
    by_start: bool = False

    @property
    def source(self) -> Source:
        return self.shape.source

    def requests(self, request: Request) -> Request:
        return request

    def outcome(self, rows: Sequence[Row], span: Span) -> Outcome:
        decided = [it for it in rows if span.holds(it.end) and self.counts(it)]
        met = sum(it.flags == MET for it in decided)
        counts = joined(
            say("{met} of {targets} met", met=grouped(met), targets=count(len(decided), "target")),
            self.say_running(rows, span),
            self.say_cancelled(rows, span),
        )
        if not decided:
            none = say("n/a: no target was decided in this period")
            undecided = self.say_running(rows, span), self.say_cancelled(rows, span)
            words = say("{sentence}.", sentence=joined(none, *undecided))
            return Outcome(Absent(Reason.UNDEFINED, words), aside=counts, may_compare=False)
        share = met / len(decided)
        return Outcome(
            Value(share, share, len(decided)),
            aside=counts,
            details=(sentence(counts), *say_kinds(decided)),
            n=len(decided),
            parts=((say("met"), met), (say("met or missed"), len(decided))),
        )

    def counts(self, row: Row) -> bool:
        """Whether it was met or missed; a merged issue's are its survivor's (support-spec §4.9)."""
        gone = row.state == MERGED and row.is_aside(self.sight.moment)
        return row.flags in (MET, MISSED) and not gone

    def say_running(self, rows: Sequence[Row], span: Span) -> str:
        """Return how many of those that had begun are undecided now."""
        moment = self.sight.moment
        running = [
            it
            for it in rows
            if it.start < span.end
            and it.flags != CANCELLED
            and it.end is None
            and not it.is_aside(moment)
        ]
        return say("{number} running", number=grouped(len(running)))

    def say_cancelled(self, rows: Sequence[Row], span: Span) -> str:
        """Return how many were cancelled: by when their issue was set aside, or they began."""
        found = [
            it
            for it in rows
            if it.flags == CANCELLED
            and span.holds(next(at for at in (it.end, it.aside, it.start) if at is not None))
        ]
        return say("{number} cancelled", number=grouped(len(found))) if found else ""

    def spots(self, rows: Sequence[Row], spans: Sequence[Span]) -> list[Spot]:
        made = []
        for part in bucketed(rows, spans):
            decided = [it.flags for it in part if self.counts(it)]
            share = decided.count(MET) / len(decided) if decided else None
            made.append(Spot(share, few=0 < len(decided) < 5))
        return made


def say_kinds(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the share of each kind of target, where there are several."""
    kinds = [it for it in KINDS if any(row.kind == it for row in rows)]
    if len(kinds) < 2:
        return ()
    said = []
    for kind in kinds:
        own = [it.flags for it in rows if it.kind == kind]
        share = write(own.count(MET) / len(own), Unit.PERCENT)
        name = say_declared(KINDS[kind])
        of = grouped(len(own))
        said.append(
            say("{name}: {share} of {all}.", name=name[:1].upper() + name[1:], share=share, all=of)
        )
    return tuple(said)
