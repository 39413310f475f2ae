"""Reads totals of account days: from the rollup where it can answer, else from the facts.

A paired ratio trusts the rollup on a day where both measures show the same number of accounts
and the same sum of marks; only uneven days are read again, account by account.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Select,
    bindparam,
    cast,
    func,
    select,
)

from kpis.frame import Frame, Sums
from kpis.language import Total
from kpis.readers.as_of import facts_as_of
from kpis.readers.columns import FACT, ROLLUP, among, named, number
from kpis.readers.request import ReadRequest


def read(
    connection: Connection, request: ReadRequest, leaves: Sequence[Total], frame: Frame
) -> None:
    """Fill ``frame.sums`` for each leaf, with one statement (two where pairs are uneven)."""
    measures = tuple(sorted({column for leaf in leaves for column in columns_of(leaf)}))
    if request.whole and request.group in (None, "platform") and not request.later:
        cells = index(rolled_up(connection, request, measures))
        pair_by_marks(connection, request, leaves, cells, frame)
    else:
        pair_by_account(account_rows(connection, request, measures), request, leaves, frame)


def columns_of(leaf: Total) -> tuple[str, ...]:
    return (*leaf.number.columns, *leaf.beside)


# --- from the rollup -----------------------------------------------------------------------


@lru_cache(maxsize=256)
def rollup_statement(measures: int, platforms: int, grouped: bool) -> Select[Any]:
    day = number(ROLLUP.c.day)
    summed = platforms > 1 and not grouped
    sums: tuple[Any, ...] = (ROLLUP.c.total, ROLLUP.c.n, ROLLUP.c.who)
    if summed:
        sums = tuple(cast(func.sum(it), BigInteger) for it in sums)
    statement = select(
        ROLLUP.c.measure, ROLLUP.c.platform if grouped else bindparam("no", None), day, *sums
    ).where(
        ROLLUP.c.workspace == bindparam("workspace"),
        among(ROLLUP.c.measure, "measure", measures),
        among(ROLLUP.c.platform, "platform", platforms),
        ROLLUP.c.own,
        day >= bindparam("start"),
        day < bindparam("end"),
    )
    return statement.group_by(ROLLUP.c.measure, day) if summed else statement


def rolled_up(
    connection: Connection, request: ReadRequest, measures: tuple[str, ...]
) -> Sequence[Any]:
    grouped = request.group == "platform"
    statement = rollup_statement(len(measures), len(request.platforms), grouped)
    result = connection.execute(
        statement,
        {
            "no": None,
            "workspace": request.workspace,
            "start": request.start,
            "end": request.end,
            **named("measure", measures),
            **named("platform", request.platforms),
        },
    )
    assert result.cursor is not None
    rows = result.cursor.fetchall()  # Plain tuples: SQLAlchemy's rows cost as much again.
    result.close()
    return rows


Index = dict[str, dict[Any, dict[int, tuple[int, int, int]]]]


def index(rows: Iterable[Any]) -> Index:
    found: Index = defaultdict(lambda: defaultdict(dict))
    for measure, group, day, total, n, who in rows:
        found[measure][group][day] = (total, n, who)
    return found


def pair_by_marks(
    connection: Connection,
    request: ReadRequest,
    leaves: Sequence[Total],
    cells: Index,
    frame: Frame,
) -> None:
    for leaf in leaves:
        column = leaf.number.columns[0]
        if not leaf.beside:
            frame.sums[id(leaf)] = {
                group: {day: (total, n) for day, (total, n, _) in by_day.items()}
                for group, by_day in cells.get(column, {}).items()
            }
            continue
        sums: Sums = {}
        uneven: set[int] = set()
        for group, by_day in cells.get(column, {}).items():
            held: dict[int, tuple[float, int]] = {}
            for day, (total, n, who) in by_day.items():
                if all(
                    cells.get(other, {}).get(group, {}).get(day, (0, 0, 0))[1:] == (n, who)
                    for other in leaf.beside
                ):
                    held[day] = (total, n)
                else:
                    uneven.add(day)
            sums[group] = held
        if uneven:
            read_uneven(connection, request, leaf, uneven, sums, frame)
        frame.sums[id(leaf)] = sums


def read_uneven(
    connection: Connection,
    request: ReadRequest,
    leaf: Total,
    days: set[int],
    sums: Sums,
    frame: Frame,
) -> None:
    """Read the days on which a pair's sides come from different accounts, account by account."""
    narrow = Frame()
    rows = account_rows(connection, request, tuple(sorted(columns_of(leaf))))
    pair_by_account([row for row in rows if row[3] in days], request, [leaf], narrow)
    frame.left_out[id(leaf)] += narrow.left_out[id(leaf)]
    for group, by_day in narrow.sums[id(leaf)].items():
        sums.setdefault(group, {}).update(by_day)


# --- from the facts ------------------------------------------------------------------------


@lru_cache(maxsize=256)
def fact_statement(measures: int, platforms: int, accounts: int) -> Select[Any]:
    day = number(FACT.c.day)
    return select(FACT.c.measure, FACT.c.account, FACT.c.platform, day, FACT.c.value).where(
        FACT.c.workspace == bindparam("workspace"),
        among(FACT.c.measure, "measure", measures),
        among(FACT.c.platform, "platform", platforms),
        day >= bindparam("start"),
        day < bindparam("end"),
        among(FACT.c.account, "account", accounts),
    )


def account_rows(
    connection: Connection, request: ReadRequest, measures: tuple[str, ...]
) -> Sequence[Any]:
    """Return (measure, account, platform, day number, value) of the accounts in question."""
    if request.later:
        return facts_as_of(connection, request, measures)
    statement = fact_statement(len(measures), len(request.platforms), len(request.accounts))
    return connection.execute(
        statement,
        {
            "workspace": request.workspace,
            "start": request.start,
            "end": request.end,
            **named("measure", measures),
            **named("platform", request.platforms),
            **named("account", request.accounts),
        },
    ).fetchall()


def pair_by_account(
    rows: Iterable[Any], request: ReadRequest, leaves: Sequence[Total], frame: Frame
) -> None:
    found: dict[str, dict[tuple[int, int], tuple[Any, int]]] = defaultdict(dict)
    for measure, account, platform, day, value in rows:
        group = {"account": account, "platform": platform}.get(request.group or "")
        found[measure][account, day] = (group, value)
    for leaf in leaves:
        sums: Sums = defaultdict(dict)
        others = [found.get(other, {}) for other in leaf.beside]
        for key, (group, value) in found.get(leaf.number.columns[0], {}).items():
            if all(key in other for other in others):
                total, n = sums[group].get(key[1], (0, 0))
                sums[group][key[1]] = (total + value, n + 1)
            elif key[1] >= request.asked:
                frame.left_out[id(leaf)] += 1
        frame.sums[id(leaf)] = dict(sums)
