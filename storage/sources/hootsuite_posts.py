"""Hootsuite post performance: posts of several networks in one file, two title lines above.

No file of Hootsuite's own was found: its header is likely, not verified (ecosystem §3).
"""

from types import MappingProxyType

from storage.said import Words
from storage.sources.layout import PostLayout
from storage.sources.links import read_handle

LAYOUT = PostLayout(
    key="hootsuite-posts",
    title=Words("Hootsuite posts (header not verified)"),
    platform="",
    columns=MappingProxyType(
        {
            "id": ("Post ID", "Message ID"),
            "published": ("Date (GMT)", "Date (UTC)", "Date Published (GMT)"),
            "platform": ("Social Network", "Network", "Network Type"),
            "handle": ("Social Profile", "Profile", "Social Network Handle", "Account"),
            "caption": ("Post Message", "Message"),
            "permalink": ("Post Permalink", "Permalink"),
            "content_type": ("Post Type",),
            "campaign": ("Campaign", "Campaign name"),
        }
    ),
    measures=MappingProxyType(
        {
            "impressions": ("Impressions", "Post Impressions"),
            "reach": ("Reach", "Post Reach"),
            "likes": ("Likes", "Reactions"),
            "comments": ("Comments",),
            "shares": ("Shares",),
            "saves": ("Saves",),
            "clicks": ("Post Link Clicks", "Link Clicks"),
            "video_views": ("Video Views",),
        }
    ),
    needs=(("id",), ("published",), ("platform",), ("caption", "permalink")),
    date_formats=(
        "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%b %d, %Y %H:%M", "%m/%d/%Y %H:%M", "%m/%d/%Y",
        "%b %d, %Y",
    ),
    zone="UTC",
    is_verified=False,
    handle_of=read_handle,
    account_hint=Words("as --account PLATFORM/HANDLE, once for each platform"),
)  # fmt: skip
