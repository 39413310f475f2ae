"""One way of answering, read into one frame; figures, series and coverage are cut from it."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sqlalchemy import Connection

from kpis import reach
from kpis.answers import Absent, Figure, Point, Reading, Reason, Value
from kpis.comparing import ENOUGH_COVERED, compare
from kpis.coverage import covered_part, marks_of, provisional_from
from kpis.frame import Frame, FrameCell, Group
from kpis.language import Levels, People
from kpis.people import describe_people, describe_post_reach
from kpis.periods import last_year, previous_period
from kpis.question import Beside, KnownAccount, Period, Question
from kpis.readers.read import read
from kpis.readers.request import ReadRequest
from kpis.slots import day_of, slots
from kpis.surroundings import Surroundings
from kpis.ways import Way
from storage.tables import day_number

MOST_LINES = 12
"""With more accounts than this in scope, the answer is one line for all."""

MOSTLY_HELD = 0.6
"""With posts on a smaller part of the days a line is drawn by week."""

Accounts = tuple[KnownAccount, ...]


@dataclass
class Sitting:
    """A question, one way to answer it, the accounts it is of, and what was read for it."""

    question: Question
    way: Way
    accounts: Accounts
    surroundings: Surroundings
    connection: Connection
    one_by_one: bool = False
    """Read accounts apart however many they are."""
    baseline: Period = field(init=False)
    rivals: Accounts = field(init=False, default=())
    """Other accounts that the value is compared with, over the same period."""
    now: Frame = field(init=False)
    then: Frame = field(init=False)

    def __post_init__(self) -> None:
        question = self.question
        if question.baseline.kind is Beside.ACCOUNTS:
            self.baseline = question.period
            self.rivals = self.surroundings.choose(question.baseline.scope)
        elif question.baseline.kind is Beside.LAST_YEAR:
            self.baseline = last_year(question.period)
        else:
            self.baseline = previous_period(question.period)
        period, before = question.period, self.baseline
        if before.end == period.start and not self.rivals:
            self.now = self.then = self.read(self.accounts, before.start, period.end)
        else:
            self.now = self.read(self.accounts, period.start, period.end)
            self.then = self.read(self.rivals or self.accounts, before.start, before.end)

    @cached_property
    def apart(self) -> bool:
        """Whether accounts are read one by one; many are read as one from the rollup."""
        return self.one_by_one or self.way.needs_accounts or len(self.accounts) <= MOST_LINES

    def read(self, accounts: Accounts, start: date, end: date) -> Frame:
        own = {it.id for it in self.surroundings.accounts if it.own}
        platforms = tuple(sorted({it.platform for it in accounts}))
        ids = tuple(it.id for it in accounts)
        every = {it for it in own if self.surroundings.by_id[it].platform in platforms}
        request = ReadRequest(
            workspace=self.surroundings.workspace,
            zone=self.surroundings.zone,
            accounts=ids,
            platforms=platforms,
            whole=not self.apart and set(ids) == every,
            start=day_number(start),
            end=day_number(end),
            asked=day_number(self.question.period.start),
            group="account" if self.apart else None,
            later=self.surroundings.later(self.question.as_of),
        )
        watched = self.surroundings.watched(self.way.reads_posts)
        return read(self.connection, request, self.way.formulas(), watched)

    # --- cells --------------------------------------------------------------------------

    def cell(self, frame: Frame, accounts: Accounts, start: int, end: int) -> FrameCell:
        ids = tuple(it.id for it in accounts)
        groups: tuple[Group, ...] = ids if self.apart else (None,)
        return FrameCell(frame, groups, ids, start, end)

    def whole(self, accounts: Accounts | None = None) -> FrameCell:
        """Return the cell of the asked period."""
        period = self.question.period
        start, end = day_number(period.start), day_number(period.end)
        return self.cell(self.now, accounts or self.accounts, start, end)

    def before(self, accounts: Accounts) -> FrameCell:
        """Return the cell of the baseline."""
        start, end = day_number(self.baseline.start), day_number(self.baseline.end)
        return self.cell(self.then, self.rivals or accounts, start, end)

    def value(self) -> Reading:
        return self.way.formula.value(self.whole())

    def has_data(self) -> bool:
        reading = self.value()
        return isinstance(reading, Value) or reading.reason is not Reason.NO_DATA

    # --- figures ------------------------------------------------------------------------

    def figure(self, accounts: Accounts, name: str) -> Figure:
        """Return the value of some accounts with its baseline, change and series."""
        cell, before = self.whole(accounts), self.before(accounts)
        now, then = self.way.formula.value(cell), self.way.formula.value(before)
        covered = covered_part(self.way, self.then, before)
        told = isinstance(then, Value) and covered >= ENOUGH_COVERED
        change = None
        if not self.is_a_change:
            broken = self.broken(accounts)
            change = compare(now, then, self.way.unit, broken=broken, covered=covered)
        figure = Figure(
            name,
            now,
            previous=then if told else None,
            change=change,
            series=self.series(self.now, accounts, self.question.period),
            previous_series=self.series(self.then, self.rivals or accounts, self.baseline),
        )
        return self.described(figure, accounts, cell)

    @property
    def is_a_change(self) -> bool:
        """Whether the value is a difference already; its own change would say little."""
        return isinstance(self.way.formula, Levels) and self.way.formula.at == "change"

    def described(self, figure: Figure, accounts: Accounts, cell: FrameCell) -> Figure:
        if isinstance(self.way.formula, People):
            measure = self.way.formula.unique.column
            return describe_people(figure, self.question.period, self.now, measure, accounts)
        if self.way.best_post is not None:
            return describe_post_reach(figure, cell, self.way.best_post)
        return figure

    def series(self, frame: Frame, accounts: Accounts, period: Period) -> tuple[Point, ...]:
        """Return a point a slot; a slot without an exact value is a gap."""
        unsure = provisional_from(self.way, accounts, self.question.today)
        formula = self.way.formula
        if isinstance(formula, People):
            return self.people_series(formula, frame, accounts, period, unsure)
        _, groups, ids, *_ = self.cell(frame, accounts, 0, 0)
        points = []
        for start, end in slots(period, sparse=self.sparse):
            reading = formula.value(FrameCell(frame, groups, ids, start, end))
            value = None if isinstance(reading, Absent) or not reading.exact else reading.low
            points.append(Point(day_of(start), day_of(end), value, end > unsure))
        return tuple(points)

    @cached_property
    def sparse(self) -> bool:
        """Whether the posts of some line fall on so few days that a day's slot says little."""
        if not self.way.reads_posts:
            return False
        groups = [(it,) for it in self.accounts] if self.apart else [self.accounts]
        whole = self.whole()
        held = [days_with_posts(self.now, self.way, self.whole(it).groups, whole) for it in groups]
        return min((it for it in held if it), default=0) < MOSTLY_HELD * whole.days

    def people_series(
        self, formula: People, frame: Frame, accounts: Accounts, period: Period, unsure: int
    ) -> tuple[Point, ...]:
        """Return the stored days of one account; several have no series, only one each."""
        windows = frame.windows.get(formula.unique.column, {})
        first, last = day_number(period.start), day_number(period.end)
        held = reach.daily(windows.get(accounts[0].id, ()), first, last)
        alone = len(accounts) == 1
        return tuple(
            Point(day_of(start), day_of(end), held.get(start) if alone else None, end > unsure)
            for start, end in slots(period, daily=True)
        )

    def broken(self, accounts: Accounts) -> str:
        """Return why the two periods do not count the same thing, where they do not."""
        if self.rivals:
            return ""
        first, last = self.baseline.start, self.question.period.end
        marks = marks_of(self.way.formula, accounts, self.surroundings, first, last)
        return f"no change told, {marks[0].words}" if marks else ""


def days_with_posts(frame: Frame, way: Way, groups: tuple[Group, ...], cell: FrameCell) -> int:
    """Return on how many days of a cell some groups' posts have what the way reads."""
    days: set[int] = set()
    for leaf in way.formula.leaves():
        for group in groups:
            days |= set(frame.sums.get(id(leaf), {}).get(group, {}))
            days |= {day for day, _ in frame.rows.get(id(leaf), {}).get(group, ())}
    return sum(cell.start <= day < cell.end for day in days)
