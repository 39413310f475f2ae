"""What a KPI can be split by, and which measures it reads."""

from kpis.catalogue import Kpi, Service, Table
from kpis.language import Grown, Leaf, Levels, People, Total
from kpis.records.kinds import dimensions_of, reads_records
from storage.measures import AccountDays, Each, State

ACCOUNT_DIMENSIONS = ("platform", "account", "brand", "weekday", "day", "week", "month")
MARKS = ("campaign", "variant")
"""Kinds of words that people put on posts."""
POST_DIMENSIONS = (*ACCOUNT_DIMENSIONS, "content-type", "hashtag", "hour", "paid", *MARKS)
SEGMENTS = ("country", "city", "age", "gender", "follow-type")
"""What platforms know of the people they count."""
SEGMENTED = {"reach": "reach", "followers": "followers", "engagements": "engaged"}
"""KPI → the measure whose people platforms tell apart (``audience_segment.measure``)."""
TOP_POSTS = "top-posts"
RANKINGS = tuple(
    f"by {it}"
    for it in (
        *("reach", "impressions", "engagements", "likes", "comments", "shares", "saves"),
        *("clicks", "video views", "interaction rate"),
    )
)
"""What top posts may be ranked by; unsaid it is the engagement rate."""


def dimensions(entry: object) -> tuple[str, ...]:
    """Return what a KPI can be split by."""
    if isinstance(entry, Service):
        return entry.figure.splits
    if isinstance(entry, Table) and entry.key == "attribution":
        return ("platform", "campaign", "paid")
    if not isinstance(entry, Kpi):
        return ()
    if reads_records(entry.formula):
        formulas = [entry.formula, *(it.formula for it in (entry.variants or {}).values())]
        return tuple(dict.fromkeys(by for it in formulas for by in dimensions_of(it)))
    segments = SEGMENTS if entry.key in SEGMENTED else ()
    if any(isinstance(it, People) for it in entry.formula.leaves()):
        return ("platform", "account", "brand", *segments)
    if any(isinstance(it, Levels) for it in entry.formula.leaves()):
        return ("platform", "account", "brand", "day", "week", "month", *segments)
    return (*(POST_DIMENSIONS if reads_posts(entry) else ACCOUNT_DIMENSIONS), *segments)


def reads_posts(entry: Kpi) -> bool:
    formulas = [entry.formula]
    if entry.instead is not None and not isinstance(entry.instead, Kpi):
        formulas.append(entry.instead)
    return any(
        not isinstance(it.rows, AccountDays) for formula in formulas for it in formula.leaves()
    )


def of_posts(leaf: Leaf) -> bool:
    return not isinstance(leaf.rows, AccountDays)


def measures_of(leaf: Leaf) -> tuple[str, ...]:
    """Return the measures that a leaf reads, for epochs and availability."""
    if isinstance(leaf, Total | Grown):
        return tuple(it.removesuffix(".daily") for it in leaf.number.columns)
    if isinstance(leaf, People):
        return (leaf.unique.column,)
    if isinstance(leaf, Levels):
        return (leaf.state.column,)
    number = getattr(leaf, "number", None)
    return columns_of(number) if isinstance(number, Each) else ()


def columns_of(number: Each) -> tuple[str, ...]:
    """Return the columns of a row's number, with those of its divisor."""
    if number.over is None:
        return number.columns
    if isinstance(number.over, State):
        return (*number.columns, number.over.column)
    return (*number.columns, *columns_of(number.over))
