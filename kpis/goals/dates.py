"""Until when: days to come, off the words of a goal.

“By” a stretch means by its last day. What a name leaves out is the next one to come; a day that
is named whole and is past is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from kpis.goals.day_words import (
    COUNT,
    STRETCHES,
    UNIT,
    UNITS,
    Reader,
    iso_day,
    read_own_end,
)
from kpis.grammar_lines import NUMBERS
from kpis.periods import say_day, shift_months
from kpis.question import Grain, Refusal
from kpis.tongue import say
from kpis.words import quote

LONGEST_YEARS = 5
FEASTS = (
    r"christmas|xmas|easter|halloween|thanksgiving|black friday|cyber monday|new year(?:'?s)?"
    r"(?: eve| day)?|valentine'?s?(?: day)?|ramadan|eid|diwali|t[eế]t|lunar new year|midsummer"
    r"|hanukkah|spring|summer|autumn|fall|winter|the holidays|holidays"
)
BY = (
    r"(?:no later than|not later than|by|until|till|til|before|through|due(?: on| by)?|deadline"
    r"|ending(?: on)?)(?: the)?(?: end of)?(?: the)?|(?:(?:by|until|at|before) )?(?:the )?end of"
    r"(?: the)?"
)
IN = r"in|during|for|over|within|throughout|on"


@dataclass(frozen=True)
class Until:
    """Days to come: from ``start``, or today where it is empty, until before ``end``."""

    start: date | None
    end: date
    by_then: bool
    said: str


BARE = (0, 1, 2, 3, 5, 6, 7, 10)
"""Stretches that need no word before them; “may” and “2027” do."""

EDGE, ENDS = r"(?<![\w.,/-])", r"(?![\w/-]|[.,]\d)"
AHEAD = re.compile(
    rf"{EDGE}(?:(?:(?:{IN}) )?(?:the )?(?:next|coming|following) ({COUNT}) ({UNIT})s?"
    rf"|(?:in|within|over) (?:the space of )?({COUNT}) ({UNIT})s?(?: time)?"
    rf"|({COUNT}) ({UNIT})s? from (?:now|today)){ENDS}"
)
SHORT = re.compile(rf"{EDGE}(?:by )?(?:the )?eo(w|m|q|y){ENDS}")
RANGE = re.compile(
    rf"{EDGE}(?:from |between )?(\d{{4}}-\d{{1,2}}-\d{{1,2}}) ?(?:\.\.+|to|until|and|-) ?"
    rf"(\d{{4}}-\d{{1,2}}-\d{{1,2}}){ENDS}"
)
FEAST = re.compile(rf"{EDGE}(?:(?:{BY}|{IN}) (?:next |this )?)({FEASTS}){ENDS}")
PAST = re.compile(
    rf"{EDGE}(?:(?:last|past|previous) (?:(?:{COUNT}) )?(?:{UNIT})s?|yesterday"
    rf"|last-?\d+[dwmqy]?|(?:{COUNT}) (?:{UNIT})s? ago){ENDS}"
)
VAGUE = re.compile(rf"{EDGE}(?:soon|asap|as soon as possible|some ?day|eventually|later){ENDS}")


def cut_until(line: str, today: date, week_start: int) -> tuple[list[Until], str]:
    """Return the stretches to come that a line names, and the line without them.

    ``line`` is clean and in lower case. Raises ``Refusal`` for days that are past, are not in the
    calendar, are more than five years away or have a name that moves.
    """
    if vague := VAGUE.search(line):
        example = today_in(today, 3)
        raise Refusal(
            say("{words} is no day. Name one: by {day}.", words=quote(vague[0]), day=example)
        )
    if past := PAST.search(line):
        raise Refusal(
            say(
                "{words} is past; a goal is for days to come. Try next month, or by {day}.",
                words=quote(past[0]),
                day=today_in(today, 3),
            )
        )
    if feast := FEAST.search(line):
        raise Refusal(
            say(
                "I don't know which day {words} is. Write the date: by 24 dec, or by {day}.",
                words=quote(feast[1]),
                day=today_in(today, 1),
            )
        )
    found: list[Until] = []
    line = cut_range(line, found)
    line = cut_ahead(line, today, found)
    line = cut_short(line, today, week_start, found)
    for lead, by_then in ((BY, True), (IN, False)):
        for pattern, reader in STRETCHES:
            whole = re.compile(rf"{EDGE}(?:{lead}) (?:the )?{pattern}{ENDS}")
            line = cut_each(line, whole, pattern, reader, by_then, (today, week_start), found)
    for number in BARE:
        pattern, reader = STRETCHES[number]
        whole = re.compile(rf"{EDGE}{pattern}{ENDS}")
        by_then = number < 3 or number in (5, 6)
        line = cut_each(line, whole, pattern, reader, by_then, (today, week_start), found)
    for it in found:
        check(it, today)
    return list({(it.start, it.end): it for it in found}.values()), line


def cut_each(
    line: str,
    whole: re.Pattern[str],
    pattern: str,
    reader: Reader,
    by_then: bool,
    moment: tuple[date, int],
    found: list[Until],
) -> str:
    while match := whole.search(line):
        inner = re.search(rf"(?:{pattern})$", match[0])
        assert inner is not None
        start, end = reader(inner, *moment)
        is_then = by_then or end - start == timedelta(days=1)
        if match[0].startswith("before") and "end of" not in match[0]:
            end = start
        found.append(Until(None if is_then else start, end, is_then, match[0]))
        line = f"{line[: match.start()]} {line[match.end() :]}"
    return line


def cut_range(line: str, found: list[Until]) -> str:
    if match := RANGE.search(line):
        days = [iso_day(it) for it in match.groups()]
        if days[1] < days[0]:
            raise Refusal(
                say(
                    "{words} ends before it begins. Write the earlier day first.",
                    words=quote(match[0]),
                )
            )
        found.append(Until(days[0], days[1] + timedelta(days=1), False, match[0]))
        return f"{line[: match.start()]} {line[match.end() :]}"
    return line


def cut_ahead(line: str, today: date, found: list[Until]) -> str:
    """Cut “in six months” and “the next 30 days”."""
    while match := AHEAD.search(line):
        said = [it for it in match.groups() if it]
        count = number_of(said[0])
        if not 0 < count <= 1900:
            raise Refusal(
                say("{words} is no stretch of time. Try in six months.", words=quote(match[0]))
            )
        end = ahead(UNITS[said[1]], count, today, match[0])
        found.append(Until(None, end, True, match[0]))
        line = f"{line[: match.start()]} {line[match.end() :]}"
    return line


def cut_short(line: str, today: date, week_start: int, found: list[Until]) -> str:
    while match := SHORT.search(line):
        _, end = read_own_end(match, today, week_start)
        found.append(Until(None, end, True, match[0]))
        line = f"{line[: match.start()]} {line[match.end() :]}"
    return line


def number_of(word: str) -> int:
    if word in ("a", "an"):
        return 1
    return NUMBERS.index(word) + 1 if word in NUMBERS else int(word)


def ahead(grain: Grain, count: int, today: date, said: str) -> date:
    months = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}.get(grain)
    if months and months * count > 12 * LONGEST_YEARS:
        raise too_far(said)
    if months:
        return shift_months(today, months * count)
    return today + timedelta(days=count * (7 if grain is Grain.WEEK else 1))


def check(until: Until, today: date) -> None:
    """Refuse a stretch that is over, or out of anybody's sight."""
    if until.end <= today:
        last = until.end - timedelta(days=1)
        raise Refusal(
            say(
                "{words} is past: it ended on {end}. Name a day to come, such as by {day}.",
                words=quote(until.said),
                end=say_day(last, None),
                day=today_in(today, 3),
            )
        )
    if until.end == today + timedelta(days=1) and until.by_then:
        raise Refusal(
            say(
                "{words} leaves no day to reach it. Name a later one, such as by {day}.",
                words=quote(until.said),
                day=today_in(today, 1),
            )
        )
    if until.end > shift_months(today, 12 * LONGEST_YEARS):
        raise too_far(until.said)


def too_far(said: str) -> Refusal:
    return Refusal(
        say(
            "{words} is more than {years} years away. Set a nearer day.",
            words=quote(said),
            years=LONGEST_YEARS,
        )
    )


def today_in(today: date, months: int) -> str:
    """Return the last day of a month to come, as an example that works."""
    first = shift_months(today.replace(day=1), months + 1)
    return (first - timedelta(days=1)).isoformat()
