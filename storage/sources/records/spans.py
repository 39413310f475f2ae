"""The days of a row: one ``day``, or ``start`` and ``end`` (the last one), or those of the file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from storage.sources.cells import BadCell
from storage.sources.records.fields import Cells, Field
from storage.sources.records.layout import Told

DAYS: Mapping[str, Field] = MappingProxyType(
    {
        "day": Field("day", ("day", "Date", "Datum", "Dag", "Ngày", "Tanggal", "日期"), blank=None),
        "start": Field(
            "day",
            (
                *("start", "Start date", "From", "Period start", "Reporting starts"),
                *("Berichtsstart", "Rapporteringsstart", "Awal pelaporan", "报告开始日期"),
            ),
            blank=None,
        ),
        "end": Field(
            "day",
            (
                *("end", "End date", "To", "Until", "Period end", "Reporting ends"),
                *("Berichtsende", "Rapporteringsslut", "Akhir pelaporan", "报告结束日期"),
            ),
            blank=None,
        ),
    }
)
LONGEST = 1_100
"""Days of one row; three years."""


def read_span(told: Told, cells: Cells) -> tuple[date, date]:
    """Return the first day and the one after the last; raises ``BadCell``."""
    start, end = told["start"], told["end"]
    if told["day"] is not None and (start is None or end is None):
        start = end = told["day"]
    if start is None and end is None and cells.span:
        return cells.span  # type: ignore[no-any-return]
    start = end if start is None else start
    end = start if end is None else end
    if start is None:
        raise BadCell("no day stands here; add a column “day”, or “start” and “end”")
    if end < start:
        raise BadCell("it ends on {end}, before it starts on {start}", end=end, start=start)
    if (end - start).days >= LONGEST:
        raise BadCell("{start} to {end} is longer than three years", start=start, end=end)
    return start, end + timedelta(days=1)
