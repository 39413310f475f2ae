"""Answers that have no number, and say why and what would work (kpi-catalogue §1, Z N P X)."""

from dataclasses import replace

from sqlalchemy import Connection

from kpis.answers import Absent, Answer, Figure, Reason, Value
from kpis.catalogue import CATALOGUE, Kpi, Later
from kpis.numbers import write
from kpis.parsing import repeat
from kpis.periods import say_days
from kpis.question import Baseline, Beside, KnownAccount, Period, Question
from kpis.slots import day_of, next_month
from kpis.surroundings import Surroundings
from kpis.titles import platform_titles, scope_title
from kpis.ways import Way, noun_of_missing
from storage.measures import Unit


def without_number(
    question: Question,
    title: str,
    scope: str,
    absent: Absent,
    hints: tuple[tuple[str, str], ...] = (),
) -> Answer:
    """Return an answer that says why there is no number."""
    return Answer(
        question=question,
        title=" · ".join(it for it in (title, scope, question.period.words) if it),
        unit=Unit.COUNT,
        kpi_title=title,
        scope_title=scope,
        lines=(Figure(scope or title, absent),),
        chart="none",
        hints=hints,
    )


def not_yet(question: Question, entry: Later) -> Answer:
    words = f"{entry.title} is not here yet: it needs {entry.needs}, which I can't read so far."
    return without_number(question, entry.title, "", Absent(Reason.NOT_YET, words))


def not_supplied(
    question: Question,
    way: Way,
    accounts: tuple[KnownAccount, ...],
    surroundings: Surroundings,
    connection: Connection,
) -> Answer:
    """Return “X doesn't report reach. Impressions: 84,200.” with the nearest KPI that works."""
    from kpis.answer import answer

    scope = scope_title(question, accounts, surroundings)
    where = " and ".join(platform_titles(accounts))
    verb = "doesn't" if where.count(" and ") == 0 else "don't"
    words = f"{where} {verb} report {noun_of_missing(way, accounts[0])}."
    hints: tuple[tuple[str, str], ...] = ()
    nearest = CATALOGUE.get(way.kpi.nearest)
    if isinstance(nearest, Kpi):
        other = replace(question, kpi=nearest.key, by=None, variant=None)
        found = answer(other, connection, surroundings).main.value
        if isinstance(found, Value):
            words += f" {nearest.title}: {write(found.low, nearest.unit)}."
        hints = ((nearest.title, repeat(other, surroundings.directory)),)
    return without_number(question, way.title, scope, Absent(Reason.NOT_SUPPLIED, words), hints)


def no_data(
    question: Question,
    way: Way,
    accounts: tuple[KnownAccount, ...],
    surroundings: Surroundings,
) -> Answer:
    """Return “No TikTok data for 1–7 Nov; I have 3 Aug – 31 Oct.” and a month that has some."""
    scope = scope_title(question, accounts, surroundings)
    period = question.period
    asked = say_days(period.start, period.end, question.today.year)
    held = surroundings.held(tuple(it.id for it in accounts))
    if held is None:
        words = f"No data for {scope} yet. Drop an export here and I'll read it."
        return without_number(question, way.title, scope, Absent(Reason.NO_DATA, words))
    first, last = day_of(held[0]), day_of(held[1])
    have = say_days(first, day_of(held[1] + 1), question.today.year)
    if period.start <= last and first < period.end:
        noun = way.title[0].lower() + way.title[1:]
        words = f"No {noun} in the {scope} data for {asked}; I have other numbers for {have}."
        return without_number(question, way.title, scope, Absent(Reason.NO_DATA, words))
    words = f"No {scope} data for {asked}; I have {have}."
    month = last.replace(day=1)
    other = replace(
        question,
        period=Period(month, next_month(month), f"{month:%B %Y}"),
        baseline=Baseline(Beside.PREVIOUS),
    )
    hints = ((f"{month:%B %Y}", repeat(other, surroundings.directory)),)
    return without_number(question, way.title, scope, Absent(Reason.NO_DATA, words), hints)
