"""Benchmarks: published figures of others, with how each was worked out."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from storage.record_kinds import DECLARED

KIND = DECLARED["benchmarks"]
STATISTICS = ("pooled", "mean", "median")
DENOMINATORS = ("reach", "followers", "impressions", "posts")


class BenchmarkRow(NamedTuple):
    """A benchmark; the columns are told in ``storage.record_tables.Benchmark``."""

    id: int
    kpi: str
    denominator: str
    statistic: str
    platform: str
    industry: str
    year: int
    source: str
    value: float
    by: str
    at: datetime
    import_id: int


COLUMNS = tuple(KIND.table.c[name] for name in BenchmarkRow._fields)


def benchmarks(
    connection: Connection, workspace: int, kpi: str | None = None
) -> list[BenchmarkRow]:
    """Return the benchmarks of a KPI, or of all, the newest years first."""
    table = KIND.table
    statement = select(*COLUMNS).where(table.c.workspace == workspace)
    if kpi is not None:
        statement = statement.where(table.c.kpi == kpi)
    rows = connection.execute(statement.order_by(table.c.kpi, table.c.year.desc(), table.c.id))
    return [BenchmarkRow._make(row) for row in rows]
