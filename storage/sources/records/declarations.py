"""What people declare, as files: benchmarks, rate cards and declared values. Kepi's own formats.

kpi, denominator, statistic, platform, industry, year, value, unit, source
kind, what, price, currency, since, source
kind, name, value, currency, start, end, owner, method
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from storage.benchmarks import DENOMINATORS, STATISTICS
from storage.declared import MONEY, SHARE, VALUES
from storage.platforms import find_platform
from storage.said import Words
from storage.sources.cells import BadCell, show
from storage.sources.records.amounts import in_minor
from storage.sources.records.fields import Cells, Field
from storage.sources.records.layout import RecordLayout, Told
from storage.sources.records.reading import source_of

FIRST_YEAR, LAST_YEAR = 2004, 2100
_JOIN = re.compile(r"[\s_-]+")
_AVERAGES = MappingProxyType({"average": "mean", "avg": "mean", "medel": "mean", "total": "pooled"})

BENCHMARK = MappingProxyType(
    {
        "kpi": Field("word", ("kpi", "Metric", "Measure"), needed=True),
        "denominator": Field("word", ("denominator", "Per", "Based on")),
        "statistic": Field("word", ("statistic", "Average", "Kind of average"), needed=True),
        "platform": Field("word", ("platform", "Network")),
        "industry": Field("word", ("industry", "Sector", "Bransch")),
        "year": Field("whole", ("year", "År"), needed=True),
        "value": Field("share", ("value", "Figure", "Värde"), needed=True),
        "unit": Field("words", ("unit", "Enhet")),
        "source": Field("name", ("source", "Publisher", "Källa"), needed=True),
    }
)
RATE = MappingProxyType(
    {
        "kind": Field("word", ("kind", "Rate", "Type"), needed=True),
        "what": Field("name", ("what", "Platform", "Keyword"), needed=True),
        "price": Field("amount", ("price", "Pris"), needed=True),
        "currency": Field("currency", ("currency", "Currency code", "Valuta")),
        "since": Field("planned", ("since", "Valid from", "From", "Date"), blank=None),
        "source": Field("name", ("source", "Rate card", "Källa")),
    }
)
VALUE = MappingProxyType(
    {
        "kind": Field("word", ("kind", "Type"), needed=True),
        "name": Field("name", ("name", "Item", "Namn")),
        "value": Field("share", ("value", "Amount", "Värde"), needed=True),
        "currency": Field("currency", ("currency", "Currency code", "Valuta")),
        "start": Field("planned", ("start", "From", "Start date"), needed=True),
        "end": Field("planned", ("end", "To", "Until", "End date"), blank=None),
        "owner": Field("word", ("owner", "Who", "Ansvarig")),
        "method": Field("name", ("method", "How", "Basis", "Source", "Metod")),
    }
)


def spell_key(word: str) -> str:
    """Return a key as Kepi writes it: “Engagement rate” is ``engagement-rate``."""
    return _JOIN.sub("-", word.strip().lower())


def make_benchmark(told: Told, cells: Cells) -> Mapping[str, Any]:
    return check_benchmark({**told, "value": _in_unit(told["value"], told["unit"])})


def check_benchmark(told: Told) -> Told:
    """Return a benchmark in Kepi's words; raises ``BadCell`` naming what is not understood."""
    denominator = spell_key(told["denominator"])
    if denominator and denominator not in DENOMINATORS:
        known = ", ".join(DENOMINATORS)
        raise BadCell(
            "{denominator} is no denominator; these are: {known}",
            denominator=show(told["denominator"]),
            known=known,
        )
    statistic = told["statistic"].strip().lower()
    statistic = _AVERAGES.get(statistic, statistic)
    if statistic not in STATISTICS:
        raise BadCell(
            "{statistic} is no statistic; write {statistics}",
            statistic=show(told["statistic"]),
            statistics=", ".join(STATISTICS),
        )
    platform = find_platform(told["platform"]) if told["platform"] else None
    if told["platform"] and platform is None:
        raise BadCell("{platform} is not a platform", platform=show(told["platform"]))
    if not FIRST_YEAR <= told["year"] <= LAST_YEAR:
        raise BadCell("{year} is not a year", year=told["year"])
    return {
        **told,
        "kpi": spell_key(told["kpi"]),
        "denominator": denominator,
        "statistic": statistic,
        "platform": platform.key if platform else "",
        "industry": told["industry"].lower(),
        "value": float(told["value"]),
    }


