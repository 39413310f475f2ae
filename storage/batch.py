"""What an outside file becomes before it is stored: rows in our own words, and the bad ones named.

``storage.sources`` makes a ``Batch`` without a database; ``storage.imports`` previews, stores
and takes it back.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from storage.said import Words, speak


@dataclass(frozen=True, order=True)
class AccountName:
    """An account as a file names it; ``handle`` is lower case, without ``@``."""

    platform: str
    handle: str
    external_id: str | None = None
    name: str = ""
    own: bool = field(default=True, compare=False)
    """What a brand that is made for it is: a file of competitors' pages makes none of ours."""


class PostRow(NamedTuple):
    """A post and its counters, in the order of ``measures.COUNTERS``; ``None`` is a blank cell."""

    line: int
    account: AccountName
    external_id: str
    published: datetime
    """Aware, in UTC."""
    counters: tuple[int | None, ...]
    content_type: str | None = None
    """``photo``, ``video``, ``reel``, ``carousel``, ``story``, ``text``, ``link`` …"""
    paid: bool | None = None
    title: str | None = None
    permalink: str | None = None
    hashtags: tuple[str, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    """Pairs of ``campaign`` or ``variant`` and the word that people put on the post."""


class DayRow(NamedTuple):
    """An additive measure or a level of an account on a platform day (scaled integer)."""

    line: int
    account: AccountName
    measure: str
    day: date
    value: int


class WindowRow(NamedTuple):
    """Different people (a U measure) in the days from ``start`` until before ``end``."""

    line: int
    account: AccountName
    measure: str
    start: date
    end: date
    value: int


class MentionRow(NamedTuple):
    """Somebody named a brand."""

    line: int
    brand: str
    """As the file names it; empty: our own."""
    platform: str
    external_id: str
    at: datetime
    """Aware, in UTC."""
    author: str = ""
    followers: int | None = None
    tagged: bool | None = None
    sentiment: str = ""
    """``positive``, ``neutral`` or ``negative``; empty: nobody said."""
    topic: str = ""
    permalink: str = ""
    words: str = ""
    """What was said, where the file tells it: kept to be classified (``mention_text``)."""
    language: str = ""
    """``en``, ``vi`` …, where the file tells it."""


class RecordRow(NamedTuple):
    """A row of one of the kinds of ``storage.records.KINDS``, its values in their order."""

    line: int
    values: tuple[object, ...]
    """``RecordKind.columns``: dates and aware datetimes as such, money in minor units; a brand or
    an account as the file names it (a word; an ``AccountName``)."""


class RecordRows(NamedTuple):
    """All rows of one kind in a file, and the days that the file was read for."""

    kind: str
    rows: tuple[RecordRow, ...]
    start: date | None = None
    end: date | None = None
    """Half-open. Empty: from the first to the last day of the rows."""


class BadRow(NamedTuple):
    """A row that cannot be stored; ``reason`` is words for the person who sent the file."""

    line: int
    column: str | None
    reason: str

    def __str__(self) -> str:
        """Return it as a line, in the language that is spoken."""
        if not self.column:
            return speak(Words("line {line}: {reason}", line=self.line, reason=self.reason))
        return speak(
            Words(
                "line {line}, {column}: {reason}",
                line=self.line,
                column=self.column,
                reason=self.reason,
            )
        )


class WatchedSpan(NamedTuple):
    """Days that the file was read for, whether or not it held anything."""

    source: str
    """``posts`` or ``account-days``."""
    account: AccountName
    start: date
    end: date


@dataclass(frozen=True)
class Batch:
    """One file, read: nothing of it is stored yet."""

    format: str
    """Key of the source, as ``--format`` names it."""
    title: str
    """What it is, in words: “Instagram posts”."""
    file_name: str
    file_hash: str
    posts: tuple[PostRow, ...] = ()
    days: tuple[DayRow, ...] = ()
    windows: tuple[WindowRow, ...] = ()
    watched: tuple[WatchedSpan, ...] = ()
    supplied: frozenset[str] = frozenset()
    """The counters for which the file has a column (posts only)."""
    bad: tuple[BadRow, ...] = ()
    notes: tuple[str, ...] = field(default=())
    """What a person should know of the reading: “2 exact repeats were counted once”."""
    mentions: tuple[MentionRow, ...] = ()
    records: tuple[RecordRows, ...] = ()
