"""The tables, one class each.

Days are counted from 1970-01-01 and instants in UTC microseconds, both as integers, so that the
two databases hold, compare and return the same. Spans are half-open: ``end`` is the first day or
instant that no longer belongs.

Every row belongs to a workspace, and every query carries it. The exceptions: ``calendar`` is the
same for all; a ``definition_epoch`` without a workspace is known for everyone; ``seen_event`` is
keyed by Slack's team, which may write before it has a workspace; an ``ingest_token`` is found by
its digest and tells whose it is; an ``oauth_state`` is nobody's yet; a ``backup_run`` is about the
whole file. Whoever serves all workspaces reads ``installation`` and ``departure`` of all, and
house-keeping forgets what is old (Slack's events, uploads nobody decided on) of all alike.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

EPOCH_DAY = date(1970, 1, 1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def day_number(day: date) -> int:
    """Return the days from 1970-01-01 to ``day``."""
    return (day - EPOCH_DAY).days


def instant_number(instant: datetime) -> int:
    """Return the microseconds from 1970 UTC to an aware ``instant``."""
    return (instant - EPOCH) // timedelta(microseconds=1)


class Day(TypeDecorator[date]):
    """A calendar day, stored as a day number."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:
        return None if value is None else day_number(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        return None if value is None else EPOCH_DAY + timedelta(days=value)


class Instant(TypeDecorator[datetime]):
    """A moment, stored as UTC microseconds; naive datetimes are refused."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else instant_number(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else EPOCH + timedelta(microseconds=value)


def day_column(*, key: bool = False, nullable: bool = False) -> Any:
    return Field(
        default=None if nullable else ...,
        sa_type=Day,
        primary_key=key,
        nullable=nullable,
    )


def instant_column(*, nullable: bool = False) -> Any:
    return Field(default=None if nullable else ..., sa_type=Instant, nullable=nullable)


def big(*, key: bool = False, nullable: bool = False) -> Any:
    return Field(
        default=None if nullable else ...,
        sa_type=BigInteger,
        primary_key=key,
        nullable=nullable,
        sa_column_kwargs={"autoincrement": False} if key else {},
    )


class Workspace(SQLModel, table=True):
    """A Slack workspace and what it chose; ``team_id`` is empty until the bot first connects."""

    id: int | None = Field(default=None, primary_key=True)
    team_id: str | None = Field(default=None, unique=True)
    name: str = ""
    zone: str = "UTC"
    week_start: int = 0
    """0 is Monday, as in ``date.weekday``."""
    currency: str = "EUR"
    installer: str | None = None
    version: int = 0
    """Rises with every change of what answers stand on: accounts, settings, imports."""


class Brand(SQLModel, table=True):
    """A brand: our own, or a competitor's."""

    __table_args__ = (UniqueConstraint("workspace", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: int = Field(foreign_key="workspace.id")
    name: str
    own: bool = True


class Account(SQLModel, table=True):
    """A brand's presence on a platform."""

    __table_args__ = (UniqueConstraint("workspace", "platform", "handle"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: int = Field(foreign_key="workspace.id")
    brand: int = Field(foreign_key="brand.id")
    platform: str
    handle: str
    name: str = ""
    external_id: str | None = None
    """The platform's own id, where an export names it (Page ID, Account ID)."""
    zone: str | None = None
    """Zone of the account's reported days; the platform's where empty."""
    mark: int = big()
    """A random 40-bit number: sums of marks tell equal sets of accounts from unequal ones."""


class Import(SQLModel, table=True):
    """One file that was taken in, and what it changed."""

    __tablename__ = "import"

    id: int | None = Field(default=None, primary_key=True)
    workspace: int = Field(foreign_key="workspace.id", index=True)
    format: str
    file_name: str
    file_hash: str
    by: str = ""
    """Slack user id of the uploader; empty for the command line."""
    at: datetime = instant_column()
    rows: int = 0
    added: int = 0
    changed: int = 0
    first_day: date | None = day_column(nullable=True)
    last_day: date | None = day_column(nullable=True)
    undone: datetime | None = instant_column(nullable=True)


class Fact(SQLModel, table=True):
    """An additive measure or a level of an account on a platform day; absence is absence.

    The key is the clustering order: one measure of one platform is a contiguous range of days.
    Values are integers scaled by the measure's decimals. There is no second index on purpose:
    one by account makes an import 2.4 times slower, one by import 1.4 times. What an import wrote
    is found through its ``Observed`` runs; one account among thousands is read by naming the days
    (``day IN (…)``), each a single look-up in the key.
    """

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    measure: str = Field(primary_key=True)
    platform: str = Field(primary_key=True)
    day: date = day_column(key=True)
    account: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    value: int = big()
    import_id: int


class WindowFact(SQLModel, table=True):
    """Different people in a window of days, as the platform counted them; one day is a window."""

    __tablename__ = "window_fact"
    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    measure: str = Field(primary_key=True)
    account: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    start: date = day_column(key=True)
    end: date = day_column(key=True)
    value: int = big()
    import_id: int


class Revision(SQLModel, table=True):
    """A superseded fact or window fact, kept: what was known before ``replaced_by`` came.

    A fact's revision spans its one day. A ``Unique`` measure's revisions are windows, all others
    are facts. What was known after import N is, of the revisions with ``replaced_by`` > N, a
    key's first one, else what stands; the key begins with ``replaced_by``, so that an import
    appends its revisions in the order in which it reads the facts.
    """

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    replaced_by: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    measure: str = Field(primary_key=True)
    start: date = day_column(key=True)
    end: date = day_column(key=True)
    account: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    value: int = big()
    import_id: int


class Observed(SQLModel, table=True):
    """What an import had values for, in runs; where it wrote no row, it saw what was held.

    ``first`` until before ``until`` are the first days (as day numbers) of spans that are
    ``length`` days long: 1 for facts, a window's length for windows. For posts ``measure`` is
    ``posts``, ``length`` 0, and the run is of row ids. Undoing an import reads these to find
    what it wrote, and to leave to later imports what they saw too.
    """

    __table_args__ = (
        Index("observed_by_key", "workspace", "account", "measure"),
        {"sqlite_with_rowid": False},
    )

    workspace: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    import_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    measure: str = Field(primary_key=True)
    account: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    length: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    first: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    until: int


class Rollup(SQLModel, table=True):
    """Facts summed over accounts: own ones apart from competitors'.

    ``n`` accounts were added up and ``who`` is the sum of their marks, so that two measures are
    known to come from the same accounts.
    """

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    measure: str = Field(primary_key=True)
    platform: str = Field(primary_key=True)
    own: bool = Field(primary_key=True)
    day: date = day_column(key=True)
    total: int = big()
    n: int
    who: int = big()


class Post(SQLModel, table=True):
    """A post with its latest counters; missing counters are null, never 0."""

    __table_args__ = (
        UniqueConstraint("workspace", "account", "external_id"),
        Index("post_by_platform", "workspace", "platform", "published"),
        Index("post_by_account", "workspace", "account", "published"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    account: int = Field(foreign_key="account.id")
    platform: str
    external_id: str
    published: datetime = instant_column()
    hour: int
    """Local hour and weekday (0 is Monday) of publishing, in the workspace's zone."""
    weekday: int
    gap: int | None = big(nullable=True)
    """Seconds since the account's post before this one."""
    content_type: str | None = None
    paid: bool | None = None
    title: str | None = None
    permalink: str | None = None
    impressions: int | None = big(nullable=True)
    reach: int | None = big(nullable=True)
    likes: int | None = big(nullable=True)
    comments: int | None = big(nullable=True)
    shares: int | None = big(nullable=True)
    saves: int | None = big(nullable=True)
    clicks: int | None = big(nullable=True)
    video_views: int | None = big(nullable=True)
    profile_visits: int | None = big(nullable=True)
    engagements: int | None = big(nullable=True)
    """Sum of the components that the post's sources supply; null when one of those is blank."""
    interactions: int | None = big(nullable=True)
    supplied: int = 0
    """Bit per counter of ``measures.COUNTERS``: its sources have the column."""


class PostTag(SQLModel, table=True):
    """A hashtag of a post, in lower case without the sign."""

    __tablename__ = "post_tag"
    __table_args__ = (Index("post_tag_by_post", "post"), {"sqlite_with_rowid": False})

    workspace: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    tag: str = Field(primary_key=True)
    post: int = Field(
        primary_key=True, foreign_key="post.id", sa_column_kwargs={"autoincrement": False}
    )


class PostSnapshot(SQLModel, table=True):
    """A post's counters as one import saw them."""

    __tablename__ = "post_snapshot"
    __table_args__ = (Index("post_snapshot_by_import", "import_id"),)

    post: int = Field(
        primary_key=True, foreign_key="post.id", sa_column_kwargs={"autoincrement": False}
    )
    import_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    workspace: int
    observed: datetime = instant_column()
    supplied: int = 0
    said: str = Field(default="{}", sa_column=Column(Text, nullable=False))
    """JSON of what the import said beside the counters; blank cells are left out."""
    impressions: int | None = big(nullable=True)
    reach: int | None = big(nullable=True)
    likes: int | None = big(nullable=True)
    comments: int | None = big(nullable=True)
    shares: int | None = big(nullable=True)
    saves: int | None = big(nullable=True)
    clicks: int | None = big(nullable=True)
    video_views: int | None = big(nullable=True)
    profile_visits: int | None = big(nullable=True)


class Watched(SQLModel, table=True):
    """Days that a source was read for, whether or not it held anything."""

    __table_args__ = (Index("watched_by_account", "workspace", "source", "account", "start"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    source: str
    """``posts`` or ``account-days``."""
    platform: str
    account: int
    start: date = day_column()
    end: date = day_column()
    import_id: int = Field(index=True)


class Calendar(SQLModel, table=True):
    """Local days of a zone as instants: a join cuts instants into days, right across DST."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    zone: str = Field(primary_key=True)
    day: date = day_column(key=True)
    start: datetime = instant_column()
    end: datetime = instant_column()


class DefinitionEpoch(SQLModel, table=True):
    """A day from which a platform counts a measure otherwise; no change is told across it."""

    __tablename__ = "definition_epoch"

    id: int | None = Field(default=None, primary_key=True)
    workspace: int | None = None
    """Empty: known for everyone."""
    platform: str
    measure: str
    day: date = day_column()
    note: str


class SeenEvent(SQLModel, table=True):
    """A delivery from Slack, written down before it is acknowledged; a second one adds nothing."""

    __tablename__ = "seen_event"

    team: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    at: datetime = instant_column()
    done: bool = False
    body: str = Field(default="", sa_column=Column(Text, nullable=False))


class Upload(SQLModel, table=True):
    """A dropped file that waits for its uploader's yes; its bytes go when it is decided."""

    __table_args__ = (UniqueConstraint("workspace", "file_id"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    file_id: str
    channel: str
    by: str
    file_name: str
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    account: int | None = None
    at: datetime = instant_column()


def table_of(model: type[SQLModel]) -> Table:
    """Return the Core table of a class: queries are written over its ``c``."""
    return SQLModel.metadata.tables[str(model.__tablename__)]
