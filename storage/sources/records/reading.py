"""Records of a file: one way of reading them, whatever their layout."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from storage.batch import BadRow, Batch, RecordRow, RecordRows
from storage.errors import SourceError
from storage.money import is_currency
from storage.record_kinds import EVERY_KIND, RecordKind
from storage.sources.bad_rows import describe_width, join_problems
from storage.sources.cells import BadCell, StyleFinder, are_rounded
from storage.sources.copies import describe_repeats, settle_copies
from storage.sources.dates import DateReader, choose_order
from storage.sources.headers import Column, find_columns, list_names
from storage.sources.origin import Origin
from storage.sources.records.amounts import AmountFinder
from storage.sources.records.fields import WITH_DATES, WITH_DECIMALS, Cells, Field, read_cell
from storage.sources.records.source import RecordSource
from storage.sources.rows import Row, Table

if TYPE_CHECKING:
    from storage.sources.mapping import Mapping as MappingFile

DATE_FORMATS = (
    *("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d", "%Y%m%d"),
    *("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M"),
    *("%m/%d/%Y", "%d.%m.%Y %H:%M", "%d.%m.%Y", "%b %d, %Y", "%d %b %Y"),
)
_WITH_CURRENCY = re.compile(r"(?P<name>.+?)\s*\((?P<code>[A-Z]{3})\)\s*")

Told = dict[str, Any]
"""What a row says, by the names of the layout's fields."""
Make = Callable[[Told, Cells], Mapping[str, Any] | None]
"""Makes columns of the kind of what a row says; ``None`` leaves the row out. Raises ``BadCell``."""


@dataclass(frozen=True)
class RecordLayout:
    """Which columns a file of records has, and what becomes of its rows."""

    key: str
    title: str
    kind: str
    fields: Mapping[str, Field]
    make: Make
    telling: tuple[tuple[str, ...], ...] = ()
    """Groups of fields beside the needed ones; of each, one must be there."""
    key_name: str = "id"
    """What tells two rows apart, in words."""
    key_field: str = "id"
    """The field that holds it, or most of it."""
    wanted: str = "choose a period with data"
    """What to do where the file has no rows."""
    notes: Callable[[Cells], Iterable[str]] = lambda cells: ()
    span: Callable[[Table, MappingFile | None], Any] = lambda table, mapping: (
        mapping.file.span if mapping else None
    )
    refused: tuple[str, ...] = ()
    """Columns by which a file may not be split."""

    @property
    def aliases(self) -> dict[str, tuple[str, ...]]:
        return {name: it.names for name, it in self.fields.items()}

    def missing(self, columns: Mapping[str, Column]) -> list[str]:
        """Return what is lacking, by our own names."""
        lacking = [
            it.names[0] for name, it in self.fields.items() if it.needed and name not in columns
        ]
        lacking += [
            " or ".join(self.fields[name].names[0] for name in group)
            for group in self.telling
            if not any(name in columns for name in group)
        ]
        return lacking


class Made(NamedTuple):
    """A row that was read: its line, and the values of its kind."""

    line: int
    values: tuple[Any, ...]


@dataclass
class _Reading:
    layout: RecordLayout
    kind: RecordKind
    columns: dict[str, Column]
    cells: Cells
    width: int
    bad: list[BadRow] = field(default_factory=list)


def source_of(layout: RecordLayout, adapt: Callable[[Table], Table] | None = None) -> RecordSource:
    """Return the source that a layout declares; ``adapt`` makes a table plain first."""

    def fit(table: Table) -> int:
        header, _ = split_header(table.header)
        columns = find_columns(header, layout.aliases, strict=False)
        return 0 if layout.missing(columns) else len(columns)

    def read(table: Table, origin: Origin, mapping: MappingFile | None) -> Batch:
        return read_records(adapt(table) if adapt else table, layout, origin, mapping)

    return RecordSource(layout.key, layout.title, fit, read)


