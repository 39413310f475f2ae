"""X posts: the content file of account analytics, and the older tweet activity file.

``Date`` is a day alone ("Tue, Jul 14, 2026"): the post is placed at that day's midnight in the
file's zone, so its hour is not known. The file names no account; its post links do. Its name
states the days it covers (``account_analytics_content_2026-07-01_2026-07-14.csv``).
"""

import re
from datetime import date
from types import MappingProxyType

from storage.sources.layout import PostLayout

_LINK = re.compile(
    r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/(?!i/)([A-Za-z0-9_]{1,15})/status/"
)
_SPAN = re.compile(r"account_analytics_content_(\d{4}-\d{2}-\d{2})_(\d{4}-\d{2}-\d{2})", re.ASCII)


def read_handle(permalink: str) -> str | None:
    """Return the handle in a link to a post."""
    match = _LINK.match(permalink)
    return match.group(1).lower() if match else None


def read_span(file_name: str) -> tuple[date, date] | None:
    """Return the first and last day that the file's name states."""
    match = _SPAN.search(file_name)
    if match is None:
        return None
    try:
        first, last = (date.fromisoformat(part) for part in match.groups())
    except ValueError:
        return None
    return (first, last) if first <= last else None


# The names in other languages are not verified.
LAYOUT = PostLayout(
    key="x-posts",
    title="X posts",
    platform="x",
    columns=MappingProxyType(
        {
            "id": ("Post id", "Tweet id", "Inläggs-ID", "ID de la publicación", "帖子编号"),
            "published": ("Date", "time", "Datum", "Fecha", "Ngày", "Tanggal", "日期"),
            "caption": ("Post text", "Tweet text", "Inläggstext", "Texto de la publicación"),
            "permalink": ("Post Link", "Tweet permalink", "Inläggslänk"),
        }
    ),
    counters=MappingProxyType(
        {
            "impressions": ("Impressions", "Visningar", "Impresiones", "展示次数"),
            "likes": ("Likes", "Gilla-markeringar", "Me gusta", "赞"),
            "comments": ("Replies", "Svar", "Respuestas", "回复"),
            "shares": ("Reposts", "retweets", "Återpubliceringar", "转帖"),
            "saves": ("Bookmarks", "Bokmärken", "Guardados", "书签"),
            "clicks": ("URL Clicks", "URL-klick", "Clics en la URL"),
            "profile_visits": ("Profile visits", "user profile clicks", "Profilbesök"),
        }
    ),
    needs=(("id",), ("published",), ("caption", "permalink")),
    date_formats=("%a, %b %d, %Y", "%b %d, %Y", "%Y-%m-%d %H:%M %z"),
    notes=("X names only the day of each post: the hour is unknown, midnight was taken.",),
    handle_of=read_handle,
    span_of=read_span,
    account_hint="as --account x/HANDLE",
)
