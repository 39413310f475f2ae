"""Every kind of rows that may be sent, with the model of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.ingest.accounts import DayIn, PostIn
from bot.ingest.media import AdIn, WebIn
from bot.ingest.rows import Row
from bot.ingest.sales import ConversionIn, OrderIn, PathIn, TouchIn
from bot.ingest.voice import CommentIn, MentionIn, ReviewIn, SegmentIn, SurveyIn
from storage.records import KINDS

MENTIONS, DAYS, POSTS = "mentions", "days", "posts"
MOST_ROWS = 50_000
"""In one body."""


@dataclass(frozen=True)
class Ingest:
    """A kind of rows."""

    name: str
    """As in the address it is sent to."""
    title: str
    """What several are called."""
    row: type[Row]
    is_watched: bool = True
    """Its bodies may say of which days they are: then “none” is told from “never asked”."""


ROWS: Mapping[str, type[Row]] = {
    "web": WebIn,
    "ads": AdIn,
    "touches": TouchIn,
    "conversions": ConversionIn,
    "paths": PathIn,
    "orders": OrderIn,
    "reviews": ReviewIn,
    "surveys": SurveyIn,
    "segments": SegmentIn,
    "comments": CommentIn,
}
OTHERS = (
    Ingest(MENTIONS, "mentions", MentionIn, is_watched=False),
    Ingest(DAYS, "account days", DayIn),
    Ingest(POSTS, "posts", PostIn),
)
INGESTS = MappingProxyType(
    {
        it.name: it
        for it in (*(Ingest(it.name, it.title, ROWS[it.name]) for it in KINDS.values()), *OTHERS)
    }
)
"""By name, records first."""
