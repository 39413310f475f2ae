"""One way of answering, read into one frame; figures, series and coverage are cut from it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from statistics import fmean

from sqlalchemy import Connection

from kpis import reach
from kpis.answers import Absent, Change, Figure, Mark, Point, Reading, Reason, Value
from kpis.comparing import compare
from kpis.coverage import account_days, held_by_account, marks_of, provisional_from
from kpis.frame import Frame, FrameCell, Group
from kpis.language import Formula, Levels, People, Quotient, Statistic, Total
from kpis.people import describe_people, describe_post_reach
from kpis.periods import last_year, previous_period
from kpis.question import Beside, KnownAccount, Period, Question
from kpis.readers.read import read
from kpis.short_slots import shorts_of
from kpis.slots import Slot, day_of, slots
from kpis.surroundings import Surroundings
from kpis.titles import account_title, listed, several
from kpis.tongue import say, say_count
from kpis.ways import Way
from storage.tables import day_number

MOST_LINES = 12
"""With more accounts than this in scope, the answer is one line for all."""

MOSTLY_HELD = 0.6
"""With posts on a smaller part of the days a line is drawn by week."""

Accounts = tuple[KnownAccount, ...]


ENOUGH_COVERED = 0.8
"""With a smaller part of the days no change is told (kpi-catalogue §1, P)."""


@dataclass(frozen=True)
class Fairness:
    """Whether two periods may be compared."""

    unfair: bool = False
    """Too few days are held for any comparison."""
    words: str = ""
    """Why no change is told."""


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
    by_platform: bool = False
    """Read platforms apart, from the rollup; every cell is then of one platform's accounts."""
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
        platforms = {it.platform for it in accounts}
        every = {it.id for it in self.surroundings.accounts if it.own and it.platform in platforms}
        request = self.surroundings.request(
            accounts,
            start,
            end,
            self.question,
            group="account" if self.apart else "platform" if self.by_platform else None,
            whole=not self.apart and {it.id for it in accounts} == every,
        )
        watched = self.surroundings.watched(self.way.reads_posts, self.question.as_of)
        return read(self.connection, request, self.way.formulas(), watched)

    # --- cells --------------------------------------------------------------------------

    def cell(self, frame: Frame, accounts: Accounts, start: int, end: int) -> FrameCell:
        ids = tuple(it.id for it in accounts)
        groups: tuple[Group, ...] = ids
        if not self.apart:
            platforms = tuple(sorted({it.platform for it in accounts}))
            groups = platforms if self.by_platform else (None,)
        return FrameCell(frame, groups, ids, start, end)

    def whole(self, accounts: Accounts | None = None) -> FrameCell:
        """Return the cell of the asked period."""
        period = self.question.period
        start, end = day_number(period.start), day_number(period.end)
        return self.cell(self.now, accounts or self.accounts, start, end)

    def before(self, accounts: Accounts) -> FrameCell:
        """Return the cell of the baseline, of the rivals where it is theirs."""
        start, end = day_number(self.baseline.start), day_number(self.baseline.end)
        return self.cell(self.then, accounts, start, end)

    def value(self) -> Reading:
        return self.way.formula.value(self.whole())

    def has_data(self) -> bool:
        reading = self.value()
        return isinstance(reading, Value) or reading.reason is not Reason.NO_DATA

    @property
    def may_yield(self) -> bool:
        """Whether the same count from other rows may answer instead: never for people."""
        return not self.way.needs_accounts and not self.way.post_reach and self.apart

    def count_served(self) -> int:
        """Return how many of the accounts in question have a number, rivals included."""
        value = self.way.formula.value
        ours = [self.whole((it,)) for it in self.accounts]
        theirs = [self.before((it,)) for it in self.rivals]
        return sum(isinstance(value(cell), Value) for cell in (*ours, *theirs))

    def serves_all(self) -> bool:
        return self.count_served() == len(self.accounts) + len(self.rivals)

    # --- figures ------------------------------------------------------------------------

    def figure(self, accounts: Accounts, name: str, rivals: Accounts = ()) -> Figure:
        """Return the value of some accounts with its baseline, change and series."""
        beside = rivals or self.rivals or accounts
        cell, before = self.whole(accounts), self.before(beside)
        now, then = self.way.formula.value(cell), self.way.formula.value(before)
        fair = self.fair(cell, before)
        figure = Figure(
            name,
            now,
            previous=then if isinstance(then, Value) and not fair.unfair else None,
            change=self.change(now, then, fair, accounts),
            series=self.series(self.now, accounts, self.question.period),
            previous_series=self.series(self.then, beside, self.baseline),
        )
        return self.described(figure, accounts, cell)

    def change(
        self, now: Reading, then: Reading, fair: Fairness, accounts: Accounts
    ) -> Change | None:
        """Return how a value moved; of a difference only the difference, and only if asked."""
        broken = self.broken(accounts)
        told = self.question.baseline.kind.is_asked or not self.is_a_change
        if not told or (fair.unfair and not broken):
            return None
        words = broken or fair.words
        found = compare(now, then, self.way.unit, broken=words, baseline=self.baseline_words)
        if not self.is_a_change or found is None or found.kind == "unclear":
            return found
        assert isinstance(now, Value)
        assert isinstance(then, Value)
        return Change("absolute", now.low - then.low)

    @property
    def is_a_change(self) -> bool:
        """Whether the value is a difference already; its own change would say little."""
        return isinstance(self.way.formula, Levels) and self.way.formula.at == "change"

    @property
    def baseline_words(self) -> str:
        """Return what a value is beside, as a sentence names it."""
        baseline = self.question.baseline
        if baseline.kind is Beside.ACCOUNTS:
            return baseline.words or say("the other")
        if baseline.kind is Beside.LAST_YEAR:
            return say("a year before")
        return say("the period before")

    def fair(self, cell: FrameCell, before: FrameCell) -> Fairness:
        """Return whether the two periods hold the same accounts on most of their days.

        Of a sum each account: one that lacks half a week moves it by that half. A rate or a
        median is of the days that are there, so all accounts together do.
        """
        if self.rivals:
            return Fairness()
        if not self.apart:
            return self.fair_together(cell, before)
        here, there = self.presence(self.now, cell), self.presence(self.then, before)
        if not here or not there:
            return Fairness()
        if set(here) != set(there):
            return Fairness(words=self.say_unpaired(set(here), set(there)))
        parts = [it / cell.days for it in here.values()]
        others = [it / before.days for it in there.values()]
        if isinstance(self.way.formula, Quotient | Statistic):
            parts, others = [fmean(parts)], [fmean(others)]
        return Fairness(unfair=min(*parts, *others) < ENOUGH_COVERED)

    def fair_together(self, cell: FrameCell, before: FrameCell) -> Fairness:
        """The same where accounts were read as one: by how many gave numbers each day."""
        here, accounts = account_days(self.now, cell, self.way.formula)
        there, others = account_days(self.then, before, self.way.formula)
        if self.way.reads_posts or not accounts or not others:
            return Fairness()
        if accounts != others:
            words = say(
                "no change told: {now} accounts now, {before} before", now=accounts, before=others
            )
            return Fairness(words=words)
        parts = here / cell.days, there / before.days
        return Fairness(unfair=min(parts) < ENOUGH_COVERED * accounts)

    def presence(self, frame: Frame, cell: FrameCell) -> dict[int, int]:
        """Return the accounts that a cell has data of, and on how many days."""
        if all(isinstance(it, Levels) for it in self.way.formula.leaves()):
            ones = {it: self.way.formula.value(cell.one(it)) for it in cell.accounts}
            return {it: cell.days for it, held in ones.items() if isinstance(held, Value)}
        held_days = held_by_account(self.way, frame, cell)
        return {int(it): len(days) for it, days in held_days.items() if days and it is not None}

    def say_unpaired(self, here: set[int], there: set[int]) -> str:
        """Return which accounts only one of the periods has."""
        by_id = self.surroundings.by_id
        late = sorted(here - there)
        new = [account_title(by_id[it]) for it in late if not self.was_here(it)]
        back = [account_title(by_id[it]) for it in late if self.was_here(it)]
        gone = [account_title(by_id[it]) for it in sorted(there - here)]
        said = []
        if new:
            said.append(say_count("{names} is new", "{names} are new", len(new), names=listed(new)))
        if back:
            said.append(
                say_count(
                    "{names} has no data for {period}",
                    "{names} have no data for {period}",
                    len(back),
                    names=listed(back),
                    period=self.baseline_words,
                )
            )
        if gone:
            said.append(
                say_count(
                    "{names} has no data now",
                    "{names} have no data now",
                    len(gone),
                    names=listed(gone),
                )
            )
        return say("no change told: {why}", why=several(said))

    def was_here(self, account: int) -> bool:
        """Whether an account had numbers before the baseline: it is not new, it lacks them."""
        held = self.surroundings.held((account,), self.question.as_of)
        return held is not None and held[0] < day_number(self.baseline.start)

    def described(self, figure: Figure, accounts: Accounts, cell: FrameCell) -> Figure:
        if isinstance(self.way.formula, People):
            measure = self.way.formula.unique.column
            marks = self.marks(accounts)
            return describe_people(figure, self.question.period, self.now, measure, accounts, marks)
        if self.way.best_post is not None:
            return describe_post_reach(figure, cell, self.way.best_post)
        return figure

    def series(
        self, frame: Frame, accounts: Accounts, period: Period, part: Formula | None = None
    ) -> tuple[Point, ...]:
        """Return a point a slot, of the whole or a ``part`` of it; without an exact value a gap."""
        unsure = provisional_from(self.way, accounts, self.question.today)
        formula = part or self.way.formula
        if isinstance(formula, People):
            return self.people_series(formula, frame, accounts, period, unsure)
        _, groups, ids, *_ = self.cell(frame, accounts, 0, 0)
        points, most = [], 0
        cut = slots(period, sparse=self.sparse)
        shorts = shorts_of(cut, formula, self.held_days(frame, groups, ids, cut))
        for (start, end), short in zip(cut, shorts, strict=True):
            cell = FrameCell(frame, groups, ids, start, end)
            value = exact_in(formula, cell)
            if isinstance(formula, Levels):
                # Without an account that was there before, the rest would look like a fall.
                count = cell.levels(formula)[1]
                value, most = (value if count >= most else None), max(most, count)
            told = short if value is not None else None
            points.append(Point(day_of(start), day_of(end), value, end > unsure, short=told))
        return tuple(points)

    def held_days(
        self,
        frame: Frame,
        groups: tuple[Group, ...],
        accounts: tuple[int, ...],
        cut: Sequence[Slot],
    ) -> Collection[set[int]]:
        """Return the days that each account holds of a series' slots, where those are not days."""
        if all(end - start == 1 for start, end in cut):
            return ()
        whole = FrameCell(frame, groups, accounts, cut[0][0], cut[-1][1])
        return held_by_account(self.way, frame, whole).values()

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
        marks = () if self.rivals else self.marks(accounts)
        return say("no change told, {why}", why=marks[0].words) if marks else ""

    def marks(self, accounts: Accounts) -> tuple[Mark, ...]:
        """Return the definition breaks between the baseline's start and the period's end."""
        first, last = self.baseline.start, self.question.period.end
        return marks_of(self.way.formula, accounts, self.surroundings, first, last)


def exact_in(formula: Formula, cell: FrameCell) -> float | None:
    """Return a formula's exact value in a cell; a plain total needs no reading made of it."""
    if isinstance(formula, Total):
        total, n = cell.sums(formula)
        return total if n else None
    reading = formula.value(cell)
    return None if isinstance(reading, Absent) or not reading.exact else reading.low


def days_with_posts(frame: Frame, way: Way, groups: tuple[Group, ...], cell: FrameCell) -> int:
    """Return on how many days of a cell some groups' posts have what the way reads."""
    days: set[int] = set()
    for leaf in way.formula.leaves():
        for group in groups:
            days |= set(frame.sums.get(id(leaf), {}).get(group, {}))
            days |= {day for day, _ in frame.rows.get(id(leaf), {}).get(group, ())}
    return sum(cell.start <= day < cell.end for day in days)
