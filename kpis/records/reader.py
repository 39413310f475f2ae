"""Reads records into a frame: one statement per kind of rows and kind of state.

A total is a conditional sum over rows grouped by day (or by their own span of days), group and
currency; a mean reads the rows themselves; people are read with how many rows each has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Float,
    FromClause,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    select,
    true,
)

from kpis.counting import Distinct, Latest, Once, Priced, Years
from kpis.frame import Group
from kpis.language import Count, Leaf, OfRows, Total
from kpis.readers.columns import CALENDAR, TABLES, number
from kpis.records.as_of import records_then
from kpis.records.frame import RecordFrame, State
from kpis.records.kinds import DIMENSION_COLUMNS, column_of, is_money, keyed_leaves
from storage.measures import Each, Where
from storage.record_measures import Records


@dataclass(frozen=True)
class RecordRequest:
    """Which records to read, already resolved to ids and day numbers."""

    workspace: int
    zone: str
    start: int
    end: int
    platforms: tuple[str, ...] = ()
    """Empty: all, and what came from none."""
    own: tuple[int, ...] = ()
    """Brands that are asked of."""
    rivals: tuple[int, ...] = ()
    group: str | None = None
    """A dimension of ``DIMENSION_COLUMNS``, or ``brand``."""
    later: tuple[int, ...] = ()
    """Imports that came after the moment asked of."""
    dialect: str = "sqlite"
    digits: Callable[[str], int] = lambda currency: 2
    """Decimals of a currency."""
    prices: dict[tuple[str, str], tuple[float, str]] | None = None
    """Kind and word → price in units, and its currency."""


def read_records(
    connection: Connection, request: RecordRequest, leaves: Sequence[Leaf], frame: RecordFrame
) -> None:
    """Fill the frame with what the leaves over records need."""
    frame.keyed |= keyed_leaves(leaves)
    by_rows: dict[tuple[Any, ...], list[Leaf]] = defaultdict(list)
    for leaf in leaves:
        if isinstance(leaf.rows, Records) and not isinstance(leaf, Years):
            is_keyed = id(leaf) in frame.keyed
            by_rows[kind_of(leaf), type(leaf.rows), leaf.rows.whose, is_keyed].append(leaf)
    for (kind, *_), some in by_rows.items():
        READERS[kind](connection, request, some, frame)


def kind_of(leaf: Leaf) -> str:
    """Return which reader serves a leaf."""
    if isinstance(leaf, Distinct):
        return "people"
    if isinstance(leaf, Once):
        return "once"
    if isinstance(leaf, Priced):
        return "priced"
    if isinstance(leaf, Latest):
        return "latest"
    return "rows" if isinstance(leaf, OfRows) else "sums"


# --- one statement a kind -------------------------------------------------------------------


class Source:
    """The table of some leaves' rows, cut into days, with its group and what keeps rows apart."""

    def __init__(
        self, request: RecordRequest, rows: Records, keyed: bool, reads_back: bool = False
    ) -> None:
        self.request, self.rows, self.reads_back = request, rows, reads_back
        self.reaches_in = False
        """Rows that begin before the days asked of, and end in them or after."""
        self.table: FromClause = TABLES[rows.table]
        if request.later:
            self.table = records_then(rows.kind, rows.table, request.later, request.dialect)
        self.is_cut = rows.when == "moment"
        when = {"moment": CALENDAR.c.day, "days": self.table.c.get("start")}
        self.start = number(when.get(rows.when, self.table.c.get("day")))
        self.end = number(self.table.c.end) if rows.when == "days" else self.start + 1
        self.group = self.name_group()
        self.apart: ColumnElement[Any] = literal("")
        if keyed and rows.apart == "scale":
            self.apart = (
                cast(self.table.c.lowest, String) + "–" + cast(self.table.c.highest, String)
            )
        elif keyed:
            self.apart = self.table.c[rows.apart]

    def name_group(self) -> ColumnElement[Any]:
        by = self.request.group
        if by is None:
            return literal(None)
        if by == "brand":
            return self.table.c.brand
        name = DIMENSION_COLUMNS[by]
        if name == "platform" and "platform" not in self.table.c:
            name = "source"
        return self.table.c[name]

    def narrow(self, statement: Select[Any]) -> Select[Any]:
        """Return the statement over the rows asked of."""
        table, request = self.table, self.request
        if self.is_cut:
            inside = and_(table.c.at >= CALENDAR.c.start, table.c.at < CALENDAR.c.end)
            statement = statement.select_from(CALENDAR).join(table, inside)
            statement = statement.where(CALENDAR.c.zone == request.zone)
        else:
            statement = statement.select_from(table)
        chosen = [table.c.workspace == request.workspace]
        chosen.append(self.start < request.end)
        if self.reaches_in:
            chosen += [self.start < request.start, self.end > request.start]
        elif not self.reads_back:
            chosen.append(self.start >= request.start)
        if request.platforms:
            column = table.c.platform if "platform" in table.c else table.c.source
            chosen.append(column.in_(request.platforms))
        if self.rows.branded:
            chosen.append(table.c.brand.in_(self.brands()))
        return statement.where(*chosen)

    def brands(self) -> tuple[int, ...]:
        request = self.request
        return {
            "own": request.own,
            "rivals": request.rivals,
            "everyone": request.own + request.rivals,
        }[self.rows.whose]

    def choose(self, leaf: Leaf) -> ColumnElement[bool]:
        """Return the conditions of a leaf's own."""
        return and_(true(), *(self.condition(it) for it in leaf.rows.where))

    def condition(self, where: Where) -> ColumnElement[bool]:
        column = self.table.c[column_of(where.column)]
        if where.least is None and where.most is None:
            chosen = column.in_(where.values)
            return ~chosen if where.negated else chosen
        unit = self.table.c[where.of] if where.of else 1.0
        bounds = []
        if where.least is not None:
            bounds.append(column >= where.least * unit)
        if where.most is not None:
            bounds.append(column <= where.most * unit)
        return and_(*bounds)

    def number(self, each: Each) -> ColumnElement[Any]:
        """Return a row's number; null where a part is missing or the divisor is 0."""
        columns = [self.table.c[column_of(it)] for it in each.columns]
        top: ColumnElement[Any] = columns[0]
        for column in columns[1:]:
            top = top + column
        if isinstance(each.over, Each):
            top = cast(top, Float) / func.nullif(self.number(each.over), 0)
        return top * each.times if each.times != 1 else top


