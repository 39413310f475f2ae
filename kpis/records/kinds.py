"""Which rows are records, what they may be split by, and how their columns are called in tables."""

from __future__ import annotations

from collections.abc import Iterable

from kpis.counting import Assumed, Distinct, Priced, Years
from kpis.language import Formula, Leaf, OfRows, Total
from storage.measures import AccountDays, Label, Rows, Unit
from storage.record_measures import Credits, Records

BY_TIME = ("day", "week", "month", "weekday")
DIMENSION_COLUMNS = {
    "platform": "platform",
    "campaign": "campaign",
    "source": "source",
    "medium": "medium",
    "channel-group": "channel_group",
    "keyword": "keyword",
    "type": "type",
    "paid": "paid",
    "sentiment": "sentiment",
    "topic": "topic",
    "agent": "agent",
    "survey": "survey",
    "variant": "variant",
}
"""Dimension → the label that splits by it."""
COLUMNS = {"kind_of": "kind", "ad_conversions": "conversions"}
"""Measures that are called otherwise in their table."""
CREDITED = ("conversions", "paths")
READ = ("web", "ads", "conversions", "orders", "mentions", "reviews", "surveys", "comments")
"""Kinds that files are read for; an own counter is kept by hand, and no day of it is missing."""


def reads_records(formula: Formula) -> bool:
    """Whether a formula is answered by the engine of records."""
    return any(
        isinstance(it.rows, Records) or isinstance(it, Assumed | Priced) for it in formula.leaves()
    )


def kinds_of(rows: Rows) -> tuple[str, ...]:
    """Return the kinds whose watched days tell whether rows were read."""
    if isinstance(rows, Credits):
        return CREDITED
    return (rows.kind,) if isinstance(rows, Records) and rows.kind in READ else ()


def column_of(name: str) -> str:
    return COLUMNS.get(name, name)


def unit_of(leaf: Leaf) -> Unit:
    """Return what a leaf's number counts."""
    if isinstance(leaf, Assumed):
        return leaf.unit
    if isinstance(leaf, Priced):
        return Unit.MONEY
    if isinstance(leaf, Total | OfRows):
        measure = type(leaf.rows).measures().get(leaf.number.columns[0])
        return measure.unit if measure else Unit.COUNT
    return Unit.COUNT


def is_money(leaf: Leaf) -> bool:
    return unit_of(leaf) is Unit.MONEY


def keyed_leaves(leaves: Iterable[Leaf]) -> set[int]:
    """Return the leaves that are read apart by currency or scale.

    Amounts of money always; what is counted beside them in the same rows too, so that a cost per
    click never takes the clicks of another currency.
    """
    held = list(leaves)
    with_money = {type(it.rows) for it in held if is_money(it)}
    return {
        id(it)
        for it in held
        if is_money(it)
        or (isinstance(it.rows, Records) and it.rows.apart == "scale")
        or (isinstance(it.rows, Records) and it.rows.apart and type(it.rows) in with_money)
    }


def dimensions_of(formula: Formula) -> tuple[str, ...]:
    """Return what a KPI of records can be split by: what all its rows have."""
    rows = [it.rows for it in formula.leaves() if isinstance(it.rows, Records | AccountDays)]
    found = [by for by in DIMENSION_COLUMNS if rows and all(has_label(it, by) for it in rows)]
    brands = rows and all(isinstance(it, Records) and it.branded for it in rows)
    return (*found, *(("brand",) if brands else ()), *BY_TIME)


def has_label(rows: Rows, by: str) -> bool:
    if isinstance(rows, AccountDays):
        return by == "platform"
    measure = type(rows).measures().get(DIMENSION_COLUMNS[by])
    if measure is None and by == "platform":
        measure = type(rows).measures().get("source")
    return measure is not None and measure.kind is Label


def is_of_whole(formula: Formula) -> bool:
    """Whether a value is of its whole window: by the year, or of people who came again in it."""
    return any(
        isinstance(it, Years) or (isinstance(it, Distinct) and it.at_least > 1)
        for it in formula.leaves()
    )
