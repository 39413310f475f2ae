"""Declared rows as buttons remember them, and as sentences."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from commands.declare.wording import OLD
from commands.saying import say
from storage.errors import KepiError

if TYPE_CHECKING:
    from storage.record_kinds import RecordKind

Told = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """What a button of this room does to a row."""

    kind: str
    """``benchmarks``, ``rates`` or ``values``."""
    row: int = 0
    """The row that is taken away; 0: none."""
    told: Told | None = None
    """What is put in place."""

    def pack(self) -> str:
        """Return it as JSON; days and moments as ISO text."""
        told = {key: spell(it) for key, it in (self.told or {}).items()} or None
        return json.dumps([self.kind, self.row, told], ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> Act:
    """Return what ``Act.pack`` wrote; raises ``KepiError`` for anything else."""
    from storage.record_kinds import DECLARED

    try:
        kind, row, held = json.loads(text)
        told = held and {
            key: read(DECLARED[kind].table.c[key].type, it) for key, it in held.items()
        }
        return Act(DECLARED[kind].name, int(row), told or None)
    except (ValueError, KeyError, TypeError, AttributeError) as trouble:
        raise KepiError(OLD) from trouble


def spell(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def read(column: Any, value: Any) -> Any:
    """Return a value of a column of some type from what JSON holds of it."""
    from storage.tables import Day, Instant

    if value is None or not isinstance(column, Day | Instant):
        return value
    return date.fromisoformat(value) if isinstance(column, Day) else datetime.fromisoformat(value)


def kind_of(name: str) -> RecordKind:
    from storage.record_kinds import DECLARED

    return DECLARED[name]


def describe(kind: str, told: Mapping[str, Any]) -> str:
    """Return one line on a row, “CPM of Instagram: €6.50, from 1 Jan 2026, by Agency card”."""
    return {"benchmarks": _benchmark, "rates": _rate, "values": _value}[kind](told)


def _rate(told: Mapping[str, Any]) -> str:
    from kpis.periods import say_day
    from storage.money import from_minor
    from storage.platforms import PLATFORMS

    what = told["what"]
    named = PLATFORMS[what].title if told["kind"] == "cpm" and what in PLATFORMS else f"“{what}”"
    price = say_money(from_minor(told["price"], told["currency"]), told["currency"])
    day = say_day(told["since"], None)
    if told["kind"] == "cpm":
        line = say(
            "1,000 impressions on {what}: {price}, from {day}", what=named, price=price, day=day
        )
    else:
        line = say("A click on {what}: {price}, from {day}", what=named, price=price, day=day)
    return _add_source(line, told["source"])


def _value(told: Mapping[str, Any]) -> str:
    from kpis.periods import say_day, say_days
    from kpis.tongue import exact
    from storage.declared import MONEY, SHARE, VALUES

    kind = VALUES[told["kind"]]
    value = told["value"]
    if kind.unit == MONEY:
        amount = say_money(value, told["currency"])
    elif kind.unit == SHARE:
        amount = f"{value * 100:g} %"
    else:
        amount = exact(value)
    title = title_of(kind.key)
    if told["name"]:
        title = f"{title} ({told['name']})"
    start, end = told["start"], told["end"]
    if end is None:
        line = say(
            "{what}: {amount}, from {day}",
            what=title,
            amount=amount,
            day=say_day(start, None),
        )
    else:
        line = say(
            "{what}: {amount}, {days}",
            what=title,
            amount=amount,
            days=say_days(start, end, None),
        )
    if told["owner"]:
        line = f"{line} · {told['owner']}"
    return _add_source(line, told["method"])


def title_of(key: str) -> str:
    """Return what a kind of value is called to people."""

    return {
        "labour": say("Labour cost"),
        "tools": say("Cost of tools"),
        "indirect": say("Indirect value"),
        "deflected-contacts": say("Deflected contacts"),
        "cost-per-contact": say("Cost per contact"),
        "lifetime-years": say("Customer lifetime in years"),
        "margin": say("Margin"),
        "churn": say("Monthly churn"),
        "arpa": say("Revenue per account and month"),
    }[key]


def _benchmark(told: Mapping[str, Any]) -> str:
    from kpis.catalogue import CATALOGUE
    from kpis.names import title_of as kpi_title
    from kpis.tongue import exact
    from storage.measures import Unit
    from storage.platforms import PLATFORMS

    entry = CATALOGUE.get(told["kpi"])
    title = kpi_title(entry) if entry else told["kpi"]
    is_share = getattr(entry, "unit", None) is Unit.PERCENT
    value = f"{told['value'] * 100:.4g} %" if is_share else exact(told["value"])
    statistic = {"mean": say("mean"), "median": say("median"), "pooled": say("pooled")}
    parts = [
        say("by {what}", what=told["denominator"]) if told["denominator"] else "",
        PLATFORMS[told["platform"]].title if told["platform"] in PLATFORMS else "",
        told["industry"],
        str(told["year"]),
    ]
    of = ", ".join(filter(None, parts))
    said = say(
        "{what}: {value}, {statistic} ({of})",
        what=title, value=value, statistic=statistic[told["statistic"]], of=of,
    )  # fmt: skip
    return _add_source(said, told["source"])


def say_money(amount: Any, currency: str) -> str:
    """Return an amount in the language that is spoken."""
    from babel.numbers import format_currency

    from kpis.tongue import locale

    return str(format_currency(amount, currency, locale=locale()))


def _add_source(line: str, source: str) -> str:
    return f"{line} · {source}" if source else line
