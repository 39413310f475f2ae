"""Periods in words: one stretch, or from one to another; years filled in, the future cut off."""

import re
from dataclasses import replace
from datetime import date

from kpis.grammar_lines import (
    DAY,
    END,
    MAYBE_YEAR,
    MONTH,
    MONTH_NUMBERS,
    Now,
    S,
    Stretch,
    check_day,
    fixed,
    in_english,
    text_of,
    too_long,
)
from kpis.grammar_stretches import read_stretch
from kpis.periods import (
    FIRST_DAY,
    say_day,
    say_days,
    shift_months,
    unit_to_date,
    whole_unit,
)
from kpis.question import Grain, Period, Refusal
from kpis.tongue import say
from kpis.words import quote

SINCE = re.compile(rf"(?:since|from|starting|after){S}(?:the{S})?")
FROM = re.compile(rf"(?:from|between){S}(?:the{S})?")
TO = re.compile(rf"{S}(?:\.\.+|to|until|till?|through|thru){S}(?:the{S})?|[\t\v]")
AND = re.compile(rf"{S}and{S}(?:the{S})?")

ALL_TIME = re.compile(
    rf"(?:for{S})?(?:all{S}?(?:the{S})?time|ever)(?:{S}so{S}far)?{END}"
    rf"|(?:since|from){S}(?:the{S})?(?:very{S})?(?:start|beginning)(?:{S}of{S}time)?{END}"
)

FIRST = DAY.replace("day", "first")
A_MONTH = MONTH.replace("?P<month>", "?:")
LINK = rf"(?:[\t\v]|{S}(?:\.\.+|to|until|through|thru|and){S}(?:the{S})?)"
DAYS_OF_MONTH = (
    re.compile(rf"(?:(?:from|between){S})?{FIRST}{LINK}{DAY}(?:{S}of)?{S}{MONTH}{MAYBE_YEAR}{END}"),
    re.compile(
        rf"(?:(?:from|between){S})?{MONTH}{S}{FIRST}{LINK}{DAY}(?!{S}{A_MONTH}){MAYBE_YEAR}{END}"
    ),
)

WRAPPED = 183
"""Days: “20 dec to 5 jan” runs over New Year; “15 oct to 1 oct” is the wrong way round."""


def read_period(line: str, at: int, now: Now) -> tuple[Period, str, int] | None:
    """Return the longest period at that offset of the line, a note or "", and where it ends.

    Raises ``Refusal`` for one that is not in the calendar, is longer than ten years, ends before
    it begins or has not begun.
    """
    if found := ALL_TIME.match(line, at):
        return read_all_time(text_of(found), now), "", found.end()
    for pattern in DAYS_OF_MONTH:
        if found := pattern.match(line, at):
            return (*settle(*read_days_of_month(found), now), found.end())
    opened = FROM.match(line, at)
    begins = opened.end() if opened else at
    if first := read_stretch(line, begins, now):
        stretch, end = first
        link = TO.match(line, end) or (AND.match(line, end) if opened else None)
        if link and (second := read_stretch(line, link.end(), now)):
            return (*settle(stretch, second[0], now), second[1])
        if not opened:
            return (*settle(stretch, None, now), end)
    if (since := SINCE.match(line, at)) and (begun := read_stretch(line, since.end(), now)):
        last = fixed("today" if now.is_live else "yesterday", Grain.DAYS, now.last)
        return (*settle(begun[0], last, now), begun[1])
    return None


def read_all_time(text: str, now: Now) -> Period:
    """Return all days; whoever answers finds the first that is held (``kpis.beginning``)."""
    return Period(FIRST_DAY, now.end, "all time")


def read_days_of_month(found: re.Match[str]) -> tuple[Stretch, Stretch]:
    """Read “1-15 oct 2025” and “oct 1-15” as two days."""
    month = MONTH_NUMBERS[found["month"][:3]]
    year = int(found["year"]) if found["year"] else None
    first, last = int(found["first"]), int(found["day"])
    for day in (first, last):
        check_day(day, month, year, f"{day} {found['month']}")
    if last < first:
        words = quote(text_of(found))
        raise Refusal(
            say("{words} ends before it begins: write the earlier day first.", words=words)
        )
    return (
        Stretch(f"{first} {found['month']}", Grain.DAYS, lambda y: date(y, month, first), year),
        Stretch(f"{last} {found['month']}", Grain.DAYS, lambda y: date(y, month, last), year),
    )


def settle(first: Stretch, second: Stretch | None, now: Now) -> tuple[Period, str]:
    """Return the period of one stretch, or from one to another, cut to yesterday, and a note."""
    if second is None:
        return settle_one(first, now)
    start, last = place(first, second, now)
    end = second.until if second.until else second.end(last)
    if end <= start:
        raise before_it_begins(first, second)
    notes = dict.fromkeys(note for note in (first.note, second.note) if note)
    period, cut = cut_to_yesterday(start, end, f"{first.text} to {second.text}", now)
    return period, " ".join((*notes, *([cut] if cut else [])))