def open_source(request: RecordRequest, leaves: Sequence[Leaf], frame: RecordFrame) -> Source:
    rows = leaves[0].rows
    assert isinstance(rows, Records)
    back = isinstance(leaves[0], Latest)
    return Source(request, rows, id(leaves[0]) in frame.keyed, back)


def read_sums(
    connection: Connection, request: RecordRequest, leaves: Sequence[Leaf], frame: RecordFrame
) -> None:
    source = open_source(request, leaves, frame)
    numbers: list[ColumnElement[Any]] = []
    for leaf in leaves:
        chosen = source.choose(leaf)
        if isinstance(leaf, Total | Latest):
            every = (*leaf.number.columns, *getattr(leaf, "beside", ()))
            there = [source.table.c[column_of(it)].is_not(None) for it in every]
            value = case((and_(chosen, *there), source.number(leaf.number)))
            kind = Float if source.rows.table == "custom_value" else BigInteger
            numbers += [cast(func.sum(value), kind), cast(func.count(value), BigInteger)]
        else:
            assert isinstance(leaf, Count)
            counted = cast(func.count(case((chosen, 1))), BigInteger)
            numbers += [counted, counted]
    keys = [source.start.label("d0"), source.end.label("d1")]
    keys += [source.group.label("word"), source.apart.label("apart")]
    wanted: Any = select(*keys, *numbers)
    by = ("d0", "d1", "word", "apart")
    rows = connection.execute(source.narrow(wanted).group_by(*by)).all()
    if not rows and source.rows.when == "days":  # perhaps one row tells of a whole month
        source.reaches_in = True
        rows = connection.execute(source.narrow(wanted).group_by(*by)).all()
    made: list[dict[Any, list[State]]] = [defaultdict(list) for _ in leaves]
    scales = [scale_of(it) for it in leaves]
    for start, end, word, apart, *sums in rows:
        for at, leaf in enumerate(leaves):
            total, n = sums[2 * at], sums[2 * at + 1]
            if not n:
                continue
            scale = 10 ** request.digits(apart) if is_money(leaf) else scales[at]
            made[at][word, apart].append(State(start, end, (total or 0) / scale, n))
    for leaf, states in zip(leaves, made, strict=True):
        frame.states[id(leaf)] = dict(states)


def scale_of(leaf: Leaf) -> int:
    """Return by how much a leaf's integers are larger than what they count."""
    if not isinstance(leaf, Total):
        return 1
    measure = type(leaf.rows).measures().get(leaf.number.columns[0])
    return int(10**measure.decimals) if measure else 1


