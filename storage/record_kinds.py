"""The kinds of records, one declaration each: their table, what a row tells, what its key is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
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
    """``days`` (columns start and end), ``moment`` (column at), or empty: its rows have none."""
    stamped: tuple[str, ...] = ()
    """Columns that the import fills in: who sent the file and when."""
    money: tuple[str, ...] = ()
    """Columns in minor units of the row's ``currency``."""

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """What a ``RecordRow`` tells, in order."""
        left_out = (*NOT_SAID, *self.stamped)
        return tuple(it.name for it in self.table.columns if it.name not in left_out)

    @cached_property
    def key(self) -> tuple[str, ...]:
        """The columns that tell a record from all others of the workspace."""
        unique = next(it for it in self.table.constraints if isinstance(it, UniqueConstraint))
        return tuple(it.name for it in unique.columns if it.name not in NOT_SAID)

    @cached_property
    def facts(self) -> tuple[str, ...]:
        return tuple(it for it in self.columns if it not in self.key)


def _kind(
    name: str,
    title: str,
    noun: str,
    model: type[SQLModel],
    when: str,
    stamped: tuple[str, ...] = (),
    money: tuple[str, ...] = (),
) -> RecordKind:
    return RecordKind(name, title, noun, table_of(model), when, stamped, money)


KINDS = MappingProxyType(
    {
        it.name: it
        for it in (
            _kind("web", "web visits", "row", tables.WebVisits, "days", money=("revenue",)),
            _kind("ads", "ad spend", "row", tables.AdSpend, "days", money=("spend", "value")),
            _kind("touches", "touches", "touch", tables.Touch, "moment"),
            _kind(
                *("conversions", "conversions", "conversion", tables.Conversion, "moment"),
                money=("value",),
            ),
            _kind("paths", "paths to conversion", "path", tables.TouchPath, "days"),
            _kind("orders", "orders", "order", tables.CustomerOrder, "moment", money=("value",)),
            _kind("reviews", "reviews", "review", tables.Review, "moment"),
            _kind("surveys", "survey answers", "answer", tables.SurveyAnswer, "moment"),
            _kind("segments", "audience segments", "segment", tables.AudienceSegment, "days"),
            _kind("comments", "comments", "comment", tables.PostComment, "moment"),
        )
    }
)
"""Every kind by name; mentions have rows of their own in ``Batch.mentions``."""

STAMPS = ("by", "at")
DECLARED = MappingProxyType(
    {
        it.name: it
        for it in (
            _kind("benchmarks", "benchmarks", "benchmark", tables.Benchmark, "", STAMPS),
            _kind("rates", "rate card prices", "price", tables.RateCard, "", STAMPS, ("price",)),
            _kind("values", "declared values", "value", tables.DeclaredValue, "", STAMPS),
        )
    }
)
"""What people declare, in a file here: compared, written and taken back as records are."""

EVERY_KIND = MappingProxyType({**KINDS, **DECLARED})