def settle_one(stretch: Stretch, now: Now) -> tuple[Period, str]:
    """Return the period of one stretch, keeping what calendar unit it is."""
    start = latest(stretch, now)
    if stretch.grain is Grain.DAYS:
        period, cut = cut_to_yesterday(start, stretch.end(start), stretch.text, now)
        words = stretch.words or period.words
        return replace(period, words=words), stretch.note or cut
    if stretch.to_date:
        end = min(stretch.until or now.end, now.end)
        if end <= start:
            raise not_begun(stretch.text, start, now)
        return in_english(unit_to_date, stretch.grain, start, end, now.end), stretch.note
    whole = in_english(whole_unit, stretch.grain, start)
    if whole.end <= now.today:
        return whole, stretch.note
    period, cut = cut_to_yesterday(start, whole.end, stretch.text, now)
    return in_english(unit_to_date, stretch.grain, start, period.end, now.end), cut


def latest(stretch: Stretch, now: Now) -> date:
    """Return the first day: in its own year, or in the latest one in which it has begun."""
    if stretch.year is not None:
        start = stretch.start(stretch.year)
        if start is None:
            raise Refusal(
                say("There is no {words} in {year}.", words=quote(stretch.text), year=stretch.year)
            )
        return start
    for year in range(now.today.year + 1, now.today.year - 10, -1):
        begun = stretch.start(year)
        if begun is not None and begun <= now.today:
            return begun
    raise Refusal(say("There is no {words} in the last ten years.", words=quote(stretch.text)))


def place(first: Stretch, second: Stretch, now: Now) -> tuple[date, date]:
    """Return the first days of both ends, with the years that the words leave out."""
    if second.year is None:
        start = latest(first, now)
        last = following(second, start)
        if last is None or (first.year is None and last.year > start.year):
            return wrap(first, second, now)
        return start, last
    last = latest(second, now)
    if first.year is not None:
        return latest(first, now), last
    days = (first.start(year) for year in range(last.year, last.year - 9, -1))
    nearest = next((day for day in days if day is not None and day <= last), None)
    if nearest is None or (last - nearest).days > WRAPPED * 2:
        raise before_it_begins(first, second)
    return nearest, last


def following(stretch: Stretch, start: date) -> date | None:
    """Return the stretch's first day on or after ``start``, within a year and a bit."""
    days = (stretch.start(year) for year in (start.year, start.year + 1))
    return next((day for day in days if day is not None and day >= start), None)


def wrap(first: Stretch, second: Stretch, now: Now) -> tuple[date, date]:
    """Return both ends of a stretch over New Year: the latest whose second part has begun."""
    last = latest(second, now)
    start = first.start(last.year - 1)
    if start is None or (last - start).days > WRAPPED:
        raise before_it_begins(first, second)
    return start, last


def before_it_begins(first: Stretch, second: Stretch) -> Refusal:
    """Return the refusal of a period that is the wrong way round."""
    return Refusal(
        say(
            "{second} is before {first}. Write the earlier one first, or add the years.",
            second=quote(second.text),
            first=quote(first.text),
        )
    )


def cut_to_yesterday(start: date, end: date, text: str, now: Now) -> tuple[Period, str]:
    """Return the days that have passed, and a note where some have not."""
    if start >= now.end:
        raise not_begun(text, start, now)
    if start < shift_months(now.today, -1200) or end > shift_months(start, 120):
        raise too_long(text)
    cut = min(end, now.end)
    note = ""
    if end > now.end and now.is_live:
        note = say("Up to now: the rest isn't over yet.")
    elif end > now.end:
        note = say(
            "Up to yesterday, {day}: the rest isn't over yet.",
            day=say_day(now.yesterday, now.today.year),
        )
    return in_english(days_between, start, cut, now.today.year), note


def days_between(start: date, end: date, year: int) -> Period:
    """Return whole days, said as dates."""
    return Period(start, end, say_days(start, end, year))


def not_begun(text: str, start: date, now: Now) -> Refusal:
    """Return the refusal of days to come."""
    day = say_day(start, now.today.year)
    if now.is_live:
        return Refusal(
            say("{words} begins on {day}. Ask for days up to today.", words=quote(text), day=day)
        )
    words, yesterday = quote(text), say_day(now.yesterday, now.today.year)
    if start > now.today:
        said = say(
            "{words} begins on {day}. Ask for days up to yesterday, {yesterday}.",
            words=words,
            day=day,
            yesterday=yesterday,
        )
    elif words == quote(day):
        said = say(
            "{words} is today, and today isn't over. Ask for days up to yesterday, {yesterday}.",
            words=words,
            yesterday=yesterday,
        )
    else:
        said = say(
            "{words} begins today, and today isn't over. "
            "Ask for days up to yesterday, {yesterday}.",
            words=words,
            yesterday=yesterday,
        )
    return Refusal(said)
