"""The days of an export that leaves the year out: found from the row that is newest."""

from collections.abc import Mapping
from datetime import date, timedelta

from storage.said import Words
from storage.sources.dates import EARLIEST, DateReader, parse
from storage.sources.named_dates import NamedDate, read_named_date, settle_years
from storage.sources.rows import Table


def settle_dates(table: Table, place: int, dates: DateReader) -> dict[int, date]:
    """Return the day of each line whose date names no year.

    An export is of days that follow each other, up to a year of them, and not after ``dates.now``.
    """
    lines: list[int] = []
    days: list[NamedDate | None] = []
    for row in table.rows():
        cell = row.cells[place] if len(row.cells) > place else ""
        if isinstance(cell, str) and parse(cell, dates.formats) is None:
            lines.append(row.line)
            days.append(read_named_date(cell))
    if all(it is None or it.year for it in days):
        return {}
    last = (dates.now + timedelta(days=1)).astimezone(dates.zone).date()
    settled = zip(lines, settle_years(days, last), strict=True)
    return {line: day for line, day in settled if day is not None and day >= EARLIEST}


def describe_years(settled: Mapping[int, date]) -> tuple[str, ...]:
    """Return the note on years that were not told, with the days that were taken."""
    if not settled:
        return ()
    first, last = min(settled.values()), max(settled.values())
    words = Words(
        "The file names no year; its days were taken as {first} to {last}.", first=first, last=last
    )
    return (words,)
