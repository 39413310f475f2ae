"""Periods: stretches of whole local days, how they are said, and which ones they compare with.

All are half-open: ``start`` is in, ``end`` is not. They are pure calendar arithmetic on dates,
so a change of the clocks cannot touch them (kpi-catalogue §1, *Windows*).
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from babel.dates import format_interval, format_skeleton, get_day_names

from kpis.question import Grain, Period
from kpis.tongue import ENGLISH, locale, say, spoken

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

DEFAULT_DAYS = 28
"""Four whole weeks, and exact where a 28-day count is stored."""

FIRST_DAY = date(1990, 1, 1)
"""“All time” begins here until whoever answers puts the first day of the data."""

MONTHS_IN = {
    Grain.MONTH: 1,
    Grain.MONTH_TO_DATE: 1,
    Grain.QUARTER: 3,
    Grain.QUARTER_TO_DATE: 3,
    Grain.YEAR: 12,
    Grain.YEAR_TO_DATE: 12,
}

TO_DATE = {
    Grain.WEEK: Grain.WEEK_TO_DATE,
    Grain.MONTH: Grain.MONTH_TO_DATE,
    Grain.QUARTER: Grain.QUARTER_TO_DATE,
    Grain.YEAR: Grain.YEAR_TO_DATE,
}
WHOLE = {to_date: whole for whole, to_date in TO_DATE.items()}


def last_days(days: int, today: date, words: str = "") -> Period:
    """Return the whole days that end yesterday."""
    said = words or (say("yesterday") if days == 1 else say("last {days} days", days=days))
    return Period(today - timedelta(days=days), today, said)


def shift_months(day: date, months: int) -> date:
    """Return the same day so many months away, or the last one of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def unit_start(grain: Grain, day: date, week_start: int = 0) -> date:
    """Return the first day of the week, month, quarter or year that holds ``day``."""
    if grain is Grain.WEEK:
        return day - timedelta(days=(day.weekday() - week_start) % 7)
    length = MONTHS_IN[grain]
    return date(day.year, (day.month - 1) // length * length + 1, 1)


def unit_end(grain: Grain, start: date) -> date:
    """Return the day after a week, month, quarter or year that begins on ``start``."""
    if grain is Grain.WEEK:
        return start + timedelta(days=7)
    return shift_months(start, MONTHS_IN[grain])


def whole_unit(grain: Grain, start: date) -> Period:
    """Return the whole week, month, quarter or year that begins on ``start``."""
    return Period(start, unit_end(grain, start), say_unit(grain, start), grain)


def previous_unit(grain: Grain, start: date) -> Period:
    """Return the whole unit before the one that begins on ``start``."""
    if grain is Grain.WEEK:
        return whole_unit(grain, start - timedelta(days=7))
    return whole_unit(grain, shift_months(start, -MONTHS_IN[grain]))


def unit_to_date(grain: Grain, start: date, end: date, today: date) -> Period:
    """Return a unit from its ``start`` until before ``end``."""
    said = say_days(start, end, today.year)
    if end == today:
        said = say("{period} to date", period=say_unit(grain, start))
    return Period(start, end, said, TO_DATE[grain])


def week_of_year(year: int, week: int, week_start: int = 0) -> date:
    """Return the first day of a numbered week: ISO's, begun on the workspace's day.

    A week that begins on Sunday has the number of the Monday after it. Raises ``ValueError``
    where the year has no such week.
    """
    monday = date.fromisocalendar(year, week, 1)
    return monday - timedelta(days=-week_start % 7)


def number_week(start: date) -> tuple[int, int]:
    """Return year and number of the week that begins on ``start``."""
    year, week, _ = (start + timedelta(days=-start.weekday() % 7)).isocalendar()
    return year, week


def previous_period(period: Period) -> Period:
    """Return the period before: what a value is compared with unless something else is asked.

    Days: as many days before. Week, month, quarter, year: the one before. To date: as many days
    of the one before, at most all of it.
    """
    if period.grain is Grain.DAYS:
        start = period.start - (period.end - period.start)
        return Period(start, period.start, say_days(start, period.start, period.last.year))
    whole = WHOLE.get(period.grain, period.grain)
    before = previous_unit(whole, period.start)
    return before if whole is period.grain else clip(before, period)


def last_year(period: Period) -> Period:
    """Return the same period a year earlier.

    Days: as many days from the same date (from 28 Feb for 29 Feb). Week: the same number, the
    last one where that year has no 53. To date: as many days from the same start.
    """
    whole = WHOLE.get(period.grain, period.grain)
    if whole is Grain.DAYS:
        start = shift_months(period.start, -12)
        end = start + (period.end - period.start)
        return Period(start, end, say_days(start, end, None))
    if whole is Grain.WEEK:
        year, week = number_week(period.start)
        # No two years in a row have 53 weeks.
        start = week_of_year(year - 1, min(week, 52), period.start.weekday())
    else:
        start = shift_months(period.start, -12)
    before = whole_unit(whole, start)
    return before if whole is period.grain else clip(before, period)


def clip(unit: Period, like: Period) -> Period:
    """Return as many days from the start of ``unit`` as ``like`` has, at most all."""
    end = min(unit.start + (like.end - like.start), unit.end)
    said = say_days(unit.start, end, like.last.year)
    return Period(unit.start, end, said, like.grain)


def say_unit(grain: Grain, start: date) -> str:
    """Return “week 40, 2026”, “October 2026”, “Q4 2014” or “2014”."""
    if grain is Grain.WEEK:
        year, week = number_week(start)
        return say("week {week}, {year}", week=week, year=year)
    if spoken() != ENGLISH:
        skeletons = {Grain.MONTH: "yMMMM", Grain.QUARTER: "yQQQ"}
        return _format(start, skeletons.get(grain, "y"), locale())
    if grain is Grain.MONTH:
        return f"{MONTHS[start.month - 1]} {start.year}"
    return f"Q{(start.month + 2) // 3} {start.year}" if grain is Grain.QUARTER else str(start.year)


def say_shortly(period: Period) -> str:
    """Return “week 47”, “November 2026”, “22 Nov”, where the year is said nearby."""
    if period.grain is Grain.WEEK:
        return say("week {week}", week=number_week(period.start)[1])
    return period.words.partition(",")[0]


def say_day(day: date, year: int | None) -> str:
    """Return “12 Nov”, with its year unless that is the current ``year``."""
    if spoken() != ENGLISH:
        return _format(day, "MMMd" if day.year == year else "yMMMd", locale())
    said = f"{day.day} {MONTHS[day.month - 1][:3]}"
    return said if day.year == year else f"{said} {day.year}"


def say_days(start: date, end: date, year: int | None) -> str:
    """Return “24 Oct – 22 Nov”, “1–15 Oct” or “12 Nov”, with years that are not ``year``."""
    last = end - timedelta(days=1)
    if start == last:
        return say_day(start, year)
    if spoken() != ENGLISH:
        alike = start.year == last.year == year
        return _format_days(start, last, "MMMd" if alike else "yMMMd", locale())
    if start.year != last.year:
        return f"{say_day(start, None)} – {say_day(last, None)}"
    if start.month == last.month:
        return f"{start.day}–{say_day(last, year)}"
    return f"{say_day(start, start.year)} – {say_day(last, year)}"


def say_weekday(weekday: int, *, short: bool = False) -> str:
    """Return “Monday” of 0, or “Mon”."""
    names = get_day_names("abbreviated" if short else "wide", "stand-alone", locale())
    return str(names[weekday])


@lru_cache(maxsize=4096)
def _format(day: date, skeleton: str, babel: str) -> str:
    return str(format_skeleton(skeleton, day, locale=babel))


@lru_cache(maxsize=4096)
def _format_days(first: date, last: date, skeleton: str, babel: str) -> str:
    """Return an interval as CLDR writes it, its thin spaces made ordinary ones."""
    return str(format_interval(first, last, skeleton, locale=babel)).replace("\u2009", " ")
