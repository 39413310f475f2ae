"""Answers the KPIs that are tables: hashtags, content mix, best times (kpi-catalogue §4)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from kpis import absences
from kpis.analyses.per_post import PerPost
from kpis.analyses.platforms import compare_platforms
from kpis.analyses.top_posts import Ranked, Ranking, rank_posts, say_left_out
from kpis.answers import Absent, Answer, Cell, Coverage, Figure, Grid, Receipt, Value
from kpis.coverage import coverage_of
from kpis.declarations import Kpi, Table
from kpis.frame import Frame, FrameCell, Group
from kpis.language import Formula, Median, count, median
from kpis.numbers import write, write_with_unit
from kpis.periods import say_day
from kpis.question import KnownAccount, Question
from kpis.readers.posts import WEEKDAY_HOUR
from kpis.readers.read import read
from kpis.slots import WEEKDAYS, day_of
from kpis.statistics import FEW_TAGGED, SMALL_POSTS, shrink, wilson
from kpis.statistics import median as median_of
from kpis.surroundings import Surroundings
from kpis.titles import account_title, scope_title, title_of
from kpis.titles import count as count_of
from kpis.tongue import say
from kpis.ways import Way
from storage.measures import Unit, posts
from storage.tables import day_number

MOST_ROWS, MOST_POSTS = 15, 10
LONGEST_TITLE = 40
HASHTAG = re.compile(r"#\w+")
ENOUGH_POSTS = 30
"""Fewer posts than this say little about hours (kpi-catalogue §4, best-times)."""
FEW_IN_CELL = 3

POSTS = count(posts)

BY_IMPRESSIONS = median(posts.engagements / posts.impressions)
"""Stands in where a platform gives no post reach."""


@dataclass(frozen=True)
class Sheet:
    """What was read for a table."""

    question: Question
    entry: Table
    accounts: tuple[KnownAccount, ...]
    surroundings: Surroundings
    frame: Frame
    whole: Frame
    """All posts, read apart from the groups: a post may be in several."""

    @property
    def posts(self) -> int:
        cell = FrameCell(self.whole, (None,), (), *self.days)
        return int(cell.sums(POSTS)[0])

    @property
    def days(self) -> tuple[int, int]:
        period = self.question.period
        return day_number(period.start), day_number(period.end)

    def cell(self, *groups: Group) -> FrameCell:
        ids = tuple(it.id for it in self.accounts)
        return FrameCell(self.frame, groups, ids, *self.days)

    def groups(self, formulas: Sequence[Formula]) -> list[Group]:
        found = {
            group
            for formula in formulas
            for leaf in formula.leaves()
            for group in (*self.frame.sums.get(id(leaf), {}), *self.frame.rows.get(id(leaf), {}))
            if group is not None
        }
        return sorted(found, key=str)


def answer_table(
    question: Question,
    entry: Table,
    accounts: tuple[KnownAccount, ...],
    connection: Connection,
    surroundings: Surroundings,
) -> Answer:
    """Return the answer with its grid, or why there is none."""
    heat = entry.by == ("weekday", "hour")
    formulas: list[Formula] = [formula for formula, _ in entry.columns.values()]
    if heat:
        formulas.append(BY_IMPRESSIONS)
    period = question.period
    request = surroundings.request(
        accounts,
        period.start,
        period.end,
        question,
        group=WEEKDAY_HOUR if heat else entry.by[0],
    )
    watched = surroundings.watched(True, question.as_of)
    if entry.by == ("platform",):
        return compare_platforms(question, entry, accounts, connection, surroundings)
    if entry.by == ("post",):
        request = replace(request, group=None)
    frame = read(connection, request, formulas, watched)
    whole = read(connection, replace(request, group=None), [POSTS], watched)
    sheet = Sheet(question, entry, accounts, surroundings, frame, whole)
    if entry.by == ("post",):
        ranking = rank_posts(question, accounts, connection, surroundings)
        if ranking is not None:
            return top_posts(sheet, ranking)
    if not sheet.groups(formulas):
        way = Way(as_kpi(entry), formulas[0], Unit.COUNT, entry.title)
        return absences.no_data(question, way, accounts, surroundings, connection)
    return best_times(sheet, connection) if heat else by_label(sheet)


def as_kpi(entry: Table) -> Kpi:
    """Return the table as a KPI of its first column, for what the two share."""
    formula, unit = next(iter(entry.columns.values()))
    return Kpi(entry.key, entry.title, entry.meaning, entry.why, formula, unit)


def finished(sheet: Sheet, grid: Grid, headline: str, *, details: tuple[str, ...] = (),
             notes: tuple[str, ...] = (), chart: str, n: int) -> Answer:  # fmt: skip
    question, entry = sheet.question, sheet.entry
    way = Way(as_kpi(entry), next(iter(entry.columns.values()))[0], Unit.COUNT, entry.title)
    ids = tuple(it.id for it in sheet.accounts)
    cell = FrameCell(sheet.frame, ids, ids, *sheet.days)
    coverage = coverage_of(way, sheet.frame, cell, question, sheet.accounts, sheet.surroundings)
    figure = Figure(entry.title, Value(n, n, n), headline=headline, details=details)
    return Answer(
        question=question,
        title=title_of(question, entry.title, sheet.accounts, sheet.surroundings),
        unit=Unit.COUNT,
        kpi_title=entry.title,
        scope_title=scope_title(question, sheet.accounts, sheet.surroundings),
        lines=(figure,),
        grid=grid,
        coverage=Coverage(**{**vars(coverage), "rows": n}),
        notes=(*notes, *((entry.caveat,) if entry.caveat else ())),
        receipt=Receipt(
            "; ".join(f"{name} = {formula.words}" for name, (formula, _) in entry.columns.items()),
            entry.meaning,
        ),
        chart=chart,
        better="neither",
    )


# --- a row a post ----------------------------------------------------------------------------


def top_posts(sheet: Sheet, ranking: Ranking) -> Answer:
    """Return the best posts, what each is beside its account's usual, and what they share."""
    way, shown = ranking.way, ranking.posts[:MOST_POSTS]
    year, several = sheet.question.today.year, len(sheet.accounts) > 1
    columns: tuple[str, ...] = (way.title, say("beside usual"))
    if any(it.post.link for it in shown):
        columns = (*columns, say("link"))
    rows = tuple(
        (name_post(it, sheet, year, several), cells_of_post(it, way)[: len(columns)])
        for it in shown
    )
    best = shown[0]
    headline = write_with_unit(best.value, way.unit)
    if best.times is not None:
        headline += ", " + say("{times} × its account's usual", times=write_times(best.times))
    headline += f": {rows[0][0]}"
    answer = finished(
        sheet,
        Grid(columns, rows, label=say("Post")),
        headline,
        details=ranking.traits,
        notes=tuple(say_left_out(ranking)),
        chart="bars",
        n=len(ranking.posts),
    )
    return replace(answer, better=way.better)


