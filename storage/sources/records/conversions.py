"""Conversions: somebody did what was hoped for. Kepi's own format, and what a CRM calls it.

    time, type, id, customer, session, platform, source, campaign, direct, referral, value, currency

``time`` and ``type`` are needed. ``source`` is the lead's original source, as the CRM says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from storage.said import Words
from storage.sources.records.amounts import in_minor
from storage.sources.records.fields import Cells, Field
from storage.sources.records.layout import RecordLayout, Told, make_id
from storage.sources.records.media import platform_of
from storage.sources.records.reading import source_of

FIELDS = MappingProxyType(
    {
        "at": Field(
            "moment",
            ("time", "Date", "Timestamp", "Converted at", "Created at", "Create date", "Tid"),
            needed=True,
        ),
        "type": Field(
            "word",
            ("type", "Conversion", "Conversion type", "Event", "Event name", "Goal", "Typ"),
            needed=True,
        ),
        "id": Field("id", ("id", "Conversion id", "Lead id", "Record id", "Transaction id")),
        "customer": Field(
            "customer", ("customer", "Customer id", "User id", "Client id", "Contact id", "Kund")
        ),
        "session": Field("word", ("session", "Session id", "Visit id")),
        "platform": Field("medium", ("platform", "Channel", "Network")),
        "source": Field("word", ("source", "Original source", "Lead source", "Utm source")),
        "campaign": Field("name", ("campaign", "Utm campaign", "Campaign name", "Kampanj")),
        "direct": Field("flag", ("direct", "Same session", "Is direct"), blank=None),
        "referral": Field("flag", ("referral", "Recommended", "Is referral"), blank=False),
        "value": Field("amount", ("value", "Amount", "Revenue", "Deal amount"), blank=None),
        "currency": Field("currency", ("currency", "Currency code", "Valuta")),
    }
)
TYPES = MappingProxyType(
    {
        word: kind
        for kind, words in {
            "purchase": ("purchases", "buy", "sale", "sales", "köp", "pembelian", "mua-hàng"),
            "lead": ("leads", "prospect"),
            "sign-up": ("signup", "signups", "sign-ups", "subscription", "subscribe", "register"),
            "download": ("downloads",),
            "trial": ("trials", "free-trial", "free-trials"),
        }.items()
        for word in words
    }
)
_JOIN = re.compile(r"[\s_-]+")


def name_type(word: str) -> str:
    """Return a type as Kepi calls it: “Sign Up” is ``sign-up``, “Purchases” is ``purchase``."""
    typed = _JOIN.sub("-", word.strip().lower())
    return TYPES.get(typed, typed)


def make(told: Told, cells: Cells) -> Mapping[str, Any]:
    said = tuple(told[it] for it in FIELDS if it != "id")
    currency = told["currency"] or cells.currency
    value = told["value"]
    return {
        **told,
        "type": name_type(told["type"]),
        "platform": told["platform"] or platform_of(told["source"]),
        "external_id": told["id"] or make_id(*said),
        "value": None if value is None else in_minor(value, currency),
        "currency": "" if value is None else currency,
    }


SOURCE = source_of(
    RecordLayout(
        key="conversions",
        title=Words("Conversions"),
        kind="conversions",
        fields=FIELDS,
        make=make,
        wanted=Words("choose a period with conversions"),
    )
)
