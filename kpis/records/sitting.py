"""One way of answering from records, read into one frame; figures and series are cut from it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from sqlalchemy import Connection

from kpis.answers import Absent, Change, Figure, Point, Reading, Reason, Value
from kpis.comparing import compare
from kpis.counting import Assumed, Priced
from kpis.declarations import Kpi
from kpis.frame import FrameCell, Group
from kpis.language import Formula, Leaf, Total
from kpis.numbers import write_with_unit
from kpis.periods import last_year, previous_period
from kpis.question import Beside, Period, Question, Refusal, Scope
from kpis.readers.read import read as read_accounts
from kpis.records.frame import Apart, RecordCell, RecordFrame, Stretch
from kpis.records.kinds import is_money, kinds_of
from kpis.records.reader import RecordRequest, put_prices, read_records
from kpis.records.stated import read_declared, read_prices
from kpis.short_slots import shorts_of
from kpis.slots import day_of, slots
from kpis.surroundings import Surroundings
from kpis.tongue import listed, say
from storage.measures import AccountDays, Unit, money_in
from storage.money import digits_of
from storage.platforms import PLATFORMS
from storage.record_measures import AdDays, Records
from storage.tables import day_number

ENOUGH_COVERED = 0.8
"""With a smaller part of either period read no change is told (kpi-catalogue §1, P)."""


@dataclass(frozen=True)
class RecordWay:
    """One way to answer."""

    kpi: Kpi
    formula: Formula
    unit: Unit
    title: str
    stands_in: bool = False
    variant: bool = False

    def formulas(self) -> list[Formula]:
        found = [self.formula]
        if not self.variant and not self.stands_in and self.kpi.beside:
            found += [it for it, _ in self.kpi.beside.values()]
        if not self.variant and not self.stands_in and self.kpi.split:
            found += list(self.kpi.split.values())
        return found


@dataclass
class RecordSitting:
    """A question, one way to answer it, and what was read for it."""

    question: Question
    way: RecordWay
    around: Surroundings
    connection: Connection
    group: str | None = None
    """A label that parts are read by, for a breakdown."""
    baseline: Period = field(init=False)
    now: RecordFrame = field(init=False)
    then: RecordFrame = field(init=False)

    def __post_init__(self) -> None:
        question, kind = self.question, self.question.baseline.kind
        period = question.period
        if kind is Beside.ACCOUNTS:
            self.baseline = period
            self.now = self.read(question.scope, period.start, period.end)
            self.then = self.read(question.baseline.scope, period.start, period.end)
            return
        self.baseline = last_year(period) if kind is Beside.LAST_YEAR else previous_period(period)
        if self.baseline.end == period.start:
            self.now = self.then = self.read(question.scope, self.baseline.start, period.end)
        else:
            self.now = self.read(question.scope, period.start, period.end)
            self.then = self.read(question.scope, self.baseline.start, self.baseline.end)

    # --- reading ------------------------------------------------------------------------

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        found = {id(it): it for formula in self.way.formulas() for it in formula.leaves()}
        return tuple(found.values())

    def read(self, scope: Scope, start: date, end: date) -> RecordFrame:
        """Return the states of every leaf over some days of a scope."""
        first, last = day_number(start), day_number(end)
        request = self.request(scope, first, last)
        watched = self.around.records_watched(self.question.as_of)
        frame = RecordFrame(
            watched={kind: tuple(Stretch(*it) for it in spans) for kind, spans in watched.items()}
        )
        read_records(self.connection, request, self.leaves, frame)
        kinds = {kind for it in self.leaves if isinstance(it, Assumed) for kind in it.kinds}
        if kinds:
            frame.declared = read_declared(
                self.connection, self.around.workspace, kinds, first, last
            )
        frame.keyed |= {id(it) for it in self.leaves if is_money(it)}
        self.mix_in_accounts(frame, request, scope, start, end)
        frame.is_of_one = len(frame.aparts(self.leaves)) == 1
        return frame

    def request(self, scope: Scope, first: int, last: int) -> RecordRequest:
        around = self.around
        priced = any(isinstance(it, Priced) for it in self.leaves)
        own, rivals = brands_of(scope, around)
        return RecordRequest(
            workspace=around.workspace,
            zone=around.zone,
            start=first,
            end=last,
            platforms=platforms_of(scope, around),
            own=own,
            rivals=rivals,
            group=self.group,
            later=around.later(self.question.as_of),
            dialect=self.connection.dialect.name,
            digits=digits_of_or_two,
            prices=read_prices(self.connection, around.workspace, last) if priced else None,
        )

    def mix_in_accounts(
        self, frame: RecordFrame, request: RecordRequest, scope: Scope, start: date, end: date
    ) -> None:
        """Read the totals of account days that the formula has beside records."""
        mixed = [it for it in self.leaves if isinstance(it.rows, AccountDays)]
        if not mixed:
            return
        accounts = self.around.choose(scope)
        asked = self.around.request(accounts, start, end, self.question, group="platform")
        totals = {id(it): Total(it.number) if isinstance(it, Priced) else it for it in mixed}
        found = read_accounts(self.connection, asked, list(totals.values()))
        platforms = tuple(sorted({it.platform for it in accounts}))
        ids = tuple(it.id for it in accounts)
        frame.accounts = FrameCell(found, platforms, ids, request.start, request.end)
        for leaf in mixed:
            if not isinstance(leaf, Priced):
                continue
            by_platform = found.sums.get(id(totals[id(leaf)]), {})
            rows = [
                (day, day + 1, platform if self.group else None, platform, int(total))
                for platform, days in by_platform.items()
                for day, (total, _) in days.items()
            ]
            put_prices(rows, request, leaf, frame)

    # --- cells --------------------------------------------------------------------------

    @cached_property
    def aparts(self) -> tuple[Apart, ...]:
        """The currencies or scales that have rows of the formula, most rows first."""
        found = self.now.aparts(self.way.formula.leaves())
        return tuple(found) or ("",)

    def whole(self, apart: Apart, group: Group = None) -> RecordCell:
        period = self.question.period
        return RecordCell(self.now, group, apart, day_number(period.start), day_number(period.end))

    def before(self, apart: Apart, group: Group = None) -> RecordCell:
        start, end = day_number(self.baseline.start), day_number(self.baseline.end)
        return RecordCell(self.then, group, apart, start, end)

    def value(self, apart: Apart, group: Group = None) -> Reading:
        return self.spent(self.way.formula.value(self.whole(apart, group)), apart, group)

    def spent(self, reading: Reading, apart: Apart, group: Group) -> Reading:
        """Return a cost per nothing with what was spent, which is no cost of 0 (catalogue, cpc)."""
        if isinstance(reading, Value) or reading.reason is not Reason.UNDEFINED:
            return reading
        first = self.way.formula.leaves()[0]
        paid = first.value(self.whole(apart, group))
        if not isinstance(first.rows, AdDays) or not is_money(first) or isinstance(paid, Absent):
            return reading
        amount = write_with_unit(paid.low, money_in(apart))
        words = say("Spent {amount}: {reason}.", amount=amount, reason=reading.words)
        return replace(reading, words=words) if paid.low else reading

    def has_a_number(self) -> bool:
        """Whether any currency or scale has a value; nothing counted on days unread has none."""
        return any(isinstance(self.value(it), Value) for it in self.aparts)

    @property
    def has_money(self) -> bool:
        return any(is_money(it) for it in self.way.formula.leaves())

    @property
    def mixes_currencies(self) -> bool:
        """Whether amounts of several currencies meet one number that no currency keeps apart."""
        leaves = self.way.formula.leaves()
        paid = [
            apart
            for apart in self.aparts
            if any(is_money(it) and self.whole(apart).sums(it)[1] > 0 for it in leaves)
        ]
        return len(paid) > 1 and any(
            isinstance(it.rows, Records | AccountDays) and id(it) not in self.now.keyed
            for it in leaves
        )

    def unit(self, apart: Apart) -> Unit:
        return money_in(apart) if self.way.unit is Unit.MONEY else self.way.unit

    # --- figures ------------------------------------------------------------------------

    def figure(self, apart: Apart, name: str, group: Group = None) -> Figure:
        """Return the value of a currency or scale with its baseline, change and series."""
        now, then = self.value(apart, group), self.way.formula.value(self.before(apart, group))
        fair = self.is_fair
        return Figure(
            name,
            now,
            previous=then if isinstance(then, Value) and fair else None,
            change=self.change(now, then, apart) if fair else None,
            series=() if group is not None else self.series(self.now, apart, self.question.period),
            previous_series=()
            if group is not None
            else self.series(self.then, apart, self.baseline),
        )

    def change(self, now: Reading, then: Reading, apart: Apart) -> Change | None:
        return compare(now, then, self.unit(apart))

    @cached_property
    def is_fair(self) -> bool:
        """Whether both periods were read on most of their days, and the same was declared."""
        cells = self.whole(self.aparts[0]), self.before(self.aparts[0])
        assumed = [it for it in self.way.formula.leaves() if isinstance(it, Assumed)]
        shares = [[cell.declared_share(it) for cell in cells] for it in assumed]
        return all(min(it) >= ENOUGH_COVERED * max(it) for it in shares) and all(
            len(cell.read_days(leaf)) >= ENOUGH_COVERED * cell.days
            for cell in cells
            for leaf in self.way.formula.leaves()
            if kinds_of(leaf.rows)
        )

    def series(
        self, frame: RecordFrame, apart: Apart, period: Period, formula: Formula | None = None
    ) -> tuple[Point, ...]:
        points, cut = [], slots(period)
        formula = formula or self.way.formula
        whole = RecordCell(frame, None, apart, cut[0][0], cut[-1][1])
        shorts = shorts_of(cut, formula, days_read(whole, formula))
        for (start, end), short in zip(cut, shorts, strict=True):
            reading = formula.value(RecordCell(frame, None, apart, start, end))
            value = None if isinstance(reading, Absent) else reading.low
            told = short if value is not None else None
            points.append(Point(day_of(start), day_of(end), value, short=told))
        return tuple(points)

    def parted(self, by: str) -> RecordSitting:
        """Return the same question, read by a label."""
        return RecordSitting(
            replace(self.question, by=None), self.way, self.around, self.connection, by
        )


def days_read(cell: RecordCell, formula: Formula) -> list[set[int]]:
    """Return the days of a cell that each kind of a formula's records was read for."""
    return [cell.read_days(it) for it in formula.leaves() if kinds_of(it.rows)]


