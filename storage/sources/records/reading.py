"""Records of a file: one way of reading them, whatever their layout."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from storage.batch import BadRow, Batch, RecordRow, RecordRows
from storage.errors import SourceError
from storage.money import is_currency
from storage.record_kinds import EVERY_KIND, RecordKind
from storage.said import Words
from storage.sources.bad_rows import describe_width, join_problems
from storage.sources.cells import BadCell, Cell, StyleFinder, are_rounded
from storage.sources.dates import DateReader, choose_order, parse
from storage.sources.headers import Column, find_columns, list_names
from storage.sources.origin import Origin
from storage.sources.records.amounts import AmountFinder
from storage.sources.records.fields import WITH_DATES, WITH_DECIMALS, Cells, read_cell
from storage.sources.records.layout import RecordLayout, Told
from storage.sources.records.settling import Made, fill_in, settle
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


@dataclass
class _Reading:
    layout: RecordLayout
    kind: RecordKind
    columns: dict[str, Column]
    cells: Cells
    width: int
    shown_width: int
    """That of the file's own header."""
    adds_up: bool
    """Rows with one key are parts of it, not copies."""
    bad: list[BadRow] = field(default_factory=list)


def source_of(layout: RecordLayout, adapt: Callable[[Table], Table] | None = None) -> RecordSource:
    """Return the source that a layout declares; ``adapt`` makes a table plain first."""

    def fit(table: Table) -> int:
        header, _ = split_header(table.header)
        columns = find_columns(header, layout.aliases, strict=False)
        return 0 if layout.missing(columns) else len(columns)

    def read(table: Table, origin: Origin, mapping: MappingFile | None) -> Batch:
        plain = adapt(table) if adapt else table
        return read_records(plain, layout, origin, mapping, seen=table.header)

    return RecordSource(layout.key, layout.title, fit, read, layout)


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
        raise SourceError(
            "the columns are in {codes}; export one currency at a time", codes=list_names(codes)
        )
    return tuple(names), codes[0] if codes else ""


def read_records(
    table: Table,
    layout: RecordLayout,
    origin: Origin,
    mapping: MappingFile | None = None,
    *,
    seen: Sequence[str] = (),
) -> Batch:
    """Return the records of a table; raise ``SourceError`` where it cannot be read at all.

    ``seen`` is the header as the file has it, where columns were added to the table's.
    """
    reading = _prepare(table, layout, origin, mapping, seen or table.header)
    made = [it for row in table.rows() if (it := _read_row(row, reading)) is not None]
    made = _refuse_rounded(made, reading)
    column = reading.columns.get(layout.key_field)
    words = (layout.key_name, column.name if column else None)
    adds = layout.adds if reading.adds_up else None
    kept, conflicting, said = settle(made, reading.kind, words, adds)
    start, end = reading.cells.span or (None, None)
    rows = tuple(RecordRow(it.line, it.values) for it in kept)
    return Batch(
        format=layout.key,
        title=layout.title,
        file_name=origin.file_name,
        file_hash=origin.file_hash,
        records=(RecordRows(layout.kind, rows, start, end),),
        bad=tuple(sorted([*reading.bad, *conflicting], key=lambda bad: bad.line)),
        notes=(*table.notes, *said, *layout.notes(reading.cells)),
    )


def _prepare(
    table: Table,
    layout: RecordLayout,
    origin: Origin,
    mapping: MappingFile | None,
    seen: Sequence[str],
) -> _Reading:
    """Look at all rows once: how numbers and dates are written, and whether any are there."""
    header, currency = split_header(table.header)
    columns = find_columns(header, layout.aliases)
    lacking = layout.missing(columns)
    if lacking:
        raise SourceError(
            "this is not a file of {title}: {lacking} missing; the columns seen are {seen}",
            title=layout.title,
            lacking=lacking,
            seen=list_names(seen),
        )
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
        raise SourceError("the file has a header but no rows; {wanted}", wanted=layout.wanted)
    said = mapping.file if mapping else None
    formats = _choose_formats(said.date_formats if said else (), dates)
    decimal = said.decimal if said else None
    cells = Cells(
        origin,
        DateReader(formats, origin.zone, origin.now),
        styles.decide(table.delimiter, decimal),
        amounts.decide(table.delimiter, decimal),
        currency or _stated_currency(mapping),
        layout.span(table, mapping),
        said.social if said else None,
        said.site if said else "",
    )
    split = find_columns(header, {it: (it,) for it in layout.splits or ()}, strict=False)
    adds_up = layout.splits is None or bool(split)
    widths = len(header), len(seen)
    return _Reading(layout, EVERY_KIND[layout.kind], columns, cells, *widths, adds_up)


def _choose_formats(stated: Iterable[str], cells: Sequence[Cell]) -> tuple[str, ...]:
    """Return the formats in which a file writes dates; none where all of them are ISO's."""
    formats = (*stated, *DATE_FORMATS)
    others = [it for it in cells if isinstance(it, str) and it[4:5] != "-"]
    if tuple(stated) or any(parse(it, DATE_FORMATS) for it in others):
        return choose_order(formats, cells)
    return ()


def _stated_currency(mapping: MappingFile | None) -> str:
    return (mapping.file.currency or "").upper() if mapping else ""


def _read_row(row: Row, reading: _Reading) -> Made | None:
    """Return the record of a row, or ``None`` after naming all that is wrong with it."""
    if len(row.cells) != reading.width:
        reading.bad.append(BadRow(row.line, None, describe_width(row, reading.shown_width)))
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
            problems.append((column.name, refused.words))
    if not problems:
        try:
            made = reading.layout.make(told, reading.cells)
        except BadCell as refused:
            problems.append(("", refused.words))
        else:
            return None if made is None else Made(row.line, fill_in(reading.kind, made))
    reading.bad.append(join_problems(row.line, problems))
    return None


def _refuse_rounded(made: list[Made], reading: _Reading) -> list[Made]:
    """Refuse all rows where a spreadsheet has rounded the long ids."""
    if "external_id" not in reading.kind.columns or "id" not in reading.columns:
        return made
    place = reading.kind.columns.index("external_id")
    if not are_rounded([str(it.values[place]) for it in made]):
        return made
    words = Words("the id was ruined by a spreadsheet; export it again")
    reading.bad += (BadRow(it.line, reading.columns["id"].name, words) for it in made)
    return []
