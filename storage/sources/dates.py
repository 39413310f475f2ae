"""Dates of a file, read in one order for the whole file.

``03/04/2026`` is March or April by the order of day and month. That order is never chosen for
a single cell: where both could be meant, the whole file decides.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from storage.errors import SourceError
from storage.said import Words
from storage.sources.cells import BadCell, Cell, is_blank, refuse_formula, show
from storage.sources.named_dates import read_named_date

EARLIEST = date(2004, 1, 1)
"""No platform that Kepi reads is older."""

_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?: ?(?:Z|[+-][0-9]{2}:?[0-9]{2}))?)?"
)


def find_zone(name: str) -> ZoneInfo:
    """Return the IANA zone of that name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise SourceError(
            "“{name}” is not a time zone; write it like Europe/Stockholm or UTC", name=name[:60]
        ) from None


@dataclass(frozen=True)
class DateReader:
    """Reads the dates of one file: the formats in their order, then the ISO forms."""

    formats: tuple[str, ...]
    zone: ZoneInfo
    now: datetime
    """Aware; nothing is dated more than a day after it."""

    def read_instant(self, cell: Cell) -> datetime:
        """Return the moment in UTC; a time without an offset is local to ``zone``.

        A time that the clock skips is moved on by the gap; of a time that comes twice, the
        first is meant.
        """
        moment = self._read(cell)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self.zone)
        moment = moment.astimezone(UTC)
        if moment.date() < EARLIEST:
            raise BadCell("{cell} is before 2004", cell=show(cell))
        if moment > self.now + timedelta(days=1):
            raise BadCell("{cell} is in the future", cell=show(cell))
        return moment

    def read_day(self, cell: Cell) -> date:
        """Return the day as written, whatever the time beside it."""
        day = self._read(cell).date()
        if day < EARLIEST:
            raise BadCell("{cell} is before 2004", cell=show(cell))
        if day > (self.now + timedelta(days=1)).astimezone(self.zone).date():
            raise BadCell("{cell} is in the future", cell=show(cell))
        return day

    def _read(self, cell: Cell) -> datetime:
        if isinstance(cell, datetime):
            return cell
        if isinstance(cell, date):
            return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - local until placed
        if is_blank(cell):
            raise BadCell("no date")
        refuse_formula(cell)
        moment = self._parse(cell) if isinstance(cell, str) else None
        if moment is None or not 2 <= moment.year < 9999:
            raise BadCell(
                "{cell} is not a date{expected}", cell=show(cell), expected=_expected(self.formats)
            )
        return moment

    def _parse(self, text: str) -> datetime | None:
        """Return a reading by the formats, else of a date that names its month and year."""
        moment = parse(text, self.formats)
        named = read_named_date(text) if moment is None else None
        if named is None or named.year is None:
            return moment
        return datetime(named.year, named.month, named.day)  # noqa: DTZ001 - local until placed


def parse(text: str, formats: Sequence[str]) -> datetime | None:
    """Return the first reading of ``text``, or ``None``."""
    text = text.strip()
    if not text.isascii() or len(text) > 60:
        return None
    for form in formats:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - local until placed
        except ValueError:
            continue
    if _ISO.fullmatch(text):
        try:
            return datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-"))
        except ValueError:
            return None
    return None


def choose_order(formats: tuple[str, ...], cells: Iterable[Cell]) -> tuple[str, ...]:
    """Return the formats of one order only: of those listed, the one that reads most cells.

    Equal orders fall to the one listed first. Formats without a doubt, such as year first or
    with a month's name, always stay.
    """
    orders = [order for order in dict.fromkeys(map(order_of, formats)) if order]
    if len(orders) < 2:
        return formats
    families = [tuple(it for it in formats if order_of(it) in (order, "")) for order in orders]
    failures = [0] * len(families)
    for cell in cells:
        if isinstance(cell, str) and not is_blank(cell):
            for place, family in enumerate(families):
                failures[place] += parse(cell, family) is None
    return families[failures.index(min(failures))]


def order_of(form: str) -> str:
    """Return ``month first`` or ``day first``, or nothing where there is no doubt."""
    day, month, year = form.find("%d"), form.find("%m"), form.upper().find("%Y")
    if day < 0 or month < 0 or 0 <= year < min(day, month):
        return ""
    return Words("month first") if month < day else Words("day first")


def _expected(formats: tuple[str, ...]) -> str:
    if not formats:
        return Words("; written like 2026-11-23, or as date_formats of a mapping file say")
    example = datetime(2026, 11, 23, 14, 30).strftime(formats[0])  # noqa: DTZ001
    return Words("; expected like {example}", example=example)
