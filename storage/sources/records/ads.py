"""Ad spend. Kepi's own format: any network, by day or by longer stretches.

    day, platform, spend, currency, account, campaign, ad, variant, impressions, clicks,
    conversions, value

``platform`` and ``spend`` are needed, and the days: ``day``, or ``start`` and ``end``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from storage.said import Words
from storage.sources.cells import BadCell
from storage.sources.records.amounts import in_minor
from storage.sources.records.fields import Cells, Field
from storage.sources.records.layout import RecordLayout, Told
from storage.sources.records.reading import source_of
from storage.sources.records.spans import DAYS, read_span

FIELDS = MappingProxyType(
    {
        **DAYS,
        "platform": Field("medium", ("platform", "Network", "Channel"), needed=True),
        "spend": Field("amount", ("spend", "Cost", "Ad spend", "Kostnad"), needed=True),
        "currency": Field("currency", ("currency", "Currency code", "Valuta")),
        "account": Field("name", ("account", "Account name", "Ad account")),
        "campaign": Field("name", ("campaign", "Campaign name", "Kampanj")),
        "ad": Field("name", ("ad", "Ad name", "Creative")),
        "variant": Field("name", ("variant", "Test group")),
        "impressions": Field("whole", ("impressions", "Impr.", "Visningar"), blank=None),
        "clicks": Field("whole", ("clicks", "Link clicks", "Klick"), blank=None),
        "conversions": Field("amount", ("conversions", "Conv.", "Purchases"), blank=None),
        "value": Field("amount", ("value", "Conversion value", "Conv. value"), blank=None),
    }
)


def make(told: Told, cells: Cells) -> Mapping[str, Any]:
    return make_spend(told, cells, rounded=False)


def make_spend(told: Told, cells: Cells, *, rounded: bool) -> Mapping[str, Any]:
    """Return a row of spending; raises ``BadCell`` where it cannot be true."""
    start, end = read_span(told, cells)
    currency = told["currency"] or cells.currency
    spend, value, conversions = told["spend"], told["value"], told["conversions"]
    if spend < 0:
        raise BadCell("a spend of {spend} cannot be", spend=spend)
    if conversions is not None and conversions < 0:
        raise BadCell("{conversions} conversions cannot be", conversions=conversions)
    return {
        **told,
        "start": start,
        "end": end,
        "currency": currency,
        "spend": in_minor(spend, currency, rounded=rounded),
        "value": None if value is None else in_minor(value, currency, rounded=rounded),
        "conversions": None if conversions is None else int(conversions.to_integral_value()),
    }


SOURCE = source_of(
    RecordLayout(
        key="ads",
        title=Words("Ad spend"),
        kind="ads",
        fields=FIELDS,
        make=make,
        telling=(("day", "start"),),
        key_name="row",
        key_field="spend",
        wanted=Words("choose a period with spending"),
    )
)
