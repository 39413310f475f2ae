"""Brings together what each variant of a test got: its posts' numbers, or its counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from kpis.analyses.per_post import PerPost, per_post
from kpis.question import Period, Question, Scope
from kpis.readers.post_numbers import PostLine, read_posts
from kpis.surroundings import Surroundings
from kpis.tongue import say, say_count
from storage.experiments import ExperimentRow, Shown, shown_of_ads
from storage.measures import Unit
from storage.tables import day_number

SETTLED_DAYS = 7
"""A post's numbers count once it is this old: before, they still rise, and young posts would
lose against old ones."""
RATES = {
    "ctr": ("clicks", "impressions"),
    "conversion-rate": ("conversions", "clicks"),
}
"""KPI of advertisements → what is counted, out of what."""


class Counted(NamedTuple):
    """A variant that is so many of so many."""

    name: str
    part: int
    whole: int


class Numbered(NamedTuple):
    """A variant with a number of each of its posts, in order of publishing."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class Material:
    """What a test is judged on; one of the two lists is filled."""

    title: str
    """Of the measure."""
    unit: Unit
    better: str
    counted: tuple[Counted, ...] = ()
    numbered: tuple[Numbered, ...] = ()
    notes: tuple[str, ...] = field(default=())


def bring(
    row: ExperimentRow, connection: Connection, around: Surroundings, today: date
) -> Material:
    """Return what the variants got until ``today``; raises ``Refusal`` where the scope is gone."""
    if row.plan.of == "counts":
        arms = tuple(Counted(it.name, it.part, it.whole) for it in row.plan.arms)
        title, better = title_of(row.measure)
        return Material(title, Unit.PERCENT, better, counted=arms)
    if row.plan.of == "ads":
        return bring_ads(row, connection, around, today)
    return bring_posts(row, connection, around, today)


def title_of(measure: str) -> tuple[str, str]:
    """Return what a measure is called and which way is good."""
    from kpis.catalogue import CATALOGUE
    from kpis.names import title_of as name_of

    entry = CATALOGUE.get(measure)
    better = getattr(entry, "better", "higher")
    return (name_of(entry) if entry else measure, better if better != "neither" else "higher")


def bring_ads(
    row: ExperimentRow, connection: Connection, around: Surroundings, today: date
) -> Material:
    """Return the counts of each variant's advertisements; rows that reach out of the days go."""
    title, better = title_of(row.measure)
    top, bottom = RATES.get(row.measure, RATES["ctr"])
    end = min(row.end or today, today)
    found = shown_of_ads(connection, around.workspace, row.plan.platforms, row.start, end)
    arms, without = [], 0
    for arm in row.plan.arms:
        mine = [it for it, inside in found if inside and it.variant.lower() in arm.words]
        both = [it for it in mine if number(it, top) is not None and number(it, bottom) is not None]
        without += len(mine) - len(both)
        part = sum(number(it, top) or 0 for it in both)
        arms.append(Counted(arm.name, part, sum(number(it, bottom) or 0 for it in both)))
    notes = []
    if cut := sum(not inside for _, inside in found):
        notes.append(
            say_count(
                "{number} row that reaches out of the test's days is left out.",
                "{number} rows that reach out of the test's days are left out.",
                cut,
            )
        )
    if without:
        notes.append(
            say_count(
                "{number} row without both counts is left out.",
                "{number} rows without both counts are left out.",
                without,
            )
        )
    return Material(
        title,
        Unit.PERCENT,
        better,
        counted=tuple(arms),
        notes=tuple(notes),
    )


def number(shown: Shown, name: str) -> int | None:
    found: int | None = getattr(shown, name)
    return found


def bring_posts(
    row: ExperimentRow, connection: Connection, around: Surroundings, today: date
) -> Material:
    """Return each variant's posts that are settled, measured in the first way that any has."""
    title, better = title_of(row.measure)
    ways = tuple(per_post(row.measure))
    end = min(row.end or today, today)
    lines = read_lines(row, ways, connection, around, end)
    settled = [it for it in lines if it.day <= day_number(today) - SETTLED_DAYS]
    overlapping = twice(row, settled)
    way = next(
        (it for it in ways if any(line.numbers[it.title] is not None for line in settled)),
        ways[0] if ways else None,
    )
    if way is None:
        return Material(title, Unit.COUNT, better)
    fit = [it for it in settled if it.id not in overlapping]
    arms = []
    for arm in row.plan.arms:
        mine = {it.id: it for it in fit if word_of(it) in arm.words}
        values = [it.numbers[way.title] for it in mine.values()]
        arms.append(Numbered(arm.name, tuple(it for it in values if it is not None)))
    return Material(
        way.title,
        way.unit,
        way.better if way.better != "neither" else "higher",
        numbered=tuple(arms),
        notes=say_left_out(row, lines, settled, overlapping, way, title),
    )


def read_lines(
    row: ExperimentRow,
    ways: Sequence[PerPost],
    connection: Connection,
    around: Surroundings,
    end: date,
) -> list[PostLine]:
    """Return the posts of the test's accounts and days with the number of each way."""
    if end <= row.start or not ways:
        return []
    plan = row.plan
    scope = Scope(plan.platforms, plan.accounts, plan.brands)
    accounts = around.choose(scope)
    question = Question("posts", scope, Period(row.start, end, ""), end)
    request = around.request(accounts, row.start, end, question)
    numbers = {it.title: it.number for it in ways}
    return read_posts(connection, replace(request, group=plan.of), numbers)


def word_of(line: PostLine) -> str:
    return str(line.word if line.word is not None else "").lower()


def twice(row: ExperimentRow, lines: Sequence[PostLine]) -> set[int]:
    """Return the posts that belong to more than one variant."""
    held: dict[int, set[str]] = {}
    for line in lines:
        for arm in row.plan.arms:
            if word_of(line) in arm.words:
                held.setdefault(line.id, set()).add(arm.name)
    return {post for post, names in held.items() if len(names) > 1}


def say_left_out(
    row: ExperimentRow,
    lines: Sequence[PostLine],
    settled: Sequence[PostLine],
    overlapping: set[int],
    way: PerPost,
    title: str,
) -> tuple[str, ...]:
    """Return what was not judged and why: another measure, young posts, posts of two, blanks."""
    chosen = {word for arm in row.plan.arms for word in arm.words}
    young = len({it.id for it in lines if word_of(it) in chosen})
    young -= len({it.id for it in settled if word_of(it) in chosen})
    blank = {
        it.id for it in settled if word_of(it) in chosen and it.numbers[way.title] is None
    } - overlapping
    said = []
    if way.title != title:
        said.append(
            say(
                "No {asked} of single posts, so {shown} decides.",
                asked=title.lower(),
                shown=way.title.lower(),
            )
        )
    if young:
        said.append(
            say_count(
                "{number} post is younger than a week and not counted yet.",
                "{number} posts are younger than a week and not counted yet.",
                young,
            )
        )
    if overlapping:
        said.append(
            say_count(
                "{number} post belongs to several variants and is left out.",
                "{number} posts belong to several variants and are left out.",
                len(overlapping),
            )
        )
    if blank:
        said.append(
            say_count(
                "{number} post without the number is left out.",
                "{number} posts without the number are left out.",
                len(blank),
            )
        )
    return tuple(said)
