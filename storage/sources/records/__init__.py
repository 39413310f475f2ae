"""Files of records: web visits, ad spend, sales, voice, and what people declare.

One file per source; each is told by its header.
"""

from collections.abc import Mapping
from types import MappingProxyType

from storage.sources import mentions
from storage.sources.headers import find_columns
from storage.sources.records import (
    ads,
    comments,
    conversions,
    declarations,
    ga4,
    meta_ads,
    orders,
    paths,
    reviews,
    segments,
    surveys,
    touches,
    web,
)
from storage.sources.records.source import RecordSource
from storage.sources.rows import Table

__all__ = ["SOURCES", "RecordSource", "recognise"]

SOURCES: Mapping[str, RecordSource] = MappingProxyType(
    {
        it.key: it
        for it in (
            ga4.SOURCE,
            meta_ads.SOURCE,
            web.SOURCE,
            ads.SOURCE,
            touches.SOURCE,
            conversions.SOURCE,
            paths.SOURCE,
            orders.SOURCE,
            reviews.SOURCE,
            surveys.SOURCE,
            segments.SOURCE,
            comments.SOURCE,
            declarations.BENCHMARKS,
            declarations.RATES,
            declarations.DECLARED_VALUES,
        )
    }
)
"""Every source by its key, as ``--format`` names it."""


def recognise(table: Table, chosen: str | None = None) -> RecordSource | None:
    """Return the source that a table's header fits best, or the one chosen if it fits that.

    Nothing where it is of another kind of file, or as well one of mentions.
    """
    asked = SOURCES.values() if chosen is None else filter(None, (SOURCES.get(chosen),))
    fits = [(it.fit(table), it) for it in asked]
    best, source = max(fits, key=lambda it: it[0], default=(0, None))
    if chosen is None and best <= _count_of_mentions(table):
        return None
    return source if best else None


def _count_of_mentions(table: Table) -> int:
    """Return how many columns a table has of a file of mentions; 0: it is none."""
    if not mentions.is_of_mentions(table):
        return 0
    return len(find_columns(table.header, mentions.COLUMNS, strict=False))
