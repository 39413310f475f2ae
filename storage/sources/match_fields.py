"""What the columns of an unknown table can be: the fields of each kind of row.

The first four of a grain are those that matter; the others are asked for under *More*.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from storage.sources.mapping import REQUIRED


class Kind(StrEnum):
    """What stands in the cells of a field."""

    ID = "id"
    DATE = "date"
    NUMBER = "number"
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


def _fields(**kinds: Kind) -> tuple[MatchField, ...]:
    return tuple(MatchField(key, kind) for key, kind in kinds.items())


def _measures(*keys: str) -> tuple[MatchField, ...]:
    return tuple(MatchField(key, Kind.NUMBER, is_measure=True) for key in keys)


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
    }
)
"""Grain of a mapping → its fields, the four that matter first."""
FOUR = 4
DATED: Mapping[str, str] = MappingProxyType(
    {"post": "published", "account-day": "day", "mention": "time", "session": "day"}
)
"""The field that says when."""
NEEDED: Mapping[str, frozenset[str]] = MappingProxyType(
    {grain: frozenset((*names, DATED[grain])) for grain, names in REQUIRED.items()}
)
"""What a match cannot do without; of posts and days, one measure beside it."""
