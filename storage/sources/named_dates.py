"""Dates that name their month: “18 tháng Tám”, “9月13日”, “14 juli 2026”, “Sep 3”.

TikTok Studio writes days in the language of its reader and leaves the year out; YouTube Studio
writes them in that language too. The names of months are CLDR's.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from babel.dates import get_month_names

LANGUAGES = (
    "en", "vi", "id", "sv", "zh", "de", "es", "fr", "it", "pt", "nl", "da", "nb", "fi", "pl", "tr",
)  # fmt: skip
LONGEST = 60
LONGEST_EXPORT = 366
"""Days between neighbours; TikTok exports a year at most."""
HALF_A_YEAR = 183
"""Days between neighbours of an export; more is a year that was taken wrongly."""

_YEAR_LENGTH = 366
_NUMBERED = re.compile(
    r"(?:([0-9]{4})\s*[年년]\s*)?([0-9]{1,2})\s*[月월]\s*([0-9]{1,2})\s*[日일號号]?"
    r"(?:\s*(?:星期|周|週)[一二三四五六日天])?"
)
_MONTH_WORD = re.compile(r"(?:tháng|thg)\.?\s*([0-9]{1,2})(?![0-9])")
_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
_DAY = re.compile(r"(?<![0-9])[0-9]{1,2}(?![0-9])")
_WORD = re.compile(r"[^\W\d_]+")
_SPELLED = ("một|giêng", "hai", "ba", "tư|bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_SPELLED_LONG = ("mười một", "mười hai|chạp")
"""Vietnamese months as TikTok spells them, January first; CLDR numbers them."""


class NamedDate(NamedTuple):
    """A day; the year where it is told."""

    year: int | None
    month: int
    day: int


def read_named_date(text: str) -> NamedDate | None:
    """Return the day that a text names by its month, or ``None``."""
    if len(text) > LONGEST:
        return None
    text = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    numbered = _NUMBERED.fullmatch(text)
    if numbered:
        year, month, day = numbered.groups()
        return _check(int(year) if year else None, int(month), int(day))
    month_, rest = _take_month(text)
    if month_ is None:
        return None
    years = _YEAR.findall(rest)
    days = _DAY.findall(_YEAR.sub(" ", rest))
    if len(days) != 1 or len(years) > 1:
        return None
    return _check(int(years[0]) if years else None, month_, int(days[0]))


def settle_years(days: Sequence[NamedDate | None], last: date) -> list[date | None]:
    """Return consecutive days of an export with their years; none lies after ``last``.

    The row that stands at the end is the newest, or the one at the beginning where the file
    counts down; going back from it, a day that would lie after its neighbour is of the year before.
    A 29 February tells a leap year, so its neighbours are of that year too.
    """
    known = [it for it in days if it is not None]
    if len(known) > 1 and _counts_down(known):
        return settle_years(days[::-1], last)[::-1]
    found: list[date | None] = []
    until = last
    for it in reversed(days):
        settled = None if it is None else _latest(it, until)
        if settled and found and (until - settled).days > HALF_A_YEAR:
            # A 29 February lies further back than its neighbours: so do they.
            newest = settled + timedelta(days=LONGEST_EXPORT - 1)
            if newest < last:
                return settle_years(days, newest)
        found.append(settled)
        until = settled or until
    return found[::-1]


def _counts_down(days: Sequence[NamedDate]) -> bool:
    """Tell by the neighbours: round the year, most are nearer backwards than forwards."""
    places = [date(2024, it.month, it.day).timetuple().tm_yday for it in days]
    steps = [(after - before) % _YEAR_LENGTH for before, after in pairwise(places)]
    return sum(step > _YEAR_LENGTH // 2 for step in steps) * 2 > len(steps)


def _latest(it: NamedDate, until: date) -> date | None:
    """Return the last such day up to ``until``: of 29 February, one in a leap year."""
    for year in (it.year,) if it.year else range(until.year, until.year - 9, -1):
        try:
            found = date(year, it.month, it.day)
        except ValueError:
            continue
        if it.year or found <= until:
            return found
    return None


def _take_month(text: str) -> tuple[int | None, str]:
    """Return the month that a text names, and the text without it."""
    word = _MONTH_WORD.search(text)
    if word:
        return int(word[1]), text[: word.start()] + " " + text[word.end() :]
    for name, month in _spelled():
        place = text.find(name)
        if place >= 0:
            return month, text[:place] + " " + text[place + len(name) :]
    found = [(it, _names().get(it[0].rstrip("."))) for it in _WORD.finditer(text)]
    months = [(it, month) for it, month in found if month]
    if len(months) == 2 and text[: months[0][0].end() + 1].endswith((",", ".")):
        # “mar” is March, and Tuesday in front of a date.
        months = months[1:]
    if len(months) != 1:
        return None, text
    it, month = months[0]
    return month, text[: it.start()] + " " + text[it.end() :]


@cache
def _names() -> dict[str, int]:
    """Return every name of a month; those that languages use for different ones are left out."""
    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for month, name in get_month_names(width, context, language).items():
                    words = _WORD.findall(unicodedata.normalize("NFKC", name).casefold())
                    if len(words) == 1 and len(words[0]) > 2:
                        found.setdefault(words[0], set()).add(month)
    return {name: min(months) for name, months in found.items() if len(months) == 1}


@cache
def _spelled() -> tuple[tuple[str, int], ...]:
    """Return Vietnamese months in words, the longest first: “tháng mười hai” is no “mười”."""
    months = [*enumerate(_SPELLED, 1), *enumerate(_SPELLED_LONG, 11)]
    pairs = [(f"tháng {word}", month) for month, words in months for word in words.split("|")]
    return tuple(sorted(pairs, key=lambda it: -len(it[0])))


def _check(year: int | None, month: int, day: int) -> NamedDate | None:
    """Return the date if there can be one."""
    try:
        date(year or 2024, month, day)
    except ValueError:
        return None
    return NamedDate(year, month, day)
