"""Visits of a web site. Kepi's own format, and what becomes of a row of any web analytics.

    day, sessions, channel group, platform, source, medium, campaign, keyword, social,
    engaged, bounced, converting, key events, page views, revenue, currency, site

``sessions`` is needed; the days are ``day``, or ``start`` and ``end`` (the last day), or those of
a mapping file. ``bounced`` are visits of one page; where ``engaged`` is told instead, those that
were not engaged.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from storage.said import Grouped, Words
from storage.sources.cells import BadCell
from storage.sources.records.amounts import in_minor
from storage.sources.records.fields import Cells, Field
from storage.sources.records.layout import RecordLayout, Told
from storage.sources.records.media import is_social, platform_of
from storage.sources.records.reading import source_of
from storage.sources.records.spans import DAYS, read_span

SOCIAL_GROUPS = frozenset(
    {"organic social", "paid social", "organic video", "paid video", "social", "social media"}
)
UNTAGGED = frozenset(
    {"", "direct", "unassigned", "(not set)", "(none)", "(direct)", "(data not a)"}
)
BY_PAGE, BY_ENGAGEMENT = "one-page", "ga4"
COUNTS: Mapping[str, Field] = MappingProxyType(
    {
        "sessions": Field("whole", ("sessions", "Visits", "Sessioner", "Besök"), needed=True),
        "engaged": Field("whole", ("engaged", "Engaged sessions"), blank=None),
        "bounced": Field("whole", ("bounced", "Bounces", "One-page visits"), blank=None),
        "converting": Field(
            "whole", ("converting", "Sessions with conversion", "Converting sessions"), blank=None
        ),
        "key_events": Field("whole", ("key events", "Conversions", "Goals"), blank=None),
        "page_views": Field("whole", ("page views", "Views", "Pageviews"), blank=None),
        "revenue": Field("amount", ("revenue", "Total revenue", "Value"), blank=None),
        "currency": Field("currency", ("currency", "Currency code")),
    }
)
FIELDS = MappingProxyType(
    {
        **DAYS,
        "channel_group": Field("name", ("channel group", "Channel grouping", "Channel")),
        "platform": Field("word", ("platform", "Network")),
        "source": Field("name", ("source", "Utm source", "Referrer")),
        "medium": Field("name", ("medium", "Utm medium")),
        "campaign": Field("name", ("campaign", "Utm campaign", "Campaign name")),
        "keyword": Field("name", ("keyword", "Utm term", "Search term")),
        "social": Field("flag", ("social", "Is social"), blank=None),
        **COUNTS,
        "property": Field("word", ("site", "Property", "Website", "Host name")),
    }
)


def make(told: Told, cells: Cells) -> Mapping[str, Any]:
    return make_visits(told, cells, rounded=False)


def make_visits(told: Told, cells: Cells, *, rounded: bool) -> Mapping[str, Any]:
    """Return a row of visits; raises ``BadCell`` where its counts cannot be true together."""
    sessions = told["sessions"]
    for name in ("engaged", "bounced", "converting"):
        part = told[name]
        if part is not None and part > sessions:
            raise BadCell(
                "{part} sessions that are {name}, of {sessions} sessions",
                part=Grouped(part),
                name=name,
                sessions=Grouped(sessions),
            )
    bounced, bounce_kind = told["bounced"], BY_PAGE
    if bounced is None and told["engaged"] is not None:
        bounced, bounce_kind = sessions - told["engaged"], BY_ENGAGEMENT
    start, end = read_span(told, cells)
    currency = told["currency"] or cells.currency
    revenue = told["revenue"]
    social = comes_from_social(told, cells)
    return {
        **told,
        "property": told.get("property") or cells.property,
        "start": start,
        "end": end,
        "platform": platform_of(told["platform"]) or platform_of(told["source"]),
        "social": social,
        "tagged": social or tells_where_from(told),
        "bounced": bounced,
        "bounce_kind": "" if bounced is None else bounce_kind,
        "revenue": None if revenue is None else in_minor(revenue, currency, rounded=rounded),
        "currency": "" if revenue is None else currency,
    }


def comes_from_social(told: Told, cells: Cells) -> bool:
    """Tell whether visits came from social media: as the row says, its channel, or its source."""
    if told["social"] is not None:
        return bool(told["social"])
    if cells.social is not None:
        return cells.social
    named = told["channel_group"].lower() in SOCIAL_GROUPS or is_social(told["source"])
    return named or bool(platform_of(told["platform"]))


def tells_where_from(told: Told) -> bool:
    """Tell whether the file knows where visits came from."""
    if told["channel_group"]:
        return told["channel_group"].lower() not in UNTAGGED
    return any(told[name].lower() not in UNTAGGED for name in ("source", "campaign", "platform"))


SOURCE = source_of(
    RecordLayout(
        key="web",
        title=Words("Web visits"),
        kind="web",
        fields=FIELDS,
        make=make,
        telling=(("day", "start", "channel_group", "source", "platform"),),
        key_name="row",
        key_field="sessions",
        wanted=Words("choose a period with visits"),
    )
)
