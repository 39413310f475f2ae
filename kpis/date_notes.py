"""Notes on dates, read off words in any language; ``kpis.date_marks`` lays them over answers.

“12 nov Black Week”, “12–15 nov Fair”, “Server down yesterday”. A date without a year is the one
nearest to today, before or after it; questions, which have days that passed alone, take the latest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from kpis.grammar_fillers import FILLERS
from kpis.grammar_foreign import translate
from kpis.grammar_lexicon import Lexicon, learn
from kpis.grammar_lines import DASHES, Now, Stretch
from kpis.grammar_periods import (
    AND,
    DAYS_OF_MONTH,
    FROM,
    TO,
    WRAPPED,
    before_it_begins,
    read_days_of_month,
)
from kpis.grammar_stretches import read_stretch
from kpis.question import Directory, Refusal
from kpis.tongue import say, spoken
from kpis.words import Word, clean, is_east_asian, quote, split
from storage.date_notes import LONGEST, LONGEST_DAYS

EXAMPLE = "/kpi note 12 nov Black Week"
LONGEST_TEXT = 500
"""Characters that are read: more than a note and its days ever have."""
EDGE = re.compile(r"^[\s:;,.\-–—/|]+|[\s:;,\-–—/|]+$")
QUOTED = re.compile(r"^([“”„\"«»'‘’])(.*)([“”\"«»'‘’])$", re.DOTALL)

Days = tuple[date, date]
"""The first day, and the day after the last one."""


@dataclass(frozen=True)
class Said:
    """What somebody noted: of which days, and what; either may be missing."""

    days: Days | None
    words: str


def read_note(text: str, today: date, week_start: int = 0) -> Said:
    """Return the days that a text begins or ends with, and the rest of it as it was typed.

    Raises ``Refusal`` for days that are not in the calendar or end before they begin.
    """
    text = text.strip()[:LONGEST_TEXT]
    cleaned = clean(text)
    words, _ = translate(split(cleaned), nobody(), spoken())
    now = Now(today, week_start, is_live=True)
    line, starts = lay(words)
    for at, end in spans(line, starts, words, now):
        found = match_days(line, starts[at], now)
        days = found[0]() if found else None
        before, after = cleaned[: words[at].start], cleaned[words[end - 1].end :]
        rest = after if not holds_words(before) else before
        return Said(days, trim(as_typed(rest, text, is_end=rest is after)))
    if parted := part_script(cleaned):
        said = read_note(parted, today, week_start)
        if said.days is not None:
            return said
    return Said(None, trim(text))


def part_script(cleaned: str) -> str:
    """Return “昨天 服务器故障” of “昨天服务器故障”, where days begin a run without spaces."""
    run = next(iter(cleaned.split()), "")
    if not run or not is_east_asian(run[0]):
        return ""
    for at in range(len(run) - 1, 0, -1):
        words, _ = translate(split(run[:at]), nobody(), spoken())
        if words and all(it.text.isascii() for it in words):
            return f"{run[:at]} {cleaned[at:]}"
    return ""


def spans(line: str, starts: list[int], words: list[Word], now: Now) -> Iterator[tuple[int, int]]:
    """Yield where days stand, words from and to: at the beginning, else at the very end."""
    first = next((at for at, it in enumerate(words) if it.stem not in FILLERS), len(words))
    for at in dict.fromkeys((first, *range(1, len(words)))):
        if at >= len(words) or (end := find_end(line, starts, words, at, now)) <= at:
            continue
        if at == first or end == len(words):
            yield at, end


def find_end(line: str, starts: list[int], words: list[Word], at: int, now: Now) -> int:
    """Return the word after the days that begin there, or ``at`` where none do."""
    numbered = enumerate(zip(starts, words, strict=True), 1)
    ends = {start + len(word.text): number for number, (start, word) in numbered}
    try:
        found = match_days(line, starts[at], now)
    except Refusal:
        if at:
            return at  # words behind others need not be days
        raise
    return ends.get(found[1], at) if found else at


def check(first: date, until: date, words: str) -> None:
    """Refuse what is no note: nothing said, too much, or too many days."""
    if not words:
        raise Refusal(say("Say what happened: {example}", example=EXAMPLE))
    if len(words) > LONGEST:
        raise Refusal(
            say(
                "A note has up to {most} characters; this one has {number}.",
                most=LONGEST,
                number=len(words),
            )
        )
    if until <= first:
        raise Refusal(say("The last day is before the first one."))
    if (until - first).days > LONGEST_DAYS:
        raise Refusal(say("A note stands on up to a year: {example}", example=EXAMPLE))


def match_days(line: str, at: int, now: Now) -> tuple[Callable[[], Days], int] | None:
    """Return what works out the days that begin there, and where they end."""
    for pattern in DAYS_OF_MONTH:
        if found := pattern.match(line, at):
            return partial(place, *read_days_of_month(found), now), found.end()
    opened = FROM.match(line, at)
    begins = opened.end() if opened else at
    first = read_stretch(line, begins, now)
    if first is None:
        return None
    stretch, end = first
    link = TO.match(line, end) or (AND.match(line, end) if opened else None)
    second = read_stretch(line, link.end(), now) if link else None
    if second is not None:
        last, end = second
        return partial(place, stretch, last, now), end
    return partial(place, stretch, None, now), end


def place(first: Stretch, second: Stretch | None, now: Now) -> Days:
    """Return the days of one stretch, or from one to another, years filled in."""
    start = nearest(first, now.today, second.year if second else None)
    if second is None:
        return start, first.end(start)
    years = (second.year,) if second.year is not None else (start.year, start.year + 1)
    begun = (second.start(year) for year in years)
    last = next((it for it in begun if it is not None and it >= start), None)
    if last is None or (second.year is None and (last - start).days > WRAPPED):
        raise before_it_begins(first, second)
    return start, second.end(last)


def nearest(stretch: Stretch, today: date, beside: int | None = None) -> date:
    """Return the first day: in its own year, in that of what it runs ``beside``, or nearest."""
    if stretch.year is not None or beside is not None:
        start = stretch.start(stretch.year if stretch.year is not None else beside or 0)
        days = [start] if start is not None else []
    else:
        every = map(stretch.start, range(today.year - 4, today.year + 5))
        days = [it for it in every if it is not None]
    if not days:
        raise Refusal(say("There is no {words} in that year.", words=quote(stretch.text)))
    return min(days, key=lambda it: abs((it - today).days))


def lay(words: list[Word]) -> tuple[str, list[int]]:
    """Return the words as the line that stretches are read off, and where each begins."""
    line, starts = "", []
    for word in words:
        line += DASHES.get(word.before, " ") if line else ""
        starts.append(len(line))
        line += word.text
    return line, starts


def holds_words(text: str) -> bool:
    """Whether a text says anything beside filler."""
    return any(word.stem not in FILLERS for word in split(text))


def as_typed(rest: str, text: str, *, is_end: bool) -> str:
    """Return the part of ``text`` that reads as ``rest``: cleaning changes letters, “Ｂ” to “B”."""
    wanted = clean(rest)
    cuts = range(len(text)) if is_end else range(len(text), 0, -1)
    for at in cuts:
        part = text[at:] if is_end else text[:at]
        if clean(part) == wanted:
            return part
    return rest


def trim(words: str) -> str:
    """Return the words without the dash, colon or quotation marks that parted them from a date."""
    words = EDGE.sub("", words).strip()
    quoted = QUOTED.match(words)
    return quoted[2].strip() if quoted else words


@cache
def nobody() -> Lexicon:
    """Return a lexicon without names: an account called “November” is no day."""
    return learn(Directory())
