"""What the columns of an unknown table can be: the fields of each kind of row.

The first four of a grain are those that matter; the others are asked for under *More*.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from storage.sources.mapping import REQUIRED
from storage.sources.record_grains import RECORD_GRAINS, RecordGrain


class Kind(StrEnum):
    """What stands in the cells of a field."""

    ID = "id"
    DATE = "date"
    NUMBER = "number"
    AMOUNT = "amount"
    ANY = "any"
    WORDS = "words"
    LINK = "link"
    FLAG = "flag"
    PLATFORM = "platform"
    SENTIMENT = "sentiment"


class MatchField(NamedTuple):
    """A column of ours; ``key`` as a mapping file calls it."""

    key: str
    kind: Kind
    is_measure: bool = False
    names: tuple[str, ...] = ()
    """What the record's own layout calls it, where it is of a record."""


def _fields(**kinds: Kind) -> tuple[MatchField, ...]:
    return tuple(MatchField(key, kind) for key, kind in kinds.items())


def _measures(*keys: str) -> tuple[MatchField, ...]:
    return tuple(MatchField(key, Kind.NUMBER, is_measure=True) for key in keys)


_KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "moment": Kind.DATE,
        "day": Kind.DATE,
        "whole": Kind.NUMBER,
        "amount": Kind.AMOUNT,
        "flag": Kind.FLAG,
        "url": Kind.LINK,
        "words": Kind.WORDS,
    }
)


def _of_record(grain: RecordGrain) -> tuple[MatchField, ...]:
    return tuple(_as_field(it, grain) for it in grain.columns)


def _as_field(column: str, grain: RecordGrain) -> MatchField:
    """Return a column of a record; names and words may be numbers in a workbook: of any kind."""
    held = grain.field_of(column)
    kind = Kind.ID if column == "id" else _KINDS.get(held.sort, Kind.ANY)
    names = held.names
    if column == "day":
        names += grain.layout.fields["day"].names
    return MatchField(column, kind, names=names)


FIELDS: Mapping[str, tuple[MatchField, ...]] = MappingProxyType(
    {
        "post": (
            *_fields(id=Kind.ID, published=Kind.DATE),
            *_measures("impressions", "likes", "reach", "comments", "shares", "saves", "clicks"),
            *_measures("video_views", "profile_visits"),
            *_fields(permalink=Kind.LINK, caption=Kind.WORDS, content_type=Kind.WORDS),
            *_fields(paid=Kind.WORDS, campaign=Kind.WORDS),
        ),
        "account-day": (
            *_fields(day=Kind.DATE),
            *_measures("followers", "reach", "impressions", "likes", "comments", "shares"),
            *_measures("saves", "clicks", "video_views", "profile_visits", "gained", "lost"),
            *_measures("reach:7", "reach:28"),
        ),
        "mention": (
            *_fields(id=Kind.ID, time=Kind.DATE, text=Kind.WORDS, sentiment=Kind.SENTIMENT),
            *_fields(platform=Kind.PLATFORM, brand=Kind.WORDS, author=Kind.WORDS),
            *_fields(followers=Kind.NUMBER, topic=Kind.WORDS, tagged=Kind.FLAG),
            *_fields(url=Kind.LINK, language=Kind.WORDS),
        ),
        "session": (
            *_fields(day=Kind.DATE, converted=Kind.FLAG, source=Kind.WORDS, medium=Kind.WORDS),
            *_fields(campaign=Kind.WORDS, keyword=Kind.WORDS, platform=Kind.PLATFORM),
            *_fields(bounced=Kind.FLAG),
        ),
        **{grain: _of_record(it) for grain, it in RECORD_GRAINS.items()},
    }
)
"""Grain of a mapping → its fields, the four that matter first."""
FOUR = 4
DATED: Mapping[str, str] = MappingProxyType(
    {"post": "published", "account-day": "day", "mention": "time", "session": "day"}
    | {grain: it.dated for grain, it in RECORD_GRAINS.items()}
)
"""The field that says when."""
NEEDED: Mapping[str, frozenset[str]] = MappingProxyType(
    {grain: frozenset((*names, DATED[grain])) for grain, names in REQUIRED.items()}
)
"""What a match cannot do without; of posts and days, one measure beside it."""
OWNED = frozenset({"post", "account-day"})
"""Grains whose rows are an account's."""
NETWORKED = frozenset({*OWNED, "mention", "session", "spend", "touch", "comment"})
"""Grains of which a form asks for the network of all rows."""
SAID_ONCE: Mapping[str, str] = MappingProxyType(
    {"conversion": "type", "review": "source", "answer": "kind"}
)
"""The field that a form asks for in words, where no column says it."""
