"""Owns up to published numbers that later data moved by more than 2 % (kpi-catalogue §1).

Figures of customer issues are left out: a cohort ripens as people are answered, and that is no
correction.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kpis.answers import Value
from kpis.audit.holding import Holding
from kpis.catalogue import CATALOGUE, Service
from kpis.digests.choose import say_there
from kpis.digests.lines import Line, say_value
from kpis.digests.report import Correction
from kpis.digests.scene import Scene
from kpis.parsing import parse
from kpis.periods import say_day, say_unit
from kpis.question import Asked, Grain, Question, Scope
from kpis.titles import inside
from kpis.tongue import say
from storage import published
from storage.errors import KepiError
from storage.published import Number, PublishedRow

MOVED = 0.02
LOOK_BACK = {"daily": 14, "weekly": 92, "monthly": 190, "quarterly": 380}
"""Days before the period of which published numbers are looked at again."""
MOST_PINNED = 20
"""Accounts that words can name; more are asked of as a whole."""
NO_LONGER = "no data"
SAME_TELLING = timedelta(minutes=10)
"""A digest that is written again, its picture being late, is asked of the moment it went out."""


def numbers_of(scene: Scene, lines: list[Line]) -> tuple[Number, ...]:
    """Return the exact numbers to keep, each with words that name its accounts.

    An account that is added later would otherwise look like a correction.
    """
    return tuple(
        Number(
            name=line.row.name,
            asks=scene.word(pinned(line)),
            value=line.row.value,
            shown=line.row.shown,
            start=scene.period.start,
            end=scene.period.end,
        )
        for line in lines
        if line.row.value is not None
        and not line.held
        and not isinstance(CATALOGUE[line.row.kpi], Service)
    )


def pinned(line: Line) -> Question:
    accounts = line.pick.accounts
    if not accounts or len(accounts) > MOST_PINNED:
        return line.pick.question
    return replace(line.pick.question, scope=Scope(accounts=tuple(it.id for it in accounts)))


def find_corrections(scene: Scene, holding: Holding) -> tuple[Correction, ...]:
    """Return what is to be owned up to, the latest period first.

    Told once: again only by the very digest that told it, when that is written anew.
    """
    if not scene.plan.id:
        return ()
    start = scene.period.start
    since = start - timedelta(days=LOOK_BACK[scene.plan.cadence])
    rows = published.told(scene.connection, scene.around.workspace, scene.plan.id, since, start)
    changed = published.data_changed_at(scene.connection, scene.around.workspace)
    found = []
    for row in rows:
        if row.restated is not None and abs(row.restated - scene.now) < SAME_TELLING:
            found.append(tell_again(scene, row))
        elif changed is not None and changed > (row.restated or row.as_of):
            found.append(correct(scene, row, holding))
    return tuple(it for it in found if it is not None)


def tell_again(scene: Scene, row: PublishedRow) -> Correction | None:
    """Return the correction as it was told: from what was known when the number went out."""
    question = read_question(scene, row)
    then = None if question is None else scene.answer(replace(question, as_of=row.as_of))
    if then is None or not isinstance(then.main.value, Value):
        return None
    return correction_of(scene, row, say_value(then), row.value, row.shown)


def correct(scene: Scene, row: PublishedRow, holding: Holding) -> Correction | None:
    """Return the correction of one number, if it moved; what waits for an audit does not."""
    question = read_question(scene, row)
    if question is None or holding.of(question, scene.around):
        return None
    answer = scene.answer(question)
    value = None if answer is None else answer.main.value
    if answer is None or not isinstance(value, Value):
        shown, number = say(NO_LONGER), row.value
    elif not value.exact:
        return None
    else:
        shown, number = say_value(answer), value.low
        if abs(number - row.value) <= MOVED * abs(row.value):
            return None
    return correction_of(scene, row, row.shown, number, shown)


def correction_of(
    scene: Scene, row: PublishedRow, was: str, value: float, shown: str
) -> Correction | None:
    """Return the line; nothing where the two read the same."""
    if shown == was:
        return None
    words = say(
        "Corrected: {period} {kpi} {before} → {after}.",
        period=say_period(scene, row),
        kpi=turn(row.name),
        before=was,
        after=shown,
    )
    return Correction(row.id, words, value, shown, row.period)


def read_question(scene: Scene, row: PublishedRow) -> Question | None:
    """Return what a published number was the answer to; nothing where its account is gone."""
    try:
        asked = parse(row.asks, scene.today, scene.around.directory)
    except KepiError:
        return None
    if not isinstance(asked, Asked) or len(asked.questions) != 1:
        return None
    return replace(asked.questions[0], as_of=scene.as_of)


def say_period(scene: Scene, row: PublishedRow) -> str:
    """Return “week 46”, “October”, “Q3”, “21 Nov”; with its year where that is another."""
    year, _, part = row.period.partition("-")
    is_this_year = int(year) == scene.period.start.year
    match scene.plan.cadence:
        case "weekly":
            week = int(part[1:])
            if is_this_year:
                return say("week {week}", week=week)
            return say("week {week} {year}", week=week, year=year)
        case "monthly":
            return without_year(say_unit(Grain.MONTH, row.start), year, is_this_year)
        case "quarterly":
            return without_year(say_unit(Grain.QUARTER, row.start), year, is_this_year)
        case _:
            return say_day(row.start, scene.period.start.year)


def without_year(said: str, year: str, is_this_year: bool) -> str:
    """Return “October” for “October 2026” of this year; other tongues may put it elsewhere."""
    return said.removesuffix(f" {year}") if is_this_year else said


def turn(name: str) -> str:
    """Return “Instagram reach” for “Reach, Instagram”, “engagement rate” for “Engagement rate”."""
    title, _, where = name.partition(say(", "))
    return say_there(where, title) if where else inside(title)