def split_header(header: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return a header without the currency in brackets of its names, and that currency."""
    names, codes = [], []
    for name in header:
        match = _WITH_CURRENCY.fullmatch(name)
        if match and is_currency(match["code"]):
            names.append(match["name"])
            codes.append(match["code"])
        else:
            names.append(name)
    if len(set(codes)) > 1:
        raise SourceError(f"the columns are in {list_names(codes)}; export one currency at a time")
    return tuple(names), codes[0] if codes else ""


def read_records(
    table: Table, layout: RecordLayout, origin: Origin, mapping: MappingFile | None = None
) -> Batch:
    """Return the records of a table; raise ``SourceError`` where it cannot be read at all."""
    reading = _prepare(table, layout, origin, mapping)
    made = [it for row in table.rows() if (it := _read_row(row, reading)) is not None]
    made = _refuse_rounded(made, reading)
    places = [reading.kind.columns.index(name) for name in reading.kind.key]
    column = reading.columns.get(layout.key_field)
    kept, conflicting, repeats = settle_copies(
        made,
        lambda it: tuple([it.values[place] for place in places]),
        partial(_facts, reading.kind),
        {},
        (layout.key_name, column.name if column else None),
    )
    start, end = reading.cells.span or (None, None)
    rows = tuple(RecordRow(it.line, it.values) for it in kept)
    return Batch(
        format=layout.key,
        title=layout.title,
        file_name=origin.file_name,
        file_hash=origin.file_hash,
        records=(RecordRows(layout.kind, rows, start, end),),
        bad=tuple(sorted([*reading.bad, *conflicting], key=lambda bad: bad.line)),
        notes=(*table.notes, *describe_repeats(repeats), *layout.notes(reading.cells)),
    )


def _prepare(
    table: Table, layout: RecordLayout, origin: Origin, mapping: MappingFile | None
) -> _Reading:
    """Look at all rows once: how numbers and dates are written, and whether any are there."""
    header, currency = split_header(table.header)
    columns = find_columns(header, layout.aliases)
    lacking = layout.missing(columns)
    if lacking:
        raise SourceError(
            f"this is not a file of {layout.title.lower()}: {list_names(lacking)} missing; "
            f"the columns seen are {list_names(table.header)}"
        )
    split = find_columns(header, {it: (it,) for it in layout.refused}, strict=False)
    if split:
        named = list_names([it.name for it in split.values()])
        raise SourceError(f"the rows are split by {named}; export them without")
    dates, styles, amounts = [], StyleFinder(), AmountFinder()
    count = 0
    for row in table.rows():
        count += 1
        if len(row.cells) != len(header):
            continue
        for name, column in columns.items():
            sort, cell = layout.fields[name].sort, row.cells[column.place]
            if sort in WITH_DATES:
                dates.append(cell)
            elif sort in WITH_DECIMALS:
                amounts.see(cell.strip().removesuffix("%") if isinstance(cell, str) else cell)
            elif sort == "whole":
                styles.see(cell)
    if not count:
        raise SourceError(f"the file has a header but no rows; {layout.wanted}")
    said = mapping.file if mapping else None
    formats = (*(said.date_formats if said else ()), *DATE_FORMATS)
    decimal = said.decimal if said else None
    cells = Cells(
        origin,
        DateReader(choose_order(formats, dates), origin.zone, origin.now),
        styles.decide(table.delimiter, decimal),
        amounts.decide(table.delimiter, decimal),
        currency or _stated_currency(mapping),
        layout.span(table, mapping),
        said.social if said else None,
        said.site if said else "",
    )
    return _Reading(layout, EVERY_KIND[layout.kind], columns, cells, len(header))


def _stated_currency(mapping: MappingFile | None) -> str:
    return (mapping.file.currency or "").upper() if mapping else ""


def _read_row(row: Row, reading: _Reading) -> Made | None:
    """Return the record of a row, or ``None`` after naming all that is wrong with it."""
    if len(row.cells) != reading.width:
        reading.bad.append(BadRow(row.line, None, describe_width(row, reading.width)))
        return None
    problems: list[tuple[str, str]] = []
    told: Told = {}
    for name, it in reading.layout.fields.items():
        column = reading.columns.get(name)
        if column is None:
            told[name] = it.blank
            continue
        try:
            told[name] = read_cell(row.cells[column.place], it, reading.cells)
        except BadCell as refused:
            problems.append((column.name, str(refused)))
    if not problems:
        try:
            made = reading.layout.make(told, reading.cells)
        except BadCell as refused:
            problems.append(("", str(refused)))
        else:
            return None if made is None else Made(row.line, _fill_in(reading.kind, made))
    reading.bad.append(join_problems(row.line, problems))
    return None


def _fill_in(kind: RecordKind, made: Mapping[str, Any]) -> tuple[Any, ...]:
    columns = kind.table.c
    return tuple(
        [
            made[name] if name in made else None if columns[name].nullable else ""
            for name in kind.columns
        ]
    )


def _facts(kind: RecordKind, made: Made) -> dict[str, object]:
    told = dict(zip(kind.columns, made.values, strict=True))
    return {name.replace("_", " "): told[name] for name in kind.facts}


def _refuse_rounded(made: list[Made], reading: _Reading) -> list[Made]:
    """Refuse all rows where a spreadsheet has rounded the long ids."""
    if "external_id" not in reading.kind.columns or "id" not in reading.columns:
        return made
    place = reading.kind.columns.index("external_id")
    if not are_rounded([str(it.values[place]) for it in made]):
        return made
    words = "the id was ruined by a spreadsheet; export it again"
    reading.bad += (BadRow(it.line, reading.columns["id"].name, words) for it in made)
    return []


def make_id(*said: Hashable) -> str:
    """Return an id made of what a row says, so that the same row again adds nothing."""
    return sha256("\x1f".join(map(str, said)).encode()).hexdigest()[:32]
