"""Words to a benchmark, a price or a value that people declare, in nearly any order. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from commands.declare.parts import MONTHS, Words, begin, cut_days, cut_number, cut_quoted
from commands.declare.rows import title_of
from commands.declare.wording import BENCHMARK_EXAMPLE, RATE_EXAMPLE, VALUE_EXAMPLE
from commands.saying import say
from storage.benchmarks import DENOMINATORS, STATISTICS
from storage.declared import MONEY, SHARE, VALUES, ValueKind
from storage.errors import KepiError
from storage.money import is_exact, to_minor
from storage.platforms import PLATFORMS, find_platform

CPC_EXAMPLE = "/kpi rate cpc running shoes 1.20 EUR"
DECIMALS = "{price} {currency} has more decimals than {currency} has."
OF_PLATFORM = "A CPM is of one platform: {known}. Say it like {example}"
A_SHARE = "{name} is a share: write {percent} % or {share}."
NO_SHARE = "{name} is no share, so leave the % out."
OF_DAYS = "{name} is of some days, first to last: add them, like {example}."
LACKING = "Add {what}. Say it like {example}"
NO_VALUE = "A value is one of {known}. Say it like {example}"
AVERAGES = {"average": "mean", "avg": "mean", "avg.": "mean"}
_YEAR = re.compile(r"(?<![\w.,-])(20[0-9]{2})(?![\w.,%-])(?!\s*%)")

Told = dict[str, Any]


def read_rate(text: str, today: date, usual: str) -> Told:
    """Return a price of a rate card; ``usual`` is the workspace's currency.

    Raises ``KepiError`` saying what is missing, with an example.
    """
    words = begin(text)
    source = cut_quoted(words)
    kind = words.cut_token(("cpm", "cpc"))
    if not kind:
        raise KepiError("A price is a cpm or a cpc. Say it like {example}", example=RATE_EXAMPLE)
    start, _ = cut_days(words)
    currency = words.cut_currency() or usual
    price, percent = cut_number(words)
    if price is None or percent or price < 0:
        raise KepiError("I read no price in that. Say it like {example}", example=RATE_EXAMPLE)
    if not is_exact(price, currency):
        raise KepiError(DECIMALS, price=price, currency=currency)
    words.cut_token(("from", "by"))
    what = " ".join(words.tokens).lower()
    if kind == "cpc" and not what:
        what, source = source.lower(), ""
    if kind == "cpm":
        platform = find_platform(what)
        if platform is None:
            known = ", ".join(it.title for it in PLATFORMS.values())
            raise KepiError(OF_PLATFORM, known=known, example=RATE_EXAMPLE)
        what = platform.key
    if not what:
        raise KepiError("A CPC is of a keyword. Say it like {example}", example=CPC_EXAMPLE)
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
    words = begin(text)
    method = cut_quoted(words)
    kind = _cut_kind(words)
    owner = words.cut(re.compile(r"(?<!\S)owner:?\s+(\S+)", re.IGNORECASE))
    start, end = cut_days(words)
    currency = words.cut_currency()
    value, percent = cut_number(words)
    if value is None or value < 0:
        raise KepiError("I read no number in that. Say it like {example}", example=VALUE_EXAMPLE)
    if percent:
        value /= 100
    if kind.unit == SHARE and not (percent or value <= 1):
        raise KepiError(A_SHARE, name=title_of(kind.key), percent=value, share=value / 100)
    if percent and kind.unit != SHARE:
        raise KepiError(NO_SHARE, name=title_of(kind.key))
    if kind.spread and (start is None or end is None):
        example = f"{MONTHS[today.month - 1]} {today.year}"
        raise KepiError(OF_DAYS, name=title_of(kind.key), example=example)
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
    from kpis.tongue import listed

    words = begin(text)
    source = cut_quoted(words)
    by = words.cut(re.compile(rf"(?<!\S)by\s+({'|'.join(DENOMINATORS)})(?!\S)", re.IGNORECASE))
    statistic = words.cut_token((*STATISTICS, *AVERAGES))
    year = words.cut(_YEAR)
    value, percent = cut_number(words)
    kpi = _cut_kpi(words, names)
    if not kpi:
        raise KepiError("I read no KPI in that. Say it like {example}", example=BENCHMARK_EXAMPLE)
    if value is None:
        raise KepiError(
            "I read no figure in that. Say it like {example}", example=BENCHMARK_EXAMPLE
        )
    lacking = [
        what
        for what, said in (
            (say("mean, median or pooled"), statistic),
            (say("the year"), year),
            (say("who published it, in quotes"), source),
        )
        if not said
    ]
    if lacking or year is None:
        raise KepiError(LACKING, what=listed(lacking), example=BENCHMARK_EXAMPLE)
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


def _cut_kind(words: Words) -> ValueKind:
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
    raise KepiError(NO_VALUE, known=known, example=VALUE_EXAMPLE)


def _cut_kpi(words: Words, names: Mapping[str, str]) -> str:
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
