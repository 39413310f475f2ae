"""“All time” begins with the first day that is held; before it there is nothing."""

from __future__ import annotations

from dataclasses import replace

from kpis.counting import Priced
from kpis.declarations import Entry, Kpi, Table
from kpis.names.periods import say_period
from kpis.periods import FIRST_DAY, say_day
from kpis.question import Question
from kpis.records.kinds import CREDITED, kinds_of, reads_records
from kpis.slots import day_of
from kpis.surroundings import Surroundings
from kpis.tongue import say


def begin_with_data(question: Question, entry: Entry, around: Surroundings) -> Question:
    """Return the question from the first day that holds anything of it; as it is where none does.

    Only “all time” is changed. Customer issues find their own first day.
    """
    period = question.period
    if period.start != FIRST_DAY:
        return question
    first = first_day(question, entry, around)
    if first is None:
        return question
    start = min(day_of(first), period.last)
    since = say_day(start, question.today.year)
    words = say("{period}, since {day}", period=say_period(period), day=since)
    return replace(question, period=replace(period, start=start, words=words))


def first_day(question: Question, entry: Entry, around: Surroundings) -> int | None:
    """Return the first day number that was read for what the question stands on."""
    kinds = record_kinds(entry)
    if kinds:
        watched = around.records_watched(question.as_of)
        return min((span[0] for kind in kinds for span in watched.get(kind, ())), default=None)
    ids = tuple(it.id for it in around.choose(question.scope))
    held = around.held(ids, question.as_of)
    return held[0] if held else None


def record_kinds(entry: Entry) -> tuple[str, ...]:
    """Return the kinds of records that a KPI is read from; none where it is of accounts."""
    if isinstance(entry, Table):
        return CREDITED if entry.key == "attribution" else ()
    if not isinstance(entry, Kpi) or not reads_records(entry.formula):
        return ()
    if any(isinstance(it, Priced) for it in entry.formula.leaves()):
        return ()
    return tuple(kind for it in entry.formula.leaves() for kind in kinds_of(it.rows))
