"""Answers that have no number, and say why and what would work (kpi-catalogue §1, Z N P X)."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from kpis.answers import Absent, Answer, Figure, Reason, Value
from kpis.catalogue import CATALOGUE, Kpi
from kpis.dimensions import measures_of
from kpis.names import title_of
from kpis.names.periods import say_period
from kpis.numbers import write
from kpis.parsing import repeat
from kpis.periods import say_day, say_days, say_unit
from kpis.question import Baseline, Beside, Grain, KnownAccount, Period, Question
from kpis.readers.columns import FACT, WINDOW_FACT, number
from kpis.slots import day_of, next_month
from kpis.surroundings import Surroundings
from kpis.titles import inside, platform_titles, scope_title, several
from kpis.tongue import say, say_count
from kpis.ways import Way, noun_of_missing
from storage.measures import Unit
from storage.tables import day_number


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
        title=" · ".join(it for it in (title, scope, say_period(question.period)) if it),
        unit=Unit.COUNT,
        kpi_title=title,
        scope_title=scope,
        lines=(Figure(scope or title, absent),),
        chart="none",
        hints=hints,
    )


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
    where = platform_titles(accounts)
    words = say_count(
        "{platforms} doesn't report {noun}.",
        "{platforms} don't report {noun}.",
        len(where),
        platforms=several(where),
        noun=noun_of_missing(way, accounts[0]),
    )
    hints: tuple[tuple[str, str], ...] = ()
    nearest = CATALOGUE.get(way.kpi.nearest)
    if isinstance(nearest, Kpi):
        other = replace(question, kpi=nearest.key, by=None, variant=None)
        found = answer(other, connection, surroundings).main.value
        if isinstance(found, Value):
            value = write(found.low, nearest.unit)
            words += " " + say("{name}: {value}.", name=title_of(nearest), value=value)
        hints = ((title_of(nearest), repeat(other, surroundings.directory)),)
    return without_number(question, way.title, scope, Absent(Reason.NOT_SUPPLIED, words), hints)


def no_data(
    question: Question,
    way: Way,
    accounts: tuple[KnownAccount, ...],
    surroundings: Surroundings,
    connection: Connection,
) -> Answer:
    """Return “No TikTok data for 1–7 Nov; I have 3 Aug – 31 Oct.” and a month that has some."""
    scope, year = scope_title(question, accounts, surroundings), question.today.year
    period, ids = question.period, tuple(it.id for it in accounts)
    asked = say_days(period.start, period.end, year)
    whose = scope if len(accounts) == 1 else several(platform_titles(accounts)[:2])
    held = surroundings.held(ids, question.as_of)
    if held is None and question.as_of is not None and surroundings.held(ids) is not None:
        first_file = surroundings.imports[0].at.astimezone(ZoneInfo(surroundings.zone))
        came = say_day(first_file.date(), year)
        words = say(
            "I had nothing of {scope} then; my first file came on {day}.", scope=scope, day=came
        )
        return without_number(question, way.title, scope, Absent(Reason.NO_DATA, words))
    if held is None:
        words = say(
            "No data for {scope} yet. Drop an export in our direct message and I'll read it.",
            scope=scope,
        )
        return without_number(question, way.title, scope, Absent(Reason.NO_DATA, words))
    noun = ""
    if held[0] < day_number(period.end) and day_number(period.start) <= held[1]:
        noun = inside(way.title)
        own = days_held(connection, way, surroundings.workspace, accounts)
        if own is None:
            words = say(
                "No {noun} from {scope} for {days}; I have other numbers.",
                noun=noun,
                scope=scope,
                days=asked,
            )
            return without_number(question, way.title, scope, Absent(Reason.NO_DATA, words))
        held = own
    last = day_of(held[1])
    shown = {"days": asked, "held": say_held(held, period, year)}
    if not noun and len(platform_titles(accounts)) < 3:
        words = say("No {whose} data for {days}; I have {held}.", whose=whose, **shown)
    else:
        words = say("No {noun} for {days}; I have {held}.", noun=noun or say("data"), **shown)
    month = last.replace(day=1)
    whole = Period(month, next_month(month), say_unit(Grain.MONTH, month), Grain.MONTH)
    other = replace(question, period=whole, baseline=Baseline(Beside.PREVIOUS))
    hints = ((say_unit(Grain.MONTH, month), repeat(other, surroundings.directory)),)
    return without_number(question, way.title, scope, Absent(Reason.NO_DATA, words), hints)


def say_held(held: tuple[int, int], period: Period, year: int) -> str:
    """Return the days that are held, around those that were asked for."""
    first, last = day_of(held[0]), day_of(held[1])
    if first < period.start and period.last < last:
        return say(
            "days before and after, from {first} to {last}",
            first=say_day(first, year),
            last=say_day(last, year),
        )
    return say_days(first, day_of(held[1] + 1), year)


def days_held(
    connection: Connection, way: Way, workspace: int, accounts: tuple[KnownAccount, ...]
) -> tuple[int, int] | None:
    """Return the first and last day number of the account days that a way reads, of any day."""
    if way.reads_posts:
        return None
    measures = {name for leaf in way.formula.leaves() for name in measures_of(leaf)}
    ids = [it.id for it in accounts]
    found = []
    for table, first, last in (
        (FACT, FACT.c.day, FACT.c.day),
        (WINDOW_FACT, WINDOW_FACT.c.start, WINDOW_FACT.c.end),
    ):
        statement = select(func.min(number(first)), func.max(number(last))).where(
            table.c.workspace == workspace,
            table.c.measure.in_(measures),
            table.c.account.in_(ids),
        )
        start, end = connection.execute(statement).one()
        if start is not None:
            found.append((start, end if table is FACT else end - 1))
    if not found:
        return None
    return min(it[0] for it in found), max(it[1] for it in found)