def digits_of_or_two(currency: str) -> int:
    return digits_of(currency) if currency else 2


def platforms_of(scope: Scope, around: Surroundings) -> tuple[str, ...]:
    """Return the platforms of a scope; those of its accounts where these were named."""
    named = tuple(around.by_id[it].platform for it in scope.accounts if it in around.by_id)
    return tuple(sorted({*scope.platforms, *named}))


def brands_of(scope: Scope, around: Surroundings) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the brands asked of, and the competitors that these are set against."""
    held = (around.by_id[it].brand for it in scope.accounts if it in around.by_id)
    named = {*scope.brands, *held}
    own = tuple(it.id for it in around.brands if (it.id in named if named else it.own))
    of_rival = any(it.id in own and not it.own for it in around.brands)
    rivals = tuple(
        it.id for it in around.brands if it.id not in own and (of_rival or not it.own)
    )  # a competitor's own competitors are all others, us among them
    return own, rivals


def demand_rivals(way: RecordWay, around: Surroundings) -> None:
    """Refuse a share among brands where none is tracked beside our own: it would be 100 %."""
    beside = any(
        isinstance(it.rows, Records) and it.rows.whose != "own" for it in way.formula.leaves()
    )
    if beside and all(it.own for it in around.brands):
        raise Refusal(
            say(
                "{kpi} needs competitors, and none is tracked. Add one: "
                "python -m bot account x/HANDLE --brand NAME --competitor",
                kpi=way.title,
            )
        )


def demand_own_side(question: Question, way: RecordWay, around: Surroundings) -> None:
    """Refuse to tell of one brand what is kept for the whole workspace: visits, sales, ads."""
    rows = [it.rows for it in way.formula.leaves() if isinstance(it.rows, Records)]
    if all(it.branded for it in rows):
        return
    asked = [question.scope]
    if question.baseline.kind is Beside.ACCOUNTS:
        asked.append(question.baseline.scope)
    own = {it.id for it in around.brands if it.own}
    for scope in asked:
        held = {around.by_id[it].brand for it in scope.accounts if it in around.by_id}
        foreign = sorted(around.brand_names[it] for it in {*scope.brands, *held} - own)
        if foreign:
            raise Refusal(
                say(
                    "{kpi} is known of your own side alone, not of {name}.",
                    kpi=way.title,
                    name=listed(foreign),
                )
            )
        if scope.brands and own - {*scope.brands}:
            names = listed(sorted(around.brand_names[it] for it in scope.brands))
            raise Refusal(
                say("{kpi} is not kept by brand. Ask without {name}.", kpi=way.title, name=names)
            )
        if any(it.kind == "own" for it in rows) and (platforms := platforms_of(scope, around)):
            names = listed([PLATFORMS[it].title for it in platforms])
            raise Refusal(
                say("{kpi} is not kept by platform. Ask without {name}.", kpi=way.title, name=names)
            )
