"""Measures of accounts by day: of exports that are laid out so, or as a mapping file names them."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from storage.batch import AccountName, BadRow, Batch, DayRow, WatchedSpan, WindowRow
from storage.errors import Nameless, SourceError
from storage.said import Words
from storage.sources.bad_rows import (
    MAY_BE_NEGATIVE,
    Cells,
    describe_width,
    join_problems,
    read_handle_cell,
    read_known_platform,
    read_optional_id,
)
from storage.sources.cells import NumberStyle, StyleFinder, read_whole
from storage.sources.copies import describe_repeats, settle_copies
from storage.sources.dates import DateReader, choose_order
from storage.sources.headers import Column, find_columns
from storage.sources.layout import TOTALS, DayLayout
from storage.sources.mapping import read_window
from storage.sources.origin import Accounts, Origin
from storage.sources.rows import Row, Table
from storage.sources.yearless import describe_years, settle_dates

V = TypeVar("V")


class AccountDay(NamedTuple):
    """One row: the values in the order of the layout's measures."""

    line: int
    account: AccountName
    day: date
    values: tuple[int | None, ...]


@dataclass
class _Reading:
    layout: DayLayout
    columns: dict[str, Column]
    measures: dict[str, Column]
    style: NumberStyle
    dates: DateReader
    accounts: Accounts
    width: int
    settled: dict[int, date]
    """The days of lines that name no year."""
    bad: list[BadRow] = field(default_factory=list)
    unreadable: dict[Hashable, list[int]] = field(default_factory=dict)


def read_account_days(table: Table, layout: DayLayout, origin: Origin) -> Batch:
    """Return levels and additive measures as days, unique counts as windows ending that day."""
    reading = _prepare(table, layout, origin)
    rows = [read for row in table.rows() if (read := _read_row(row, reading)) is not None]
    doubts = reading.accounts.check()
    names = tuple(reading.measures)
    kept, conflicting, repeats = settle_copies(
        rows,
        lambda row: (row.account, row.day),
        lambda row: dict(zip(names, row.values, strict=True)),
        reading.unreadable,
        ("account and day", reading.columns["day"].name),
    )
    return Batch(
        format=layout.key,
        title=layout.title,
        file_name=origin.file_name,
        file_hash=origin.file_hash,
        days=tuple(it for row in kept for it in _list_days(row, names)),
        windows=tuple(it for row in kept for it in _list_windows(row, names)),
        watched=_watch(kept),
        bad=tuple(sorted([*reading.bad, *conflicting], key=lambda bad: bad.line)),
        notes=(
            *table.notes,
            *layout.notes,
            *describe_years(reading.settled),
            *doubts,
            *describe_repeats(repeats),
        ),
    )


def _prepare(table: Table, layout: DayLayout, origin: Origin) -> _Reading:
    columns = find_columns(table.header, layout.columns)
    measures = find_columns(table.header, layout.measures)
    if origin.account is None and not {"account", "account_id"} & columns.keys():
        raise Nameless(
            "nothing says whose days these are; {account_hint}",
            platform=layout.platform,
            account_hint=layout.account_hint,
        )
    styles = StyleFinder()
    count = 0
    for row in table.rows():
        count += 1
        if len(row.cells) == len(table.header):
            for column in measures.values():
                styles.see(row.cells[column.place])
    if not count:
        raise SourceError("the file has a header but no rows; choose a period with data")
    place = columns["day"].place
    formats = choose_order(
        layout.date_formats,
        (row.cells[place] for row in table.rows() if len(row.cells) > place),
    )
    dates = DateReader(formats, ZoneInfo(layout.zone) if layout.zone else origin.zone, origin.now)
    return _Reading(
        layout=layout,
        columns=columns,
        measures=measures,
        style=styles.decide(table.delimiter, layout.decimal),
        dates=dates,
        accounts=Accounts(layout.platform, origin.account),
        width=len(table.header),
        settled=settle_dates(table, place, dates) if layout.has_no_year else {},
    )


def _read_row(row: Row, reading: _Reading) -> AccountDay | None:
    if len(row.cells) != reading.width:
        reading.bad.append(BadRow(row.line, None, describe_width(row, reading.width)))
        return None
    first = row.cells[reading.columns["day"].place]
    if isinstance(first, str) and first.strip().casefold() in TOTALS:
        return None
    cells = Cells(row)
    take, problems = cells.take_from, cells.problems

    platform = reading.layout.platform or take(
        reading.columns.get("platform"), read_known_platform, ""
    )
    if not problems and not reading.accounts.choose(platform):
        return None
    day = reading.settled.get(row.line) or take(
        reading.columns["day"], reading.dates.read_day, None
    )
    handle = take(reading.columns.get("account"), read_handle_cell, "")
    external_id = take(reading.columns.get("account_id"), read_optional_id, "")
    account = reading.accounts.name(handle, external_id or None, "", platform)
    negative = MAY_BE_NEGATIVE.get(platform, frozenset())
    values = tuple(
        take(column, _whole_reader(reading.style, name in negative), None)
        for name, column in reading.measures.items()
    )
    if account is None and not problems:
        column = reading.columns.get("account") or reading.columns["account_id"]
        problems.append((column.name, Words("no account is named")))
    if problems or account is None or day is None:
        reading.bad.append(join_problems(row.line, problems))
        if account and day:
            reading.unreadable.setdefault((account, day), []).append(row.line)
        return None
    return AccountDay(row.line, account, day, values)


def _whole_reader(style: NumberStyle, negative: bool) -> Callable[[Any], int | None]:
    return lambda cell: read_whole(cell, style, negative=negative)


def _list_days(row: AccountDay, names: tuple[str, ...]) -> list[DayRow]:
    return [
        DayRow(row.line, row.account, name, row.day, value)
        for name, value in zip(names, row.values, strict=True)
        if value is not None and read_window(name) is None
    ]


def _list_windows(row: AccountDay, names: tuple[str, ...]) -> list[WindowRow]:
    """Return the unique counts; a window of 7 days ends with the row's day."""
    after = row.day + timedelta(days=1)
    return [
        WindowRow(row.line, row.account, window[0], after - timedelta(days=window[1]), after, value)
        for name, value in zip(names, row.values, strict=True)
        if value is not None and (window := read_window(name)) is not None
    ]


def _watch(rows: list[AccountDay]) -> tuple[WatchedSpan, ...]:
    spans: dict[AccountName, tuple[date, date]] = {}
    for row in rows:
        first, last = spans.get(row.account, (row.day, row.day))
        spans[row.account] = min(first, row.day), max(last, row.day)
    return tuple(
        WatchedSpan("account-days", account, first, last + timedelta(days=1))
        for account, (first, last) in sorted(spans.items(), key=lambda item: item[0].handle)
    )
