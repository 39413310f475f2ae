"""X account overview: one line a day. The order of its columns varies; it names no account.

``Shares`` counts what left X by its share menu; the reposts are the shares here, as with posts.
"""

from types import MappingProxyType

from storage.said import Words
from storage.sources.layout import DayLayout

LAYOUT = DayLayout(
    key="x-overview",
    title=Words("X account days"),
    platform="x",
    columns=MappingProxyType(
        {
            "day": ("Date", "Datum", "Fecha", "Ngày", "Tanggal", "日期"),
            "published": ("Create Post", "Tweets published", "Skapa inlägg"),
        },
    ),
    measures=MappingProxyType(
        {
            "impressions": ("Impressions", "Visningar", "Impresiones", "展示次数"),
            "likes": ("Likes", "Gilla-markeringar", "Me gusta", "赞"),
            "comments": ("Replies", "Svar", "Respuestas", "回复"),
            "shares": ("Reposts", "retweets", "Återpubliceringar", "转帖"),
            "saves": ("Bookmarks", "Bokmärken", "Guardados", "书签"),
            "profile_visits": ("Profile visits", "user profile clicks", "Profilbesök"),
            "gained": ("New follows", "follows", "Nya följare"),
            "lost": ("Unfollows", "Slutat följa"),
            "video_views": ("Video views", "Videovisningar"),
            "clicks": ("URL Clicks", "URL-klick"),
        }
    ),
    # A list of posts has most of these too, but neither of those in the last group.
    needs=(("day",), ("impressions",), ("shares",), ("lost", "video_views", "published")),
    date_formats=("%a, %b %d, %Y", "%b %d, %Y", "%m/%d/%Y"),
    zone="UTC",
    account_hint=Words("name the account, as --account x/HANDLE"),
)
