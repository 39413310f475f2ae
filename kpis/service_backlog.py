"""The backlog at an instant, from the stretches in which issues were live (support-spec §9.5).

``backlog(end) = backlog(start) + opened + reopened − solved − dismissed − merged`` holds for any
two instants, because all of it is read from the same stretches.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kpis.answers import Value
from kpis.service_figures import Outcome, Sight, Span, Spot, joined, sentence, write_age
from kpis.service_rows import MICROSECONDS, Request, Row
from kpis.service_shapes import Backlog, Source
from kpis.titles import count
from kpis.tongue import grouped, say, say_declared

HOUR, DAY = 3600, 86_400
AGES = (
    (4 * HOUR, "under 4 h"),
    (DAY, "under 24 h"),
    (3 * DAY, "under 3 d"),
    (7 * DAY, "under 7 d"),
)
OLDER = "older"
UNASSIGNED, UNANSWERED, TURN = "unassigned", "unanswered", "waiting on the customer"
START = "at the start"
STRETCHES = Source(
    "ended", table="spell", start="started", flags="ended_by", kind="how", since="waiting_since"
)


@dataclass(frozen=True)
class Flow:
    """What came in and went out between two instants."""

    before: int
    opened: int
    reopened: int
    solved: int
    dismissed: int
    merged: int

    @property
    def after(self) -> int:
        arrived = self.opened + self.reopened
        return self.before + arrived - self.solved - self.dismissed - self.merged


@dataclass(frozen=True)
class Levels:
    """Counts the issues that are live at the end of a span."""

    shape: Backlog
    sight: Sight
    by_start: bool = False
    source: Source = STRETCHES

    def requests(self, request: Request) -> Request:
        return request

    def outcome(self, rows: Sequence[Row], span: Span) -> Outcome:
        until = self.sight.until(span)
        live = [it for it in rows if is_live_at(it, until)]
        flow = flow_of(rows, Span(span.start, until))
        oldest = ""
        if live:
            oldest = say("oldest {age}", age=write_age(min(it.opened for it in live), until))
        past = until < self.sight.moment
        marks = () if past else (say_marks(live),)
        return Outcome(
            Value(len(live), len(live), len(live)),
            headline=say("{number} open at the end", number=grouped(len(live)))
            if past
            else say("{number} open now", number=grouped(len(live))),
            aside=oldest,
            details=tuple(
                sentence(it)
                for it in (joined(say_ages(live, until), oldest), *marks, say_flow(flow))
                if it
            ),
            notes=lost(live),
            n=len(live),
        )

    def spots(self, rows: Sequence[Row], spans: Sequence[Span]) -> list[Spot]:
        starts = sorted(it.start for it in rows)
        ends = sorted(it.end for it in rows if it.end is not None)
        made = []
        for span in spans:
            at = self.sight.until(span)
            level = bisect_left(starts, at) - bisect_left(ends, at)
            made.append(Spot(float(level) if span.start < self.sight.moment else None))
        return made


def is_live_at(row: Row, at: int) -> bool:
    """Whether a stretch goes over an instant: it began before, and has not ended before."""
    return row.start < at and (row.end is None or row.end >= at)


def flow_of(rows: Sequence[Row], span: Span) -> Flow:
    """Return what changed the backlog in a span."""
    began = [it.kind for it in rows if span.holds(it.start)]
    ended = [it.flags for it in rows if span.holds(it.end)]
    return Flow(
        before=sum(is_live_at(it, span.start) for it in rows),
        opened=began.count("opened"),
        reopened=began.count("reopened"),
        solved=ended.count("resolved"),
        dismissed=ended.count("dismissed"),
        merged=ended.count("merged"),
    )


def say_ages(rows: Sequence[Row], at: int) -> str:
    """Return “3 under 4 h, 2 under 3 d, 1 older”."""
    found: dict[str, int] = {}
    for row in rows:
        age = (at - row.opened) // MICROSECONDS
        name = next((words for limit, words in AGES if age < limit), OLDER)
        found[name] = found.get(name, 0) + 1
    names = [words for _, words in AGES] + [OLDER]
    return joined(*(say_part(found[it], it) for it in names if it in found))


def say_part(number: int, words: str) -> str:
    """Return “3 under 4 h”, “28 solved”; ``words`` are declared."""
    return say("{number} {words}", number=grouped(number), words=say_declared(words))


def say_marks(rows: Sequence[Row]) -> str:
    """Return who has to do something: nobody has it, nobody answered, the customer's turn."""
    unassigned = sum(not it.assignee for it in rows)
    unanswered = sum(it.since is not None for it in rows)
    waiting = sum(it.state == "waiting" for it in rows)
    return joined(
        say_part(unassigned, UNASSIGNED) if rows else "",
        say_part(unanswered, UNANSWERED) if rows else "",
        say_part(waiting, TURN) if waiting else "",
    )


def say_flow(flow: Flow) -> str:
    """Return “9 at the start, 31 opened, 2 reopened, 28 solved, 1 dismissed”."""
    parts = (
        (flow.opened, "opened"),
        (flow.reopened, "reopened"),
        (flow.solved, "solved"),
        (flow.dismissed, "dismissed"),
        (flow.merged, "merged"),
    )
    return joined(say_part(flow.before, START), *(say_part(n, words) for n, words in parts if n))


def lost(rows: Sequence[Row]) -> tuple[str, ...]:
    n = sum(it.orphaned is not None for it in rows)
    if not n:
        return ()
    return (say("{issues} in channels that I can no longer see.", issues=count(n, "issue")),)