def name_post(ranked: Ranked, sheet: Sheet, year: int, several: bool) -> str:
    """Return “3 Nov, reel “Latte art””, with its account where several are asked of."""
    post = ranked.post
    title = " ".join(HASHTAG.sub(" ", post.title).split()) or " ".join(post.title.split())
    short = title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"
    account = account_title(sheet.surroundings.by_id[post.account]) if several else ""
    named = " ".join(it for it in (post.kind, f"“{short}”" if short else "") if it)
    return ", ".join(it for it in (say_day(day_of(post.day), year), account, named) if it)


def cells_of_post(ranked: Ranked, way: PerPost) -> tuple[Cell, ...]:
    times = ranked.times
    usual = "–" if times is None else f"{write_times(times)} ×"
    return (
        Cell(ranked.value, way.unit, write(ranked.value, way.unit), ranked.is_small, 1),
        Cell(times, Unit.RATIO, usual),
        Cell(words=ranked.post.link or "–"),
    )


def write_times(times: float) -> str:
    """Return “3.2” or “12”: how many times the usual."""
    return write(round(times, 1 if times < 10 else 0), Unit.COUNT)


# --- a row a label ---------------------------------------------------------------------------


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
            f"#{group}" if label == "hashtag" else str(group),
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
        Grid(tuple(entry.columns), rows, label=label.replace("-", " ").capitalize()),
        headline=f"{count_of(len(groups), label.replace('-', ' '))}, {top} most used",
        notes=(*left_out(len(groups)), *unnamed(sheet, label, sizes)),
        chart="bars",
        n=sheet.posts,
    )


