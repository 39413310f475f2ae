"""Google Analytics 4: the report *Traffic acquisition*.

Lines that begin with ``#`` stand above each table and name its days. A file may hold several
tables: those with the same columns are read, each for its own days; a diagram's table is not.
Sessions bounced where they were not engaged. “Session key event rate” is a share of sessions, so
the converting ones are known where the rate is not rounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from storage.said import Counted, Words
from storage.sources.cells import BadCell, Cell
from storage.sources.headers import normalise
from storage.sources.records.fields import Cells, Field
from storage.sources.records.layout import RecordLayout, Told
from storage.sources.records.reading import source_of
from storage.sources.records.spans import DAYS
from storage.sources.records.web import make_visits
from storage.sources.rows import Row, Table

TOTALS = frozenset({"grand total", "total", "totals", "totalt", "summa", "总计", "jumlah total"})
ROUNDED = "rate"
NEARLY_WHOLE = Decimal("0.05")
"""How far a rate times the sessions may be from a whole number of them."""
FIELDS = MappingProxyType(
    {
        "day": Field("day", ("Date", "Day"), blank=None),
        "start": DAYS["start"],
        "end": DAYS["end"],
        "channel_group": Field(
            "name",
            (
                "Session primary channel group (Default Channel Group)",
                "Session default channel group",
                "Session channel group",
                "Default channel group",
            ),
        ),
        "source_medium": Field(
            "name", ("Session source / medium", "Session manual source / medium")
        ),
        "source": Field("name", ("Session source", "Session manual source")),
        "medium": Field("name", ("Session medium", "Session manual medium")),
        "platform": Field("word", ("Session source platform",)),
        "campaign": Field("name", ("Session campaign", "Session manual campaign name")),
        "keyword": Field("name", ("Session manual term", "Session Google Ads keyword text")),
        "sessions": Field("whole", ("Sessions",), needed=True),
        "engaged": Field("whole", ("Engaged sessions",), blank=None),
        "rate": Field("share", ("Session key event rate", "Session conversion rate"), blank=None),
        "key_events": Field("amount", ("Key events", "Conversions"), blank=None),
        "page_views": Field("whole", ("Views", "Screen page views"), blank=None),
        "revenue": Field("amount", ("Total revenue", "Purchase revenue"), blank=None),
        "currency": Field("currency", ("Currency", "Currency code")),
    }
)
DIMENSIONS = ("channel_group", "source_medium", "source", "medium", "campaign", "keyword")
SPLIT = (  # second dimensions that Kepi does not keep: their parts are added up
    *("Country", "City", "Region", "Language", "Device category", "Browser", "Operating system"),
    *("Age", "Gender", "Landing page", "Landing page + query string", "Platform"),
)
_DAY = re.compile(r"(?<![0-9])(20[0-9]{6})(?![0-9])")


def make(told: Told, cells: Cells) -> Mapping[str, Any] | None:
    words = [told[name] for name in DIMENSIONS]
    if not any(words) or any(word.lower() in TOTALS for word in words):
        return None
    source, slash, medium = told["source_medium"].partition(" / ")
    if slash or source:
        told = {**told, "source": told["source"] or source, "medium": told["medium"] or medium}
    events = told["key_events"]
    if events is not None and (events < 0 or events != int(events)):
        # Data-driven attribution splits a key event among sessions.
        events = events.to_integral_value()
    return make_visits(
        {
            **told,
            "platform": "",
            "social": None,
            "bounced": None,
            "converting": count_converting(told, cells),
            "key_events": None if events is None else max(int(events), 0),
        },
        cells,
        rounded=True,
    )


def count_converting(told: Told, cells: Cells) -> int | None:
    """Return the sessions with a key event, where the rate is exact enough to tell them."""
    rate, sessions = told["rate"], told["sessions"]
    if rate is None:
        return None
    if not 0 <= rate <= 1:
        raise BadCell("a session key event rate of {rate} cannot be", rate=rate)
    exact = Decimal(rate) * sessions
    whole = exact.to_integral_value()
    if abs(exact - whole) > NEARLY_WHOLE:
        cells.note(ROUNDED)
        return None
    return int(whole)


def note(cells: Cells) -> Iterable[str]:
    count = cells.seen.get(ROUNDED, 0)
    if count:
        yield Counted(
            "{number} row round the key event rate, so their converting sessions are not known.",
            "{number} rows round the key event rate, so their converting sessions are not known.",
            count,
        )


def adapt(table: Table) -> Table:
    """Return the tables of the report as one, each row with the days of its own table."""
    if any(normalise(name) in ("date", "day") for name in table.header):
        return replace(table, rows=lambda: _plain_rows(table, dated=True))
    others = Counted(
        "{number} more table with other columns in the file: not read.",
        "{number} more tables with other columns in the file: not read.",
        _count_others(table),
    )
    notes = (*table.notes, others) if others.number else table.notes
    return replace(
        table,
        header=(*table.header, "start", "end"),
        rows=lambda: _plain_rows(table, dated=False),
        notes=notes,
    )


def _count_others(table: Table) -> int:
    """Return how many tables there are whose columns are others."""
    wanted = [normalise(name) for name in table.header]
    others, begins = 0, False
    for row in table.rows():
        if _is_comment(row):
            begins = True
        elif begins:
            others += [normalise(str(cell)) for cell in row.cells] != wanted
            begins = False
    return others


def _plain_rows(table: Table, *, dated: bool) -> Iterator[Row]:
    """Yield the rows under headers like the first; ``dated``: they have days of their own."""
    wanted = [normalise(name) for name in table.header]
    days = find_days(table.above)
    begins, reads = False, True
    for row in table.rows():
        if _is_comment(row):
            days = find_days([str(cell) for cell in row.cells], days if begins else ())
            begins = True
            continue
        is_header = [normalise(str(cell)) for cell in row.cells] == wanted
        if begins or is_header:
            reads, begins = is_header, False
            continue
        if reads:
            yield Row(row.line, _widen(row.cells, len(wanted), () if dated else _spell(days)))


def _widen(cells: Sequence[Cell], width: int, days: Sequence[Cell]) -> Sequence[Cell]:
    """Return cells without blank ones past the header, and with the days of their table.

    A row of another width stays one: it gets no days.
    """
    if not any(str(cell).strip() for cell in cells[width:]):
        cells = cells[:width]
    if len(cells) == width:
        return (*cells, *days)
    return (*cells, "") if len(cells) == width + len(days) else cells


def _is_comment(row: Row) -> bool:
    return bool(row.cells) and str(row.cells[0]).lstrip().startswith("#")


def find_days(lines: Sequence[str], before: Sequence[date] = ()) -> tuple[date, ...]:
    """Return the days, written yyyymmdd, that comment lines name: at most two."""
    found = [day for line in lines for text in _DAY.findall(line) if (day := _read_day(text))]
    return (*before, *found)[:2]


def _read_day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day, not a moment
    except ValueError:
        return None


def _spell(days: Sequence[date]) -> tuple[Cell, Cell]:
    if not days:
        return "", ""
    return days[0].isoformat(), days[-1].isoformat()


SOURCE = source_of(
    RecordLayout(
        key="ga4",
        title=Words("GA4 traffic acquisition"),
        kind="web",
        fields=FIELDS,
        make=make,
        telling=(DIMENSIONS,),
        key_name="row",
        key_field="sessions",
        wanted=Words("choose a period with visits"),
        notes=note,
        adds=("sessions", "bounced", "converting", "key_events", "page_views", "revenue"),
        splits=SPLIT,
    ),
    adapt,
)
