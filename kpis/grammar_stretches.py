"""Stretches of time in words: “oct”, “q3 2026”, “12 nov”, “last 3 months”, “week 40”.

A stretch is one thing; ``grammar_periods`` makes periods out of one or two. They are read off a
line of words in which ``~`` stands for a space that was a dash.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from kpis.periods import (
    MONTHS,
    previous_unit,
    shift_months,
    unit_end,
    unit_start,
    week_of_year,
)
from kpis.question import Grain, Refusal
from kpis.words import quote

EARLIEST = 1990


@dataclass(frozen=True)
class Now:
    """The day that words like “yesterday” are read on."""

    today: date
    week_start: int = 0

    @property
    def yesterday(self) -> date:
        return self.today - timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """Whole days from ``start_in(year)``; ``year`` is empty where the words have none."""

    text: str
    grain: Grain
    start_in: Callable[[int], date]
    year: int | None = None
    days: int = 0
    """Length, where no calendar unit gives it."""
    words: str = ""
    to_date: bool = False
    note: str = ""
    until: date | None = None
    """The day before which a “to date” with its own last day ends."""

    def start(self, year: int) -> date | None:
        """Return the first day in that year; nothing where the year has none (29 Feb)."""
        try:
            return self.start_in(year)
        except ValueError:
            return None

    def end(self, start: date) -> date:
        """Return the day after the last one."""
        if self.grain is Grain.DAYS:
            return start + timedelta(days=self.days or 1)
        return unit_end(self.grain, start)


def fixed(text: str, grain: Grain, start: date, **more: object) -> Stretch:
    """Return a stretch whose first day is known."""
    return Stretch(text, grain, lambda _: start, start.year, **more)  # type: ignore[arg-type]


UNITS = {
    "d": Grain.DAYS,
    "day": Grain.DAYS,
    "w": Grain.WEEK,
    "wk": Grain.WEEK,
    "week": Grain.WEEK,
    "m": Grain.MONTH,
    "mo": Grain.MONTH,
    "month": Grain.MONTH,
    "q": Grain.QUARTER,
    "quarter": Grain.QUARTER,
    "y": Grain.YEAR,
    "yr": Grain.YEAR,
    "year": Grain.YEAR,
}
UNIT_NAMES = {
    Grain.DAYS: "day",
    Grain.WEEK: "week",
    Grain.MONTH: "month",
    Grain.QUARTER: "quarter",
    Grain.YEAR: "year",
}
NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}

S = "[ ~]"
MONTH = (
    "(?P<month>"
    + "|".join(
        rf"{name[:3]}(?:{name[3:]})?" if name != "September" else "sept?(?:ember)?"
        for name in MONTHS
    ).lower()
    + ")"
)
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>(?:19|20)\d\d)"
MAYBE_YEAR = rf"(?:{S}{YEAR})?"
COUNT = rf"(?P<count>\d+|{'|'.join(NUMBERS)})"
UNIT = r"(?P<unit>days?|weeks?|wks?|months?|mos?|quarters?|years?|yrs?)"
ROLLING = "(?:last|past|previous|prev|prior|recent|trailing)"
END = "(?![^ ~])"

Reader = Callable[[re.Match[str], Now], Stretch]
READERS: list[tuple[re.Pattern[str], Reader]] = []


def reads(*patterns: str) -> Callable[[Reader], Reader]:
    """Register what reads these words; earlier ones win."""

    def register(reader: Reader) -> Reader:
        READERS.extend((re.compile(pattern + END), reader) for pattern in patterns)
        return reader

    return register


def read_stretch(line: str, at: int, now: Now) -> tuple[Stretch, int] | None:
    """Return the longest stretch that the line has at that offset, and where it ends."""
    best = max(
        ((found, reader) for pattern, reader in READERS if (found := pattern.match(line, at))),
        key=lambda pair: pair[0].end(),
        default=None,
    )
    return (best[1](best[0], now), best[0].end()) if best else None


def say(found: re.Match[str]) -> str:
    """Return the words that were read."""
    return found[0].replace("~", "-")


def number(digits: str) -> int:
    """Return the number; digits beyond any calendar count as a huge one."""
    return int(digits) if len(digits) < 7 else 10**6


@reads(r"yesterday", r"today")
def read_yesterday(found: re.Match[str], now: Now) -> Stretch:
    note = "Today isn't over: this is yesterday." if found[0] == "today" else ""
    return fixed(say(found), Grain.DAYS, now.yesterday, words="yesterday", note=note)


@reads(
    rf"(?:{ROLLING}{S}?)?{COUNT}{S}?{UNIT}",
    rf"(?:{ROLLING}{S}?)?(?P<count>\d+)(?P<unit>[dwmqy])",
    rf"past{S}(?P<unit>day|week|month|quarter|year)",
    rf"last{S}(?P<unit>day)",
)
def read_rolling(found: re.Match[str], now: Now) -> Stretch:
    """Read so many days, weeks, months, quarters or years that end yesterday."""
    digits = found.groupdict().get("count") or "1"
    count = number(digits) if digits.isdigit() else NUMBERS.index(digits) + 1
    grain = UNITS[found["unit"].rstrip("s")]
    unit = UNIT_NAMES[grain]
    if count == 0:
        raise Refusal(f"{quote(say(found))} is no days at all. Try last 30 days or last week.")
    if count > {"day": 3653, "week": 521, "month": 120, "quarter": 40, "year": 10}[unit]:
        raise too_long(say(found))
    if grain in (Grain.DAYS, Grain.WEEK):
        days = count * (7 if grain is Grain.WEEK else 1)
        start = now.today - timedelta(days=days)
    else:
        months = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}[grain]
        start = shift_months(now.today, -count * months)
    words = f"last {count} {unit}{'s' * (count > 1)}"
    if count == 1:
        words = "yesterday" if unit == "day" else f"last {(now.today - start).days} days"
    return fixed(say(found), Grain.DAYS, start, days=(now.today - start).days, words=words)


def too_long(words: str) -> Refusal:
    """Return the refusal of more than ten years."""
    return Refusal(f"{quote(words)} is more than ten years. Ask for up to ten, such as 2y or 2014.")


@reads(rf"(?:last|previous|prev|prior){S}?(?P<unit>week|month|quarter|year)")
def read_last_unit(found: re.Match[str], now: Now) -> Stretch:
    """Read the last whole calendar week, month, quarter or year."""
    grain = UNITS[found["unit"]]
    before = previous_unit(grain, unit_start(grain, now.today, now.week_start))
    return fixed(say(found), grain, before.start)


@reads(
    rf"(?:this|current){S}(?P<unit>week|month|quarter|year)(?:{S}to{S}date|{S}so{S}far)?",
    rf"(?P<unit>week|month|quarter|year){S}to{S}date",
    r"(?P<unit>[wmqy])td",
    rf"(?P<unit>[wmqy])td{S}(?:to{S}|until{S})?(?P<last>\d{{4}}-\d\d-\d\d)",
)
def read_to_date(found: re.Match[str], now: Now) -> Stretch:
    """Read the unit that is running; where no day of it has passed, the one before."""
    grain = UNITS[found["unit"]]
    text = say(found)
    if last := found.groupdict().get("last"):
        day = read_day(last, text)
        start = unit_start(grain, day, now.week_start)
        return fixed(text, grain, start, to_date=True, until=day + timedelta(days=1))
    start = unit_start(grain, now.today, now.week_start)
    if start == now.today:
        before = previous_unit(grain, start)
        note = f"This {UNIT_NAMES[grain]} has no full day yet: this is {before.words}."
        return fixed(text, grain, before.start, note=note)
    return fixed(text, grain, start, to_date=True)


def read_day(iso: str, text: str) -> date:
    """Return the day of “2026-10-24”; refuse one that is not in the calendar."""
    year, month, day = map(int, iso.split("-"))
    check_year(year, text)
    check_day(day, month, year, text)
    return date(year, month, day)


def check_year(year: int, text: str) -> None:
    """Refuse years that nobody can have data of."""
    if not EARLIEST <= year < 2200:
        raise Refusal(f"{quote(text)} is out of range: years go from {EARLIEST} to now.")


def check_month(month: int, text: str) -> None:
    """Refuse months that no year has."""
    if not 1 <= month <= 12:
        raise Refusal(f"{quote(text)}: there is no month {month}. Write October as oct or 2026-10.")


def check_day(day: int, month: int, year: int | None, text: str) -> None:
    """Refuse days that the month does not have; 29 Feb passes where no year is given."""
    check_month(month, text)
    length = (shift_months(date(year or 2000, month, 1), 1) - date(year or 2000, month, 1)).days
    if not 1 <= day <= length:
        where = f"{MONTHS[month - 1]} {year}" if year and month == 2 else MONTHS[month - 1]
        raise Refusal(f"There is no {quote(text)}: {where} has {length} days.")


@reads(r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})")
def read_iso_day(found: re.Match[str], now: Now) -> Stretch:
    return fixed(found[0], Grain.DAYS, read_day(found["iso"], found[0]))


@reads(
    rf"(?:the{S})?{DAY}(?:{S}of)?{S}{MONTH}{MAYBE_YEAR}",
    rf"{MONTH}{S}(?:the{S})?{DAY}{MAYBE_YEAR}",
)
def read_day_of_month(found: re.Match[str], now: Now) -> Stretch:
    day, month = int(found["day"]), MONTH_NUMBERS[found["month"][:3]]
    year = int(found["year"]) if found["year"] else None
    check_day(day, month, year, say(found))
    return Stretch(say(found), Grain.DAYS, lambda year: date(year, month, day), year)


@reads(
    rf"(?:month{S}(?:of{S})?)?{MONTH}(?:{S}of)?{MAYBE_YEAR}",
    rf"{YEAR}{S}{MONTH}",
    r"(?P<year>\d{4})-(?P<number>\d{1,2})",
)
def read_month(found: re.Match[str], now: Now) -> Stretch:
    if digits := found.groupdict().get("number"):
        month = int(digits)
        check_month(month, say(found))
    else:
        month = MONTH_NUMBERS[found["month"][:3]]
    year = read_year_of(found)
    return Stretch(say(found), Grain.MONTH, lambda year: date(year, month, 1), year)


def read_year_of(found: re.Match[str]) -> int | None:
    """Return the year in the words, or nothing."""
    if not found["year"]:
        return None
    check_year(int(found["year"]), say(found))
    return int(found["year"])


@reads(
    rf"(?:q|quarter{S})(?P<number>\d)(?:{S}of)?{MAYBE_YEAR}",
    rf"{YEAR}{S}?q(?P<number>\d)",
    r"(?P<year>\d{4})-q(?P<number>\d)",
)
def read_quarter(found: re.Match[str], now: Now) -> Stretch:
    quarter = int(found["number"])
    if not 1 <= quarter <= 4:
        raise Refusal(f"There is no {quote(say(found))}: quarters are q1 to q4.")
    year = read_year_of(found)
    return Stretch(say(found), Grain.QUARTER, lambda year: date(year, quarter * 3 - 2, 1), year)


@reads(
    rf"(?:w|wk|week)(?:{S}|(?<=w)|(?<=wk))(?P<number>\d{{1,2}})(?:{S}of)?{MAYBE_YEAR}",
    rf"{YEAR}{S}?(?:w|wk{S}?|week{S})(?P<number>\d{{1,2}})",
    r"(?P<year>\d{4})-w(?P<number>\d{1,2})",
)
def read_week(found: re.Match[str], now: Now) -> Stretch:
    week, year = int(found["number"]), read_year_of(found)
    longest = date(year, 12, 28).isocalendar().week if year else 53
    if not 1 <= week <= longest:
        of = f" of {year}" if year else ""
        raise Refusal(f"There is no {quote(say(found))}: weeks{of} are 1 to {longest}.")
    start = now.week_start
    return Stretch(say(found), Grain.WEEK, lambda year: week_of_year(year, week, start), year)


@reads(rf"(?:year{S})?{YEAR}")
def read_year(found: re.Match[str], now: Now) -> Stretch:
    return fixed(found[0], Grain.YEAR, date(read_year_of(found) or EARLIEST, 1, 1))