def _in_unit(value: Decimal, unit: str) -> Decimal:
    return value / 100 if unit.strip() in ("%", "percent", "procent") else value


def make_rate(told: Told, cells: Cells) -> Mapping[str, Any]:
    currency = told["currency"] or cells.currency
    today = cells.origin.now.astimezone(cells.origin.zone).date()
    checked = check_rate({**told, "since": told["since"] or today})
    return {**checked, "price": in_minor(told["price"], currency), "currency": currency}


def check_rate(told: Told) -> Told:
    """Return a price in Kepi's words; raises ``BadCell`` naming what is not understood."""
    kind = told["kind"].strip().lower()
    if kind not in ("cpm", "cpc"):
        raise BadCell("{kind} is no kind of rate; write cpm or cpc", kind=show(told["kind"]))
    if told["price"] < 0:
        raise BadCell("a price of {price} cannot be", price=told["price"])
    what = told["what"].strip().lower()
    if kind == "cpm":
        platform = find_platform(what)
        if platform is None:
            raise BadCell("{what} is not a platform; a CPM is of one", what=show(told["what"]))
        what = platform.key
    return {**told, "kind": kind, "what": what}


def make_value(told: Told, cells: Cells) -> Mapping[str, Any]:
    end = told["end"]
    checked = check_value({**told, "currency": told["currency"] or cells.currency})
    return {**checked, "end": None if end is None else end + timedelta(days=1)}


def check_value(told: Told) -> Told:
    """Return a declared value in Kepi's words; raises ``BadCell`` naming what cannot be."""
    kind = VALUES.get(spell_key(told["kind"]))
    if kind is None:
        raise BadCell(
            "{kind} is no kind of value; these are: {values}",
            kind=show(told["kind"]),
            values=", ".join(VALUES),
        )
    value, currency = told["value"], told["currency"]
    if kind.unit == MONEY and not currency:
        raise BadCell("{title} needs a currency, such as EUR", title=kind.title)
    if value < 0:
        raise BadCell("a {title} of {value} cannot be", title=kind.title, value=value)
    if kind.unit == SHARE and value > 1:
        raise BadCell(
            "{title} is a share; write {value} % or {share}",
            title=kind.title,
            value=value,
            share=value / 100,
        )
    if kind.spread and told["end"] is None:
        raise BadCell(
            "{title} is spread over its days; add the last one in “end”", title=kind.title
        )
    if told["end"] is not None and told["end"] < told["start"]:
        raise BadCell(
            "it ends on {end}, before it starts on {start}", end=told["end"], start=told["start"]
        )
    return {
        **told,
        "kind": kind.key,
        "value": float(value),
        "currency": currency if kind.unit == MONEY else "",
    }


BENCHMARKS = source_of(
    RecordLayout(
        key="benchmarks",
        title=Words("Benchmarks"),
        kind="benchmarks",
        fields=BENCHMARK,
        make=make_benchmark,
        key_name="benchmark",
        key_field="kpi",
        wanted=Words("add one"),
    )
)
RATES = source_of(
    RecordLayout(
        key="rates",
        title=Words("Rate card"),
        kind="rates",
        fields=RATE,
        make=make_rate,
        key_name="price",
        key_field="what",
        wanted=Words("add one"),
    )
)
DECLARED_VALUES = source_of(
    RecordLayout(
        key="values",
        title=Words("Declared values"),
        kind="values",
        fields=VALUE,
        make=make_value,
        key_name="value",
        key_field="kind",
        wanted=Words("add one"),
    )
)
