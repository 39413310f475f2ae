"""What was read for a table, and the answer around its grid."""

from collections.abc import Sequence
from dataclasses import dataclass

from kpis.answers import Answer, Coverage, Figure, Grid, Receipt, Value
from kpis.coverage import coverage_of
from kpis.declarations import Kpi, Table
from kpis.frame import Frame, FrameCell, Group
from kpis.language import Formula, count
from kpis.names import meaning_of
from kpis.names import title_of as name_of_entry
from kpis.question import KnownAccount, Question
from kpis.surroundings import Surroundings
from kpis.titles import scope_title, title_of
from kpis.tongue import say_declared
from kpis.ways import Way
from storage.measures import Unit, posts
from storage.tables import day_number

POSTS = count(posts)


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


def as_kpi(entry: Table) -> Kpi:
    """Return the table as a KPI of its first column, for what the two share."""
    formula, unit = next(iter(entry.columns.values()))
    return Kpi(entry.key, entry.title, entry.meaning, entry.why, formula, unit)


def finished(sheet: Sheet, grid: Grid, headline: str, *, details: tuple[str, ...] = (),
             notes: tuple[str, ...] = (), chart: str, n: int) -> Answer:  # fmt: skip
    question, entry = sheet.question, sheet.entry
    title = name_of_entry(entry)
    way = Way(as_kpi(entry), next(iter(entry.columns.values()))[0], Unit.COUNT, title)
    ids = tuple(it.id for it in sheet.accounts)
    cell = FrameCell(sheet.frame, ids, ids, *sheet.days)
    coverage = coverage_of(way, sheet.frame, cell, question, sheet.accounts, sheet.surroundings)
    figure = Figure(title, Value(n, n, n), headline=headline, details=details)
    return Answer(
        question=question,
        title=title_of(question, title, sheet.accounts, sheet.surroundings),
        unit=Unit.COUNT,
        kpi_title=title,
        scope_title=scope_title(question, sheet.accounts, sheet.surroundings),
        lines=(figure,),
        grid=grid,
        coverage=Coverage(**{**vars(coverage), "rows": n}),
        notes=(*notes, *((say_declared(entry.caveat),) if entry.caveat else ())),
        receipt=Receipt(
            "; ".join(f"{name} = {formula.words}" for name, (formula, _) in entry.columns.items()),
            meaning_of(entry),
        ),
        chart=chart,
        better="neither",
    )