def unnamed(sheet: Sheet, label: str, sizes: dict[Group, float]) -> tuple[str, ...]:
    """Return how many posts have no word to be counted under."""
    without = sheet.posts - int(sum(sizes.values()))
    if label == "hashtag" or without <= 0:
        return ()
    return (f"{count_of(without, 'post')} without a {label.replace('-', ' ')} left out.",)


def left_out(count: int) -> tuple[str, ...]:
    return (f"The {MOST_ROWS} most used of {count} are shown.",) if count > MOST_ROWS else ()


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


# --- weekday × hour --------------------------------------------------------------------------


def best_times(sheet: Sheet, connection: Connection) -> Answer:
    """Return the heat map of hours, shrunk towards the overall median, and the best of them."""
    by_reach = next(iter(sheet.entry.columns.values()))[0]
    notes: tuple[str, ...] = ()
    formula = by_reach
    if not sheet.groups([by_reach]):
        formula = BY_IMPRESSIONS
        notes = ("No post reach here, so this is engagement rate by impressions.",)
    assert isinstance(formula, Median)
    held = {int(str(it)): sheet.cell(it).values(formula) for it in sheet.groups([formula])}
    every = [value for values in held.values() for value in values]
    if not every:
        way = Way(as_kpi(sheet.entry), by_reach, Unit.PERCENT, sheet.entry.title)
        return absences.no_data(sheet.question, way, sheet.accounts, sheet.surroundings, connection)
    overall = median_of(every)
    cells = {
        hour: Cell(
            shrink(median_of(values), len(values), overall),
            Unit.PERCENT,
            small=len(values) < FEW_IN_CELL,
            n=len(values),
        )
        for hour, values in held.items()
        if values
    }
    rows = tuple(
        (name, tuple(cells.get(day * 24 + hour, Cell(unit=Unit.PERCENT)) for hour in range(24)))
        for day, name in enumerate(WEEKDAYS)
    )
    headline, details = best_of(cells, len(every), overall)
    return finished(
        sheet,
        Grid(tuple(f"{hour:02d}" for hour in range(24)), rows, heat=True, label="Weekday"),
        headline,
        details=details,
        notes=notes,
        chart="heat",
        n=len(every),
    )


def best_of(cells: dict[int, Cell], n: int, overall: float) -> tuple[str, tuple[str, ...]]:
    """Return the best hours that have posts enough to rank, or why none has."""
    usual = f"The median of {count_of(n, 'post')} is {write(overall, Unit.PERCENT)}."
    if n < ENOUGH_POSTS:
        return f"Too few posts to say: {n}, needs {ENOUGH_POSTS}", (usual,)
    ranked = sorted(
        ((hour, cell) for hour, cell in cells.items() if cell.n >= SMALL_POSTS),
        key=lambda it: -(it[1].value or 0.0),
    )
    if not ranked:
        return f"No hour has {SMALL_POSTS} posts yet", (usual,)
    first, *others = ranked[:3]
    more = tuple(f"Then {say_hour(it)}." for it in others)
    return f"Best: {say_hour(first)}", (*more, usual)


def say_hour(hour_and_cell: tuple[int, Cell]) -> str:
    hour, cell = hour_and_cell
    name = WEEKDAYS[hour // 24]
    rate = write(cell.value or 0.0, Unit.PERCENT)
    return f"{name} {hour % 24:02d}:00, {rate} over {cell.n} posts"
