"""Touches: a customer met us once. Kepi's own format.

    time, customer, id, platform, source, campaign, paid, session

``time`` and ``customer`` are needed, and one of ``platform``, ``source``, ``campaign`` or
``session``. Without an id the row's own values are it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from storage.said import Words
from storage.sources.records.fields import Cells, Field
from storage.sources.records.layout import RecordLayout, Told, make_id
from storage.sources.records.media import platform_of
from storage.sources.records.reading import source_of

FIELDS = MappingProxyType(
    {
        "at": Field(
            "moment",
            ("time", "Date", "Timestamp", "Touch time", "Visited at", "Created at", "Tid"),
            needed=True,
        ),
        "customer": Field(
            "customer",
            ("customer", "Customer id", "User id", "Client id", "Visitor id", "Contact id", "Kund"),
            needed=True,
        ),
        "id": Field("id", ("id", "Touch id", "Event id", "Click id")),
        "platform": Field("medium", ("platform", "Channel", "Network", "Medium")),
        "source": Field("word", ("source", "Utm source", "Traffic source", "Referrer")),
        "campaign": Field("name", ("campaign", "Utm campaign", "Campaign name", "Kampanj")),
        "paid": Field("flag", ("paid", "Is paid", "Advertised"), blank=None),
        "session": Field("word", ("session", "Session id", "Visit id")),
    }
)


def make(told: Told, cells: Cells) -> Mapping[str, Any]:
    """Return a touch; its platform is that of its source, where it names none."""
    said = tuple(told[it] for it in FIELDS if it != "id")
    platform = told["platform"] or platform_of(told["source"])
    return {**told, "platform": platform, "external_id": told["id"] or make_id(*said)}


SOURCE = source_of(
    RecordLayout(
        key="touches",
        title=Words("Touches"),
        kind="touches",
        fields=FIELDS,
        make=make,
        telling=(("platform", "source", "campaign", "session"),),
        wanted=Words("choose a period with visits"),
    )
)
