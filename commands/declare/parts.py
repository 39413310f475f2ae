"""The parts of what people declare, each taken out of the words wherever it stands. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from storage.errors import KepiError
from storage.money import is_currency

LONGEST = 500
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
TOO_LONG = "That is {number} characters; say it in up to {most}."
BACKWARDS = "It ends before it starts: {start} to {end}."
NO_DAY = "“{words}” is not a day; write it like 2026-11-01 or nov 2026."
NO_CURRENCIES = frozenset({"all", "top", "try"})
"""Codes of currencies that are words as well, where they are not in capitals."""

_QUOTED = re.compile(r"[\"“”„«‟]([^\"“”„«»‟]{1,200})[\"“”»‟]")
_NUMBER = re.compile(r"(?<![\w.,-])(-?[0-9]+(?:[.,  ][0-9]+)*)\s*(%)?(?![\w-])")
_DAY = r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?|(?:{months})[a-z]* [0-9]{{4}}"
_DATE = _DAY.replace("{months}", "|".join(MONTHS)).replace("{{4}}", "{4}")
_SPAN = re.compile(
    rf"(?<!\w)(?:(?P<since>since|from|starting)|(?P<until>until|till|to|–|-)|(?:in|for|of))?\s*"
    rf"(?P<day>{_DATE})(?!\w)",
    re.IGNORECASE,
)


@dataclass
class Words:
    """What is left of a text while its parts are cut out."""

    text: str

    def cut(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Take the first match out and return it."""
        found = pattern.search(self.text)
        if found:
            self.text = f"{self.text[: found.start()]} {self.text[found.end() :]}"
        return found

    @property
    def tokens(self) -> list[str]:
        return self.text.replace(",", " ").split()

    def cut_token(self, known: Iterable[str]) -> str:
        """Take out the first word that is one of ``known``, and return it in lower case."""
        wanted = set(known)
        for token in self.tokens:
            if token.lower() in wanted:
                self.cut(re.compile(rf"(?<!\S){re.escape(token)}(?!\S)"))
                return token.lower()
        return ""

    def cut_currency(self) -> str:
        """Take out the code of a currency."""
        for token in self.tokens:
            code = token.upper()
            if is_currency(code) and (token.isupper() or token.lower() not in NO_CURRENCIES):
                self.cut(re.compile(rf"(?<!\S){re.escape(token)}(?!\S)"))
                return code
        return ""


def begin(text: str) -> Words:
    if len(text) > LONGEST:
        raise KepiError(TOO_LONG, number=len(text), most=LONGEST)
    return Words(text)


def cut_quoted(words: Words) -> str:
    """Take out what stands in quotes, with “from” or “source” before it."""
    found = words.cut(re.compile(rf"(?:(?<!\S)(?:from|source|by)\s+)?{_QUOTED.pattern}", re.I))
    return " ".join(found[1].split()) if found else ""


def cut_number(words: Words) -> tuple[Decimal | None, bool]:
    """Take out a number; tell whether a percent sign follows. “1.250,50” and “6,5” are read."""
    found = words.cut(_NUMBER)
    if found is None:
        return None, False
    digits = re.sub(r"[  ]", "", found[1])
    if "," in digits and "." in digits:
        point = max(digits.rfind(","), digits.rfind("."))
        digits = digits[:point].replace(",", "").replace(".", "") + "." + digits[point + 1 :]
    elif digits.count(",") == 1 and (digits[0] == "0" or len(digits.rpartition(",")[2]) != 3):
        digits = digits.replace(",", ".")
    else:
        digits = digits.replace(",", "")
    try:
        return Decimal(digits), bool(found[2])
    except InvalidOperation:
        return None, False


def cut_days(words: Words) -> tuple[date | None, date | None]:
    """Take days out: the first one, and the one after the last where an end is said.

    One month or one day alone is the whole of it; “since” leaves the end open.
    """
    first = words.cut(_SPAN)
    if first is None:
        return None, None
    begin, until = _read_day(first["day"])
    if first["until"]:
        return None, until
    second = words.cut(_SPAN) if first["since"] is None or _has_until(words) else None
    if second is not None:
        last = _read_day(second["day"])[1]
        if last <= begin:
            raise KepiError(BACKWARDS, start=first["day"], end=second["day"])
        return begin, last
    return begin, None if first["since"] else until


def _has_until(words: Words) -> bool:
    found = _SPAN.search(words.text)
    return bool(found and found["until"])


def _read_day(said: str) -> tuple[date, date]:
    """Return a day or a month as its first day and the one after its last."""
    text = said.lower()
    if text[0].isalpha():
        name, year = text.split()
        text = f"{year}-{MONTHS.index(name[:3]) + 1:02d}"
    try:
        if len(text) == 10:
            day = date.fromisoformat(text)
            return day, day + timedelta(days=1)
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise KepiError(NO_DAY, words=said) from None
    return first, (first + timedelta(days=31)).replace(day=1)
