"""Answers a KPI of account days and posts.

scope → accounts → one read into a frame → a figure a line → coverage, notes, receipt. A KPI whose
own rows are missing is answered once, as a whole, by what it declares ``instead``.
"""

from collections.abc import Callable
from typing import cast

from sqlalchemy import Connection

from kpis import absences, breakdown
from kpis.account_notes import notes_of
from kpis.answers import Absent, Answer, Figure, Reading, Reason, Value
from kpis.catalogue import Kpi
from kpis.coverage import coverage_of, marks_of
from kpis.frame import FrameCell
from kpis.language import People, Together, Total
from kpis.question import KnownAccount, Question
from kpis.receipts import receipt_of
from kpis.sitting import Accounts, Sitting
from kpis.surroundings import Surroundings
from kpis.titles import (
    account_title,
    scope_title,
    title_of,
)
from kpis.tongue import say, say_declared
from kpis.ways import Way, supplies, ways_to
from storage.measures import Unit


def answer_of_accounts(
    question: Question, entry: Kpi, connection: Connection, surroundings: Surroundings
) -> Answer:
    """Return the answer from account days and posts, the first way that serves the most."""
    accounts = surroundings.choose(question.scope)
    ways = ways_to(entry, question)
    chosen = [(way, supplied(way, accounts)) for way in ways]
    chosen = [(way, held) for way, held in chosen if held]
    if not chosen:
        return absences.not_supplied(question, ways[0], accounts, surroundings, connection)
    sittings = []
    for way, held in chosen:
        sitting = Sitting(question, way, held, surroundings, connection)
        if sitting.has_data():
            sittings.append(sitting)
            if not sitting.may_yield or sitting.serves_all():
                break
    if len(sittings) == 1:
        return compose(sittings[0], accounts)
    if sittings:
        return compose(max(sittings, key=Sitting.count_served), accounts)
    return absences.no_data(question, ways[0], accounts, surroundings, connection)


def supplied(way: Way, accounts: tuple[KnownAccount, ...]) -> tuple[KnownAccount, ...]:
    """Return the accounts whose platform counts what the way reads."""
    platforms = {it.platform: it for it in accounts}
    counted = {platform for platform, one in platforms.items() if supplies(way, one)}
    return tuple(it for it in accounts if it.platform in counted)


def compose(sitting: Sitting, asked: tuple[KnownAccount, ...]) -> Answer:
    """Return the answer that a sitting's figures make; ``asked`` may hold more accounts."""
    question, way, surroundings = sitting.question, sitting.way, sitting.surroundings
    accounts, cell = sitting.accounts, sitting.whole()
    lines, together, empty = figures(sitting)
    counted = tuple(it for it in accounts if account_title(it) not in empty) or accounts
    parts = breakdown.split(sitting) if question.by else breakdown.Parts(())
    return Answer(
        question=question,
        title=title_of(question, way.title, counted, surroundings),
        unit=way.unit,
        kpi_title=way.title,
        scope_title=scope_title(question, counted, surroundings),
        lines=lines,
        together=together,
        beside=beside(sitting),
        parts=stack(sitting) if chart_of(sitting) == "stacked" else (),
        breakdown=parts.figures,
        coverage=coverage_of(way, sitting.now, cell, question, accounts, surroundings),
        notes=(*notes_of(sitting, asked, empty), *parts.notes),
        marks=marks_of(
            way.formula,
            accounts,
            surroundings,
            min(sitting.baseline.start, question.period.start),
            question.period.end,
        ),
        receipt=receipt_of(sitting),
        chart=chart_of(sitting),
        better=way.kpi.better,
    )


def figures(sitting: Sitting) -> tuple[tuple[Figure, ...], Figure | None, list[str]]:
    """Return a line an account, all together, and the accounts that have no data.

    Beside another scope, and above a breakdown, the accounts are one line.
    """
    held, empty = part_empty(sitting, sitting.accounts, sitting.whole)
    if len(sitting.accounts) == 1 or not sitting.apart or sitting.rivals or sitting.question.by:
        beside, lacking = part_empty(sitting, sitting.rivals, sitting.before)
        scope = scope_title(sitting.question, held, sitting.surroundings)
        return (sitting.figure(held, scope, beside),), None, [*empty, *lacking]
    lines = tuple(sitting.figure((it,), account_title(it)) for it in held)
    together = sitting.figure(held, say("together")) if len(lines) > 1 else None
    return lines, together, empty


def part_empty(
    sitting: Sitting, accounts: Accounts, cell: Callable[[Accounts], FrameCell]
) -> tuple[Accounts, list[str]]:
    """Return the accounts that have data, and the names of the others; all where none has."""
    if len(accounts) < 2 or not sitting.apart:
        return accounts, []
    value = sitting.way.formula.value
    empty = [it for it in accounts if is_empty(value(cell((it,))))]
    held = tuple(it for it in accounts if it not in empty)
    return (held, [account_title(it) for it in empty]) if held else (accounts, [])


def beside(sitting: Sitting) -> tuple[tuple[str, Reading, Unit], ...]:
    shown = sitting.way.kpi.beside
    if not shown or sitting.way.variant:
        return ()
    cell = sitting.whole()
    return tuple((name, formula.value(cell), unit) for name, (formula, unit) in shown.items())


def stack(sitting: Sitting) -> tuple[Figure, ...]:
    """Return the parts of a sum that have numbers, the largest first."""
    assert isinstance(sitting.way.formula, Together)
    cell, period = sitting.whole(), sitting.question.period
    figures = []
    for part in sitting.way.formula.parts:
        reading = part.value(cell)
        if isinstance(reading, Value):
            series = sitting.series(sitting.now, sitting.accounts, period, part)
            name = say_declared(cast(Total, part).noun)
            figures.append((reading.low, Figure(name, reading, series=series)))
    figures.sort(key=lambda it: -it[0])
    return tuple(figure for _, figure in figures)


def chart_of(sitting: Sitting) -> str:
    if sitting.question.by:
        return "bars"
    if isinstance(sitting.way.formula, People):
        return "band"
    if isinstance(sitting.way.formula, Together) and len(sitting.accounts) == 1:
        return "stacked"
    return "bars" if sitting.way.kpi.bars and len(sitting.accounts) == 1 else "line"


def is_empty(reading: Reading) -> bool:
    return isinstance(reading, Absent) and reading.reason is Reason.NO_DATA
