"""Stretches that hang on today: “yesterday”, “last 30 days”, “last week”, “mtd”."""

import re
from datetime import timedelta

from kpis.grammar_lines import (
    COUNT,
    NUMBERS,
    ROLLING,
    UNIT,
    UNIT_NAMES,
    UNITS,
    Now,
    Readers,
    S,
    Stretch,
    fixed,
    read_day,
    reads,
    text_of,
    too_long,
)
from kpis.periods import previous_unit, shift_months, unit_start
from kpis.question import Grain, Refusal
from kpis.tongue import say
from kpis.words import quote

READERS: Readers = []


def number(digits: str) -> int:
    """Return the number; digits beyond any calendar count as a huge one."""
    return int(digits) if len(digits) < 7 else 10**6


@reads(READERS, r"yesterday", r"today")
def read_yesterday(found: re.Match[str], now: Now) -> Stretch:
    if now.is_live and found[0] == "today":
        return fixed(text_of(found), Grain.DAYS, now.today, words="today")
    note = say("Today isn't over: this is yesterday.") if found[0] == "today" else ""
    return fixed(text_of(found), Grain.DAYS, now.yesterday, words="yesterday", note=note)


@reads(
    READERS,
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
        words = quote(text_of(found))
        raise Refusal(say("{words} is no days at all. Try last 30 days or last week.", words=words))
    if count > {"day": 3653, "week": 521, "month": 120, "quarter": 40, "year": 10}[unit]:
        raise too_long(text_of(found))
    if grain in (Grain.DAYS, Grain.WEEK):
        days = count * (7 if grain is Grain.WEEK else 1)
        start = now.today - timedelta(days=days)
    else:
        months = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}[grain]
        start = shift_months(now.today, -count * months)
    words = f"last {count} {unit}{'s' * (count > 1)}"
    if count == 1:
        words = "yesterday" if unit == "day" else f"last {(now.today - start).days} days"
    return fixed(text_of(found), Grain.DAYS, start, days=(now.today - start).days, words=words)


@reads(READERS, rf"(?:last|previous|prev|prior){S}?(?P<unit>week|month|quarter|year)")
def read_last_unit(found: re.Match[str], now: Now) -> Stretch:
    """Read the last whole calendar week, month, quarter or year."""
    grain = UNITS[found["unit"]]
    before = previous_unit(grain, unit_start(grain, now.today, now.week_start))
    return fixed(text_of(found), grain, before.start)


@reads(
    READERS,
    rf"(?:this|current){S}(?P<unit>week|month|quarter|year)(?:{S}to{S}date|{S}so{S}far)?",
    rf"(?P<unit>week|month|quarter|year){S}to{S}date",
    r"(?P<unit>[wmqy])td",
    rf"(?P<unit>[wmqy])td{S}(?:to{S}|until{S})?(?P<last>\d{{4}}-\d\d-\d\d)",
)
def read_to_date(found: re.Match[str], now: Now) -> Stretch:
    """Read the unit that is running; where no day of it has passed, the one before."""
    grain = UNITS[found["unit"]]
    text = text_of(found)
    if last := found.groupdict().get("last"):
        day = read_day(last, text)
        start = unit_start(grain, day, now.week_start)
        return fixed(text, grain, start, to_date=True, until=day + timedelta(days=1))
    start = unit_start(grain, now.today, now.week_start)
    if start == now.today and not now.is_live:
        before = previous_unit(grain, start)
        note = say_begins(grain, before.words)
        return fixed(text, grain, before.start, note=note)
    return fixed(text, grain, start, to_date=True)


def say_begins(grain: Grain, period: str) -> str:
    """Return the note that the unit that runs has no day to tell of."""
    if grain is Grain.WEEK:
        return say("This week has no full day yet: this is {period}.", period=period)
    if grain is Grain.MONTH:
        return say("This month has no full day yet: this is {period}.", period=period)
    if grain is Grain.QUARTER:
        return say("This quarter has no full day yet: this is {period}.", period=period)
    return say("This year has no full day yet: this is {period}.", period=period)
