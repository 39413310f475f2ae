"""Customers' reviews: their stars. Kepi's own format; the words are not kept.

    time, source, id, stars, most, brand, author, url

``time``, ``source``, ``id`` and ``stars`` are needed; ``most`` are the stars there are (5).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from storage.said import Words
from storage.sources.cells import BadCell
from storage.sources.records.fields import Cells, Field
from storage.sources.records.layout import RecordLayout, Told
from storage.sources.records.reading import source_of

USUAL_MOST = 5
FIELDS = MappingProxyType(
    {
        "at": Field(
            "moment",
            ("time", "Date", "Review date", "Created at", "Published at", "Datum"),
            needed=True,
        ),
        "source": Field("medium", ("source", "Platform", "Site", "Store", "Källa"), needed=True),
        "id": Field("id", ("id", "Review id", "External id"), needed=True),
        "stars": Field(
            "amount", ("stars", "Rating", "Star rating", "Review rating", "Betyg"), needed=True
        ),
        "most": Field("whole", ("most", "Max stars", "Out of", "Scale", "Best rating"), blank=None),
        "brand": Field("handle", ("brand", "Business", "Location", "App", "Varumärke")),
        "author": Field("handle", ("author", "Reviewer", "Author name", "User", "Författare")),
        "permalink": Field("url", ("url", "Link", "Permalink", "Review url", "Länk")),
    }
)


def make(told: Told, cells: Cells) -> Mapping[str, Any]:
    most = told["most"] or USUAL_MOST
    if not 0 <= told["stars"] <= most:
        raise BadCell("{stars} of {most} stars cannot be", stars=told["stars"], most=most)
    return {**told, "external_id": told["id"], "stars": float(told["stars"]), "most": most}


SOURCE = source_of(
    RecordLayout(
        key="reviews",
        title=Words("Reviews"),
        kind="reviews",
        fields=FIELDS,
        make=make,
        wanted=Words("choose a period with reviews"),
    )
)
