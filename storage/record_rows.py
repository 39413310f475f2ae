"""Rows of records as the database holds them: names resolved, money and moments as integers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, select

from storage import accounts
from storage.batch import AccountName, RecordRow, RecordRows
from storage.brands import BrandNames
from storage.errors import KepiError
from storage.money import to_minor
from storage.record_kinds import EVERY_KIND, RecordKind
from storage.said import Words
from storage.tables import Day, Instant, Workspace, day_number, instant_number, table_of

WORKSPACE = table_of(Workspace)
MILLION = 1_000_000
IN_MILLIONTHS = MappingProxyType({"paths": ("value",)})
"""Amounts in millionths of the currency's unit, by kind: files of them hold averages."""
Values = tuple[Any, ...]
"""Of one record, in the order of ``RecordKind.columns``."""
Change = Callable[[list[Any], int], None]
"""Puts something in place in a row's values; told the row's line."""


@dataclass
class Resolved:
    """The rows of one kind, each key once, the later of equal ones."""

    kind: RecordKind
    rows: dict[Values, Values]
    """Key → values."""
    notes: list[str] = field(default_factory=list)
    line_of: dict[Values, int] = field(default_factory=dict)


def resolve(connection: Connection, workspace: int, told: RecordRows) -> Resolved:
    """Return the rows as they would be stored; raises ``KepiError`` for a brand unknown here."""
    kind = EVERY_KIND[told.kind]
    done = Resolved(kind, {})
    changes = _changes(connection, workspace, told, kind, done)
    width, key_of = len(kind.columns), places_reader(kind, kind.key)
    for row in told.rows:
        if len(row.values) != width:
            raise ValueError(f"{kind.name}: {len(row.values)} values for {width} columns")
        values = list(row.values)
        for change in changes:
            change(values, row.line)
        native = tuple(values)
        done.rows[key_of(native)] = native
    return done


def places_reader(kind: RecordKind, names: Iterable[str]) -> Callable[[Values], Values]:
    """Return what picks some columns out of a row's values, as a tuple."""
    places = tuple(kind.columns.index(name) for name in names)
    return lambda values: tuple([values[place] for place in places])


def _changes(
    connection: Connection, workspace: int, told: RecordRows, kind: RecordKind, done: Resolved
) -> list[Change]:
    """Return what is to be done to each row of a kind, in this order."""
    changes: list[Change] = []
    if "account" in kind.columns and isinstance(_first(told.rows, kind, "account"), AccountName):
        changes.append(_name_accounts(connection, workspace, kind))
    if "brand" in kind.columns:
        changes.append(_name_brands(connection, workspace, kind))
    if kind.money or kind.name in IN_MILLIONTHS:
        changes.append(_settle_money(connection, workspace, kind, done))
    if kind.name == "paths":
        changes.append(_date_paths(connection, workspace, kind, told))
    changes += _numbers(kind)
    return changes


def _first(rows: Iterable[RecordRow], kind: RecordKind, column: str) -> Any:
    place = kind.columns.index(column)
    return next((row.values[place] for row in rows), None)


def _name_accounts(connection: Connection, workspace: int, kind: RecordKind) -> Change:
    """Put ids for accounts; one that is not stored yet has none, below 0."""
    place = kind.columns.index("account")
    known: dict[AccountName, int] = {}

    def change(values: list[Any], line: int) -> None:
        name = values[place]
        if name not in known:
            found = accounts.find(connection, workspace, name)
            known[name] = -1 - len(known) if found is None else found
        values[place] = known[name]

    return change


def _name_brands(connection: Connection, workspace: int, kind: RecordKind) -> Change:
    place = kind.columns.index("brand")
    names = BrandNames(connection, workspace)

    def change(values: list[Any], line: int) -> None:
        values[place] = names.find(str(values[place]), line)

    return change


