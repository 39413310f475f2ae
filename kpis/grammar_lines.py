"""What stretches of time are made of: the words for units, months and numbers, and ``Stretch``.

Stretches are read off a line of words in which a tab stands for “-”, and a vertical tab for
“ - ”, which can only stand between two stretches.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kpis.periods import MONTHS, say_unit, shift_months, unit_end
from kpis.question import Grain, Period, Refusal
from kpis.tongue import ENGLISH, locale, say, speaking, spoken
from kpis.words import join, quote

EARLIEST = 1990


@dataclass(frozen=True)
class Now:
    """The day that words like “yesterday” are read on."""

    today: date
    week_start: int = 0
    is_live: bool = False
    """What is asked is told up to now, so a period may hold today."""

    @property
    def yesterday(self) -> date:
        return self.today - timedelta(days=1)

    @property
    def last(self) -> date:
        """The last day that a period may hold."""
        return self.today if self.is_live else self.yesterday

    @property
    def end(self) -> date:
        """The day before which every period ends."""
        return self.last + timedelta(days=1)


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

DASHES = {"-": "\t", " - ": "\v"}
S = "[ \t]"
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
END = "(?![^ \t\v])"

Reader = Callable[[re.Match[str], Now], Stretch]
Readers = list[tuple[re.Pattern[str], Reader]]


def reads(readers: Readers, *patterns: str) -> Callable[[Reader], Reader]:
    """Add to ``readers`` what reads these words; of equally long ones the earlier wins."""

    def add(reader: Reader) -> Reader:
        readers.extend((re.compile(pattern + END), reader) for pattern in patterns)
        return reader

    return add


def either(words: Sequence[str]) -> str:
    """Return “a”, “a or b”, “a, b or c” in the spoken language."""
    if spoken() == ENGLISH:
        return join(words, "or")
    from babel.lists import format_list

    return str(format_list(list(words), style="or", locale=locale()))


def in_english(make: Callable[..., Period], *parts: object) -> Period:
    """Return a period with English words, whatever is spoken: one question has one wording."""
    with speaking(ENGLISH):
        return make(*parts)


def text_of(found: re.Match[str]) -> str:
    """Return the words that were read."""
    text = found[0]
    for dash, sign in DASHES.items():
        text = text.replace(sign, dash)
    return text


def too_long(words: str) -> Refusal:
    """Return the refusal of more than ten years."""
    return Refusal(
        say(
            "{words} is more than ten years. Ask for up to ten, such as 2y or 2014.",
            words=quote(words),
        )
    )


def read_day(iso: str, text: str) -> date:
    """Return the day of “2026-10-24”; refuse one that is not in the calendar."""
    year, month, day = map(int, iso.split("-"))
    check_year(year, text)
    check_day(day, month, year, text)
    return date(year, month, day)


def check_year(year: int, text: str) -> None:
    """Refuse years that nobody can have data of."""
    if not EARLIEST <= year < 2200:
        raise Refusal(
            say(
                "{words} is out of range: years go from {first} to now.",
                words=quote(text),
                first=EARLIEST,
            )
        )


def check_month(month: int, text: str) -> None:
    """Refuse months that no year has."""
    if not 1 <= month <= 12:
        raise Refusal(
            say(
                "{words}: there is no month {number}. Write October as oct or 2026-10.",
                words=quote(text),
                number=month,
            )
        )


def check_day(day: int, month: int, year: int | None, text: str) -> None:
    """Refuse days that the month does not have; 29 Feb passes where no year is given."""
    check_month(month, text)
    length = (shift_months(date(year or 2000, month, 1), 1) - date(year or 2000, month, 1)).days
    if not 1 <= day <= length:
        where = name_month(month)
        if year and month == 2:
            where = say_unit(Grain.MONTH, date(year, month, 1))
        raise Refusal(
            say(
                "There is no {words}: {month} has {days} days.",
                words=quote(text),
                month=where,
                days=length,
            )
        )


def name_month(month: int) -> str:
    """Return “October” in the spoken language."""
    if spoken() == ENGLISH:
        return MONTHS[month - 1]
    from babel.dates import get_month_names

    return str(get_month_names("wide", "stand-alone", locale())[month])
