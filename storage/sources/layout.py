"""How an export is laid out: a declaration, one per export."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from storage.sources.cells import BadCell, Cell, read_id, read_text
from storage.sources.headers import find_columns

Names = tuple[str, ...]
"""Aliases of a column, the usual one first."""

TOTALS = frozenset(
    (
        *("total", "totals", "totalt", "summa", "gesamt", "jumlah", "tổng", "tổng cộng"),
        *("总计", "合计", "總計", "合計", "합계"),
    )
)
"""What a row is called that adds up the others: it is no row of its own."""


@dataclass(frozen=True)
class Layout:
    """Which columns an export has, by all the names they go by."""

    key: str
    title: str
    platform: str
    """Key of ``PLATFORMS``; empty where a column ``platform`` says it row by row."""
    columns: MappingProxyType[str, Names]
    """What is no number, by our names for it."""
    measures: MappingProxyType[str, Names]
    needs: tuple[Names, ...]
    """Groups of columns or measures; one of each group must be there."""
    date_formats: tuple[str, ...] = ()
    decimal: str | None = None
    zone: str = ""
    """IANA zone of the file's times, where the export states one; else the person's."""
    notes: Names = ()
    is_verified: bool = True
    """Its header was seen in a real file."""
    account_hint: str = ""
    account_of: Callable[[str], str | None] = lambda file_name: None
    """Reads the handle out of a file name that states it."""
    span_of: Callable[[str], tuple[date, date] | None] = lambda file_name: None
    """Reads first and last day out of a file name that states them."""

    def missing(self, header: Iterable[str]) -> list[str]:
        """Return the columns that a header lacks, by their usual names."""
        header = tuple(header)
        known = {**self.columns, **self.measures}
        found = find_columns(header, known, strict=False)
        lacking = [
            " or ".join(known[name][0] for name in group)
            for group in self.needs
            if not any(name in found for name in group)
        ]
        if not lacking and not find_columns(header, self.measures, strict=False):
            lacking = ["any counter, such as " + next(iter(self.measures.values()))[0]]
        return lacking

    def matched(self, header: Iterable[str]) -> int:
        """Return how many of a header's columns are known to this layout."""
        header = tuple(header)
        found = find_columns(header, self.columns, strict=False)
        found |= find_columns(header, self.measures, strict=False)
        return len({column.place for column in found.values()})


@dataclass(frozen=True)
class PostLayout(Layout):
    """An export of posts; its measures are counters.

    Columns: ``id``, ``published``, ``platform``, ``handle``, ``account_id``, ``account_name``,
    ``title``, ``caption``, ``content_type``, ``permalink``, ``paid``, ``campaign``, ``variant``.
    """

    handle_of: Callable[[str], str | None] = lambda permalink: None
    """Reads the handle out of a permalink, where no column names the account."""
    id_of: Callable[[str], str] | None = None
    """Reads the platform's id out of what stands in the column ``id``: a link."""
    time_of: Callable[[str], datetime] | None = None
    """Tells when a post was published by its id, where the file's dates cannot."""
    content_type: str | None = None
    """Of every post, where no column says it."""
    splits_paid: bool = False
    """A post that was also advertised stands on several lines, one for each campaign."""
    is_anchor: Callable[[str], bool] | None = None
    """Knows the cell of ``permalink`` again, in rows that unquoted commas have torn."""

    def read_id(self, cell: Cell) -> str:
        """Return the platform's id of a post; raises ``BadCell``."""
        return self.id_of(read_text(cell)) if self.id_of else read_id(cell)

    def tell_time(self, external_id: str) -> datetime:
        """Return when a post was published, by its id; raises ``BadCell``."""
        if self.time_of is None:
            raise BadCell("no date")
        return self.time_of(external_id)


@dataclass(frozen=True)
class DayLayout(Layout):
    """Measures of accounts by day.

    Columns: ``day``, ``platform``, ``account``, ``account_id``. A measure is one of
    ``AccountDays``, a unique count with the length of its window: ``reach:7``.
    """

    has_no_year: bool = False
    """Its days may be written without one: “18 August”."""
