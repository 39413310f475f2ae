"""The tables of the house: who may, what was chosen, what is written on the wall, who is let in.

Conventions as in ``storage.tables``. Not of one workspace: ``oauth_state``, which is made before
anybody knows which workspace installs Kepi, and ``backup_run``, for a copy holds the whole file.
"""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.issue_tables import words
from storage.tables import big, day_column, instant_column


class Installation(SQLModel, table=True):
    """A workspace that installed Kepi by OAuth: one row, the newest; older tokens are gone."""

    workspace: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    team: str = Field(unique=True)
    """Slack's id of it."""
    enterprise: str = ""
    sealed: str = words()
    """What Slack gave, tokens too, as JSON under the newest of ``KEPI_SECRET_KEYS``."""
    by: str = ""
    """Slack user id of who installed it."""
    at: datetime = instant_column()
    expires: datetime | None = instant_column(nullable=True)
    """When the bot's token has to be renewed; empty where tokens are not rotated."""


class OAuthState(SQLModel, table=True):
    """A state that was given to somebody's browser and may come back once."""

    __tablename__ = "oauth_state"

    digest: str = Field(primary_key=True)
    """SHA-256 of it: whoever reads the table can use none."""
    expires: datetime = instant_column()


class Departure(SQLModel, table=True):
    """A workspace that removed Kepi: since when, and when all that is left of it is erased."""

    workspace: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = instant_column()
    erase: datetime = instant_column()


class Admin(SQLModel, table=True):
    """Somebody whom an admin made one of Kepi; Slack's own admins and the installer need no row."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    person: str = Field(primary_key=True)
    by: str = ""
    at: datetime = instant_column()


class SettingChange(SQLModel, table=True):
    """One change of a setting, and who made it when; never changed itself."""

    __tablename__ = "setting_change"
    __table_args__ = (
        Index("setting_change_by_time", "workspace", "at"),
        Index("setting_change_by_channel", "workspace", "channel", "key", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    channel: str = ""
    """Empty: of the whole workspace."""
    key: str
    """“zone”, “support.open-hours”, “account”: what people call it."""
    before: str = words()
    """As people read it; empty where nothing was chosen."""
    after: str = words()
    by: str = ""
    """Slack user id; empty for the command line."""
    at: datetime = instant_column()
    source: str = ""
    """“form”, “file”, “command”, “cli”."""


class DateNote(SQLModel, table=True):
    """What happened on some days, for charts to tell: “Black Week”."""

    __tablename__ = "date_note"
    __table_args__ = (Index("date_note_by_day", "workspace", "first"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    first: date = day_column()
    until: date = day_column()
    """The day after the last."""
    words: str = words()
    by: str = ""
    at: datetime = instant_column()
    version: int = 1
    """Rises with each edit: whoever saves an older one is told."""
    removed: datetime | None = instant_column(nullable=True)


class ColumnMatch(SQLModel, table=True):
    """What the columns of an unknown layout are, as somebody matched them; found by its header."""

    __tablename__ = "column_match"
    __table_args__ = (UniqueConstraint("workspace", "fingerprint"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: int
    fingerprint: str
    """SHA-256 of the header's names in their order, folded."""
    name: str = ""
    """What people call the layout: the first file's name."""
    header: str = words("[]")
    """JSON: the header's names."""
    mapping: str = words("{}")
    """JSON of the tables of a mapping file (docs/imports.md): file, columns, measures."""
    by: str = ""
    at: datetime = instant_column()
    version: int = 1
    used: datetime | None = instant_column(nullable=True)


class Erasure(SQLModel, table=True):
    """Somebody was erased; not who, but that, when, and how many rows it took."""

    id: int | None = Field(default=None, primary_key=True)
    workspace: int = Field(index=True)
    what: str
    """“person”, “retention”, or “departure”: everybody of a workspace that removed Kepi."""
    by: str = ""
    at: datetime = instant_column()
    done: datetime | None = instant_column(nullable=True)
    rows: int = big()


class BackupRun(SQLModel, table=True):
    """A verified copy that was made of the database, or why none was."""

    __tablename__ = "backup_run"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = instant_column()
    file: str = ""
    bytes: int = big()
    checksum: str = ""
    """SHA-256 of the file."""
    counts: str = words("{}")
    """JSON: rows by table, and totals of KPIs."""
    trouble: str = words()
    """Why it failed; empty: it did not."""
