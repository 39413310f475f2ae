"""What the sample's brand declared: costs, assumptions, prices, and benchmarks of nobody."""

from __future__ import annotations

from datetime import date, timedelta

from bot.playground.sample_records import CURRENCY, WAYS, seal
from storage.batch import Batch
from storage.record_kinds import EVERY_KIND


def declared(today: date) -> Batch:
    """Return what Acme declared: costs, assumptions, prices, and benchmarks of made-up sources."""
    year = date(today.year, 1, 1)
    months = [month_before(today, ago) for ago in range(4)]
    values: list[tuple[object, ...]] = [
        row
        for month in months
        for row in (
            (
                "labour",
                "",
                2600.0,
                CURRENCY,
                month,
                later(month),
                "Mia",
                "a third of a month's pay",
            ),
            ("tools", "", 180.0, CURRENCY, month, later(month), "Mia", "licences"),
            ("deflected-contacts", "help posts", 120.0, "", month, later(month), "Omar", "replies"),
            ("indirect", "talks", 900.0, CURRENCY, month, later(month), "Mia", "price of a booth"),
        )
    ]
    values += [
        ("cost-per-contact", "", 4.5, CURRENCY, year, None, "Omar", "care team's cost ÷ contacts"),
        ("lifetime-years", "", 3.0, "", year, None, "Mia", "median age of accounts that left"),
        ("margin", "", 0.42, "", year, None, "Mia", "accounts"),
    ]  # fmt: skip
    names = ("kind", "name", "value", "currency", "start", "end", "owner", "method")
    rates = [("cpm", platform, CURRENCY, price, year, "sample rate card 2026")
             for platform, price in (("instagram", 640), ("facebook", 510), ("linkedin", 2100),
                                     ("x", 480), ("youtube", 720), ("tiktok", 450))]  # fmt: skip
    rates += [("cpc", way.keyword, CURRENCY, 85, year, "sample keyword prices 2026")
              for way in WAYS if way.keyword]  # fmt: skip
    benchmarks = [
        ("engagement-rate", "reach", "pooled", "instagram", "food and drink", 2026,
         "sample benchmark", 0.048),
        ("engagement-rate-followers", "followers", "median", "instagram", "food and drink", 2026,
         "sample benchmark", 0.006),
    ]  # fmt: skip
    kinds = EVERY_KIND["rates"].columns, EVERY_KIND["benchmarks"].columns
    rows: dict[str, list[dict[str, object]]] = {
        "values": [dict(zip(names, it, strict=True)) for it in values],
        "rates": [dict(zip(kinds[0], it, strict=True)) for it in dict.fromkeys(rates)],
        "benchmarks": [dict(zip(kinds[1], it, strict=True)) for it in benchmarks],
    }
    return seal("sample-declared", rows)


def later(month: date) -> date:
    """Return the first day of the next month."""
    return (month + timedelta(days=32)).replace(day=1)


def month_before(today: date, ago: int) -> date:
    """Return the first day of the month so many months ago."""
    number = today.year * 12 + today.month - 1 - ago
    return date(number // 12, number % 12 + 1, 1)
