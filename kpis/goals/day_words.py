"""Single days and stretches of days as people name them, those that lie ahead first.

Each reader is given a match, today and the week's first day, and returns the first day and the
day after the last one. What a name leaves out is the next one to come.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from kpis.grammar_lines import MONTH_NUMBERS, NUMBERS
from kpis.periods import MONTHS, say_day, unit_end, unit_start, week_of_year
from kpis.question import Grain, Refusal
from kpis.tongue import say
from kpis.words import quote

UNITS = {"day": Grain.DAYS, "week": Grain.WEEK, "month": Grain.MONTH}
UNITS |= {"quarter": Grain.QUARTER, "year": Grain.YEAR}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTH = "|".join(f"{it[:3]}(?:{it[3:]})?" if it[3:] else it for it in MONTHS).lower()
MONTH = MONTH.replace("sep(?:tember)?", "sept?(?:ember)?")
COUNT = rf"\d{{1,4}}|an?|{'|'.join(NUMBERS)}"
UNIT = "day|week|month|quarter|year"
DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"((?:19|20)\d\d)"

Reader = Callable[[re.Match[str], date, int], tuple[date, date]]
"""A match, today and the week's first day in; the first day and the day after the last one out."""


def read_iso_day(found: re.Match[str], today: date, week_start: int) -> tuple[date, date]:
    return one(make_day(int(found[1]), int(found[2]), int(found[3]), found[0]))


def read_day_month(found: re.Match[str], today: date, week_start: int) -> tuple[date, date]:
    return named_day(int(found[1]), found[2], found[3], found[0], today)


def read_month_day(found: re.Match[str], today: date, week_start: int) -> tuple[date, date]:
    return named_day(int(found[2]), found[1], found[3], found[0], today)


def named_day(day: int, name: str, year: str | None, said: str, today: date) -> tuple[date, date]:
    month = MONTH_NUMBERS[name[:3]]
    if year:
        return one(make_day(int(year), month, day, said))
    this = make_day(today.year if (month, day) != (2, 29) else 2028, month, day, said)
    if this >= today:
        return one(this)
    return one(make_day(today.year + 1, month, day, said))


def read_dotted(found: re.Match[str], today: date, week_start: int) -> tuple[date, date]:
    return one(make_day(full_year(found[3]), int(found[2]), int(found[1]), found[0]))


def read_slashed(found: re.Match[str], today: date, week_start: int) -> tuple[date, date]:
    first, second, year = int(found[1]), int(found[2]), full_year(found[3])
    if first <= 12 and second <= 12 and first != second:
        days = make_day(year, second, first, found[0]), make_day(year, first, second, found[0])
        raise Refusal(
            say(
                "{words} is {one_day} or {other_day}. Write {one} or {other}.",
                words=quote(found[0]),
                one_day=say_day(days[0], None),
                other_day=say_day(days[1], None),
                one=days[0],
                other=days[1],
            )
        )
    day, month = (first, second) if second <= 12 else (second, first)
    return one(make_day(year, month, day, found[0]))


def iso_day(text: str) -> date:
    year, month, day = map(int, text.split("-"))
    return make_day(year, month, day, text)


def full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def one(day: date) -> tuple[date, date]:
    return day, day + timedelta(days=1)


def make_day(year: int, month: int, day: int, said: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise no_such_day(said) from None


def no_such_day(said: str) -> Refusal:
    return Refusal(say("There is no {words}. Write a day like 2027-06-30.", words=quote(said)))


def read_iso_month(found: re.Match[str], today: date, week_start: int) -> tuple[date, date]:
    return unit(Grain.MONTH, make_day(int(found[1]), int(found[2]), 1, found[0]))


def read_iso_quarter(found: re.Match[str], today: date, week_start: int) -> tuple[date, date]:
    return unit(Grain.QUARTER, date(int(found[1]), int(found[2]) * 3 - 2, 1))


def read_quarter(found: re.Match[str], today: date, week_start: int) -> tuple[date, date]:
    month = int(found[1]) * 3 - 2
    if found[2]:
        return unit(Grain.QUARTER, date(int(found[2]), month, 1))
    this = unit(Grain.QUARTER, date(today.year, month, 1))
    return this if this[1] > today else unit(Grain.QUARTER, date(today.year + 1, month, 1))


def read_month(found: re.Match[str], today: date, week_start: int) -> tuple[date, date]:
    month = MONTH_NUMBERS[found[1][:3]]
    if found[2]:
        return unit(Grain.MONTH, date(int(found[2]), month, 1))
    this = unit(Grain.MONTH, date(today.year, month, 1))
    return this if this[1] > today else unit(Grain.MONTH, date(today.year + 1, month, 1))


def read_year(found: re.Match[str], today: date, week_start: int) -> tuple[date, date]:
    return unit(Grain.YEAR, date(int(found[1]), 1, 1))


def read_week(found: re.Match[str], today: date, week_start: int) -> tuple[date, date]:
    number = int(found[1])
    for year in (today.year, today.year + 1):
        try:
            start = week_of_year(year, number, week_start)
        except ValueError:
            continue
        if start + timedelta(days=7) > today:
            return start, start + timedelta(days=7)
    raise no_such_day(found[0])


def read_relative(found: re.Match[str], today: date, week_start: int) -> tuple[date, date]:
    grain = UNITS[found[2]]
    start = unit_start(grain, today, week_start)
    if found[1] not in ("this", "current"):
        start = unit_end(grain, start)
    return unit(grain, start)


def read_own_end(found: re.Match[str], today: date, week_start: int) -> tuple[date, date]:
    """Read “year end”, “end of month” and “eoq”: of the one that runs."""
    grain = next(it for name, it in UNITS.items() if name[0] == found[1][0])
    return unit(grain, unit_start(grain, today, week_start))


def read_weekday(found: re.Match[str], today: date, week_start: int) -> tuple[date, date]:
    ahead = (WEEKDAYS.index(found[1]) - today.weekday()) % 7
    return one(today + timedelta(days=ahead))


def read_tomorrow(found: re.Match[str], today: date, week_start: int) -> tuple[date, date]:
    return one(today + timedelta(days=found[0] == "tomorrow"))


def unit(grain: Grain, start: date) -> tuple[date, date]:
    return start, unit_end(grain, start)


STRETCHES: tuple[tuple[str, Reader], ...] = (
    (r"(\d{4})-(\d{1,2})-(\d{1,2})", read_iso_day),
    (r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})", read_dotted),
    (r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})", read_slashed),
    (r"(\d{4})-q([1-4])", read_iso_quarter),
    (r"(\d{4})-(\d{1,2})", read_iso_month),
    (rf"{DAY}(?: of)? ({MONTH})(?:,? {YEAR})?", read_day_month),
    (rf"({MONTH}) {DAY}(?:,? {YEAR})?", read_month_day),
    (rf"q([1-4])(?: {YEAR})?", read_quarter),
    (rf"({MONTH})(?: {YEAR})?", read_month),
    (r"(?:cw|week|wk) (\d{1,2})", read_week),
    (r"(this|current|next|coming|following) (week|month|quarter|year)", read_relative),
    (r"(week|month|quarter|year)(?:'s)?(?: ?end)?", read_own_end),
    (rf"({'|'.join(WEEKDAYS)})", read_weekday),
    (r"(?:today|tomorrow)", read_tomorrow),
    (YEAR, read_year),
)
