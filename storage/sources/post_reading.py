"""One file of posts being read by one layout: what is found out before its rows are read."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from storage.batch import BadRow
from storage.errors import Nameless, SourceError
from storage.sources.cells import NumberStyle, StyleFinder, read_text
from storage.sources.dates import DateReader, choose_order
from storage.sources.headers import Column, find_columns
from storage.sources.layout import PostLayout
from storage.sources.origin import Accounts, Origin
from storage.sources.rows import Row, Table

NAMING = ("handle", "account_id", "account_name")
"""Columns that tell whose a post is."""


@dataclass
class PostReading:
    """The columns of a file and how it writes what is in them."""

    layout: PostLayout
    columns: dict[str, Column]
    counters: dict[str, Column]
    style: NumberStyle
    dates: DateReader
    accounts: Accounts
    fallback: str
    """Handle for rows whose permalink names none."""
    width: int
    bad: list[BadRow] = field(default_factory=list)
    unreadable: dict[Hashable, list[int]] = field(default_factory=dict)
    unclear_paid: int = 0


def prepare_posts(table: Table, layout: PostLayout, origin: Origin) -> PostReading:
    """Look at all rows once: how numbers and dates are written, and whether any are there.

    Raises ``Nameless`` where neither file nor person says whose posts these are.
    """
    columns = find_columns(table.header, layout.columns)
    counters = find_columns(table.header, layout.measures)
    styles = StyleFinder()
    handles: dict[str, None] = {}
    places = [column.place for column in counters.values()]
    link = columns.get("permalink")
    count = 0
    for torn in table.rows():
        count += 1
        row = mend_torn(torn, layout, columns, len(table.header))
        if len(row.cells) == len(table.header):
            for place in places:
                styles.see(row.cells[place])
            if link and (handle := layout.handle_of(read_text(row.cells[link.place]))):
                handles[handle] = None
    if not count:
        raise SourceError("the file has a header but no rows; choose a period with posts")
    stated = layout.account_of(origin.file_name) or ""
    named = bool(set(NAMING) & columns.keys() or handles or stated or not layout.platform)
    if not named and origin.account is None:
        raise nameless(layout, layout.platform)
    return PostReading(
        layout=layout,
        columns=columns,
        counters=counters,
        style=styles.decide(table.delimiter, layout.decimal),
        dates=_read_dates_as(table, layout, columns.get("published"), origin),
        accounts=Accounts(layout.platform, origin.account),
        fallback=next(iter(handles)) if len(handles) == 1 and layout.platform else stated,
        width=len(table.header),
    )


def nameless(layout: PostLayout, platform: str) -> Nameless:
    return Nameless(
        "the file does not say whose posts these are; name the account, {account_hint}",
        platform=platform,
        account_hint=layout.account_hint,
    )


def mend_torn(row: Row, layout: PostLayout, columns: Mapping[str, Column], width: int) -> Row:
    """Return a row in whose texts commas stood outside quotes, put together again.

    The cell of the link is known: what is too much before it belongs to the caption, after it to
    the date. Other rows are returned as they are.
    """
    surplus = len(row.cells) - width
    link = columns.get("permalink")
    if surplus <= 0 or layout.is_anchor is None or link is None:
        return row
    cells = [str(cell) for cell in row.cells]
    at = next((n for n, cell in enumerate(cells) if layout.is_anchor(cell.strip())), -1)
    before, after = at - link.place, surplus - (at - link.place)
    caption, posted = columns.get("caption"), columns.get("posted")
    if before < 0 or after < 0:
        return row
    if (before and not (caption and caption.place < link.place)) or (
        after and not (posted and posted.place > link.place)
    ):
        return row
    # From the right, so that what is joined does not move what is still to be joined.
    if posted and after:
        _join_cells(cells, posted.place + before, after)
    if caption and before:
        _join_cells(cells, caption.place, before)
    return Row(row.line, cells)


def _join_cells(cells: list[str], start: int, surplus: int) -> None:
    cells[start : start + surplus + 1] = [",".join(cells[start : start + surplus + 1])]


def _read_dates_as(
    table: Table, layout: PostLayout, published: Column | None, origin: Origin
) -> DateReader:
    formats = layout.date_formats
    if published is not None:
        cells = (row.cells[published.place] for row in table.rows() if _reaches(row, published))
        formats = choose_order(layout.date_formats, cells)
    zone = ZoneInfo(layout.zone) if layout.zone else origin.zone
    return DateReader(formats, zone, origin.now)


def _reaches(row: Row, column: Column) -> bool:
    return len(row.cells) > column.place
