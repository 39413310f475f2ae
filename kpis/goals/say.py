"""Goals in words: names, amounts, days."""

from __future__ import annotations

import re
from datetime import date, timedelta

from babel.numbers import get_decimal_symbol

from kpis.catalogue import CATALOGUE, Kpi, Service
from kpis.goals.draft import Amount, Draft
from kpis.goals.measure import scope_of
from kpis.goals.shapes import RECENT_DAYS, is_of_people, unit_of_goal
from kpis.grammar_scope import say_scope
from kpis.names import title_of, variant_title_of
from kpis.numbers import write
from kpis.numerals import numerals, percent
from kpis.periods import say_day, say_unit, unit_end, unit_start
from kpis.question import Directory, Grain, Scope
from kpis.tongue import ENGLISH, exact, joined, locale, say, speaking, spoken
from storage.goals import GoalRow
from storage.measures import Unit

THINGS = (Unit.COUNT, Unit.PEOPLE, Unit.PERSON_DAYS)
"""Units that are counted: “45,000 followers”; others are measured: “CTR at least 2 %”."""
LEAST_RATE = 0.01
"""A day; what is needed less than that is not told as nothing."""


def say_target(kpi: str, variant: str, target: float, better: str, unit: Unit) -> str:
    """Return “45,000 followers”, “at most 100 followers lost”, “engagement rate at least 4 %”."""
    told = {"number": write_target(target, unit), "title": lower_title(say_title(kpi, variant))}
    if is_of_people(kpi) and better == "higher":
        return say("{title} of {number} people", **told)
    if unit in THINGS and better == "higher":
        return say("{number} {title}", **told)
    if unit in THINGS:
        return say("at most {number} {title}", **told)
    if better == "higher":
        return say("{title} at least {number}", **told)
    return say("{title} at most {number}", **told)


def say_title(kpi: str, variant: str) -> str:
    """Return what is counted: “Likes”, “Likes per post”."""
    entry = CATALOGUE[kpi]
    if not variant:
        return title_of(entry)
    if spoken() != ENGLISH and isinstance(entry, Kpi | Service):
        return variant_title_of(entry, variant)
    return f"{entry.title} {variant}"


def write_target(target: float, unit: Unit) -> str:
    """Return a number as people set it: “4 %”, where a measured one is “4.00 %”."""
    said = write(target, unit)
    sign = re.escape(get_decimal_symbol(locale=locale()))
    if unit.startswith(Unit.MONEY):
        return re.sub(rf"{sign}0+(?!\d)", "", said)
    if unit not in (Unit.PERCENT, Unit.RATIO):
        return said
    return re.sub(rf"{sign}0+(?!\d)|(?<={sign}\d)0+(?!\d)", "", said)


def say_amount(amount: Amount | None, better: str, unit: Unit) -> str:
    """Return an amount in words: “up 20 %”, “at most 30 min”; English ones read back as it."""
    if amount is None:
        return ""
    if amount.kind == "to":
        size = size_of(amount, unit)
        if better == "higher":
            return say("at least {size}", size=size)
        return say("at most {size}", size=size)
    size = size_of(amount, unit)
    return say("up {size}", size=size) if better == "higher" else say("down {size}", size=size)


def size_of(amount: Amount, unit: Unit) -> str:
    """Return the number of an amount: “20 %”, “2 pt”, “1,200”, “30 min”."""
    size = abs(amount.value)
    if amount.kind == "times":
        return percent(float(f"{abs(amount.value - 1) * 100:.6g}"))
    if unit is Unit.PERCENT:
        hundredths = float(f"{size * 100:.6g}")
        if amount.kind == "to":
            return percent(hundredths)
        return f"{exact(hundredths)}{numerals().points}"
    return say_seconds(size) if unit is Unit.SECONDS else exact(round(size, 6))


def say_seconds(seconds: float) -> str:
    own = numerals()
    for size, sign in ((86400, own.day), (3600, own.hour), (60, own.minute)):
        if seconds >= size and not seconds % size:
            return f"{exact(seconds / size)}{sign}"
    return f"{exact(seconds)}{own.second}"


def write_amount(draft: Draft, unit: Unit) -> str:
    """Return a draft's amount as a form shows it: in English, which it reads again."""
    with speaking(ENGLISH):
        return say_amount(draft.amount, draft.better, unit)


def say_until(draft: Draft) -> str:
    """Return a goal's days in words that read back as them: English in every language."""
    if draft.every:
        return f"a {draft.every}"
    if draft.end is None:
        return ""
    last = draft.end - timedelta(days=1)
    return f"by {last}" if draft.by_then or draft.start is None else f"{draft.start} to {last}"


def lower_title(title: str) -> str:
    """Return a KPI's title inside a sentence; “CTR” and “SLA attainment” keep their capitals."""
    return title if title[1:2].isupper() else title[0].lower() + title[1:]


def lower_first(words: str) -> str:
    """Return a value inside a sentence: “at least 5,000”."""
    return words[:1].lower() + words[1:]


def say_when(start: date, end: date, every: str, shape: str, year: int, week_start: int) -> str:
    """Return “by 31 Dec”, “in Q1 2027”, “in November 2026, every month”."""
    again = say_every(every)
    for grain in (Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR):
        if unit_start(grain, start, week_start) == start and unit_end(grain, start) == end:
            return joined([say("in {period}", period=say_unit(grain, start)), again])
    day = say_day(end - timedelta(days=1), year)
    if shape == "recent":
        return joined([say("by {day}, over {days} days", day=day, days=RECENT_DAYS), again])
    return joined([say("by {day}", day=day), again])


def say_every(every: str) -> str:
    """Return how often a goal begins anew: “every week”; nothing of one that does not."""
    match every:
        case "week":
            return say("every week")
        case "month":
            return say("every month")
        case "quarter":
            return say("every quarter")
        case _:
            return ""


def say_whose(row: GoalRow, directory: Directory) -> str:
    """Return “Instagram acme”; nothing where all own accounts are meant."""
    return say_whose_of(scope_of(row), directory)


def say_whose_of(scope: Scope, directory: Directory) -> str:
    names = {it.id: it.name for it in directory.channels}
    said = [f"#{names[it]}" for it in scope.channels if it in names]
    if scope.platforms or scope.accounts or scope.brands:
        said.insert(0, say_scope(scope, directory))
    return joined(said)


def name_of(row: GoalRow, directory: Directory, today: date) -> str:
    """Return “45,000 followers, Instagram, by 31 Dec”."""
    target = say_target(row.kpi, row.variant, row.target, row.better, unit_of_goal(row))
    when = say_when(row.start, row.end, row.every, row.shape, today.year, directory.week_start)
    whose = say_whose(row, directory)
    named = joined([target, whose, when])
    said = named if whose else say("{target} {when}", target=target, when=when)
    return said[0].upper() + said[1:]


def a_day(amount: float, unit: Unit) -> str:
    """Return a daily rate: whole above ten, a decimal below, two below one; signed where it falls.

    A need is never told as nothing: 3 in 700 days are “less than 0.01”.
    """
    if 0 < abs(amount) < LEAST_RATE:
        return say("less than {number}", number=exact(LEAST_RATE))
    digits = 0 if abs(amount) >= 10 else 1 if abs(amount) >= 1 else 2
    return write(round(amount, digits), unit)
