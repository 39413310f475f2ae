"""A table in which each line is a session of the web site, counted up to web visits."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple, TypeVar

from storage.batch import BadRow, Batch, RecordRow, RecordRows
from storage.errors import SourceError
from storage.money import is_exact, to_minor
from storage.platforms import find_platform
from storage.record_kinds import KINDS
from storage.said import Counted, Grouped, Words
from storage.sources.bad_rows import Cells, describe_width, join_problems
from storage.sources.cells import BadCell, is_blank, read_text, refuse_formula, show
from storage.sources.dates import DateReader, choose_order
from storage.sources.headers import Column, find_columns
from storage.sources.mapping import Mapping
from storage.sources.mentions import NO, YES
from storage.sources.origin import Origin
from storage.sources.rows import Row, Table

WORDS = ("source", "medium", "campaign", "keyword")
LONGEST_WORD = 200
UNTAGGED = frozenset({"", "(not set)", "(none)", "(direct)", "direct", "unassigned"})

V = TypeVar("V")


class Visit(NamedTuple):
    """One session: when and where from, and how it ended."""

    line: int
    start: date
    end: date
    platform: str
    words: tuple[str, ...]
    """In the order of ``WORDS``."""
    converted: bool
    bounced: bool | None
    revenue: int | None
    """Minor units of the mapping's currency."""


@dataclass
class _Reading:
    mapping: Mapping
    columns: dict[str, Column]
    dates: DateReader
    width: int
    bad: list[BadRow] = field(default_factory=list)


def read_sessions(table: Table, mapping: Mapping, origin: Origin) -> Batch:
    """Return one row of web visits for each day, or span of days, and where they came from."""
    reading = _prepare(table, mapping, origin)
    visits = [it for row in table.rows() if (it := _read_row(row, reading)) is not None]
    if not visits and not reading.bad:
        raise SourceError("the file has a header but no rows; choose a period with data")
    groups: defaultdict[tuple[object, ...], list[Visit]] = defaultdict(list)
    for it in visits:
        groups[it.start, it.end, it.platform, it.words].append(it)
    rows = tuple(_count(group, mapping) for group in groups.values())
    span = mapping.file.span or (None, None)
    return Batch(
        format="mapped",
        title=Words("Web sessions"),
        file_name=origin.file_name,
        file_hash=origin.file_hash,
        records=(RecordRows("web", rows, *span),),
        bad=tuple(reading.bad),
        notes=(*table.notes, _describe(visits, rows)),
    )


def _prepare(table: Table, mapping: Mapping, origin: Origin) -> _Reading:
    columns = find_columns(table.header, {key: (it,) for key, it in mapping.columns.items()})
    file = mapping.file
    if "day" not in columns and file.span is None:
        raise SourceError(
            "nothing says of which days these sessions are; add a day column to [columns], "
            "or start = 2026-01-01 and end = 2026-12-31 to [file] of the mapping"
        )
    if "revenue" in columns and file.currency is None:
        raise SourceError('revenue needs its currency: currency = "EUR" in [file] of the mapping')
    formats = tuple(file.date_formats)
    if "day" in columns:
        place = columns["day"].place
        cells = (row.cells[place] for row in table.rows() if len(row.cells) > place)
        formats = choose_order(formats, cells)
    return _Reading(
        mapping, columns, DateReader(formats, origin.zone, origin.now), len(table.header)
    )


def _read_row(row: Row, reading: _Reading) -> Visit | None:
    if len(row.cells) != reading.width:
        reading.bad.append(BadRow(row.line, None, describe_width(row, reading.width)))
        return None
    cells = Cells(row, reading.columns)
    take, problems = cells.take, cells.problems

    file = reading.mapping.file
    day = take("day", reading.dates.read_day, None)
    converted = take("converted", _read_flag, None)
    named = take("platform", _read_word, "")
    found = find_platform(named) if named else None
    source = take("source", _read_word, "") or ("" if found else named)
    words = (source, *(take(name, _read_word, "") for name in WORDS[1:]))
    bounced = take("bounced", _read_flag, None)
    revenue = take("revenue", lambda cell: _read_money(cell, file.currency or ""), None)
    start, end = (day, day + timedelta(days=1)) if day else file.span or (None, None)
    if problems or converted is None or start is None or end is None:
        reading.bad.append(join_problems(row.line, problems))
        return None
    platform = found.key if found else _stated_platform(reading.mapping, source)
    return Visit(row.line, start, end, platform, words, converted, bounced, revenue)


def _stated_platform(mapping: Mapping, source: str) -> str:
    """Return the platform that the source is, else the one that the mapping names for all."""
    found = find_platform(source) if source else find_platform(mapping.file.platform or "")
    return found.key if found else ""


def _count(group: list[Visit], mapping: Mapping) -> RecordRow:
    """Return sessions that came the same way as one row of web visits."""
    first = group[0]
    said = dict(zip(WORDS, first.words, strict=True))
    file = mapping.file
    social = bool(first.platform) if file.social is None else file.social
    tells_bounces = "bounced" in mapping.columns
    tells_revenue = "revenue" in mapping.columns
    values: dict[str, object] = {
        **dict.fromkeys(KINDS["web"].columns, ""),
        **said,
        "property": file.site,
        "start": first.start,
        "end": first.end,
        "platform": first.platform,
        "social": social,
        "tagged": bool(first.platform or social or said["source"].lower() not in UNTAGGED),
        "sessions": len(group),
        "converting": sum(it.converted for it in group),
        "bounced": sum(bool(it.bounced) for it in group) if tells_bounces else None,
        "bounce_kind": "one-page" if tells_bounces else "",
        "key_events": None,
        "page_views": None,
        "revenue": sum(it.revenue or 0 for it in group) if tells_revenue else None,
        "currency": file.currency if tells_revenue else "",
    }
    return RecordRow(first.line, tuple(values[name] for name in KINDS["web"].columns))


def _read_flag(cell: Any) -> bool:
    """Return a yes or no; a blank cell is neither, and a session of which it is not known."""
    word = "true" if cell is True else "false" if cell is False else read_text(cell).lower()
    if word in YES or word in NO:
        return word in YES
    if is_blank(cell):
        raise BadCell("no yes or no")
    raise BadCell("{cell} says neither yes nor no", cell=show(cell))


def _read_word(cell: Any) -> str:
    word = " ".join(read_text(cell).split())
    return "" if is_blank(word) else word[:LONGEST_WORD]


def _read_money(cell: Any, currency: str) -> int | None:
    """Return an amount in minor units; of a blank cell nothing was earned that is known."""
    if is_blank(cell):
        return None
    refuse_formula(cell)
    try:
        amount = Decimal(read_text(cell))
        if amount.is_finite() and is_exact(amount, currency):
            return to_minor(amount, currency)
    except (InvalidOperation, ValueError):
        pass
    raise BadCell(
        "{cell} is not an amount of {currency}; write it like 1234.50",
        cell=show(cell),
        currency=currency,
    )


def _describe(visits: list[Visit], rows: tuple[RecordRow, ...]) -> str:
    converting = sum(it.converted for it in visits)
    return Counted(
        "{visits} sessions, {converting} of them with a conversion, were counted up to "
        "{number} row.",
        "{visits} sessions, {converting} of them with a conversion, were counted up to "
        "{number} rows.",
        len(rows),
        visits=Grouped(len(visits)),
        converting=Grouped(converting),
    )
