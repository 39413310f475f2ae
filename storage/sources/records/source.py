"""A source of records: how its table is told from others, and what reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.batch import Batch
from storage.sources.origin import Origin
from storage.sources.records.layout import RecordLayout
from storage.sources.rows import Table

if TYPE_CHECKING:
    from storage.sources.mapping import Mapping

Reader = Callable[[Table, Origin, "Mapping | None"], Batch]


@dataclass(frozen=True)
class RecordSource:
    """A file of records, as ``--format`` names it."""

    key: str
    title: str
    fit: Callable[[Table], int]
    """How many columns of a table it knows; 0: it is not of this source."""
    reader: Reader
    layout: RecordLayout

    def read(self, table: Table, origin: Origin, mapping: Mapping | None = None) -> Batch:
        """Return the records of a table; raise ``SourceError`` where it cannot be read at all."""
        return self.reader(table, origin, mapping)
