"""Words to a benchmark, a price or a value that people declare, in nearly any order. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from commands.declare.wording import BENCHMARK_EXAMPLE, RATE_EXAMPLE, VALUE_EXAMPLE
from storage.benchmarks import DENOMINATORS, STATISTICS
from storage.declared import MONEY, SHARE, VALUES, ValueKind
from storage.errors import KepiError
from storage.money import is_currency, is_exact, to_minor
from storage.platforms import PLATFORMS, find_platform

LONGEST = 500
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NO_CURRENCIES = frozenset({"all", "top", "try"})
"""Codes of currencies that are words as well, where they are not in capitals."""
AVERAGES = {"average": "mean", "avg": "mean", "avg.": "mean"}

_QUOTED = re.compile(r"[\"“”„«‟]([^\"“”„«»‟]{1,200})[\"“”»‟]")
_NUMBER = re.compile(r"(?<![\w.,-])(-?[0-9]+(?:[.,  ][0-9]+)*)\s*(%)?(?![\w-])")
_YEAR = re.compile(r"(?<![\w.,-])(20[0-9]{2})(?![\w.,%-])(?!\s*%)")
_DAY = r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?|(?:{months})[a-z]* [0-9]{{4}}"
_DATE = _DAY.replace("{months}", "|".join(MONTHS)).replace("{{4}}", "{4}")
_SPAN = re.compile(
    rf"(?<!\w)(?:(?P<since>since|from|starting)|(?P<until>until|till|to|–|-)|(?:in|for|of))?\s*"
    rf"(?P<day>{_DATE})(?!\w)",
    re.IGNORECASE,
)

Told = dict[str, Any]


@dataclass
class _Words:
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


def read_rate(text: str, today: date, usual: str) -> Told:
    """Return a price of a rate card; ``usual`` is the workspace's currency.

    Raises ``KepiError`` saying what is missing, with an example.
    """
    words = _start(text)
    source = _cut_quoted(words)
    kind = words.cut_token(("cpm", "cpc"))
    if not kind:
        raise KepiError(f"A price is a cpm or a cpc. Say it like {RATE_EXAMPLE}")
    start, _ = _cut_days(words)
    currency = words.cut_currency() or usual
    price, percent = _cut_number(words)
    if price is None or percent or price < 0:
        raise KepiError(f"I read no price in that. Say it like {RATE_EXAMPLE}")
    if not is_exact(price, currency):
        raise KepiError(f"{price} {currency} has more decimals than {currency} has.")
    words.cut_token(("from", "by"))
    what = " ".join(words.tokens).lower()
    if kind == "cpc" and not what:
        what, source = source.lower(), ""
    if kind == "cpm":
        platform = find_platform(what)
        if platform is None:
            known = ", ".join(it.title for it in PLATFORMS.values())
            raise KepiError(f"A CPM is of one platform: {known}. Say it like {RATE_EXAMPLE}")
        what = platform.key
    if not what:
        raise KepiError("A CPC is of a keyword. Say it like /kpi rate cpc running shoes 1.20 EUR")
    return {
        "kind": kind,
        "what": what[:200],
        "currency": currency,
        "price": to_minor(price, currency),
        "since": start or today.replace(month=1, day=1),
        "source": source,
    }


def read_value(text: str, today: date, usual: str) -> Told:
    """Return a declared value; raises ``KepiError`` saying what is missing, with an example."""
    words = _start(text)
    method = _cut_quoted(words)
    kind = _cut_kind(words)
    owner = words.cut(re.compile(r"(?<!\S)owner:?\s+(\S+)", re.IGNORECASE))
    start, end = _cut_days(words)
    currency = words.cut_currency()
    value, percent = _cut_number(words)
    if value is None or value < 0:
        raise KepiError(f"I read no number in that. Say it like {VALUE_EXAMPLE}")
    if percent:
        value /= 100
    if kind.unit == SHARE and not (percent or value <= 1):
        raise KepiError(f"{kind.title.capitalize()} is a share: write {value} % or {value / 100}.")
    if percent and kind.unit != SHARE:
        raise KepiError(f"{kind.title.capitalize()} is no share, so leave the % out.")
    if kind.spread and (start is None or end is None):
        example = f"{MONTHS[today.month - 1]} {today.year}"
        raise KepiError(
            f"{kind.title.capitalize()} is of some days, first to last: add them, like {example}."
        )
    name = " ".join(it for it in words.tokens if it.lower() not in ("for", "called", "name"))
    return {
        "kind": kind.key,
        "name": name[:200],
        "value": float(value),
        "currency": (currency or usual) if kind.unit == MONEY else "",
        "start": start or today.replace(month=1, day=1),
        "end": end,
        "owner": owner[1][:100] if owner else "",
        "method": method,
    }


def read_benchmark(text: str, today: date, names: Mapping[str, str]) -> Told:
    """Return a benchmark; ``names`` are those of the KPIs, hyphenated, with their keys.

    Raises ``KepiError`` saying what is missing, with an example.
    """
    words = _start(text)
    source = _cut_quoted(words)
    by = words.cut(re.compile(rf"(?<!\S)by\s+({'|'.join(DENOMINATORS)})(?!\S)", re.IGNORECASE))
    statistic = words.cut_token((*STATISTICS, *AVERAGES))
    year = words.cut(_YEAR)
    value, percent = _cut_number(words)
    kpi = _cut_kpi(words, names)
    if not kpi:
        raise KepiError(f"I read no KPI in that. Say it like {BENCHMARK_EXAMPLE}")
    if value is None:
        raise KepiError(f"I read no figure in that. Say it like {BENCHMARK_EXAMPLE}")
    lacking = [
        what
        for what, said in (
            ("mean, median or pooled", statistic),
            ("the year", year),
            ("who published it, in quotes", source),
        )
        if not said
    ]
    if lacking or year is None:
        raise KepiError(f"Add {' and '.join(lacking)}. Say it like {BENCHMARK_EXAMPLE}")
    platform = next((it for it in map(find_platform, words.tokens) if it), None)
    rest = [it for it in words.tokens if find_platform(it) is None]
    return {
        "kpi": kpi,
        "denominator": by[1].lower() if by else "",
        "statistic": AVERAGES.get(statistic, statistic),
        "platform": platform.key if platform else "",
        "industry": " ".join(rest).lower()[:100],
        "year": int(year[1]),
        "source": source,
        "value": float(value / 100 if percent else value),
    }


def _start(text: str) -> _Words:
    if len(text) > LONGEST:
        raise KepiError(f"That is {len(text):,} characters; say it in up to {LONGEST}.")
    return _Words(text)


def _cut_quoted(words: _Words) -> str:
    """Take out what stands in quotes, with “from” or “source” before it."""
    found = words.cut(re.compile(rf"(?:(?<!\S)(?:from|source|by)\s+)?{_QUOTED.pattern}", re.I))
    return " ".join(found[1].split()) if found else ""


def _cut_number(words: _Words) -> tuple[Decimal | None, bool]:
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


def _cut_kind(words: _Words) -> ValueKind:
    """Take out the kind of a value, said with hyphens or spaces, by its key or its title."""
    said = "-".join(words.text.lower().replace(":", " ").split())
    names = {name: it for it in VALUES.values() for name in (it.key, "-".join(it.title.split()))}
    for name in sorted(names, key=len, reverse=True):
        if said == name or said.startswith(f"{name}-"):
            count = name.count("-") + 1
            pattern = r"^\s*" + r"[\s-]+".join([r"[^\s-]+"] * count) + r":?"
            words.cut(re.compile(pattern))
            return names[name]
    known = ", ".join(VALUES)
    raise KepiError(f"A value is one of {known}. Say it like {VALUE_EXAMPLE}")


def _cut_kpi(words: _Words, names: Mapping[str, str]) -> str:
    """Take out the longest name of a KPI that the words hold, and return its key."""
    tokens = words.tokens
    for length in range(min(6, len(tokens)), 0, -1):
        for at in range(len(tokens) - length + 1):
            some = tokens[at : at + length]
            key = names.get("-".join(some).lower())
            if key:
                words.text = " ".join([*tokens[:at], *tokens[at + length :]])
                return key
    return ""


def _cut_days(words: _Words) -> tuple[date | None, date | None]:
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
            raise KepiError(f"It ends before it starts: {first['day']} to {second['day']}.")
        return begin, last
    return begin, None if first["since"] else until


def _has_until(words: _Words) -> bool:
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
        raise KepiError(f"“{said}” is not a day; write it like 2026-11-01 or nov 2026.") from None
    return first, (first + timedelta(days=31)).replace(day=1)
