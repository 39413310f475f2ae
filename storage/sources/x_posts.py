"""X posts: the content file of account analytics, and the older tweet activity file.

In the newer one ``Date`` is a day alone ("Tue, Jul 14, 2026"): the post is placed at that day's
midnight in the file's zone, so its hour is not known. Neither names its account in a column; the
links to the posts do. Both state the days that they cover in their name
(``account_analytics_content_2026-07-01_2026-07-14.csv``,
``tweet_activity_metrics_acme_20200601_20200701_en.csv``).
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from types import MappingProxyType

from storage.said import Words
from storage.sources.layout import PostLayout
from storage.sources.links import read_handle

_SPAN = re.compile(r"account_analytics_content_(\d{4}-\d{2}-\d{2})_(\d{4}-\d{2}-\d{2})", re.ASCII)
_OLD = re.compile(r"tweet_activity_metrics_(\w{1,15}?)_(\d{8})_(\d{8})_", re.ASCII)


def read_span(file_name: str) -> tuple[date, date] | None:
    """Return the first and last day that a file's name states."""
    match = _SPAN.search(file_name)
    return _read_days(match.groups()) if match else None


def read_old_span(file_name: str) -> tuple[date, date] | None:
    """Return the same of an older file's name, whose last day is not in the file."""
    match = _OLD.search(file_name)
    days = _read_days(match.groups()[1:]) if match else None
    return (days[0], max(days[0], days[1] - timedelta(days=1))) if days else None


def read_old_handle(file_name: str) -> str | None:
    match = _OLD.search(file_name)
    return match[1].lower() if match else None


def _read_days(words: Sequence[str]) -> tuple[date, date] | None:
    try:
        first, last = map(date.fromisoformat, words)
    except ValueError:
        return None
    return (first, last) if first <= last else None


# The names in other languages are not verified.
LAYOUT = PostLayout(
    key="x-posts",
    title=Words("X posts"),
    platform="x",
    columns=MappingProxyType(
        {
            "id": ("Post id", "Inläggs-ID", "ID de la publicación", "帖子编号", "ID bài đăng"),
            "published": ("Date", "Datum", "Fecha", "Ngày", "Tanggal", "日期"),
            "caption": ("Post text", "Inläggstext", "Texto de la publicación"),
            "permalink": ("Post Link", "Inläggslänk"),
        }
    ),
    measures=MappingProxyType(
        {
            "impressions": ("Impressions", "Visningar", "Impresiones", "展示次数"),
            "likes": ("Likes", "Gilla-markeringar", "Me gusta", "赞"),
            "comments": ("Replies", "Svar", "Respuestas", "回复"),
            "shares": ("Reposts", "Återpubliceringar", "转帖"),
            "saves": ("Bookmarks", "Bokmärken", "Guardados", "书签"),
            "clicks": ("URL Clicks", "URL-klick", "Clics en la URL"),
            "profile_visits": ("Profile visits", "Profilbesök"),
        }
    ),
    needs=(("id",), ("published",), ("caption", "permalink")),
    date_formats=("%a, %b %d, %Y", "%b %d, %Y", "%Y-%m-%d %H:%M %z"),
    notes=(Words("X names only the day of each post: the hour is unknown, midnight was taken."),),
    handle_of=read_handle,
    span_of=read_span,
    account_hint=Words("as --account x/HANDLE"),
)

LEGACY = PostLayout(
    key="x-posts-legacy",
    title=Words("X posts"),
    platform="x",
    columns=MappingProxyType(
        {
            "id": ("Tweet id",),
            "published": ("time",),
            "caption": ("Tweet text",),
            "permalink": ("Tweet permalink",),
        }
    ),
    measures=MappingProxyType(
        {
            "impressions": ("impressions",),
            "likes": ("likes", "favorites"),
            "comments": ("replies",),
            "shares": ("retweets",),
            "clicks": ("url clicks",),
            "profile_visits": ("user profile clicks",),
        }
    ),
    needs=(("id",), ("published",), ("caption", "permalink")),
    date_formats=("%Y-%m-%d %H:%M %z",),
    zone="UTC",
    handle_of=read_handle,
    account_of=read_old_handle,
    span_of=read_old_span,
    account_hint=Words("as --account x/HANDLE"),
)
