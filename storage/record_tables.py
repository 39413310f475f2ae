"""The tables of what is not counted by account and day, one class each: web, ads, sales, voice.

Conventions as in ``storage.tables``. A **record** is a row that one import brought and that a
later one may tell otherwise: its key is the unique constraint, ``import_id`` the import whose
values stand; ``storage.records`` compares, writes and takes back all kinds alike. Money is in
minor units of its ``currency``. An absent number is null, never 0; an absent word is empty.
"""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.issue_tables import words as long_text
from storage.outgoing_tables import fraction
from storage.tables import big, day_column, instant_column


class WebVisits(SQLModel, table=True):
    """Sessions of a web site in some days, by where they came from (W)."""

    __tablename__ = "web_visits"
    __table_args__ = (
        UniqueConstraint(
            *("workspace", "property", "start", "end", "channel_group", "platform", "source"),
            *("medium", "campaign", "keyword"),
        ),
        Index("web_visits_by_day", "workspace", "start"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    property: str = ""
    """The site, as the file names it; empty: the only one."""
    start: date = day_column()
    end: date = day_column()
    channel_group: str = ""
    platform: str = ""
    """Key of ``PLATFORMS`` where the visit came from one; else empty."""
    source: str = ""
    medium: str = ""
    campaign: str = ""
    keyword: str = ""
    social: bool = False
    """It came from social media, whichever."""
    tagged: bool = True
    """The file tells where it came from: not Direct, Unassigned or “(not set)”."""
    sessions: int = big()
    bounced: int | None = big(nullable=True)
    bounce_kind: str = ""
    """``ga4`` (not engaged) or ``one-page``: the two are never added."""
    converting: int | None = big(nullable=True)
    """Sessions with a conversion."""
    key_events: int | None = big(nullable=True)
    page_views: int | None = big(nullable=True)
    revenue: int | None = big(nullable=True)
    currency: str = ""
    import_id: int


class AdSpend(SQLModel, table=True):
    """What advertisements cost in some days, and what they brought (C)."""

    __tablename__ = "ad_spend"
    __table_args__ = (
        UniqueConstraint(
            *("workspace", "platform", "account", "start", "end", "campaign", "ad", "currency"),
        ),
        Index("ad_spend_by_day", "workspace", "start"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    platform: str
    account: str = ""
    """The advertising account, as the file names it."""
    start: date = day_column()
    end: date = day_column()
    campaign: str = ""
    ad: str = ""
    variant: str = ""
    currency: str
    spend: int = big()
    impressions: int | None = big(nullable=True)
    clicks: int | None = big(nullable=True)
    conversions: int | None = big(nullable=True)
    value: int | None = big(nullable=True)
    """What the platform itself claims to have sold; never mixed with attributed revenue."""
    import_id: int


class Touch(SQLModel, table=True):
    """A customer met us once: a click, a visit, a view."""

    __table_args__ = (
        UniqueConstraint("workspace", "external_id"),
        Index("touch_by_customer", "workspace", "customer", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    external_id: str
    """The file's own id, else made of its values, so that a second import adds nothing."""
    customer: str
    at: datetime = instant_column()
    platform: str = ""
    """Key of ``PLATFORMS``, or the file's word of another medium: “email”."""
    source: str = ""
    campaign: str = ""
    paid: bool | None = None
    session: str = ""
    import_id: int


class Conversion(SQLModel, table=True):
    """Somebody did what was hoped for: bought, signed up, downloaded (T)."""

    __table_args__ = (
        UniqueConstraint("workspace", "external_id"),
        Index("conversion_by_time", "workspace", "at"),
        Index("conversion_by_customer", "workspace", "customer", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    external_id: str
    at: datetime = instant_column()
    type: str
    """As people name it, lower case: ``purchase``, ``lead``, ``sign-up``, ``download``."""
    customer: str = ""
    session: str = ""
    platform: str = ""
    """Where the file itself says it came from; touches go before it."""
    source: str = ""
    """The lead's original source, as the CRM says."""
    campaign: str = ""
    direct: bool | None = None
    """It was made in the very session that came from social media."""
    referral: bool = False
    """A customer recommended us."""
    value: int | None = big(nullable=True)
    currency: str = ""
    import_id: int


class TouchPath(SQLModel, table=True):
    """How many customers took one way through the media, added up by whoever made the file."""

    __tablename__ = "touch_path"
    __table_args__ = (UniqueConstraint("workspace", "name", "start", "end", "type", "path"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    name: str
    """Which collection it belongs to: the file's name without its ending, unless it says."""
    start: date = day_column()
    end: date = day_column()
    type: str = "conversion"
    path: str = long_text("")
    """The media in order, “eta > iota > alpha”."""
    conversions: int = big()
    value: int = big()
    """Millionths of the currency's unit: such files hold averages."""
    currency: str = ""
    others: int = big()
    """How many took the way without a conversion."""
    import_id: int


class Credit(SQLModel, table=True):
    """What a model gives a medium for the conversions of some days; made from the four above.

    Credits of one model add up to the conversions, unattributed ones (empty platform) included,
    to the last millionth; values to the last minor unit.
    """

    __table_args__ = (
        UniqueConstraint(
            *("workspace", "model", "start", "end", "platform", "campaign", "paid", "type"),
            *("currency", "collection"),
        ),
        Index("credit_by_day", "workspace", "model", "start"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    model: str
    """``first``, ``last``, ``linear``, ``time-decay``, ``position``; and ``assisted``, whose
    sum is the conversions that had a contact on social media, not all."""
    start: date = day_column()
    end: date = day_column()
    platform: str = ""
    campaign: str = ""
    paid: str = ""
    """``paid``, ``organic``, or empty: nobody said."""
    type: str
    currency: str = ""
    collection: str = ""
    """Name of the ``touch_path`` collection; empty: single conversions."""
    credit: int = big()
    """Millionths of a conversion."""
    value: int = big()
    """Minor units; of paths, millionths rounded to them."""
    direct: int = big()
    """Millionths of conversions made in the session that came from the medium."""


class CustomerOrder(SQLModel, table=True):
    """An order of a customer (O)."""

    __tablename__ = "customer_order"
    __table_args__ = (
        UniqueConstraint("workspace", "external_id"),
        Index("order_by_time", "workspace", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    external_id: str
    at: datetime = instant_column()
    customer: str
    platform: str = ""
    source: str = ""
    campaign: str = ""
    value: int = big()
    """Refunds are below 0."""
    currency: str
    import_id: int


class Review(SQLModel, table=True):
    """A customer's stars (V). The words are not kept."""

    __table_args__ = (
        UniqueConstraint("workspace", "source", "external_id"),
        Index("review_by_time", "workspace", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    source: str
    """Where it stands: “google”, “app store”, or a platform's key."""
    external_id: str
    at: datetime = instant_column()
    brand: int
    stars: float = fraction()
    most: int = 5
    """Stars there are."""
    author: str = ""
    permalink: str = long_text("")
    import_id: int


class SurveyAnswer(SQLModel, table=True):
    """A person's answer to one question on a scale (S)."""

    __tablename__ = "survey_answer"
    __table_args__ = (
        UniqueConstraint("workspace", "survey", "external_id"),
        Index("survey_answer_by_time", "workspace", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    survey: str
    """Its name, lower case."""
    kind: str
    """``nps`` (0–10), ``csat`` or ``scale``."""
    external_id: str
    at: datetime = instant_column()
    score: float = fraction()
    lowest: int
    highest: int
    agent: str = ""
    platform: str = ""
    respondent: str = ""
    import_id: int


class AudienceSegment(SQLModel, table=True):
    """Known people of an account in one segment, as the platform counted them in some days."""

    __tablename__ = "audience_segment"
    __table_args__ = (
        UniqueConstraint(
            *("workspace", "account", "measure", "dimension", "segment", "start", "end"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    account: int
    platform: str
    measure: str
    """``followers``, ``reach`` or ``engaged``: different people, never added over days."""
    dimension: str
    """``country``, ``city``, ``age``, ``gender``, ``age-gender``, ``follow-type``."""
    segment: str
    start: date = day_column()
    end: date = day_column()
    people: int = big()
    import_id: int


class PostComment(SQLModel, table=True):
    """A comment under a post, measured when it came; its words are not kept."""

    __tablename__ = "post_comment"
    __table_args__ = (
        UniqueConstraint("workspace", "platform", "external_id"),
        Index("post_comment_by_time", "workspace", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    platform: str
    external_id: str
    post: str = ""
    """The platform's id of the post."""
    at: datetime = instant_column()
    author: str = ""
    own: bool = False
    """We wrote it ourselves."""
    characters: int
    """Graphemes: what a reader counts."""
    words: int
    import_id: int


class PostMark(SQLModel, table=True):
    """A word that people put on a post: the campaign or the variant that it belongs to."""

    __tablename__ = "post_mark"
    __table_args__ = (Index("post_mark_by_post", "post"), {"sqlite_with_rowid": False})

    workspace: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str = Field(primary_key=True)
    """``campaign`` or ``variant``."""
    word: str = Field(primary_key=True)
    post: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})


class RevisedRecord(SQLModel, table=True):
    """What a record said before a later import told it otherwise; taking that back restores it."""

    __tablename__ = "revised_record"
    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    replaced_by: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str = Field(primary_key=True)
    record: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    import_id: int
    said: str = long_text("{}")
    """JSON of the values that are not the key."""


# --- what people declare --------------------------------------------------------------------


class Benchmark(SQLModel, table=True):
    """A published figure of others, with how it was worked out: only like is compared with like."""

    __table_args__ = (
        UniqueConstraint(
            *("workspace", "kpi", "denominator", "statistic", "platform", "industry", "year"),
            "source",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    kpi: str
    denominator: str
    """``reach``, ``followers``, ``impressions``, ``posts`` or empty."""
    statistic: str
    """``pooled``, ``mean`` or ``median``."""
    platform: str = ""
    industry: str = ""
    year: int
    source: str
    value: float = fraction()
    """In the KPI's own unit: a share as a fraction."""
    by: str = ""
    at: datetime = instant_column()
    import_id: int = 0


class RateCard(SQLModel, table=True):
    """A price that an estimate stands on: of 1,000 impressions, or of a click on a keyword."""

    __tablename__ = "rate_card"
    __table_args__ = (UniqueConstraint("workspace", "kind", "what", "currency", "since"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    kind: str
    """``cpm`` (what: a platform) or ``cpc`` (what: a keyword)."""
    what: str
    currency: str
    price: int = big()
    since: date = day_column()
    source: str = ""
    by: str = ""
    at: datetime = instant_column()
    import_id: int = 0


class DeclaredValue(SQLModel, table=True):
    """A number that people stand for with their name: a cost, a value, an assumption."""

    __tablename__ = "declared_value"
    __table_args__ = (UniqueConstraint("workspace", "kind", "name", "start"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    kind: str
    """``labour``, ``tools`` (costs); ``indirect`` (a value); ``deflected-contacts`` (a count),
    ``cost-per-contact``; ``lifetime-years``, ``margin``, ``churn``, ``arpa``."""
    name: str = ""
    value: float = fraction()
    """Money in units, not in minor ones; shares as fractions."""
    currency: str = ""
    start: date = day_column()
    end: date | None = day_column(nullable=True)
    """The days it is of; empty: from ``start`` on. A cost is spread evenly over its days."""
    owner: str = ""
    method: str = long_text("")
    by: str = ""
    at: datetime = instant_column()
    import_id: int = 0


class CustomKpi(SQLModel, table=True):
    """A KPI that a team made: a counter of its own, or a formula over what is measured."""

    __tablename__ = "custom_kpi"
    __table_args__ = (UniqueConstraint("workspace", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    key: str
    title: str
    unit: str = "count"
    better: str = "higher"
    kind: str = "A"
    """``A`` added up, ``L`` the last value, ``R`` a formula."""
    formula: str = long_text("")
    """Over measures and KPIs, ``+ − × ÷`` and brackets; empty: its own values are counted."""
    meaning: str = long_text("")
    aim: str = ""
    owner: str = ""
    made: datetime = instant_column()
    removed: datetime | None = instant_column(nullable=True)


class CustomValue(SQLModel, table=True):
    """A value of a team's own counter on a day: a speaking invitation, a backlink."""

    __tablename__ = "custom_value"
    __table_args__ = (UniqueConstraint("workspace", "kpi", "day", "note"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    kpi: str
    """Key of the ``custom_kpi``."""
    day: date = day_column()
    value: float = fraction()
    note: str = ""
    by: str = ""
    at: datetime = instant_column()
    import_id: int = 0


class Experiment(SQLModel, table=True):
    """An A/B test: which posts or counts belong to which variant, and what is measured."""

    __table_args__ = (UniqueConstraint("workspace", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    name: str
    measure: str
    """Key of the KPI that decides."""
    variants: str = long_text("[]")
    """JSON; ``storage.experiments`` alone reads and writes it."""
    start: date = day_column()
    end: date | None = day_column(nullable=True)
    hypothesis: str = long_text("")
    owner: str = ""
    made: datetime = instant_column()
    ended: datetime | None = instant_column(nullable=True)


# --- what is said in mentions ---------------------------------------------------------------


class MentionText(SQLModel, table=True):
    """The words of a mention, kept to be classified and shown as an example; they can be erased."""

    __tablename__ = "mention_text"
    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    mention: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    words: str = long_text("")
    language: str = ""


class MentionLabel(SQLModel, table=True):
    """What somebody, or a backend, took a mention for; the newest by rank stands in ``mention``."""

    __tablename__ = "mention_label"
    __table_args__ = (Index("mention_label_by_mention", "workspace", "mention"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    mention: int
    label: str
    """``positive``, ``neutral``, ``negative`` or ``unsure``."""
    sure: float | None = fraction(nullable=True)
    """The backend's probability of its label."""
    backend: str
    """``file``, ``hand``, or the id of a ``SentimentBackend``."""
    version: str = ""
    by: str = ""
    at: datetime = instant_column()


# --- ingest ---------------------------------------------------------------------------------


class IngestToken(SQLModel, table=True):
    """A source that may send rows over HTTP; only a digest of its token is kept."""

    __tablename__ = "ingest_token"
    __table_args__ = (UniqueConstraint("workspace", "name"), UniqueConstraint("digest"))

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    name: str
    digest: str
    """SHA-256 of the token, in hexadecimal."""
    kinds: str = ""
    """What it may send, separated by spaces; empty: everything."""
    made: datetime = instant_column()
    used: datetime | None = instant_column(nullable=True)
    revoked: datetime | None = instant_column(nullable=True)


class IngestSeen(SQLModel, table=True):
    """A request that was taken in: sent again with its key, it is answered and not repeated."""

    __tablename__ = "ingest_seen"
    __table_args__ = (UniqueConstraint("workspace", "token", "idempotency_key"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    token: int
    idempotency_key: str
    body_hash: str
    status: int
    answer: str = long_text("{}")
    at: datetime = instant_column()
