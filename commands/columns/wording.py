"""What the fields of a match are called."""

from __future__ import annotations

from commands.saying import say


def grains() -> list[tuple[str, str]]:
    """Return what a row can be, with what it is called."""
    return [
        ("post", say("A post")),
        ("account-day", say("A day of an account")),
        ("mention", say("A mention of a brand")),
        ("session", say("A visit to the web site")),
    ]


def grain_title(grain: str) -> str:
    """Return what the rows of a match are: “posts”."""
    return {
        "post": say("posts"),
        "account-day": say("account days"),
        "mention": say("mentions"),
        "session": say("web visits"),
    }.get(grain, grain)


def label_of(grain: str, key: str) -> str:
    """Return what a field is called."""
    return special_labels().get((grain, key)) or labels().get(key, key)


def special_labels() -> dict[tuple[str, str], str]:
    """Return the names of fields that are called otherwise in one kind of row."""
    return {
        ("mention", "id"): say("Id or link of the mention"),
        ("mention", "platform"): say("Network"),
        ("mention", "followers"): say("Followers of the author"),
        ("account-day", "reach"): say("Reach of the day"),
        ("session", "platform"): say("Network it came from"),
        ("session", "source"): say("Source it came from"),
    }


def labels() -> dict[str, str]:
    """Return the name of each field."""
    return {
        "id": say("Post id or link"),
        "published": say("Date of publishing"),
        "day": say("Day"),
        "time": say("Date"),
        "impressions": say("Views or impressions"),
        "likes": say("Likes or reactions"),
        "reach": say("Reach"),
        "reach:7": say("Reach of 7 days"),
        "reach:28": say("Reach of 28 days"),
        "comments": say("Comments"),
        "shares": say("Shares"),
        "saves": say("Saves"),
        "clicks": say("Link clicks"),
        "video_views": say("Video views"),
        "profile_visits": say("Profile visits"),
        "followers": say("Followers"),
        "gained": say("Followers gained"),
        "lost": say("Followers lost"),
        "permalink": say("Link"),
        "url": say("Link"),
        "caption": say("Caption"),
        "content_type": say("Kind of post"),
        "paid": say("Paid or not"),
        "campaign": say("Campaign"),
        "text": say("What was said"),
        "sentiment": say("Sentiment"),
        "brand": say("Brand"),
        "author": say("Author"),
        "topic": say("Topic"),
        "tagged": say("Tagged or not"),
        "language": say("Language"),
        "converted": say("Converted or not"),
        "source": say("Source"),
        "medium": say("Medium"),
        "keyword": say("Keyword"),
        "bounced": say("Left at once or not"),
        "platform": say("Network"),
        "account": say("Account"),
    }
