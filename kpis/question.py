"""A question, understood: what was asked, of whom, over which days, beside what.

``kpis.parsing.parse`` makes these from words; ``kpis.answer.answer`` answers them. Both are given
``today``, never a clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from storage.errors import KepiError


class Grain(StrEnum):
    """What a period is a stretch of; decides what “the period before” is."""

    DAYS = "days"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    MONTH_TO_DATE = "month-to-date"
    QUARTER_TO_DATE = "quarter-to-date"
    YEAR_TO_DATE = "year-to-date"
    WEEK_TO_DATE = "week-to-date"


@dataclass(frozen=True)
class Period:
    """Whole local days from ``start`` until before ``end``."""

    start: date
    end: date
    words: str
    """As people say it: “last 30 days”, “October 2026”, “24 Oct – 22 Nov”."""
    grain: Grain = Grain.DAYS

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def last(self) -> date:
        return self.end - timedelta(days=1)


@dataclass(frozen=True)
class Scope:
    """Which accounts: empty tuples choose all own ones. Ids are rows of ``account``, ``brand``."""

    platforms: tuple[str, ...] = ()
    accounts: tuple[int, ...] = ()
    brands: tuple[int, ...] = ()
    channels: tuple[str, ...] = ()
    """Slack channel ids; of customer issues alone."""


class Beside(StrEnum):
    """What a value is compared with."""

    PREVIOUS = "previous"
    LAST_YEAR = "last year"
    ACCOUNTS = "accounts"
    BENCHMARK = "benchmark"
    """Published figures of others; the period before stays beside the value."""

    @property
    def is_asked(self) -> bool:
        """Whether the value moves against something else than the period before."""
        return self in (Beside.LAST_YEAR, Beside.ACCOUNTS)


@dataclass(frozen=True)
class Baseline:
    """What the answer is compared with; ``scope`` is used for ``ACCOUNTS`` alone."""

    kind: Beside = Beside.PREVIOUS
    scope: Scope = Scope()
    words: str = ""


@dataclass(frozen=True)
class Question:
    """One KPI over one period."""

    kpi: str
    """Key of ``kpis.catalogue``."""
    scope: Scope
    period: Period
    today: date
    baseline: Baseline = Baseline()
    by: str | None = None
    """Key of ``DIMENSIONS``."""
    variant: str | None = None
    """Key of the KPI's ``variants``."""
    options: tuple[str, ...] = ()
    """Keys of ``kpis.options``, in its order: “cohort”, “business”, “mine”."""
    as_of: datetime | None = None
    """Aware: what was known at that moment. Empty: what is known now."""
    view: str = ""
    """``trend`` or ``why``: what is told of the number; said by the first word. Empty: itself."""


@dataclass(frozen=True)
class Asked:
    """One to four questions over the same period and scope, or the overview."""

    questions: tuple[Question, ...]
    notes: tuple[str, ...] = ()
    """What was read into the words: “Read “reech” as reach”."""
    private: bool = False
    overview: bool = False


@dataclass(frozen=True)
class Help:
    """``help``, or nothing where there is nothing to answer from."""

    more: bool = False
    """Every first word, by what it is about."""


@dataclass(frozen=True)
class Listing:
    """``list``: every KPI by section."""


@dataclass(frozen=True)
class Guide:
    """``guide [KEY]``: what a KPI means; the contents where no key is given."""

    key: str | None = None
    notes: tuple[str, ...] = ()


Request = Asked | Help | Listing | Guide


class Refusal(KepiError):
    """The words cannot be answered as they stand."""


DIMENSIONS: Mapping[str, str] = {
    "platform": "platform",
    "account": "account",
    "brand": "brand",
    "channel": "channel",
    "person": "person",
    "priority": "priority",
    "via": "way of opening",
    "target": "target",
    "content-type": "content type",
    "hashtag": "hashtag",
    "weekday": "weekday",
    "hour": "hour",
    "paid": "paid or organic",
    "campaign": "campaign",
    "variant": "variant",
    "country": "country",
    "city": "city",
    "age": "age",
    "gender": "gender",
    "follow-type": "follower or not",
    "source": "source",
    "medium": "medium",
    "channel-group": "channel group",
    "keyword": "keyword",
    "type": "type",
    "sentiment": "sentiment",
    "topic": "topic",
    "agent": "agent",
    "survey": "survey",
    "day": "day",
    "week": "week",
    "month": "month",
}
"""What an answer can be split by, and how it is said."""


@dataclass(frozen=True)
class KnownAccount:
    """An account that words may name."""

    id: int
    platform: str
    handle: str
    name: str
    brand: int
    own: bool


@dataclass(frozen=True)
class KnownBrand:
    """A brand that words may name."""

    id: int
    name: str
    own: bool


@dataclass(frozen=True)
class KnownChannel:
    """A Slack channel whose issues are tracked."""

    id: str
    name: str


@dataclass(frozen=True, eq=False)
class Directory:
    """What words can mean in one workspace: its accounts and brands, its zone and its weeks.

    Told apart by identity, so that what is learnt from one is kept as long as it is.
    """

    accounts: tuple[KnownAccount, ...] = ()
    brands: tuple[KnownBrand, ...] = ()
    channels: tuple[KnownChannel, ...] = ()
    zone: str = "UTC"
    week_start: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    """Every name and alias of a KPI, lower case with spaces → its key."""
    variants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """KPI key → the variants it has (“by followers”, “per post”)."""
    dimensions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """KPI key → the dimensions it can be split by."""
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """KPI key → the options it takes; a KPI that is here may be asked up to now."""
    levels: frozenset[str] = frozenset()
    """KPIs that are told as they stand now, where no period is named."""
    overview: tuple[str, ...] = ()
    """KPIs that answer “all”."""
    own: Mapping[str, Any] = field(default_factory=dict)
    """The team's own KPIs by key, as ``kpis.declarations`` has them."""
