"""How an export of posts is laid out: a declaration, one per export."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from storage.sources.headers import find_columns

Names = tuple[str, ...]
"""Aliases of a column, the usual one first."""


@dataclass(frozen=True)
class PostLayout:
    """Which columns an export of posts has, by all the names they go by."""

    key: str
    title: str
    platform: str
    columns: MappingProxyType[str, Names]
    """``id``, ``published``, ``handle``, ``account_id``, ``account_name``, ``title``,
    ``caption``, ``content_type``, ``permalink``, ``paid``: aliases, the usual one first."""
    counters: MappingProxyType[str, Names]
    needs: tuple[Names, ...]
    """Groups of columns; one of each group must be there."""
    date_formats: tuple[str, ...] = ()
    decimal: str | None = None
    notes: Names = ()
    handle_of: Callable[[str], str | None] = lambda permalink: None
    """Reads the handle out of a permalink, where no column names the account."""
    span_of: Callable[[str], tuple[date, date] | None] = lambda file_name: None
    """Reads first and last day out of a file name that states them."""
    account_hint: str = ""

    def missing(self, header: Iterable[str]) -> list[str]:
        """Return the columns that a header lacks, by their usual names."""
        found = find_columns(tuple(header), self.columns)
        lacking = [
            " or ".join(self.columns[name][0] for name in group)
            for group in self.needs
            if not any(name in found for name in group)
        ]
        if not lacking and not find_columns(tuple(header), self.counters):
            lacking = ["any counter, such as " + next(iter(self.counters.values()))[0]]
        return lacking

    def matched(self, header: Iterable[str]) -> int:
        """Return how many of a header's columns are known to this layout."""
        header = tuple(header)
        return len(find_columns(header, self.columns)) + len(find_columns(header, self.counters))
