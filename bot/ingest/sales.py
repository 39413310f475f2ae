"""What customers do: touches, conversions, paths to them, orders."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from bot.ingest.fields import (
    Amount,
    Count,
    Currency,
    Medium,
    Needed,
    Word,
    refuse,
)
from bot.ingest.rows import Event, Priced, Spanned
from storage.sources.records.conversions import name_type
from storage.sources.records.media import platform_of
from storage.sources.records.paths import USUAL_TYPE

MILLION = 1_000_000
ARROW = " > "


def demand_no_arrow(word: str) -> str:
    if ">" in word:
        raise refuse("is one medium: write a path as a list of media")
    return word


class Sourced(Event):
    """An event that came from some medium; where none is named, it is that of its source."""

    platform: Medium = ""
    source: Word = ""
    campaign: Word = ""

    def told(self) -> dict[str, object]:
        return super().told() | {"platform": self.platform or platform_of(self.source)}


class TouchIn(Sourced):
    """A customer met us once: a click, a visit, a view."""

    customer: Needed = Field(description="Your own id of the customer; not a name or an address.")
    paid: bool | None = None
    session: Word = ""


class ConversionIn(Sourced, Priced):
    """Somebody did what was hoped for: bought, signed up, downloaded."""

    type: Needed = Field(description="purchase, lead, sign-up, download, or a word of yours.")
    customer: Word = ""
    session: Word = ""
    source: Word = Field("", description="The lead's original source, as the CRM says.")
    direct: bool | None = Field(None, description="Made in the session that came from social.")
    referral: bool = Field(False, description="A customer recommended us.")
    value: Amount | None = None

    def told(self) -> dict[str, object]:
        currency = "" if self.value is None else self.currency
        return super().told() | {"type": name_type(self.type), "currency": currency}


class OrderIn(Sourced, Priced):
    """An order of a customer; a refund is a value below 0."""

    customer: Needed = Field(description="Your own id of the customer; not a name or an address.")
    value: Amount
    currency: Currency


class PathIn(Spanned, Priced):
    """How many customers took one way through the media, added up by you."""

    name: Needed = Field(description="Which collection the path belongs to.")
    type: Word = USUAL_TYPE
    path: list[Annotated[Needed, AfterValidator(demand_no_arrow)]] = Field(
        min_length=1, max_length=100, description="The media in order."
    )
    conversions: Count
    value: Amount | None = Field(None, description="Of all its conversions together.")
    others: Count = Field(0, description="How many took the way without a conversion.")
    amounts: ClassVar[tuple[str, ...]] = ("value",)

    def fits(self, amount: Amount) -> bool:
        """Values of paths are averages as often as not: they are kept to the millionth."""
        return True

    def minor(self, amount: Amount | None) -> int:
        return 0 if amount is None else round(amount * MILLION)

    def told(self) -> dict[str, object]:
        path = ARROW.join(platform_of(it) or it for it in self.path)
        kind = name_type(self.type) or USUAL_TYPE
        currency = "" if self.value is None else self.currency
        return super().told() | {"path": path, "type": kind, "currency": currency}
