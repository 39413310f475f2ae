"""The tables of customer issues, one class each; conventions as in ``storage.tables``.

``ledger`` is the truth: append-only, and never a word of anybody's message. ``issue``, ``wait``,
``spell`` and ``target`` are projections: the fold can make them again at any time, and KPIs read
nothing else.
"""

from datetime import date, datetime

from sqlalchemy import Column, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables import big, day_column, instant_column


def words(default: str = "") -> str:
    """Return a text column of any length."""
    return Field(default=default, sa_column=Column(Text, nullable=False))  # type: ignore[no-any-return]


class Ledger(SQLModel, table=True):
    """One observation (``support.entries.Entry``); ``key`` makes a second copy add nothing."""

    __table_args__ = (
        UniqueConstraint("workspace", "key"),
        Index("ledger_by_channel", "workspace", "channel", "id"),
        Index("ledger_by_root", "workspace", "channel", "root"),
        Index("ledger_by_ts", "workspace", "channel", "ts"),
        Index("ledger_by_time", "workspace", "channel", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    key: str
    kind: str
    channel: str
    at: datetime = instant_column()
    ts: str = ""
    root: str = ""
    actor: str = ""
    role: str = ""
    name: str = ""
    low: datetime | None = instant_column(nullable=True)
    late: bool = False
    details: str = words("")
    """JSON of ``said`` and ``more``; empty where there is neither."""
    recorded: datetime = instant_column()


class Desk(SQLModel, table=True):
    """A channel that Kepi was asked to track, and how far it was heard and folded."""

    __table_args__ = (UniqueConstraint("workspace", "channel"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    channel: str
    name: str = ""
    """For people to read alone; a channel is known by its id."""
    folded: int = big()
    """Id of the last entry that the projections hold."""
    high_water: str = ""
    """``ts`` of the newest message heard."""
    alive: datetime | None = instant_column(nullable=True)
    """Until when nothing can have been missed."""
    gone: datetime | None = instant_column(nullable=True)
    """Since when Kepi is out of the channel, or the channel archived."""
    catching_up: bool = False


class MovedChannel(SQLModel, table=True):
    """An id that Slack replaced (support-spec §5.3): the ledger keeps it, all others moved on."""

    __tablename__ = "moved_channel"
    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    old: str = Field(primary_key=True)
    channel: str
    """Its id now."""
    at: datetime = instant_column()


class DeskRules(SQLModel, table=True):
    """A version of a channel's rules, as JSON of ``support.rules.Rules``; never changed."""

    __tablename__ = "desk_rules"
    __table_args__ = (UniqueConstraint("workspace", "channel", "since"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    channel: str
    since: datetime = instant_column()
    by: str = ""
    rules: str = words()


class RelayRule(SQLModel, table=True):
    """How a program's posts are read (support-spec §2.1): JSON of ``support.relays.RelayRule``."""

    __tablename__ = "relay_rule"

    id: int | None = Field(default=None, primary_key=True)
    workspace: int = Field(index=True)
    channel: str = ""
    """Empty: in every tracked channel."""
    app: str
    """App id or bot id."""
    rule: str = words()
    by: str = ""
    at: datetime = instant_column()
    removed: datetime | None = instant_column(nullable=True)


class Issue(SQLModel, table=True):
    """An issue as its timeline stands; durations in whole seconds by both clocks."""

    __table_args__ = (
        UniqueConstraint("workspace", "channel", "root", "episode"),
        UniqueConstraint("workspace", "number"),
        Index("issue_by_opened", "workspace", "opened"),
        Index("issue_by_responded", "workspace", "responded"),
        Index("issue_by_first_resolved", "workspace", "first_resolved"),
        Index("issue_by_resolved", "workspace", "resolved"),
        Index("issue_by_state", "workspace", "state"),
        Index("issue_by_settled", "workspace", "channel", "settled"),
        {"sqlite_autoincrement": True},  # ids of issues that are gone are not given again
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    number: int
    """What people call it: 12. Given once, never again to another."""
    channel: str
    root: str
    episode: int = 1
    opening: str = ""
    """``ts`` of the message that opened it: the root, or a reply that somebody tracked."""
    state: str
    opened: datetime = instant_column()
    tracked: datetime = instant_column()
    via: str = ""
    customer: str = ""
    reporter: str = ""
    platform: str = ""
    handle: str = ""
    brand: str = ""
    url: str = ""
    source: str = ""
    priority: str = "normal"
    title: str = words("")
    """Given by a command, and kept; a message's first words are in ``excerpt`` alone."""
    assignee: str = ""
    acknowledged: datetime | None = instant_column(nullable=True)
    acknowledged_by: str = ""
    acknowledged_low: datetime | None = instant_column(nullable=True)
    responded: datetime | None = instant_column(nullable=True)
    responded_by: str = ""
    response_ts: str = ""
    response_flags: str = ""
    """``manual``, ``inferred`` or nothing."""
    response_low: datetime | None = instant_column(nullable=True)
    last_response: datetime | None = instant_column(nullable=True)
    waiting_since: datetime | None = instant_column(nullable=True)
    """Start of the wait that is running: the oldest unanswered customer message."""
    first_resolved: datetime | None = instant_column(nullable=True)
    first_resolved_low: datetime | None = instant_column(nullable=True)
    first_resolver: str = ""
    first_assignee: str = ""
    resolved: datetime | None = instant_column(nullable=True)
    """When the resolution that stands was made; empty where none stands."""
    resolved_low: datetime | None = instant_column(nullable=True)
    resolver: str = ""
    resolved_via: str = ""
    reason: str = ""
    reopens: int = 0
    reopened: datetime | None = instant_column(nullable=True)
    """The first reopening."""
    dismissed: datetime | None = instant_column(nullable=True)
    dismiss_reason: str = ""
    merged_into: int | None = None
    follow_up_of: int | None = None
    orphaned: datetime | None = instant_column(nullable=True)
    orphan_reason: str = ""
    snoozed_until: datetime | None = instant_column(nullable=True)
    asked: datetime | None = instant_column(nullable=True)
    suppressed: int = 0
    responses: int = 0
    """Answers until the first resolution; a run by one author within two minutes is one."""
    settled: datetime | None = instant_column(nullable=True)
    """Terminal for longer than its reopening window: nothing but a late entry changes it."""
    relay_lag: int | None = big(nullable=True)
    ack_seconds: int | None = big(nullable=True)
    ack_business: int | None = big(nullable=True)
    response_seconds: int | None = big(nullable=True)
    response_business: int | None = big(nullable=True)
    first_resolution_seconds: int | None = big(nullable=True)
    first_resolution_business: int | None = big(nullable=True)
    resolution_seconds: int | None = big(nullable=True)
    """Full: opened until the resolution that stands."""
    resolution_business: int | None = big(nullable=True)
    active_seconds: int | None = big(nullable=True)
    """Full without the gaps between a resolution and its reopening."""
    active_business: int | None = big(nullable=True)
    paused_seconds: int = big()
    """Waiting on the customer, ended stretches alone."""
    paused_business: int = big()
    wait_seconds: int = big()
    """The customer's ended waits together."""
    wait_business: int = big()
    calendar: int = 0
    """Working hours that count for it, fixed when it opened; 0 is the workspace's."""
    policy: int | None = None
    line_channel: str = ""
    line: str = ""
    """``ts`` of the confirmation line."""


class Numbering(SQLModel, table=True):
    """The last number given to an issue: one whose issue is gone is never given again."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    last: int = big()


class Routed(SQLModel, table=True):
    """A top-level message that counts in another thread, as the fold decided (§3.1, §4.6).

    Kept so that an old thread can be folded again without the whole channel around it.
    """

    __table_args__ = (
        Index("routed_by_root", "workspace", "channel", "root"),
        {"sqlite_with_rowid": False},
    )

    workspace: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    channel: str = Field(primary_key=True)
    ts: str = Field(primary_key=True)
    root: str
    guessed: bool = False
    """Attached by inference, not by its author or its conversation."""


class Wait(SQLModel, table=True):
    """A customer's wait; the first of an issue ends with its first response."""

    __table_args__ = (
        Index("wait_by_end", "workspace", "ended"),
        {"sqlite_with_rowid": False},
    )

    workspace: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    issue: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    started: datetime = instant_column()
    ended: datetime | None = instant_column(nullable=True)
    closed_by: str = ""
    is_next: bool = False
    """It ended in an answer that was not the first response: a sample of next response time."""
    by: str = ""
    flags: str = ""
    seconds: int | None = big(nullable=True)
    business: int | None = big(nullable=True)


class Spell(SQLModel, table=True):
    """A stretch in which an issue was live; resolutions, reopenings and backlog are read here."""

    __table_args__ = (
        Index("spell_by_end", "workspace", "ended"),
        Index("spell_by_start", "workspace", "started"),
        {"sqlite_with_rowid": False},
    )

    workspace: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    issue: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    started: datetime = instant_column()
    how: str
    """``opened`` or ``reopened``."""
    ended: datetime | None = instant_column(nullable=True)
    ended_by: str = ""
    """``resolved``, ``dismissed``, ``merged``."""
    by: str = ""
    via: str = ""
    reason: str = ""
    assignee: str = ""
    low: datetime | None = instant_column(nullable=True)


class Target(SQLModel, table=True):
    """One promise about one issue: when it is due, and how it was decided (support-spec §10)."""

    __table_args__ = (
        Index("target_by_decided", "workspace", "decided"),
        Index("target_by_due", "workspace", "state", "due"),
        {"sqlite_with_rowid": False},
    )

    workspace: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    issue: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str = Field(primary_key=True)
    """``acknowledge``, ``first_response``, ``next_response``, ``first_resolution``,
    ``total_resolution``."""
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    """0, or the number of the wait."""
    clock: str
    length: int = big()
    """Promised seconds of its clock."""
    started: datetime = instant_column()
    due: datetime | None = instant_column(nullable=True)
    """Empty while paused."""
    warn: datetime | None = instant_column(nullable=True)
    state: str
    """``running``, ``paused``, ``met``, ``breached``, ``cancelled``."""
    decided: datetime | None = instant_column(nullable=True)
    """min(fulfilled, due): the period to which it belongs."""
    fulfilled: datetime | None = instant_column(nullable=True)
    overrun: int | None = big(nullable=True)
    """Seconds of its clock beyond ``due``, once fulfilled or resolved."""
    on_change: bool = False
    """Breached because a policy or a priority changed."""


class Policy(SQLModel, table=True):
    """Targets for issues of a scope: JSON of ``support.targets.Policy``; a change is a new row."""

    id: int | None = Field(default=None, primary_key=True)
    workspace: int = Field(index=True)
    name: str
    since: datetime = instant_column()
    until: datetime | None = instant_column(nullable=True)
    policy: str = words()
    by: str = ""


class WorkingHours(SQLModel, table=True):
    """Weekly opening hours of a calendar from a local date on: JSON by weekday."""

    __tablename__ = "working_hours"

    id: int | None = Field(default=None, primary_key=True)
    workspace: int = Field(index=True)
    calendar: int = 0
    """0 is the workspace's; a desk may have its own number."""
    since: date = day_column()
    zone: str
    week: str = words()
    by: str = ""
    at: datetime = instant_column()


class ClosedDate(SQLModel, table=True):
    """A date with hours of its own: none where it is closed. Confirmed by an admin, copied here."""

    __tablename__ = "closed_date"
    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    calendar: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    day: date = day_column(key=True)
    name: str = ""
    windows: str = words("")
    """JSON of windows; empty: closed."""
    source: str = ""
    """``holidays 0.109 SE``, or who typed it."""


class Notice(SQLModel, table=True):
    """Something that the team must be told, once: a delivery that is due (support-spec §10)."""

    __table_args__ = (
        UniqueConstraint("workspace", "key"),
        Index("notice_by_state", "workspace", "state", "due"),
        Index("notice_by_issue", "workspace", "issue"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    key: str
    """``target|issue|kind|position|step``: at most once each."""
    issue: int | None = None
    kind: str
    """``warning``, ``breach``, ``escalation``, ``orphaned``, ``nudge``, ``csat``, ``gap``."""
    channel: str = ""
    due: datetime = instant_column()
    state: str = "due"
    """``due``, ``sent`` or ``dropped``."""
    details: str = words("{}")


class Excerpt(SQLModel, table=True):
    """The first words of a message that opened an issue; erased when it settles or is deleted."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    channel: str = Field(primary_key=True)
    ts: str = Field(primary_key=True)
    text: str = words("")
    at: datetime = instant_column()


class Told(SQLModel, table=True):
    """A private hint that was given: once is enough."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    key: str = Field(primary_key=True)
    at: datetime = instant_column()


class Choice(SQLModel, table=True):
    """What a workspace chose beside zone, week and currency: one value a key, as JSON."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    key: str = Field(primary_key=True)
    """``figures-by-person``, ``csat``, …"""
    value: str = words("null")
    by: str = ""
    at: datetime = instant_column()


class Rating(SQLModel, table=True):
    """A customer's rating of an issue, 1 to 5 (support-spec §9.5)."""

    __table_args__ = (
        UniqueConstraint("workspace", "issue"),
        Index("rating_by_at", "workspace", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    issue: int
    customer: str = ""
    asked: datetime | None = instant_column(nullable=True)
    score: int | None = None
    at: datetime | None = instant_column(nullable=True)
    source: str = ""
    invalid: bool = False
