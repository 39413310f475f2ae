"""The tables of what Kepi says by itself, one class each; conventions as in ``storage.tables``.

``delivery`` is the outbox: every message that nobody asked for is a row of it before it is
posted, and stays one afterwards. The others say what there is to tell: digests, goals, alerts
and what an audit found.
"""

from datetime import date, datetime

from sqlalchemy import Column, Float, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.issue_tables import words as long_text
from storage.tables import day_column, instant_column


def fraction(*, nullable: bool = False) -> float:
    """Return a column of a double."""
    return Field(  # type: ignore[no-any-return]
        default=None if nullable else 0.0, sa_column=Column(Float, nullable=nullable)
    )


class Delivery(SQLModel, table=True):
    """One message that is due, under way, or out; ``storage.outbox`` moves it.

    The key is (workspace, channel, kind, period): what is written down twice is posted once.
    """

    __table_args__ = (
        UniqueConstraint("workspace", "channel", "kind", "period"),
        Index("delivery_by_state", "workspace", "state", "wake"),
        Index("delivery_by_parent", "workspace", "parent"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    channel: str
    """A channel's id, or a person's: they get a direct message."""
    kind: str
    """Key of the writers that ``commands.writers`` lists."""
    period: str
    """What the message is about, once: ``4:2026-W47`` of a digest, an incident's number."""
    due: datetime = instant_column()
    expires: datetime | None = instant_column(nullable=True)
    """After this it is no longer sent, but told of as missed. Empty: it is always sent."""
    state: str = "due"
    """``due``, ``sending``, ``sent``, ``missed`` (too late), ``dropped`` (pointless), ``dead``."""
    wake: datetime = instant_column()
    """When it is tried next."""
    tries: int = 0
    holder: str = ""
    """The process that is sending it."""
    beat: int = 0
    """Rises with every sign of life of the holder: a lease that no clock can break."""
    parent: int | None = None
    """The delivery in whose thread this one belongs; it waits until that one is out."""
    body: str = long_text("{}")
    """JSON of what the writer needs beside the period."""
    why: str = ""
    """Slack's word, or ours, for why it did not go out."""
    late: bool = False
    bare: bool = False
    """It is out without its picture, which is still to come."""
    posted_in: str = ""
    """The channel that it stands in; of a person, the direct message."""
    ts: str = ""
    sent: datetime | None = instant_column(nullable=True)
    made: datetime = instant_column()


class Digest(SQLModel, table=True):
    """A summary that a channel gets by itself: one a cadence."""

    __table_args__ = (UniqueConstraint("workspace", "channel", "cadence"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    channel: str
    cadence: str
    """``daily``, ``weekly``, ``monthly`` or ``quarterly``."""
    zone: str
    weekday: int = 0
    """Of weekly ones; 0 is Monday."""
    day: int = 1
    """Of monthly and quarterly ones: the day of the month."""
    hour: int = 9
    minute: int = 0
    language: str = "en"
    kpis: str = long_text("[]")
    """JSON list of KPI keys; empty: the default ones."""
    scope: str = long_text("{}")
    """JSON of ``kpis.question.Scope``: ``platforms``, ``accounts``, ``brands``."""
    parts: str = long_text("[]")
    """JSON list of parts left out: ``goals``, ``customers``, ``steps``."""
    owner: str
    by: str
    made: datetime = instant_column()
    since: datetime = instant_column()
    """Nothing that was due before this moment is sent."""
    paused: datetime | None = instant_column(nullable=True)
    removed: datetime | None = instant_column(nullable=True)
    company: str = ""
    """The other company that may read along, as somebody agreed to it by name."""
    version: int = 1
    """Rises with every change: of two people who save at once, the second is told."""


class DigestRun(SQLModel, table=True):
    """What was decided about one period of a digest before it went out."""

    __tablename__ = "digest_run"
    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    digest: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    period: str = Field(primary_key=True)
    """``2026-W47``, ``2026-11``, ``2026-Q4``, ``2026-11-22``."""
    comment: str = long_text("")
    comment_by: str = ""
    held_by: str = ""
    held: datetime | None = instant_column(nullable=True)


class Published(SQLModel, table=True):
    """A number that a digest told, so that a later correction can be owned up to."""

    __table_args__ = (Index("published_by_digest", "workspace", "digest", "end"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    digest: int
    period: str
    name: str
    """As the digest's table named it: “Reach, Instagram”."""
    asks: str = long_text("")
    """Words after ``/kpi`` that ask the same of the same days."""
    value: float = fraction()
    shown: str = ""
    start: date = day_column()
    end: date = day_column()
    as_of: datetime = instant_column()
    restated: datetime | None = instant_column(nullable=True)
    """When a digest told the corrected value, which ``value`` and ``shown`` then are."""


class Step(SQLModel, table=True):
    """A next step that a digest named, and what came of it: the action log."""

    __table_args__ = (UniqueConstraint("workspace", "digest", "period", "rule", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    digest: int
    period: str
    rule: str
    """Name of the rule in ``kpis.digests.steps``."""
    subject: str = ""
    words: str = long_text("")
    figures: str = long_text("{}")
    """JSON of the numbers that triggered it."""
    asks: str = long_text("")
    """Words after ``/kpi``, without a period: what is compared before and after."""
    state: str = "offered"
    """``offered``, ``taken``, ``declined`` or ``told``."""
    owner: str = ""
    at: datetime = instant_column()
    taken: datetime | None = instant_column(nullable=True)
    due: date | None = day_column(nullable=True)
    """When before and after are told."""


class Goal(SQLModel, table=True):
    """A number to reach by a day, who wants it and why."""

    id: int | None = Field(default=None, primary_key=True)
    workspace: int = Field(index=True)
    text: str = long_text("")
    """As it was said: “instagram likes up 20 % next quarter”."""
    kpi: str
    scope: str = long_text("{}")
    variant: str = ""
    shape: str
    """``total`` (added up over the days), ``level`` (as it stands at the end), ``value`` (of the
    goal's own days) or ``recent`` (of the last 28 days)."""
    better: str = "higher"
    target: float = fraction()
    baseline: float | None = fraction(nullable=True)
    """What it stood at, or was in the days before, when the goal was set."""
    start: date = day_column()
    end: date = day_column()
    """The first day that no longer counts."""
    every: str = ""
    """``week``, ``month`` or ``quarter`` of a goal that begins anew; empty: once."""
    aim: str = ""
    """What it is for: ``awareness``, ``engagement``, ``conversion``, ``service``, …"""
    why: str = long_text("")
    owner: str = ""
    channel: str = ""
    """Where it is announced; empty: to the owner alone."""
    by: str = ""
    made: datetime = instant_column()
    state: str = "open"
    """``open``, ``reached``, ``missed`` or ``dropped``."""
    pace: str = ""
    """As it was told last: ``ahead``, ``on pace`` or ``behind``; empty: nothing was told."""
    decided: datetime | None = instant_column(nullable=True)


class AlertRule(SQLModel, table=True):
    """When somebody is to be told, and where."""

    __tablename__ = "alert_rule"

    id: int | None = Field(default=None, primary_key=True)
    workspace: int = Field(index=True)
    channel: str
    kind: str
    """``threshold``, ``change``, ``anomaly``, ``crisis``, ``silence`` or ``goal``."""
    name: str = ""
    kpi: str = ""
    scope: str = long_text("{}")
    settings: str = long_text("{}")
    """JSON of the kind's own numbers (``kpis.alerts.rules``)."""
    owner: str = ""
    by: str = ""
    made: datetime = instant_column()
    """What happened before it is not told; of a rule that was changed or resumed, that moment."""
    paused: datetime | None = instant_column(nullable=True)
    muted: datetime | None = instant_column(nullable=True)
    """Until when."""
    removed: datetime | None = instant_column(nullable=True)


class Incident(SQLModel, table=True):
    """One thing that is going on, or was: its first message shows how it stands."""

    __table_args__ = (
        UniqueConstraint("workspace", "opening"),
        Index("incident_by_thing", "workspace", "thing", "closed"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    rule: int | None = None
    kind: str
    thing: str
    """What it is about: brand or account, and KPI or kind."""
    opening: str | None = None
    """``thing`` as long as it is open, so that there is one; empty afterwards."""
    channel: str
    good: bool = False
    began: datetime = instant_column()
    """When it began in the data, not when it was found."""
    found: datetime = instant_column()
    closed: datetime | None = instant_column(nullable=True)
    calm: datetime | None = instant_column(nullable=True)
    """Since when it is over, if nothing comes again."""
    cool: datetime | None = instant_column(nullable=True)
    """Until when the same thing opens no new incident."""
    facts: str = long_text("{}")
    """JSON of how it stands: the first message says it."""
    owner: str = ""
    snoozed: datetime | None = instant_column(nullable=True)
    edited: datetime | None = instant_column(nullable=True)
    shown: str = ""
    """A hash of what the message says now."""


class Finding(SQLModel, table=True):
    """Something that the integrity audit found wrong, and whether figures wait for it."""

    __table_args__ = (UniqueConstraint("workspace", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    key: str
    """``check|account|measure|first day``."""
    check: str
    account: int | None = None
    measure: str = ""
    start: date | None = day_column(nullable=True)
    end: date | None = day_column(nullable=True)
    words: str = long_text("")
    advice: str = long_text("")
    holds: bool = False
    """Figures that stand on it are held back until it is mended or accepted."""
    found: datetime = instant_column()
    seen: datetime = instant_column()
    """When an audit saw it last."""
    fixed: datetime | None = instant_column(nullable=True)
    accepted: datetime | None = instant_column(nullable=True)
    accepted_by: str = ""


class Mention(SQLModel, table=True):
    """Somebody named a brand; of the text nothing is kept but what it is about."""

    __table_args__ = (
        UniqueConstraint("workspace", "platform", "external_id"),
        Index("mention_by_time", "workspace", "brand", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    brand: int
    platform: str
    external_id: str
    at: datetime = instant_column()
    author: str = ""
    followers: int | None = None
    tagged: bool | None = None
    sentiment: str = ""
    """``positive``, ``neutral`` or ``negative``; empty: nobody said."""
    topic: str = ""
    permalink: str = long_text("")
    import_id: int
