"""Orders of customers. Kepi's own format, and what shops call the same columns.

    id, time, customer, value, currency, platform, source, campaign

``id``, ``time``, ``customer`` and ``value`` are needed; a refund is an order below 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from storage.said import Words
from storage.sources.records.amounts import in_minor
from storage.sources.records.fields import Cells, Field
from storage.sources.records.layout import RecordLayout, Told
from storage.sources.records.media import platform_of
from storage.sources.records.reading import source_of

FIELDS = MappingProxyType(
    {
        "id": Field(
            "id",
            ("id", "Order id", "Order", "Order number", "Order name", "Ordernummer"),
            needed=True,
        ),
        "at": Field(
            "moment",
            ("time", "Date", "Order date", "Created at", "Paid at", "Ordered at", "Datum"),
            needed=True,
        ),
        "customer": Field(
            "customer",
            ("customer", "Customer id", "Email", "Customer email", "Buyer", "Kund"),
            needed=True,
        ),
        "value": Field(
            "amount",
            ("value", "Total", "Order value", "Amount", "Total price", "Order total", "Belopp"),
            needed=True,
        ),
        "currency": Field("currency", ("currency", "Currency code", "Valuta")),
        "platform": Field("medium", ("platform", "Channel", "Network")),
        "source": Field("word", ("source", "Utm source", "Source name", "Referrer")),
        "campaign": Field("name", ("campaign", "Utm campaign", "Campaign name", "Kampanj")),
    }
)


def make(told: Told, cells: Cells) -> Mapping[str, Any]:
    currency = told["currency"] or cells.currency
    return {
        **told,
        "platform": told["platform"] or platform_of(told["source"]),
        "external_id": told["id"],
        "value": in_minor(told["value"], currency),
        "currency": currency,
    }


SOURCE = source_of(
    RecordLayout(
        key="orders",
        title=Words("Orders"),
        kind="orders",
        fields=FIELDS,
        make=make,
        key_name="order",
        wanted=Words("choose a period with orders"),
    )
)
