"""Answers a KPI of records: web visits, ads, sales, mentions, reviews, surveys.

question → ways → one read into a frame → a figure for each currency or scale → Answer.
"""

from __future__ import annotations

from sqlalchemy import Connection

from kpis import names
from kpis.answers import Answer, Figure, Reading, Reason, Value
from kpis.declarations import Kpi
from kpis.names import variant_title_of
from kpis.names.periods import say_period
from kpis.question import Question, Refusal
from kpis.records import absences, parts, telling
from kpis.records.kinds import is_of_whole
from kpis.records.sitting import RecordSitting, RecordWay, demand_own_side, demand_rivals
from kpis.surroundings import Surroundings
from kpis.titles import account_title, say_split
from kpis.tongue import listed, say, say_declared
from storage.measures import Unit
from storage.platforms import PLATFORMS
from storage.support_notes import chosen
from support.rules import FIGURES_BY_PERSON

PEOPLE_ARE_OFF = "Figures by person are off here. An admin turns them on: /support people on"


def answer_records(
    question: Question, entry: Kpi, connection: Connection, around: Surroundings
) -> Answer:
    """Return the answer, or why there is none; raises ``Refusal`` where nothing can be asked."""
    if question.by == "agent" and not chosen(connection, around.workspace, FIGURES_BY_PERSON):
        raise Refusal(say(PEOPLE_ARE_OFF))
    ways = ways_to(entry, question)
    demand_rivals(ways[0], around)
    demand_own_side(question, ways[0], around)
    sittings: list[RecordSitting] = []
    for way in ways:
        sitting = RecordSitting(question, way, around, connection)
        if sitting.has_a_number() and not sitting.mixes_currencies:
            return compose(sitting, telling.refusals(sittings))
        sittings.append(sitting)
    return absences.say_why(sittings, scope_of(question, around))


def ways_to(entry: Kpi, question: Question) -> list[RecordWay]:
    """Return the ways to answer, best first."""
    if question.variant and entry.variants:
        variant = entry.variants[question.variant]
        title = variant_title_of(entry, question.variant)
        return [RecordWay(entry, variant.formula, variant.unit, title, variant=True)]
    title = names.title_of(entry)
    ways = [RecordWay(entry, entry.formula, entry.unit, title)]
    if isinstance(entry.instead, Kpi):
        other, title = entry.instead, names.title_of(entry.instead)
        ways.append(RecordWay(other, other.formula, other.unit, title, stands_in=True))
    elif entry.instead is not None:
        ways.append(RecordWay(entry, entry.instead, entry.unit, title, stands_in=True))
    return ways


def compose(sitting: RecordSitting, refused: list[str]) -> Answer:
    """Return the answer that a sitting's figures make; ``refused``: why no better way was gone."""
    question, way, around = sitting.question, sitting.way, sitting.around
    scope = scope_of(question, around)
    aparts = [it for it in sitting.aparts if is_told(sitting.value(it))]
    lines = tuple(sitting.figure(it, it or scope or way.title) for it in aparts)
    unit = sitting.unit(aparts[0])
    if len(lines) > 1:
        lines = tuple(
            telling.worded(it, sitting.unit(apart)) for it, apart in zip(lines, aparts, strict=True)
        )
    elif lines:
        lines = (telling.described(sitting, lines[0], aparts[0]),)
    broken = parts.split_all(sitting, aparts) if question.by else parts.NOTHING
    return Answer(
        question=question,
        title=title_of(question, way.title, scope),
        unit=unit,
        kpi_title=way.title,
        scope_title=scope,
        lines=lines,
        beside=beside_all(sitting, aparts),
        parts=stack(sitting, aparts[0]),
        breakdown=broken.figures,
        coverage=telling.coverage_of(sitting),
        notes=(*telling.notes_of(sitting, aparts), *refused, *broken.notes),
        receipt=telling.receipt_of(sitting, aparts),
        chart=chart_of(sitting, aparts),
        better=way.kpi.better,
    )


def is_told(reading: Reading) -> bool:
    return isinstance(reading, Value) or reading.reason is Reason.UNDEFINED


def chart_of(sitting: RecordSitting, aparts: list[str]) -> str:
    if len(aparts) > 1 and (sitting.way.unit is Unit.MONEY or sitting.question.by):
        return "none"  # amounts of two currencies share no axis
    if sitting.question.by:
        return "bars"
    if is_of_whole(sitting.way.formula):
        return "none"  # a day of it is another number than the period's
    if sitting.way.kpi.split and not sitting.way.variant:
        return "stacked"
    return "bars" if sitting.way.kpi.bars else "line"


def beside_all(sitting: RecordSitting, aparts: list[str]) -> tuple[tuple[str, Reading, Unit], ...]:
    """Return what stands beside the value, of each currency or scale where there are several."""
    if len(aparts) == 1:
        return beside(sitting, aparts[0])
    return tuple(
        (name if unit.startswith(Unit.MONEY) else f"{say_declared(name)}, {apart}", reading, unit)
        for apart in aparts
        for name, reading, unit in beside(sitting, apart)
    )


def beside(sitting: RecordSitting, apart: str) -> tuple[tuple[str, Reading, Unit], ...]:
    shown = sitting.way.kpi.beside
    if not shown or sitting.way.variant or sitting.way.stands_in:
        return ()
    cell = sitting.whole(apart)
    readings = {name: (formula.value(cell), unit) for name, (formula, unit) in shown.items()}
    return tuple(
        (name, reading, telling.money_or(unit, apart))
        for name, (reading, unit) in readings.items()
        if isinstance(reading, Value)
    )


def stack(sitting: RecordSitting, apart: str) -> tuple[Figure, ...]:
    """Return the declared parts of the value that have numbers, in their order."""
    split = sitting.way.kpi.split
    if not split or sitting.way.variant or sitting.question.by:
        return ()
    cell, period = sitting.whole(apart), sitting.question.period
    figures = []
    for name, formula in split.items():
        reading = formula.value(cell)
        if isinstance(reading, Value) and reading.low:
            series = sitting.series(sitting.now, apart, period, formula)
            figures.append(Figure(name, reading, series=series))
    return tuple(figures)


def scope_of(question: Question, around: Surroundings) -> str:
    """Return what was asked of: “Instagram and X”, “nordkaffe”; nothing where it is everything."""
    scope = question.scope
    named = [around.brand_names[it] for it in scope.brands if it in around.brand_names]
    named += [account_title(around.by_id[it]) for it in scope.accounts if it in around.by_id]
    platforms = [PLATFORMS[it].title for it in scope.platforms]
    return " · ".join(filter(None, (listed(named), listed(platforms))))


def title_of(question: Question, kpi: str, scope: str) -> str:
    """Return “Web traffic · Instagram · last 28 days”."""
    kpi = say_split(kpi, question)
    return " · ".join(filter(None, (kpi, scope, say_period(question.period))))
