"""What the fields of a match are called."""

from __future__ import annotations

from commands.saying import say


def grains() -> list[tuple[str, str]]:
    """Return what a row can be, with what it is called."""
    return [
        ("post", say("A post")),
        ("account-day", say("A day of an account")),
        ("mention", say("A mention of a brand")),
        ("comment", say("A comment under a post")),
        ("spend", say("A day's ad spend")),
        ("visits", say("A day's visits to the web site")),
        ("session", say("A visit to the web site")),
        ("touch", say("A customer's contact with us")),
        ("conversion", say("A conversion, such as a lead")),
        ("order", say("An order")),
        ("review", say("A review")),
        ("answer", say("An answer to a survey")),
    ]


def grain_title(grain: str) -> str:
    """Return what the rows of a match are: “posts”."""
    return {
        "post": say("posts"),
        "account-day": say("account days"),
        "mention": say("mentions"),
        "comment": say("comments"),
        "spend": say("ad spend"),
        "visits": say("visits by day"),
        "session": say("web visits"),
        "touch": say("customers' contacts"),
        "conversion": say("conversions"),
        "order": say("orders"),
        "review": say("reviews"),
        "answer": say("survey answers"),
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
        ("visits", "source"): say("Source they came from"),
        ("visits", "platform"): say("Network they came from"),
        ("visits", "bounced"): say("Visits of one page"),
        ("visits", "day"): say("Day, or the first of several"),
        ("spend", "day"): say("Day, or the first of several"),
        ("spend", "account"): say("Ad account"),
        ("spend", "value"): say("Value of the conversions"),
        ("order", "id"): say("Order number"),
        ("order", "time"): say("Date of the order"),
        ("order", "value"): say("Amount, refunds below 0"),
        ("touch", "id"): say("Id of the contact"),
        ("touch", "source"): say("Source they came from"),
        ("conversion", "id"): say("Id of the conversion"),
        ("conversion", "source"): say("Source they came from"),
        ("review", "id"): say("Review id"),
        ("review", "source"): say("Where it stands, such as Google"),
        ("answer", "id"): say("Id of the answer"),
        ("comment", "id"): say("Comment id"),
        ("comment", "text"): say("The comment"),
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
        "customer": say("Customer, as an id or e-mail"),
        "value": say("Value"),
        "currency": say("Currency"),
        "type": say("What was done"),
        "session": say("Visit id"),
        "direct": say("In the same visit or not"),
        "referral": say("Recommended or not"),
        "spend": say("Spend"),
        "ad": say("Ad"),
        "variant": say("Variant of a test"),
        "conversions": say("Conversions"),
        "end": say("Last day"),
        "sessions": say("Visits"),
        "engaged": say("Engaged visits"),
        "converting": say("Visits that converted"),
        "key_events": say("Key events"),
        "page_views": say("Page views"),
        "revenue": say("Revenue"),
        "channel_group": say("Channel group"),
        "social": say("From social media or not"),
        "property": say("Web site"),
        "stars": say("Stars"),
        "most": say("Most stars there are"),
        "score": say("Score"),
        "kind": say("Kind of question"),
        "survey": say("Survey"),
        "lowest": say("Lowest score there is"),
        "highest": say("Highest score there is"),
        "scale": say("Scale, such as 1-5"),
        "agent": say("Who had answered"),
        "respondent": say("Customer, as an id or e-mail"),
        "post": say("Post id"),
        "own": say("Written by us or not"),
        "platform": say("Network"),
        "account": say("Account"),
    }
