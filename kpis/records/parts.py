"""Splits an answer of records by a label, a brand, or days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from kpis.answers import Absent, Figure, Value
from kpis.breakdown import Parts, ordered, ranked
from kpis.frame import Group
from kpis.readers.columns import TABLES
from kpis.records import telling
from kpis.records.frame import ScatteredCell
from kpis.records.sitting import RecordSitting, days_read
from kpis.short_slots import short_of_part
from kpis.slots import group_days
from kpis.tongue import listed, say, say_declared
from storage.measures import AccountDays
from storage.platforms import PLATFORMS
from storage.record_measures import Credits, Records

NOTHING = Parts(())


def split_all(sitting: RecordSitting, aparts: Sequence[str]) -> Parts:
    """Return the parts of each currency or scale, named with it where there are several."""
    if len(aparts) == 1:
        return split(sitting, aparts[0])
    figures: list[Figure] = []
    notes: list[str] = []
    for apart in aparts:
        found = split(sitting, apart)
        unit = sitting.unit(apart)
        figures += [
            telling.worded(replace(it, name=f"{it.name}, {apart}"), unit)
            for it in found.figures
            if isinstance(it.value, Value)
        ]
        notes += found.notes
    return Parts(tuple(figures), notes=tuple(dict.fromkeys(notes)))


def split(sitting: RecordSitting, apart: str) -> Parts:
    """Return a figure for each part, largest first; days in their order."""
    by = sitting.question.by or ""
    if by in ("day", "week", "month", "weekday"):
        return Parts(by_days(sitting, by, apart))
    if by == "brand":
        return by_brands(sitting, apart)
    apart_from = sitting.parted(by)
    groups = apart_from.now.groups()
    credited = any(isinstance(it.rows, Credits) for it in sitting.way.formula.leaves())
    readings = {group: apart_from.value(apart, group) for group in groups}
    figures = [
        apart_from.figure(apart, say_part(by, group, credited), group)
        for group, reading in readings.items()
        if isinstance(reading, Value)
    ]
    lacking = [it for it, reading in readings.items() if isinstance(reading, Absent)]
    found = ranked(figures)
    return Parts(found.figures, (*found.notes, *left_out(apart_from, apart, by, lacking)))


def left_out(sitting: RecordSitting, apart: str, by: str, groups: list[Group]) -> tuple[str, ...]:
    """Return which parts have something of the formula, but not all that it needs."""
    names = [
        say_part(by, group)
        for group in groups
        if any(sitting.whole(apart, group).sums(it)[0] for it in sitting.way.formula.leaves()
               if isinstance(it.rows, Records | AccountDays))
    ]  # fmt: skip
    return (say("Left out for want of numbers: {names}.", names=listed(names)),) if names else ()


def by_days(sitting: RecordSitting, by: str, apart: str) -> tuple[Figure, ...]:
    groups = group_days(sitting.question.period, by, sitting.around.week_start)
    formula = sitting.way.formula
    read = days_read(sitting.whole(apart), formula)
    figures = []
    for name, spans in groups.items():
        cells = [sitting.whole(apart)._replace(start=first, end=last) for first, last in spans]
        if cells:
            whole = cells[0] if len(cells) == 1 else ScatteredCell(tuple(cells))
            short = short_of_part(by, spans[0], formula, read)
            figures.append(Figure(name, formula.value(whole), short=short))
    return ordered(figures)


def by_brands(sitting: RecordSitting, apart: str) -> Parts:
    """Return own brands and competitors, each as if asked of alone."""
    figures = []
    for brand in sitting.around.brands:
        scope = replace(sitting.question.scope, brands=(brand.id,), accounts=())
        one = RecordSitting(
            replace(sitting.question, by=None, scope=scope),
            sitting.way, sitting.around, sitting.connection,
        )  # fmt: skip
        if brand.own or has_rows(one, brand.id):
            figures.append(one.figure(apart, brand.name))
    return ranked(figures)


def has_rows(sitting: RecordSitting, brand: int) -> bool:
    """Whether anything was ever told of a brand: of a competitor nobody told of, 0 is not known."""
    tables = {it.rows.table for it in sitting.way.formula.leaves() if isinstance(it.rows, Records)}
    return any(
        sitting.connection.execute(
            select(TABLES[name].c.id)
            .where(
                TABLES[name].c.workspace == sitting.around.workspace, TABLES[name].c.brand == brand
            )
            .limit(1)
        ).first()
        for name in tables
    )


def say_part(by: str, group: Group, credited: bool = True) -> str:
    """Return a part's name as people say it; of what is not credited no medium is “not told”."""
    word = str(group or "")
    if by == "platform" and not word and not credited:
        return say("not told")
    if by == "source" and word in PLATFORMS:
        return PLATFORMS[word].title
    if by == "platform":
        return PLATFORMS[word].title if word in PLATFORMS else say_declared(word or "unattributed")
    if not word:
        return say_declared("not labelled") if by == "sentiment" else say("not told")
    return say_declared(word) if by in ("sentiment", "paid", "type") else word
