"""The same questions to engines that scan the facts: pandas, DuckDB, boring-semantic-layer."""

import sqlite3
from collections.abc import Callable
from typing import Any

from tests.benchmarks.plan import peer
from tests.benchmarks.query.ask import Asking, span
from tests.benchmarks.query.seed import Seeded

OWN = (
    "SELECT f.measure, f.platform, f.day, f.account, f.value, b.own FROM fact f"
    " JOIN account a ON a.id = f.account JOIN brand b ON b.id = a.brand"
)
Turn = Callable[[], object]


def peers(seeded: Seeded) -> dict[str, dict[str, Turn]]:
    """Return engines that are installed, each with its way to answer question ``a``…"""
    pandas = peer("pandas")
    if pandas is None:
        return {}
    with sqlite3.connect(seeded.path) as connection:
        facts = pandas.read_sql_query(OWN, connection)
    connection.close()
    for column in ("measure", "platform"):
        facts[column] = facts[column].astype("category")
    facts["own"] = facts["own"].astype(bool)
    found = {"pandas in memory": {key: turn(facts) for key, turn in PANDAS.items()}}
    if (duckdb := peer("duckdb")) is not None:
        found["DuckDB table"] = duck(duckdb, facts)
    if peer("boring_semantic_layer") is not None and peer("ibis") is not None:
        found["boring-semantic-layer"] = layer(facts)
    return found


def own_days(asked_days: int) -> tuple[int, int]:
    from tests.benchmarks.query.ask import ASKED

    return next(span(it) for it in ASKED if it.days == asked_days)


def chosen(facts: Any, measure: str, days: int, platform: str | None) -> Any:
    start, end = own_days(days)
    mask = (facts.measure == measure) & facts.own & (facts.day >= start) & (facts.day < end)
    return facts[mask & (facts.platform == platform)] if platform else facts[mask]


def a_pandas(facts: Any) -> Turn:
    return lambda: chosen(facts, "impressions", 30, "instagram").groupby("day").value.sum()


def b_pandas(facts: Any) -> Turn:
    def ratio() -> Any:
        sums = [
            chosen(facts, it, 30, "instagram").groupby("day").value.sum()
            for it in ("clicks", "impressions")
        ]
        return sums[0] / sums[1]

    return ratio


def c_pandas(facts: Any) -> Turn:
    return lambda: (
        chosen(facts, "impressions", 365, None).groupby("platform", observed=True).value.sum()
    )


PANDAS = {"a": a_pandas, "b": b_pandas, "c": c_pandas}


def duck(duckdb: Any, facts: Any) -> dict[str, Turn]:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE fact AS SELECT * FROM facts")
    start, end = own_days(30)
    year = own_days(365)
    where = f"own AND day >= {start} AND day < {end} AND platform = 'instagram'"
    asked = {
        "a": f"SELECT day, sum(value) FROM fact WHERE measure = 'impressions' AND {where}"
        " GROUP BY day",
        "b": "SELECT day, sum(value) FILTER (measure = 'clicks')"
        " / sum(value) FILTER (measure = 'impressions') FROM fact"
        f" WHERE measure IN ('clicks', 'impressions') AND {where} GROUP BY day",
        "c": "SELECT platform, sum(value) FROM fact WHERE measure = 'impressions' AND own"
        f" AND day >= {year[0]} AND day < {year[1]} GROUP BY platform",
    }
    return {key: lambda sql=sql: connection.execute(sql).fetchall() for key, sql in asked.items()}


def layer(facts: Any) -> dict[str, Turn]:
    import ibis
    from boring_semantic_layer import to_semantic_table

    table = ibis.duckdb.connect().create_table("fact", facts)
    start, end = own_days(30)
    model = (
        to_semantic_table(table, name="fact")
        .with_dimensions(day=lambda t: t.day, platform=lambda t: t.platform)
        .with_measures(total=lambda t: t.value.sum())
    )

    def a() -> object:
        asked = model.filter(
            lambda t: (
                (t.measure == "impressions")
                & (t.platform == "instagram")
                & t.own
                & (t.day >= start)
                & (t.day < end)
            )
        )
        return asked.group_by("day").aggregate("total").execute()

    return {"a": a}


def asked_of(engines: dict[str, dict[str, Turn]], asked: Asking) -> dict[str, Turn]:
    """Return the engines that answer a question."""
    return {name: ways[asked.key] for name, ways in engines.items() if asked.key in ways}
