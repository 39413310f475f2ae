"""Records: one way to compare, write and take back rows of every kind.

A kind is a table of ``storage.record_tables``: its unique constraint is the key, the rest are
facts. What an import tells otherwise replaces what stands, which is kept in ``revised_record``.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import Table, UniqueConstraint
from sqlmodel import SQLModel

from storage import record_tables as tables
from storage.tables import table_of

NOT_SAID = ("id", "workspace", "import_id")
"""Columns that no file tells."""


@dataclass(frozen=True)
class RecordKind:
    """A kind of records."""

    name: str
    """As in ``watched.source`` and ``observed.measure``, and in the path of an ingest."""
    title: str
    """What several are called: “web visits”."""
    noun: str
    """What one row is called: “row”, “order”."""
    table: Table
    when: str
    """``days`` (columns start and end) or ``moment`` (column at)."""

    @property
    def columns(self) -> tuple[str, ...]:
        """What a ``RecordRow`` tells, in order."""
        return tuple(it.name for it in self.table.columns if it.name not in NOT_SAID)

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that tell a record from all others of the workspace."""
        unique = next(it for it in self.table.constraints if isinstance(it, UniqueConstraint))
        return tuple(it.name for it in unique.columns if it.name not in NOT_SAID)

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(it for it in self.columns if it not in self.key)


def _kind(name: str, title: str, noun: str, model: type[SQLModel], when: str) -> RecordKind:
    return RecordKind(name, title, noun, table_of(model), when)


KINDS = MappingProxyType(
    {
        it.name: it
        for it in (
            _kind("web", "web visits", "row", tables.WebVisits, "days"),
            _kind("ads", "ad spend", "row", tables.AdSpend, "days"),
            _kind("touches", "touches", "touch", tables.Touch, "moment"),
            _kind("conversions", "conversions", "conversion", tables.Conversion, "moment"),
            _kind("paths", "paths to conversion", "path", tables.TouchPath, "days"),
            _kind("orders", "orders", "order", tables.CustomerOrder, "moment"),
            _kind("reviews", "reviews", "review", tables.Review, "moment"),
            _kind("surveys", "survey answers", "answer", tables.SurveyAnswer, "moment"),
            _kind("segments", "audience segments", "segment", tables.AudienceSegment, "days"),
            _kind("comments", "comments", "comment", tables.PostComment, "moment"),
        )
    }
)
"""Every kind by name; mentions have rows of their own in ``Batch.mentions``."""
