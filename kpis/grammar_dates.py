"""Stretches of the calendar: “oct”, “q3 2026”, “12 nov”, “2026-11-12”, “week 40”, “2014”."""

import re
from datetime import date

from kpis.grammar_lines import (
    DAY,
    EARLIEST,
    MAYBE_YEAR,
    MONTH,
    MONTH_NUMBERS,
    YEAR,
    Now,
    Readers,
    S,
    Stretch,
    check_day,
    check_month,
    check_year,
    fixed,
    read_day,
    reads,
    text_of,
)
from kpis.periods import week_of_year
from kpis.question import Grain, Refusal
from kpis.tongue import say
from kpis.words import quote

READERS: Readers = []


@reads(READERS, r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})")
def read_iso_day(found: re.Match[str], now: Now) -> Stretch:
    return fixed(found[0], Grain.DAYS, read_day(found["iso"], found[0]))


@reads(
    READERS,
    rf"(?:the{S})?{DAY}(?:{S}of)?{S}{MONTH}{MAYBE_YEAR}",
    rf"{MONTH}{S}(?:the{S})?{DAY}{MAYBE_YEAR}",
    rf"{YEAR}{S}{MONTH}{S}{DAY}",
)
def read_day_of_month(found: re.Match[str], now: Now) -> Stretch:
    day, month = int(found["day"]), MONTH_NUMBERS[found["month"][:3]]
    year = int(found["year"]) if found["year"] else None
    check_day(day, month, year, text_of(found))
    return Stretch(text_of(found), Grain.DAYS, lambda year: date(year, month, day), year)


@reads(
    READERS,
    rf"(?:month{S}(?:of{S})?)?{MONTH}(?:{S}of)?{MAYBE_YEAR}",
    rf"{YEAR}{S}{MONTH}",
    r"(?P<year>\d{4})-(?P<number>\d{1,2})",
)
def read_month(found: re.Match[str], now: Now) -> Stretch:
    if digits := found.groupdict().get("number"):
        month = int(digits)
        check_month(month, text_of(found))
    else:
        month = MONTH_NUMBERS[found["month"][:3]]
    year = read_year_of(found)
    return Stretch(text_of(found), Grain.MONTH, lambda year: date(year, month, 1), year)


def read_year_of(found: re.Match[str]) -> int | None:
    """Return the year in the words, or nothing."""
    if not found["year"]:
        return None
    check_year(int(found["year"]), text_of(found))
    return int(found["year"])


@reads(
    READERS,
    rf"(?:q|quarter{S})(?P<number>\d)(?:{S}of)?{MAYBE_YEAR}",
    rf"{YEAR}{S}?q(?P<number>\d)",
    r"(?P<year>\d{4})-q(?P<number>\d)",
)
def read_quarter(found: re.Match[str], now: Now) -> Stretch:
    quarter = int(found["number"])
    if not 1 <= quarter <= 4:
        words = quote(text_of(found))
        raise Refusal(say("There is no {words}: quarters are q1 to q4.", words=words))
    year = read_year_of(found)
    return Stretch(text_of(found), Grain.QUARTER, lambda year: date(year, quarter * 3 - 2, 1), year)


@reads(
    READERS,
    rf"(?:w|wk|week)(?:{S}|(?<=w)|(?<=wk))(?P<number>\d{{1,2}})(?:{S}of)?{MAYBE_YEAR}",
    rf"{YEAR}{S}?(?:w|wk{S}?|week{S})(?P<number>\d{{1,2}})",
    r"(?P<year>\d{4})-w(?P<number>\d{1,2})",
)
def read_week(found: re.Match[str], now: Now) -> Stretch:
    week, year = int(found["number"]), read_year_of(found)
    longest = date(year, 12, 28).isocalendar().week if year else 53
    if not 1 <= week <= longest:
        words = quote(text_of(found))
        if not year:
            raise Refusal(say("There is no {words}: weeks are 1 to 53.", words=words))
        raise Refusal(
            say(
                "There is no {words}: weeks of {year} are 1 to {last}.",
                words=words,
                year=year,
                last=longest,
            )
        )
    start = now.week_start
    return Stretch(text_of(found), Grain.WEEK, lambda year: week_of_year(year, week, start), year)


@reads(READERS, rf"(?:year{S})?{YEAR}")
def read_year(found: re.Match[str], now: Now) -> Stretch:
    return fixed(found[0], Grain.YEAR, date(read_year_of(found) or EARLIEST, 1, 1))
