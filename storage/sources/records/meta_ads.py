"""Meta Ads Manager: campaigns, ad sets or ads, by day or over a stretch.

The currency stands in the columns' names, “Amount spent (EUR)”. The row of totals has no
campaign. Names in languages other than English are not verified.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from storage.said import Counted, Words
from storage.sources.records.ads import make_spend
from storage.sources.records.fields import Cells, Field
from storage.sources.records.layout import RecordLayout, Told
from storage.sources.records.reading import source_of
from storage.sources.records.spans import DAYS

NAMELESS, TOTAL = "nameless", "total"
FIELDS = MappingProxyType(
    {
        "day": Field("day", ("Day", "Tag", "Dag", "Ngày", "Hari", "天"), blank=None),
        "start": DAYS["start"],
        "end": DAYS["end"],
        "platform": Field("medium", ("Platform", "Publisher platform", "Plattform")),
        "account": Field("name", ("Account name", "Kontoname", "Kontonamn", "Account ID")),
        "campaign": Field(
            "name",
            ("Campaign name", "Kampagnenname", "Kampanjnamn", "Nama kampanye", "Tên chiến dịch"),
        ),
        "ad_set": Field(
            "name", ("Ad set name", "Anzeigengruppenname", "Annonsuppsättningens namn")
        ),
        "ad": Field("name", ("Ad name", "Anzeigenname", "Annonsnamn", "Nama iklan")),
        "spend": Field(
            "amount",
            (
                *("Amount spent", "Ausgegebener Betrag", "Spenderat belopp", "花费金额"),
                *("Jumlah yang dibelanjakan", "Số tiền đã chi tiêu"),
            ),
            blank=None,
        ),
        "currency": Field("currency", ("Currency", "Währung", "Valuta")),
        "impressions": Field(
            "whole", ("Impressions", "Impressionen", "Visningar", "Impresi", "展示次数"), blank=None
        ),
        "clicks": Field(
            "whole",
            ("Link clicks", "Linkklicks", "Länkklick", "Klik tautan", "链接点击量", "Clicks (all)"),
            blank=None,
        ),
        "conversions": Field(
            "amount", ("Purchases", "Website purchases", "Leads", "Käufe", "Köp"), blank=None
        ),
        "value": Field(
            "amount",
            ("Purchases conversion value", "Website purchases conversion value"),
            blank=None,
        ),
    }
)
SPLIT = (  # breakdowns that Kepi does not keep: their parts are added up
    *("Age", "Gender", "Country", "Region", "Placement", "Device platform", "Impression device"),
    *("Alter", "Geschlecht", "Land", "Ålder", "Kön"),
)


def make(told: Told, cells: Cells) -> Mapping[str, Any] | None:
    names = (told["campaign"], told["ad_set"], told["ad"])
    if told["spend"] is None and not told["impressions"]:
        return None
    if not any(names):
        cells.note(TOTAL)
        return None
    platform = told["platform"]
    if not platform:
        cells.note(NAMELESS)
        platform = cells.origin.account.platform if cells.origin.account else "facebook"
    ad = " / ".join(filter(None, names[1:]))[:200]
    spend = 0 if told["spend"] is None else told["spend"]
    return make_spend({**told, "platform": platform, "ad": ad, "spend": spend}, cells, rounded=True)


def note(cells: Cells) -> Iterable[str]:
    totals = cells.seen.get(TOTAL, 0)
    if totals:
        yield Counted(
            "{number} row of totals left out.", "{number} rows of totals left out.", totals
        )
    if cells.seen.get(NAMELESS) and cells.origin.account is None:
        yield Words(
            "The file does not tell the networks apart, so all counts as Facebook. "
            "Break it down by platform to see Instagram."
        )


SOURCE = source_of(
    RecordLayout(
        key="meta-ads",
        title=Words("Meta Ads Manager"),
        kind="ads",
        fields=FIELDS,
        make=make,
        telling=(("day", "start"), ("campaign", "ad_set", "ad"), ("spend",)),
        key_name="row",
        key_field="spend",
        wanted=Words("choose a period with spending"),
        notes=note,
        adds=("spend", "impressions", "clicks", "conversions", "value"),
        splits=SPLIT,
    )
)
