"""Kinds of records that any table can be matched to: an order, a review, an answer to a survey.

What a mapping calls a column is what the record's own layout calls it, but for when it was:
``time`` is its moment, ``day`` the first of its days and ``end`` the last one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from storage.sources.records import SOURCES
from storage.sources.records.fields import Field
from storage.sources.records.layout import RecordLayout


@dataclass(frozen=True)
class RecordGrain:
    """A kind of row, with the columns it may have: the four that matter first."""

    layout: RecordLayout
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    either: tuple[str, ...] = ()
    """One of these is needed beside; a column says it, or the mapping for all rows."""

    @property
    def dated(self) -> str:
        """The column that says when."""
        return "time" if "time" in self.columns else "day"

    def key_of(self, column: str) -> str:
        """Return what the layout calls a column of a mapping."""
        return {"time": "at", "day": "start"}.get(column, column)

    def field_of(self, column: str) -> Field:
        return self.layout.fields[self.key_of(column)]


def _grain(source: str, columns: str, needed: str, either: str = "") -> RecordGrain:
    layout = SOURCES[source].layout
    return RecordGrain(layout, *(tuple(it.split()) for it in (columns, needed, either)))


RECORD_GRAINS: Mapping[str, RecordGrain] = MappingProxyType(
    {
        "order": _grain(
            "orders",
            "id time customer value currency platform source campaign",
            "id time customer value",
        ),
        "conversion": _grain(
            "conversions",
            "time type customer value currency id source campaign platform session direct referral",
            "time",
            "type",
        ),
        "spend": _grain(
            "ads",
            "day spend platform campaign currency end account ad variant impressions clicks "
            "conversions value",
            "day spend",
            "platform",
        ),
        "visits": _grain(
            "web",
            "day sessions source medium converting campaign platform keyword engaged bounced "
            "key_events page_views revenue currency channel_group social end property",
            "day sessions",
        ),
        "touch": _grain(
            "touches",
            "time customer source campaign platform paid session id",
            "time customer",
            "source campaign platform session",
        ),
        "review": _grain(
            "reviews", "time stars source id most brand author permalink", "time stars id", "source"
        ),
        "answer": _grain(
            "surveys",
            "time score id kind survey lowest highest scale agent platform respondent",
            "time score",
            "kind",
        ),
        "comment": _grain(
            "comments", "time id text post platform author own", "time id text", "platform"
        ),
    }
)
"""Grain of a mapping → the kind of its rows."""
