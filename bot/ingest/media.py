"""What the web site counts, and what advertisements cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Self

from pydantic import Field, model_validator

from bot.ingest.fields import Amount, Count, Currency, NeededMedium, Platform, Word, refuse
from bot.ingest.rows import Priced, Spanned
from storage.sources.records.media import is_social, platform_of
from storage.sources.records.web import BY_ENGAGEMENT, BY_PAGE, SOCIAL_GROUPS, tells_where_from


class WebIn(Spanned, Priced):
    """Sessions of a web site, by where they came from."""

    columns: ClassVar[Mapping[str, str]] = {"site": "property", "converting_sessions": "converting"}
    amounts: ClassVar[tuple[str, ...]] = ("revenue",)
    site: Word = Field("", description="The site; may be left out where there is one.")
    channel_group: Word = Field("", description="GA4's default channel group: “Organic Social”.")
    platform: Platform | None = None
    source: Word = ""
    medium: Word = ""
    campaign: Word = ""
    keyword: Word = ""
    social: bool | None = Field(None, description="Left out: read from the channel and the source.")
    tagged: bool | None = Field(None, description="Left out: read from the channel and the source.")
    sessions: Count
    engaged_sessions: Count | None = Field(None, description="GA4's; the others bounced.")
    one_page_sessions: Count | None = Field(
        None, description="Visits of one page, where a tool counts bounces so; never beside GA4's."
    )
    converting_sessions: Count | None = None
    key_events: Count | None = None
    page_views: Count | None = None
    revenue: Amount | None = None

    @model_validator(mode="after")
    def demand_parts(self) -> Self:
        if self.engaged_sessions is not None and self.one_page_sessions is not None:
            raise refuse(
                "one_page_sessions: bounces are counted one way, by this or engaged_sessions"
            )
        for name in ("engaged_sessions", "one_page_sessions", "converting_sessions"):
            if (getattr(self, name) or 0) > self.sessions:
                raise refuse(f"{name}: are more than sessions")
        return self

    def told(self) -> dict[str, object]:
        said = super().told()
        del said["engaged_sessions"], said["one_page_sessions"]
        bounced, kind = self.one_page_sessions, BY_PAGE
        if self.engaged_sessions is not None:
            bounced, kind = self.sessions - self.engaged_sessions, BY_ENGAGEMENT
        platform = self.platform or platform_of(self.source)
        is_tagged = self.is_from_social or tells_where_from({**said, "platform": platform})
        return said | {
            "platform": platform,
            "social": self.is_from_social,
            "tagged": is_tagged if self.tagged is None else self.tagged,
            "bounced": bounced,
            "bounce_kind": "" if bounced is None else kind,
            "currency": "" if self.revenue is None else self.currency,
        }

    @property
    def is_from_social(self) -> bool:
        if self.social is not None:
            return self.social
        is_named = self.channel_group.lower() in SOCIAL_GROUPS or is_social(self.source)
        return is_named or self.platform is not None


class AdIn(Spanned, Priced):
    """What advertisements cost in some days, and what they brought."""

    amounts: ClassVar[tuple[str, ...]] = ("spend", "value")
    platform: NeededMedium
    account: Word = Field("", description="The advertising account.")
    campaign: Word = ""
    ad: Word = ""
    variant: Word = ""
    currency: Currency
    spend: Amount
    impressions: Count | None = None
    clicks: Count | None = None
    conversions: Count | None = Field(None, description="That the platform itself claims.")
    value: Amount | None = Field(None, description="Sales that the platform itself claims.")

    @model_validator(mode="after")
    def demand_spend(self) -> Self:
        if self.spend < 0:
            raise refuse("spend: has to be 0 or more")
        return self
