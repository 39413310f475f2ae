"""The figures of a sitting: the whole with its series, and the parts of a split."""

from collections.abc import Sequence
from dataclasses import replace

from kpis.answers import Absent, Figure, Point, Reading, Short, Value
from kpis.comparing import compare
from kpis.numbers import write_with_unit
from kpis.question import Period, Refusal
from kpis.service_figures import Gauge, Outcome, joined, say_pending, sentence
from kpis.service_rows import Row
from kpis.service_scope import fold_people, groups_of, in_order, span_of
from kpis.service_shapes import BY_CLOCK, BY_DATES, Backlog, Tally
from kpis.service_sitting import IssueSitting
from kpis.short_slots import cut_part, cut_slots
from kpis.slots import Slot, day_of, group_days, slots
from kpis.tongue import say

MOST_PARTS = 12
ENOUGH_A_DAY = 5
"""With fewer samples a day, a line of medians is drawn by week."""
PEOPLE_ARE_OFF = (
    "Figures by person are off here until an admin turns them on. "
    "Your own you may always ask for: my first response time."
)


def whole_of(sitting: IssueSitting, name: str) -> Figure:
    """Return the whole with its baseline, change and series."""
    outcome, before = sitting.outcome, sitting.outcome_before
    previous: Reading | None = None
    change = None
    if before is not None and before.may_compare and outcome.may_compare:
        previous = before.reading if isinstance(before.reading, Value) else None
        change = compare(outcome.reading, previous, sitting.shape.unit)
    behind: tuple[Point, ...] = ()
    if isinstance(previous, Value):
        behind = series_of(sitting, sitting.then, sitting.rows_before, sitting.baseline)
    said = (*outcome.details, outcome.beside, say_open(sitting, sitting.open_rows))
    return Figure(
        name,
        outcome.reading,
        previous=previous,
        change=change,
        series=series_of(sitting, sitting.now, sitting.rows, sitting.question.period),
        previous_series=behind,
        headline=outcome.headline,
        details=tuple(filter(None, said)),
    )


def say_open(sitting: IssueSitting, rows: Sequence[Row]) -> str:
    """Return “3 still open, oldest 18 d 03 h.” where the figure itself does not say it."""
    starts = [it.opened for it in rows]
    return sentence(say_pending(starts, sitting.moment, "still open")) if starts else ""


def series_of(
    sitting: IssueSitting, gauge: Gauge, rows: Sequence[Row], period: Period
) -> tuple[Point, ...]:
    """Return a point a slot; slots grow where a day holds few samples."""
    counts = isinstance(sitting.shape, Backlog | Tally)
    sparse = not counts and sitting.outcome.n < ENOUGH_A_DAY * sitting.question.period.days
    cut = slots(period, sparse=sparse)
    shorts = shorts_within(sitting, cut)
    days = [(day_of(start), day_of(end)) for start, end in cut]
    spans = [span_of(start, end, sitting.zone) for start, end in days]
    moment = gauge.sight.moment
    return tuple(
        Point(start, end, spot.value, span.end > moment, spot.upper, spot.few, short)
        for (start, end), span, spot, short in zip(
            days, spans, gauge.spots(rows, spans), shorts, strict=True
        )
    )


def shorts_within(sitting: IssueSitting, cut: Sequence[Slot]) -> Sequence[Short | None]:
    """Return which weeks and months the period cuts; a backlog is as it stands at their end."""
    if isinstance(sitting.shape, Backlog):
        return [None] * len(cut)
    return cut_slots(cut, is_less=isinstance(sitting.shape, Tally))


def parts_of(sitting: IssueSitting) -> tuple[tuple[Figure, ...], tuple[str, ...]]:
    """Return a figure for each part of a split, and what is said of those left out.

    A part without any number is kept where somebody waits in it.
    """
    by = sitting.question.by
    if by is None:
        return (), ()
    if by == "person" and not sitting.desks.by_person:
        raise Refusal(say(PEOPLE_ARE_OFF))
    held = by_date(sitting, by) if by in BY_DATES else by_label(sitting, by)
    if len(held) <= MOST_PARTS or by in (*BY_DATES, *BY_CLOCK):
        return tuple(held), ()
    left = len(held) - MOST_PARTS
    words = say("The {number} largest are shown, {left} left out.", number=MOST_PARTS, left=left)
    return tuple(held[:MOST_PARTS]), (words,)


def by_label(sitting: IssueSitting, by: str) -> list[Figure]:
    gauge, around = sitting.now, sitting.around
    groups = groups_of(sitting.rows, by, around, by_start=gauge.by_start)
    made = {name: gauge.outcome(rows, sitting.span) for name, rows in groups.items()}
    others = [] if by in BY_CLOCK else sitting.open_rows
    still = groups_of(others, by, around, by_start=True)
    if by == "person":
        sizes = {name: it.n for name, it in made.items()}
        groups, still = fold_people(groups, sizes), fold_people(still, sizes)
    made = {name: gauge.outcome(groups.get(name, []), sitting.span) for name in (*groups, *still)}
    names = in_order(made, by, {name: it.n for name, it in made.items()})
    return [
        part_of(sitting, name, made[name], say_open(sitting, still.get(name, [])))
        for name in names
        if isinstance(made[name].reading, Value) or made[name].pending
    ]


def by_date(sitting: IssueSitting, by: str) -> list[Figure]:
    groups = group_days(sitting.question.period, by, sitting.around.week_start)
    gauge = sitting.gauge(sitting.moment, by_date=True)
    found = []
    for name, cuts in groups.items():
        span = span_of(day_of(cuts[0][0]), day_of(cuts[-1][1]), sitting.zone)
        if span.start < sitting.moment:
            outcome = gauge.outcome(sitting.rows, span)
            if isinstance(outcome.reading, Value) or outcome.pending:
                found.append(
                    replace(part_of(sitting, name, outcome), short=short_part(sitting, by, cuts[0]))
                )
    return found


def short_part(sitting: IssueSitting, by: str, cut: Slot) -> Short | None:
    if isinstance(sitting.shape, Backlog):
        return None
    return cut_part(by, cut, is_less=isinstance(sitting.shape, Tally))


def part_of(sitting: IssueSitting, name: str, outcome: Outcome, still: str = "") -> Figure:
    if isinstance(outcome.reading, Absent):
        return Figure(name, outcome.reading)
    said = outcome.headline or write_with_unit(outcome.reading.low, sitting.shape.unit)
    words = joined(outcome.aside, still.rstrip(".。"))
    return Figure(name, outcome.reading, headline=f"{said} ({words})" if words else said)