def read_rows(
    connection: Connection, request: RecordRequest, leaves: Sequence[Leaf], frame: RecordFrame
) -> None:
    """Fill ``frame.numbers`` with the number of each row that has it."""
    source = open_source(request, leaves, frame)
    numbers = []
    for leaf in leaves:
        assert isinstance(leaf, OfRows)
        numbers.append(case((source.choose(leaf), source.number(leaf.number))))
    wanted: Any = select(source.start, source.group, source.apart, *numbers)
    statement = source.narrow(wanted)
    made: list[dict[Any, list[tuple[int, float]]]] = [defaultdict(list) for _ in leaves]
    for day, word, apart, *values in connection.execute(statement):
        for at, value in enumerate(values):
            if value is not None:
                made[at][word, apart].append((day, float(value)))
    for leaf, rows in zip(leaves, made, strict=True):
        frame.numbers[id(leaf)] = dict(rows)


def read_people(
    connection: Connection, request: RecordRequest, leaves: Sequence[Leaf], frame: RecordFrame
) -> None:
    """Fill ``frame.people`` with who has how many rows on a day; nobody is not counted."""
    for leaf in leaves:
        assert isinstance(leaf, Distinct)
        source = open_source(request, [leaf], frame)
        who = source.table.c[leaf.who.column]
        keys = [source.start.label("d0"), source.group.label("word"), source.apart.label("apart")]
        statement = (
            source.narrow(select(*keys, who.label("who"), func.count()))
            .where(source.choose(leaf), who != "")
            .group_by("d0", "word", "apart", "who")
        )
        made: dict[Any, list[tuple[int, str, int]]] = defaultdict(list)
        for day, word, apart, name, n in connection.execute(statement):
            made[word, apart].append((day, name, n))
        frame.people[id(leaf)] = dict(made)


def read_once(
    connection: Connection, request: RecordRequest, leaves: Sequence[Leaf], frame: RecordFrame
) -> None:
    """Fill ``frame.states`` with each person's largest number a day, people added up by day.

    People are told apart by platform too: a handle on X is another's on Instagram.
    """
    for leaf in leaves:
        assert isinstance(leaf, Once)
        source = open_source(request, [leaf], frame)
        who, value = source.table.c[leaf.per.column], source.number(leaf.number)
        keys = [source.start.label("d0"), source.group.label("word"), source.apart.label("apart")]
        inner = (
            source.narrow(select(*keys, func.max(value).label("most")))
            .where(source.choose(leaf), value.is_not(None), who != "")
            .group_by("d0", "word", "apart", source.table.c.platform, who)
            .subquery()
        )
        summed = cast(func.sum(inner.c.most), BigInteger)
        parts = (inner.c.d0, inner.c.word, inner.c.apart)
        statement: Select[Any] = select(*parts, summed, func.count()).group_by(*parts)
        made: dict[Any, list[State]] = defaultdict(list)
        for day, word, apart, total, n in connection.execute(statement):
            made[word, apart].append(State(day, day + 1, float(total), n))
        frame.states[id(leaf)] = dict(made)


def read_priced(
    connection: Connection, request: RecordRequest, leaves: Sequence[Leaf], frame: RecordFrame
) -> None:
    """Fill ``frame.states`` with amounts: a number × the price of its row's word."""
    for leaf in leaves:
        assert isinstance(leaf, Priced)
        source = open_source(request, [leaf], frame)
        word_of = source.table.c[leaf.by.column]
        total = cast(func.sum(source.number(leaf.number)), BigInteger)
        keys = [source.start.label("d0"), source.end.label("d1"), source.group.label("word")]
        statement = (
            source.narrow(select(*keys, word_of.label("priced"), total))
            .where(source.choose(leaf))
            .group_by("d0", "d1", "word", "priced")
        )
        put_prices(connection.execute(statement), request, leaf, frame)


def put_prices(
    rows: Iterable[Any], request: RecordRequest, leaf: Priced, frame: RecordFrame
) -> None:
    """Turn numbers by word into amounts; what has no price is counted apart."""
    prices = request.prices or {}
    frame.is_priced[id(leaf)] = any(kind == leaf.kind for kind, _ in prices)
    made: dict[tuple[Group, str], list[State]] = defaultdict(list)
    for start, end, word, named, amount in rows:
        if amount is None:
            continue
        found = prices.get((leaf.kind, str(named).casefold()))
        if found is None:
            frame.unpriced[id(leaf)][str(named)] += int(amount)
            continue
        price, currency = found
        frame.priced[id(leaf)][str(named)] = found
        made[word, currency].append(State(start, end, float(amount) / leaf.per * price, 1))
    frame.states[id(leaf)] = dict(made)


READERS: dict[str, Callable[[Connection, RecordRequest, Sequence[Leaf], RecordFrame], None]] = {
    "sums": read_sums,
    "latest": read_sums,
    "rows": read_rows,
    "people": read_people,
    "once": read_once,
    "priced": read_priced,
}
