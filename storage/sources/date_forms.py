"""How a column writes its dates, told by the values themselves.

The form of a date is made from its shape, not tried out of a list: “3/11/2026 14:05” is
``%d/%m/%Y %H:%M`` where the day stands first, ``%m/%d/%Y %H:%M`` where the month does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from storage.sources.cells import BadCell, Cell
from storage.sources.dates import DateReader, parse
from storage.sources.named_dates import read_named_date

DAY_FIRST, MONTH_FIRST = "day", "month"
EITHER, NEITHER, CLEAR = "either", "neither", ""
MOST_FORMS = 20
"""As many as a mapping may list."""

_TIME = (
    r"(?P<time>(?P<join>, |,? |T)[0-9]{1,2}:[0-9]{2}(?P<seconds>:[0-9]{2})?"
    r"(?P<half> ?[AaPp][Mm])?)?"
)
_NUMBERS = re.compile(rf"([0-9]{{1,4}})([/.\-])([0-9]{{1,2}})\2([0-9]{{1,4}}){_TIME}")
_DAY_NAMED = re.compile(
    rf"[0-9]{{1,2}}(?P<sep>[ -])(?P<word>[A-Za-z]{{3,9}})(?P<end>,?[ -])[0-9]{{4}}{_TIME}"
)
_MONTH_NAMED = re.compile(rf"(?P<word>[A-Za-z]{{3,9}}) [0-9]{{1,2}}(?P<end>,?) [0-9]{{4}}{_TIME}")
_COMPACT = re.compile(r"(?:19|20)[0-9]{6}")


class Dates(NamedTuple):
    """How the dates of a column are read."""

    order: str
    """``DAY_FIRST``, ``MONTH_FIRST``, ``EITHER``: somebody has to say; ``CLEAR``: no doubt;
    ``NEITHER``: these are no dates."""
    formats: tuple[str, ...] = ()
    example: str = ""
    """The first value; of ``EITHER``, the first that is two different days."""
    refused: tuple[tuple[int, str], ...] = ()
    """Line and reason of the values that cannot be read, in the order that reads most."""


class _Tried(NamedTuple):
    formats: tuple[str, ...]
    days: tuple[date | None, ...]
    refused: tuple[tuple[int, str], ...]


def form_of(text: str, order: str) -> str:
    """Return the form of a date with the day or the month first; empty where it has no such.

    What is read without a form, such as 2026-11-23, has none.
    """
    text = text.strip()
    if parse(text, ()):
        return ""
    if found := _NUMBERS.fullmatch(text):
        first, sep, _, last = found.group(1, 2, 3, 4)
        if len(first) == 4:
            made = f"%Y{sep}%m{sep}%d"
        elif len(first) < 3 and len(last) in (2, 4):
            year = "%Y" if len(last) == 4 else "%y"
            made = sep.join(("%d", "%m", year) if order == DAY_FIRST else ("%m", "%d", year))
        else:
            return ""
        return made + _time_of(found)
    if found := _DAY_NAMED.fullmatch(text):
        return f"%d{found['sep']}{_month_of(found)}{found['end']}%Y{_time_of(found)}"
    if found := _MONTH_NAMED.fullmatch(text):
        return f"{_month_of(found)} %d{found['end']} %Y{_time_of(found)}"
    return "%Y%m%d" if _COMPACT.fullmatch(text) else ""


def _month_of(found: re.Match[str]) -> str:
    return "%b" if len(found["word"]) == 3 else "%B"


def _time_of(found: re.Match[str]) -> str:
    if not found["time"]:
        return ""
    seconds = ":%S" if found["seconds"] else ""
    if half := found["half"]:
        return f"{found['join']}%I:%M{seconds}{half[:-2]}%p"
    return f"{found['join']}%H:%M{seconds}"


def find_dates(cells: Iterable[tuple[int, Cell]], zone: ZoneInfo, now: datetime) -> Dates:
    """Return how the dates of a column are written; ``cells`` are lines and values, none blank.

    A day in the future, or before 2004, is none: that tells the order too.
    """
    known = [(line, cell) for line, cell in cells]
    if not known:
        return Dates(NEITHER)
    day, month = (_try(known, order, zone, now) for order in (DAY_FIRST, MONTH_FIRST))
    best = day if len(day.refused) <= len(month.refused) else month
    if len(best.refused) * 2 > len(known):
        return Dates(NEITHER, refused=best.refused)
    example = str(known[0][1])
    if day.days == month.days:
        return Dates(CLEAR, best.formats, example, best.refused)
    if len(day.refused) == len(month.refused):
        pairs = zip(known, day.days, month.days, strict=True)
        example = next((str(it[1]) for it, a, b in pairs if a and b and a != b), example)
        return Dates(EITHER, (), example, best.refused)
    return Dates(DAY_FIRST if best is day else MONTH_FIRST, best.formats, example, best.refused)


def read_dates_as(
    order: str, cells: Iterable[tuple[int, Cell]], zone: ZoneInfo, now: datetime
) -> Dates:
    """Return the formats of a column that somebody said begins with the day, or the month."""
    known = [(line, cell) for line, cell in cells]
    tried = _try(known, order, zone, now)
    wrong = not known or len(tried.refused) * 2 > len(known)
    example = str(known[0][1]) if known else ""
    return Dates(NEITHER if wrong else order, tried.formats, example, tried.refused)


def _try(known: list[tuple[int, Cell]], order: str, zone: ZoneInfo, now: datetime) -> _Tried:
    formats: dict[str, None] = {}
    days: list[date | None] = []
    refused: list[tuple[int, str]] = []
    for line, cell in known:
        form = form_of(cell, order) if isinstance(cell, str) else ""
        if form and form not in formats and parse(str(cell), (form,)):
            formats[form] = None
        try:
            days.append(DateReader((form,) if form else (), zone, now).read_day(cell))
        except BadCell as trouble:
            days.append(None)
            refused.append((line, trouble.words))
    return _Tried(tuple(formats)[:MOST_FORMS], tuple(days), tuple(refused))


def read_day_as(order: str, text: str) -> date | None:
    """Return the day that a text is with the day, or the month, first."""
    form = form_of(text, order)
    moment = parse(text, (form,) if form else ())
    return moment.date() if moment else None


def is_like_a_date(text: str) -> bool:
    """Tell a date from the name of a column."""
    named = read_named_date(text)
    return bool(
        parse(text, ())
        or (named and named.year)
        or any(read_day_as(order, text) for order in (DAY_FIRST, MONTH_FIRST))
    )
