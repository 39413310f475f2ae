"""Platforms side by side, every number in its own unit (feature 59)."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from kpis import absences
from kpis.answers import Absent, Answer, Cell, Figure, Grid, Receipt, Value
from kpis.catalogue import CATALOGUE, Kpi
from kpis.coverage import coverage_of
from kpis.declarations import Table
from kpis.names import meaning_of
from kpis.names import title_of as name_of
from kpis.numbers import write, write_with_unit
from kpis.question import KnownAccount, Question
from kpis.sitting import Sitting
from kpis.surroundings import Surroundings
from kpis.titles import scope_title, title_of
from kpis.tongue import say, say_declared
from kpis.ways import Way, supplies, ways_to
from storage.measures import Unit
from storage.platforms import PLATFORMS

COLUMNS = ("engagement-rate", "posts", "impressions", "follower-growth")
"""KPIs that every platform has in some way; the first is drawn."""

Platforms = dict[str, tuple[KnownAccount, ...]]


def compare_platforms(
    question: Question,
    entry: Table,
    accounts: tuple[KnownAccount, ...],
    connection: Connection,
    around: Surroundings,
) -> Answer:
    """Return a row a platform; where none has a number, that there is none."""
    platforms = {
        key: tuple(it for it in accounts if it.platform == key)
        for key in PLATFORMS
        if any(it.platform == key for it in accounts)
    }
    columns, notes, first = {}, [], None
    for key in COLUMNS:
        cells, sitting, said = column(key, question, platforms, connection, around)
        columns[key], first = cells, first or sitting
        notes += said
    if first is None:
        way = ways_to(kpi(COLUMNS[0]), question)[0]
        return absences.no_data(question, way, accounts, around, connection)
    held = [it for it in platforms if any(columns[key][it].value is not None for key in COLUMNS)]
    alike = {it.platform for it in first.accounts}
    held.sort(key=lambda it: (it not in alike, -(columns[COLUMNS[0]][it].value or 0.0)))
    rows = tuple(
        (name_row(it, it in alike), tuple(columns[key][it] for key in COLUMNS)) for it in held
    )
    answer = compose(question, entry, first, rows, tuple(notes))
    scope = scope_title(question, accounts, around)
    title = title_of(question, name_of(entry), accounts, around)
    return replace(answer, title=title, scope_title=scope)


def name_row(platform: str, is_alike: bool) -> str:
    """Return a platform's name, with what its rate is by where that is not by reach."""
    title = PLATFORMS[platform].title
    return title if is_alike else say("{platform} (by impressions)", platform=title)


def kpi(key: str) -> Kpi:
    entry = CATALOGUE[key]
    assert isinstance(entry, Kpi)
    return entry


def column(
    key: str,
    question: Question,
    platforms: Platforms,
    connection: Connection,
    around: Surroundings,
) -> tuple[dict[str, Cell], Sitting | None, list[str]]:
    """Return a KPI's cell of each platform, each in the first way that it has a number in."""
    found: dict[str, Cell] = {}
    plain = replace(question, kpi=key, variant=None, by=None)
    first, said = None, []
    for way in ways_to(kpi(key), plain):
        missing = {it: them for it, them in platforms.items() if it not in found}
        held = tuple(it for them in missing.values() for it in them if supplies(way, it))
        if not held:
            continue
        sitting = Sitting(plain, way, held, around, connection, one_by_one=True)
        for platform, them in missing.items():
            mine = tuple(it for it in them if it in held)
            if mine and (cell := cell_of(sitting, mine)) is not None:
                found[platform] = cell
                first = first or sitting
                if way.kpi.key != key:
                    name = PLATFORMS[platform].title
                    said.append(say("{platform}: {instead}.", platform=name, instead=way.title))
    empty = Cell(None, Unit.COUNT, "–")
    return {it: found.get(it, empty) for it in platforms}, first, said


def cell_of(sitting: Sitting, accounts: tuple[KnownAccount, ...]) -> Cell | None:
    value = sitting.way.formula.value(sitting.whole(accounts))
    if isinstance(value, Absent) or not value.exact:
        return None
    return Cell(value.low, sitting.way.unit, write(value.low, sitting.way.unit), n=value.n)


def compose(
    question: Question,
    entry: Table,
    sitting: Sitting,
    rows: tuple[tuple[str, tuple[Cell, ...]], ...],
    notes: tuple[str, ...],
) -> Answer:
    around, accounts = sitting.surroundings, sitting.accounts
    way: Way = sitting.way
    best, cells = rows[0]
    value = cells[0].value or 0.0
    headline = say(
        "{platform} leads: {measure} {value}",
        platform=best,
        measure=name_of(kpi(COLUMNS[0])).lower(),
        value=write_with_unit(value, cells[0].unit),
    )
    figure = Figure(name_of(entry), Value(value, value, len(rows)), headline=headline)
    titles = tuple(name_of(kpi(it)) for it in COLUMNS)
    return Answer(
        question=question,
        title=name_of(entry),
        unit=cells[0].unit,
        kpi_title=name_of(entry),
        scope_title="",
        lines=(figure,),
        grid=Grid(titles, rows, label=say("Platform")),
        coverage=coverage_of(way, sitting.now, sitting.whole(), question, accounts, around),
        notes=(*notes, say_declared(entry.caveat)),
        receipt=Receipt("; ".join(titles), meaning_of(entry)),
        chart="bars",
        better="neither",
    )
