"""Answers attribution: credit by platform under six models, side by side (kpi-catalogue §4)."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from kpis.absences import without_number
from kpis.answers import Absent, Answer, Coverage, Figure, Reason, Value
from kpis.attribution.grid import make_grid, make_sheet
from kpis.attribution.read import Asked, read_beyond, read_credits, read_held, read_walks
from kpis.attribution.words import (
    say_beyond,
    say_headline,
    say_receipt,
    say_revenue,
    say_roles,
    say_unattributed,
)
from kpis.coverage import SAMPLE, newest
from kpis.declarations import Table
from kpis.names import title_of as name_of
from kpis.periods import FIRST_DAY, say_days
from kpis.question import Question
from kpis.records.absences import HOW
from kpis.records.answer import scope_of, title_of
from kpis.records.kinds import CREDITED
from kpis.records.sitting import platforms_of
from kpis.slots import day_of
from kpis.surroundings import Surroundings
from kpis.tongue import say, say_declared
from storage.credit_models import LAST
from storage.journeys import look_back_days
from storage.measures import Unit
from storage.tables import day_number


def answer_attribution(
    question: Question, entry: Table, connection: Connection, around: Surroundings
) -> Answer:
    """Return the table, or why there is none.

    ``question.by`` is ``platform`` (also where nothing is said), ``campaign`` or ``paid``. Credits
    are told as they are known now, whatever moment the question asks of.
    """
    question = begin_with_data(question, connection, around)
    asked = Asked(
        around.workspace,
        around.zone,
        day_number(question.period.start),
        day_number(question.period.end),
        question.by or "platform",
    )
    scope = scope_of(question, around)
    beyond = read_beyond(connection, asked)
    credited = read_credits(connection, asked)
    if not credited.conversions:
        return say_why(question, entry, connection, around, scope)
    sheet = make_sheet(asked.by, credited, read_walks(connection, asked))
    chosen = frozenset(platforms_of(question.scope, around)) if asked.by == "platform" else None
    chosen = chosen or frozenset()
    last = sheet.conversions[LAST]
    number = sum(last.get(it, 0.0) for it in chosen) if chosen else sheet.total
    figure = Figure(
        scope or name_of(entry),
        Value(number, number, round(sheet.total)),
        headline=say_headline(sheet, chosen),
        details=() if chosen else say_revenue(sheet),
    )
    return Answer(
        question=question,
        title=title_of(question, name_of(entry), scope),
        unit=Unit.COUNT,
        kpi_title=name_of(entry),
        scope_title=scope,
        lines=(figure,),
        grid=make_grid(sheet, chosen),
        coverage=coverage_of(question, around),
        notes=(
            *say_roles(sheet),
            *say_unattributed(sheet),
            *say_beyond(beyond, question.today.year),
            *say_newer(question, around),
            *((say_declared(entry.caveat),) if entry.caveat else ()),
        ),
        receipt=say_receipt(sheet, entry.meaning, look_back_days(connection, around.workspace)),
        chart="bars",
        better=entry.better,
    )


def begin_with_data(question: Question, connection: Connection, around: Surroundings) -> Question:
    """Return “all time” from the first day that holds a conversion."""
    period = question.period
    if period.start != FIRST_DAY:
        return question
    held = read_held(connection, around.workspace)
    start = min(day_of(held[0]), period.last) if held else period.start
    return replace(question, period=replace(period, start=start))


def say_why(
    question: Question,
    entry: Table,
    connection: Connection,
    around: Surroundings,
    scope: str,
) -> Answer:
    """Return why there are no credits in the period, and what would bring some."""
    held, year = read_held(connection, around.workspace), question.today.year
    asked = say_days(question.period.start, question.period.end, year)
    coverage = coverage_of(question, around)
    if held is None:
        words = say("No conversions yet.") + " " + say_declared(HOW["conversions"])
    elif coverage.days and not coverage.missing:
        words = say("No conversions for {days}: all of them were read, and hold none.", days=asked)
    else:
        days = say_days(day_of(held[0]), day_of(held[1]), year)
        words = say("No conversions for {days}; I have {held}.", days=asked, held=days)
    return without_number(question, name_of(entry), scope, Absent(Reason.NO_DATA, words))


def say_newer(question: Question, around: Surroundings) -> tuple[str, ...]:
    """Return that files came after the moment asked of: credits keep no history."""
    if not around.later(question.as_of):
        return ()
    return (say("Told as it is known now: credits keep no earlier state."),)


def coverage_of(question: Question, around: Surroundings) -> Coverage:
    """Return how many days conversions or paths were read for, and the files they came in."""
    start, end = day_number(question.period.start), day_number(question.period.end)
    spans = [
        it for it in around.record_readings if it[0] in CREDITED and it[1] < end and it[2] > start
    ]
    held = {day for it in spans for day in range(max(start, it[1]), min(end, it[2]))}
    ids = {it[3] for it in spans}
    taken = [it for it in around.imports if it.id in ids]
    return Coverage(
        days=end - start,
        held=len(held),
        missing=tuple(day_of(it) for it in range(start, end) if it not in held),
        zones=(around.zone,),
        newest=newest(taken, around.zone),
        files=len(taken),
        sample=any(it.format == SAMPLE for it in taken),
    )