def _settle_money(
    connection: Connection, workspace: int, kind: RecordKind, done: Resolved
) -> Change:
    """Give money without a currency the workspace's, and turn amounts into minor units."""
    usual = currency_of(connection, workspace)
    currency = kind.columns.index("currency")
    in_millionths = kind.name in IN_MILLIONTHS
    places = [kind.columns.index(it) for it in kind.money or IN_MILLIONTHS[kind.name]]
    told = False

    def change(values: list[Any], line: int) -> None:
        nonlocal told
        # Millionths that are whole already are no amounts: the file has no column of them.
        held = [it for it in places if _is_amount(values[it], in_millionths)]
        if held and not values[currency]:
            values[currency] = usual
            if not told:
                done.notes.append(
                    Words("No currency is named; amounts are taken as {currency}.", currency=usual)
                )
            told = True
        for it in held:
            if isinstance(values[it], Decimal):
                scale = _in_millionths if in_millionths else _in_minor
                values[it] = scale(values[it], values[currency], line)

    return change


def currency_of(connection: Connection, workspace: int) -> str:
    """Return the currency that a workspace chose for amounts that name none."""
    statement = select(WORKSPACE.c.currency).where(WORKSPACE.c.id == workspace)
    return str(connection.execute(statement).scalar_one())


def _is_amount(value: Any, in_millionths: bool) -> bool:
    return value is not None and (not in_millionths or isinstance(value, Decimal))


def _in_millionths(amount: Decimal, currency: str, line: int) -> int:
    return int((amount * MILLION).to_integral_value(ROUND_HALF_UP))


def _in_minor(amount: Decimal, currency: str, line: int) -> int:
    try:
        return to_minor(amount, currency)
    except ValueError as trouble:
        raise KepiError(
            "Line {line}: {amount} {currency} is no amount: {trouble}.",
            line=line,
            amount=amount,
            currency=currency,
            trouble=trouble,
        ) from None


def _date_paths(
    connection: Connection, workspace: int, kind: RecordKind, told: RecordRows
) -> Change:
    """Give paths without days those that their collection has already, else the file's.

    So a file sent again on another day is the same collection, and is not counted twice.
    """
    table = kind.table
    name, start, end = (kind.columns.index(it) for it in ("name", "start", "end"))
    known: dict[str, tuple[Any, Any]] = {}

    def change(values: list[Any], line: int) -> None:
        if values[start] is not None:
            return
        word = values[name]
        if word not in known:
            statement = (
                select(table.c.start, table.c.end)
                .where(table.c.workspace == workspace, table.c.name == word)
                .order_by(table.c.start.desc())
                .limit(1)
            )
            found = connection.execute(statement).one_or_none()
            known[word] = (found[0], found[1]) if found else (told.start, told.end)
        values[start], values[end] = known[word]

    return change


@cache
def number_places(kind: RecordKind) -> Mapping[str, tuple[int, ...]]:
    """Return where the days and the moments of a kind stand."""
    columns = kind.table.columns
    return {
        what: tuple(at for at, it in enumerate(kind.columns) if isinstance(columns[it].type, type_))
        for what, type_ in (("days", Day), ("moments", Instant))
    }


def _numbers(kind: RecordKind) -> list[Change]:
    days, moments = number_places(kind)["days"], number_places(kind)["moments"]
    known: dict[date, int] = {}

    def count_days(values: list[Any], line: int) -> None:
        for place in days:
            day = values[place]
            if day is None:
                continue
            if day not in known:
                known[day] = day_number(day)
            values[place] = known[day]

    def count_moments(values: list[Any], line: int) -> None:
        for place in moments:
            values[place] = instant_number(values[place])

    return [it for it, places in ((count_days, days), (count_moments, moments)) if places]


def days_of(told: RecordRows, zone: Any) -> tuple[date, date] | None:
    """Return the first day that rows speak of and the one after the last; nothing of no rows."""
    kind = EVERY_KIND[told.kind]
    if told.start is not None and told.end is not None:
        return told.start, told.end
    if not told.rows or not kind.when:
        return None
    if kind.when == "days":
        start, end = (kind.columns.index(it) for it in ("start", "end"))
        return min(it.values[start] for it in told.rows), max(it.values[end] for it in told.rows)  # type: ignore[type-var,return-value]
    at = kind.columns.index("at")
    moments: list[datetime] = [it.values[at] for it in told.rows]  # type: ignore[misc]
    first, last = (it.astimezone(zone).date() for it in (min(moments), max(moments)))
    return first, date.fromordinal(last.toordinal() + 1)
