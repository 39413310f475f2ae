"""Goals in words: names, amounts, days."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kpis.catalogue import CATALOGUE
from kpis.goals.draft import Amount, Draft
from kpis.goals.measure import scope_of
from kpis.goals.shapes import RECENT_DAYS, is_of_people, unit_of_goal
from kpis.grammar_scope import say_scope
from kpis.numbers import write
from kpis.periods import say_day, say_unit, unit_end, unit_start
from kpis.question import Directory, Grain, Scope
from storage.goals import GoalRow
from storage.measures import Unit

THINGS = (Unit.COUNT, Unit.PEOPLE, Unit.PERSON_DAYS)
"""Units that are counted: “45,000 followers”; others are measured: “CTR at least 2 %”."""
LEAST_RATE = 0.01
"""A day; what is needed less than that is not told as nothing."""


def say_target(kpi: str, variant: str, target: float, better: str, unit: Unit) -> str:
    """Return “45,000 followers”, “at most 100 followers lost”, “engagement rate at least 4 %”."""
    entry = CATALOGUE[kpi]
    title = lower_title(entry.title) + (f" {variant}" if variant else "")
    number = write_target(target, unit)
    if is_of_people(kpi) and better == "higher":
        return f"{title} of {number} people"
    if unit in THINGS and better == "higher":
        return f"{number} {title}"
    bound = "at least" if better == "higher" else "at most"
    if unit in THINGS:
        return f"{bound} {number} {title}"
    return f"{title} {bound} {number}"


def write_target(target: float, unit: Unit) -> str:
    """Return a number as people set it: “4 %”, where a measured one is “4.00 %”."""
    said = write(target, unit)
    figure, space, sign = said.partition(" ")
    if unit.startswith(Unit.MONEY):
        return re.sub(r"\.0+(?!\d)", "", said)
    if unit not in (Unit.PERCENT, Unit.RATIO) or "." not in figure:
        return said
    return figure.rstrip("0").rstrip(".") + space + sign


def say_amount(amount: Amount | None, better: str, unit: Unit) -> str:
    """Return an amount in words that read back as it: “up 20 %”, “at most 30 min”."""
    if amount is None:
        return ""
    way = "up" if better == "higher" else "down"
    if amount.kind == "times":
        return f"{way} {abs(amount.value - 1) * 100:.6g} %"
    if unit is Unit.PERCENT:
        points = f"{abs(amount.value) * 100:.6g}"
        if amount.kind == "more":
            return f"{way} {points} pt"
        return f"{'at least' if better == 'higher' else 'at most'} {points} %"
    size = f"{abs(amount.value):,.6f}".rstrip("0").rstrip(".")
    if unit is Unit.SECONDS:
        size = say_seconds(abs(amount.value))
    if amount.kind == "more":
        return f"{way} {size}"
    return f"{'at least' if better == 'higher' else 'at most'} {size}"


def say_seconds(seconds: float) -> str:
    for size, sign in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size and not seconds % size:
            return f"{seconds / size:g} {sign}"
    return f"{seconds:g} s"


def say_until(draft: Draft) -> str:
    """Return a goal's days in words that read back as them."""
    if draft.every:
        return f"a {draft.every}"
    if draft.end is None:
        return ""
    last = draft.end - timedelta(days=1)
    return f"by {last}" if draft.by_then or draft.start is None else f"{draft.start} to {last}"


def lower_title(title: str) -> str:
    """Return a KPI's title inside a sentence; “CTR” and “SLA attainment” keep their capitals."""
    return title if title[1:2].isupper() else title[0].lower() + title[1:]


def say_when(start: date, end: date, every: str, shape: str, year: int, week_start: int) -> str:
    """Return “by 31 Dec”, “in Q1 2027”, “in November 2026, every month”."""
    again = f", every {every}" if every else ""
    for grain in (Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR):
        if unit_start(grain, start, week_start) == start and unit_end(grain, start) == end:
            return f"in {say_unit(grain, start)}{again}"
    days = f", over {RECENT_DAYS} days" if shape == "recent" else ""
    return f"by {say_day(end - timedelta(days=1), year)}{days}{again}"


def say_whose(row: GoalRow, directory: Directory) -> str:
    """Return “Instagram acme”; nothing where all own accounts are meant."""
    return say_whose_of(scope_of(row), directory)


def say_whose_of(scope: Scope, directory: Directory) -> str:
    names = {it.id: it.name for it in directory.channels}
    said = [f"#{names[it]}" for it in scope.channels if it in names]
    if scope.platforms or scope.accounts or scope.brands:
        said.insert(0, say_scope(scope, directory))
    return ", ".join(filter(None, said))


def name_of(row: GoalRow, directory: Directory, today: date) -> str:
    """Return “45,000 followers, Instagram, by 31 Dec”."""
    target = say_target(row.kpi, row.variant, row.target, row.better, unit_of_goal(row))
    when = say_when(row.start, row.end, row.every, row.shape, today.year, directory.week_start)
    whose = say_whose(row, directory)
    said = f"{target}, {whose}, {when}" if whose else f"{target} {when}"
    return said[0].upper() + said[1:]


def a_day(amount: float, unit: Unit) -> str:
    """Return a daily rate: whole above ten, a decimal below, two below one; signed where it falls.

    A need is never told as nothing: 3 in 700 days are “less than 0.01”.
    """
    if 0 < abs(amount) < LEAST_RATE:
        return f"less than {LEAST_RATE}"
    digits = 0 if abs(amount) >= 10 else 1 if abs(amount) >= 1 else 2
    return write(round(amount, digits), unit)
