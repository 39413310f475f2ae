"""Every KPI by key. Help, ``/kpi guide`` and the docs are made from this, never written twice.

Adding one: a declaration in its section's file and a drawn-table spec in ``tests/spec``.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType, ModuleType

from kpis.catalogue import (
    analyses,
    audience,
    engagement,
    loyalty,
    reach,
    service,
    traffic,
    value,
    voice,
)
from kpis.declarations import Entry, Kpi, Service, Table

SECTIONS: Mapping[str, ModuleType] = MappingProxyType(
    {
        "Reach": reach,
        "Audience": audience,
        "Engagement": engagement,
        "Traffic and conversion": traffic,
        "Cost and return": value,
        "Voice and sentiment": voice,
        "Loyalty": loyalty,
        "Analyses": analyses,
        "Service": service,
    }
)

OVERVIEW = ("reach", "impressions", "engagements", "engagement-rate", "followers", "posts")
"""What ``/kpi`` without a KPI shows."""


def declared(section: ModuleType) -> Iterator[Kpi | Table | Service]:
    """Yield a section's declarations in the order in which they are written."""
    return (it for it in vars(section).values() if isinstance(it, Kpi | Table | Service))


CATALOGUE: Mapping[str, Entry] = MappingProxyType(
    {entry.key: entry for section in SECTIONS.values() for entry in declared(section)}
)


def names() -> dict[str, str]:
    """Return every key, title and alias, lower case with spaces → its key."""
    return {
        word.lower().replace("-", " "): entry.key
        for entry in reversed(tuple(CATALOGUE.values()))
        for word in (*entry.aliases, entry.title, entry.key)
    }


__all__ = [
    "CATALOGUE",
    "OVERVIEW",
    "SECTIONS",
    "Entry",
    "Kpi",
    "Service",
    "Table",
    "names",
]
