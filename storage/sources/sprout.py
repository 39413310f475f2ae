"""Sprout Social: post performance and profile performance, several networks in one file.

No file of Sprout's own was found: the headers are likely, not verified (ecosystem §3).
"""

from types import MappingProxyType

from storage.said import Words
from storage.sources.layout import DayLayout, PostLayout
from storage.sources.links import read_handle

_HINT = "as --account PLATFORM/HANDLE, once for each platform"

POSTS = PostLayout(
    key="sprout-posts",
    title=Words("Sprout posts (header not verified)"),
    platform="",
    columns=MappingProxyType(
        {
            "id": ("Post ID",),
            "published": ("Date", "Timestamp"),
            "platform": ("Network",),
            "handle": ("Profile",),
            "caption": ("Post",),
            "permalink": ("Link",),
            # Post Type says post, story, reply; Content Type says photo, video, text.
            "content_type": ("Content Type", "Post Type"),
            "sender": ("Sent by",),
            "campaign": ("Campaign Name",),
        }
    ),
    measures=MappingProxyType(
        {
            "impressions": ("Impressions",),
            "reach": ("Reach",),
            "likes": ("Reactions", "Likes"),
            "comments": ("Comments",),
            "shares": ("Shares",),
            "saves": ("Saves",),
            "clicks": ("Post Link Clicks",),
            "video_views": ("Video Views",),
        }
    ),
    needs=(("id",), ("published",), ("platform",), ("handle",), ("caption", "permalink")),
    date_formats=(
        "%m/%d/%Y %I:%M %p", "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y", "%m-%d-%Y",
    ),
    is_verified=False,
    handle_of=read_handle,
    account_hint=Words(_HINT),
)  # fmt: skip
PROFILE = DayLayout(
    key="sprout-profile",
    title=Words("Sprout account days (header not verified)"),
    platform="",
    columns=MappingProxyType(
        {"day": ("Date",), "platform": ("Network",), "account": ("Profile",)},
    ),
    measures=MappingProxyType(
        {
            "followers": ("Audience", "Followers"),
            "gained": ("Audience Gained", "Followers Gained"),
            "lost": ("Audience Lost", "Followers Lost"),
            "impressions": ("Impressions",),
            "likes": ("Reactions",),
            "comments": ("Comments",),
            "shares": ("Shares",),
            "saves": ("Saves",),
            "clicks": ("Post Link Clicks",),
            "video_views": ("Video Views",),
            # A window of one day: different people of that day, never added.
            "reach": ("Reach",),
        }
    ),
    needs=(("day",), ("platform",), ("account",), ("followers", "gained")),
    date_formats=("%m/%d/%Y", "%m-%d-%Y"),
    is_verified=False,
    account_hint=Words(_HINT),
)
