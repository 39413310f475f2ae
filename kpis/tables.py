"""Answers the KPIs that are tables: hashtags, content mix, best times (kpi-catalogue §4)."""

from dataclasses import replace

from sqlalchemy import Connection

from kpis import absences
from kpis.analyses.platforms import compare_platforms
from kpis.analyses.top_posts import rank_posts
from kpis.answers import Absent, Answer, Cell, Grid
from kpis.declarations import Table
from kpis.frame import FrameCell, Group
from kpis.language import Formula
from kpis.names import title_of
from kpis.numbers import write
from kpis.question import KnownAccount, Question
from kpis.readers.read import read
from kpis.statistics import FEW_TAGGED, wilson
from kpis.surroundings import Surroundings
from kpis.table_of_hours import best_times
from kpis.table_of_posts import top_posts
from kpis.table_sheet import POSTS, Sheet, as_kpi, finished
from kpis.titles import count as count_of
from kpis.tongue import say, say_declared
from kpis.ways import Way
from storage.measures import Unit

MOST_ROWS = 15


def answer_table(
    question: Question,
    entry: Table,
    accounts: tuple[KnownAccount, ...],
    connection: Connection,
    surroundings: Surroundings,
) -> Answer:
    """Return the answer with its grid, or why there is none."""
    if entry.by == ("platform",):
        return compare_platforms(question, entry, accounts, connection, surroundings)
    formulas: list[Formula] = [formula for formula, _ in entry.columns.values()]
    period = question.period
    request = surroundings.request(accounts, period.start, period.end, question)
    watched = surroundings.watched(True, question.as_of)
    if entry.by == ("weekday", "hour"):
        nothing = read(connection, request, [], watched)
        sheet = Sheet(question, entry, accounts, surroundings, nothing, nothing)
        return best_times(sheet, request, connection)
    whole = read(connection, request, [POSTS], watched)
    group = None if entry.by == ("post",) else entry.by[0]
    frame = read(connection, replace(request, group=group), formulas, watched)
    sheet = Sheet(question, entry, accounts, surroundings, frame, whole)
    if entry.by == ("post",):
        ranking = rank_posts(question, accounts, connection, surroundings)
        if ranking is not None:
            return top_posts(sheet, ranking)
    if not sheet.groups(formulas):
        way = Way(as_kpi(entry), formulas[0], Unit.COUNT, title_of(entry))
        return absences.no_data(question, way, accounts, surroundings, connection)
    return by_label(sheet)


def by_label(sheet: Sheet) -> Answer:
    """Return a row for each hashtag or content type, the most used first."""
    entry = sheet.entry
    formulas = [formula for formula, _ in entry.columns.values()]
    groups = sheet.groups(formulas)
    counted = formulas[0]
    sizes = {group: number(counted, sheet.cell(group)) for group in groups}
    groups.sort(key=lambda it: (-sizes[it], str(it)))
    wholes = {name: number(f, sheet.cell(*groups)) for name, (f, _) in entry.columns.items()}
    label = entry.by[0]
    rows = tuple(
        (
            f"#{group}" if label == "hashtag" else say_declared(str(group)),
            tuple(
                column_cell(sheet, name, group, wholes[name], int(sizes[group]))
                for name in entry.columns
            ),
        )
        for group in groups[:MOST_ROWS]
    )
    top = rows[0][0]
    return finished(
        sheet,
        Grid(
            tuple(say_declared(it) for it in entry.columns),
            rows,
            label=say_declared(label.replace("-", " ")).capitalize(),
        ),
        headline=say(
            "{groups}, {top} most used",
            groups=count_of(len(groups), label.replace("-", " ")),
            top=top,
        ),
        notes=(*left_out(len(groups)), *unnamed(sheet, label, sizes)),
        chart="bars",
        n=sheet.posts,
    )


def unnamed(sheet: Sheet, label: str, sizes: dict[Group, float]) -> tuple[str, ...]:
    """Return how many posts have no word to be counted under."""
    without = sheet.posts - int(sum(sizes.values()))
    if label == "hashtag" or without <= 0:
        return ()
    return (
        say(
            "{posts} without {word} left out.",
            posts=count_of(without, "post"),
            word=say_declared(f"a {label.replace('-', ' ')}"),
        ),
    )


def left_out(count: int) -> tuple[str, ...]:
    if count <= MOST_ROWS:
        return ()
    return (say("The {most} most used of {all} are shown.", most=MOST_ROWS, all=count),)


def number(formula: Formula, cell: FrameCell) -> float:
    reading = formula.value(cell)
    return 0.0 if isinstance(reading, Absent) else reading.low


def column_cell(sheet: Sheet, name: str, group: Group, whole: float, n: int) -> Cell:
    formula, unit = sheet.entry.columns[name]
    reading = formula.value(sheet.cell(group))
    small = n < FEW_TAGGED
    if isinstance(reading, Absent):
        return Cell(None, unit, "–", small, n)
    if name not in sheet.entry.shares:
        return Cell(reading.low, unit, write(reading.low, unit), small, n)
    if not whole:
        return Cell(None, unit, "–", small, n)
    share = reading.low / whole
    words = write(share, Unit.PERCENT)
    if name == sheet.entry.shares[0]:
        low, high = wilson(reading.low, whole)
        words += f" ({write(low, Unit.PERCENT)}–{write(high, Unit.PERCENT)})"
    return Cell(share, unit, words, small, n)
