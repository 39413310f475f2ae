"""The measures of records, declared like those of accounts (``storage.measures``).

A ``Records`` class names its table, how its rows lie in time, and the column that keeps rows
apart which may never be added: a currency, a scale.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from storage.measures import Additive, Each, Flag, Identity, Label, Measure, Rows, Unit


@dataclass(frozen=True)
class Records(Rows):
    """Rows of a table of ``storage.record_tables``, or mentions."""

    whose: str = "own"
    """Of branded rows: ``own``, ``rivals`` or ``everyone``."""
    kind: ClassVar[str]
    """Key of ``storage.records.KINDS``, or ``mentions``: its watched days."""
    table: ClassVar[str]
    when: ClassVar[str] = "moment"
    """``moment`` (column ``at``), ``days`` (``start`` and ``end``) or ``day``."""
    apart: ClassVar[str] = ""
    noun: ClassVar[str] = "row"
    branded: ClassVar[bool] = False
    """Rows belong to a brand: own ones, unless asked otherwise."""

    @property
    def everyone(self) -> Self:
        """Own brands and tracked competitors."""
        return replace(self, whose="everyone")

    @property
    def rivals(self) -> Self:
        """Tracked competitors alone."""
        return replace(self, whose="rivals")


class WebDays(Records):
    """Sessions of the web site (W)."""

    kind, table, when, apart, noun = "web", "web_visits", "days", "currency", "row"
    sessions = Measure(Additive)
    bounced = Measure(Additive, "sessions that bounced")
    converting = Measure(Additive, "sessions with a conversion")
    key_events = Measure(Additive)
    page_views = Measure(Additive)
    revenue = Measure(Additive, unit=Unit.MONEY)
    platform = Measure(Label)
    source = Measure(Label)
    medium = Measure(Label)
    campaign = Measure(Label)
    channel_group = Measure(Label)
    keyword = Measure(Label)
    bounce_kind = Measure(Label)
    social = Measure(Flag)
    tagged = Measure(Flag)


class AdDays(Records):
    """What advertisements cost and brought (C)."""

    kind, table, when, apart, noun = "ads", "ad_spend", "days", "currency", "row"
    spend = Measure(Additive, unit=Unit.MONEY)
    impressions = Measure(Additive, "ad impressions")
    clicks = Measure(Additive, "ad clicks")
    ad_conversions = Measure(Additive, "conversions that the platform claims")
    platform = Measure(Label)
    campaign = Measure(Label)
    variant = Measure(Label)


class Conversions(Records):
    """Single conversions, whatever brought them (T)."""

    kind, table, apart, noun = "conversions", "conversion", "currency", "conversion"
    value = Measure(Additive, "conversion value", Unit.MONEY)
    customer = Measure(Identity)
    type = Measure(Label)
    platform = Measure(Label)
    source = Measure(Label)
    campaign = Measure(Label)
    direct = Measure(Flag)
    referral = Measure(Flag)


class Credits(Records):
    """What a model gives the media; one model is chosen, or a conversion counts five times."""

    kind, table, when, apart, noun = "credits", "credit", "days", "currency", "conversion"
    credit = Measure(Additive, "credited conversions", decimals=6)
    value = Measure(Additive, "credited revenue", Unit.MONEY)
    direct = Measure(Additive, "direct conversions", decimals=6)
    model = Measure(Label)
    platform = Measure(Label)
    campaign = Measure(Label)
    paid = Measure(Label)
    type = Measure(Label)
    currency = Measure(Label)


class Orders(Records):
    """Orders of customers (O)."""

    kind, table, apart, noun = "orders", "customer_order", "currency", "order"
    value = Measure(Additive, "order value", Unit.MONEY)
    customer = Measure(Identity)
    platform = Measure(Label)
    source = Measure(Label)
    campaign = Measure(Label)


class Mentions(Records):
    """Somebody named a brand (M)."""

    kind, table, noun, branded = "mentions", "mention", "mention", True
    followers = Measure(Each, "followers of the author", Unit.PEOPLE)
    author = Measure(Identity)
    sentiment = Measure(Label)
    topic = Measure(Label)
    platform = Measure(Label)
    tagged = Measure(Flag)


class Reviews(Records):
    """Customers' stars (V)."""

    kind, table, noun, branded = "reviews", "review", "review", True
    stars = Measure(Each)
    most = Measure(Each)
    source = Measure(Label)


class SurveyAnswers(Records):
    """Answers on a scale (S); scales are never pooled."""

    kind, table, apart, noun = "surveys", "survey_answer", "scale", "answer"
    score = Measure(Each)
    lowest = Measure(Each)
    highest = Measure(Each)
    survey = Measure(Label)
    kind_of = Measure(Label, "kind of survey")
    agent = Measure(Label)
    platform = Measure(Label)


class Comments(Records):
    """Comments under posts."""

    kind, table, noun = "comments", "post_comment", "comment"
    characters = Measure(Each, unit=Unit.CHARACTERS)
    words = Measure(Each)
    platform = Measure(Label)
    own = Measure(Flag)


class OwnValues(Records):
    """Values that a team keeps of its own KPIs."""

    kind, table, when, noun = "own", "custom_value", "day", "value"
    value = Measure(Additive)
    kpi = Measure(Label)


web = WebDays()
ads = AdDays()
conversions = Conversions()
credits = Credits()
orders = Orders()
mentions = Mentions()
reviews = Reviews()
surveys = SurveyAnswers()
comments = Comments()
custom = OwnValues()
