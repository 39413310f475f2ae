"""What the views of a number share: the accounts and the way to read it, and the answer's frame."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Connection

from kpis import absences
from kpis.answers import Answer, Figure, Receipt
from kpis.catalogue import Entry, Kpi
from kpis.coverage import coverage_of, marks_of
from kpis.names import title_of
from kpis.names.periods import say_period
from kpis.question import Question, Refusal
from kpis.sitting import Sitting
from kpis.surroundings import Surroundings
from kpis.titles import scope_title
from kpis.tongue import say
from kpis.ways import supplies, ways_to

Guides = tuple[tuple[str, tuple[float | None, ...], str], ...]
"""Name, values (one for all slots, or one a slot) and kind of each ``kpis.charts`` guide."""


def seat(
    question: Question, connection: Connection, around: Surroundings, *, of_posts: bool = False
) -> Sitting | Answer:
    """Return the question with what was read for it, or the answer that there is nothing.

    ``of_posts`` reads posts alone. Raises ``Refusal`` for what is no plain KPI.
    """
    entry = around.entry(question.kpi)
    if not isinstance(entry, Kpi):
        raise no_single_number(entry)
    plain = replace(question, by=None)
    accounts = around.choose(plain.scope)
    ways = [it for it in ways_to(entry, plain) if it.reads_posts or not of_posts]
    if not ways:
        raise Refusal(say("{kpi} is not counted by post.", kpi=title_of(entry)))
    for way in ways:
        held = tuple(it for it in accounts if supplies(way, it))
        if not held:
            continue
        sitting = Sitting(plain, way, held, around, connection, one_by_one=True)
        if sitting.has_data():
            return sitting
    if not any(supplies(way, it) for way in ways for it in accounts):
        return absences.not_supplied(plain, ways[0], accounts, around, connection)
    return absences.no_data(plain, ways[0], accounts, around, connection)


def no_single_number(entry: Entry) -> Refusal:
    """Return the refusal of a table, which is asked for itself."""
    return Refusal(
        say(
            "{kpi} is no single number; ask for it itself: /kpi {key}.",
            kpi=title_of(entry),
            key=entry.key,
        )
    )


def told(sitting: Sitting, title: str, figure: Figure, receipt: Receipt) -> Answer:
    """Return an answer of one figure, with coverage, breaks and zone as any other has them."""
    question, way, around = sitting.question, sitting.way, sitting.surroundings
    accounts, cell = sitting.accounts, sitting.whole()
    scope = scope_title(question, accounts, around)
    return Answer(
        question=question,
        title=" · ".join((title, scope, say_period(question.period))),
        unit=way.unit,
        kpi_title=title,
        scope_title=scope,
        lines=(figure,),
        coverage=coverage_of(way, sitting.now, cell, question, accounts, around),
        marks=marks_of(way.formula, accounts, around, question.period.start, question.period.end),
        receipt=receipt,
        better=way.kpi.better,
    )


def ruled(answer: Answer, guides: Guides) -> Answer:
    """Return the answer with lines that its chart compares the data with."""
    given: dict[str, Any] = {"guides": guides}
    return replace(answer, **given) if "guides" in {it.name for it in fields(answer)} else answer
