"""A body of every kind, and what the tables hold once it is stored: written out by hand."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]
SAID = "They lost my parcel again."
BODIES: dict[str, list[Row]] = {
    "web": [
        {
            "day": "2026-11-20", "channel_group": "Organic Social", "source": "instagram",
            "sessions": 120, "engaged_sessions": 80, "revenue": "99.50", "currency": "EUR",
        },
        {"day": "2026-11-20", "channel_group": "Direct", "sessions": 40, "engaged_sessions": 10},
    ],
    "ads": [
        {
            "day": "2026-11-20", "platform": "Facebook", "campaign": "autumn", "spend": 12.5,
            "currency": "EUR", "impressions": 1000, "clicks": 20,
        },
        {
            "day": "2026-11-20", "platform": "tiktok", "campaign": "autumn", "spend": 1500,
            "currency": "JPY",
        },
    ],
    "touches": [
        {"id": "t1", "at": "2026-11-20T10:00:00+01:00", "customer": "c1", "platform": "ig"},
        {"id": "t2", "at": "2026-11-20T11:00:00Z", "customer": "c1", "platform": "Email"},
    ],
    "conversions": [
        {
            "id": "k1", "at": "2026-11-20T12:00:00Z", "type": "Purchase", "customer": "c1",
            "value": 20, "currency": "SEK", "direct": True,
        },
        {"id": "k2", "at": "2026-11-20T13:00:00Z", "type": "lead", "source": "fair"},
    ],
    "paths": [
        {
            "name": "autumn", "start": "2026-11-01", "end": "2026-11-08",
            "path": ["eta", "iota", "alpha"], "conversions": 3, "value": "1.25",
            "currency": "EUR", "others": 7,
        },
        {
            "name": "autumn", "start": "2026-11-01", "end": "2026-11-08", "path": ["iota"],
            "conversions": 1,
        },
    ],
    "orders": [
        {
            "id": "o1", "at": "2026-11-20T09:30:00+07:00", "customer": "c1", "value": "19.99",
            "currency": "EUR", "platform": "instagram",
        },
        {
            "id": "o2", "at": "2026-11-20T10:30:00Z", "customer": "c2", "value": 250000,
            "currency": "VND",
        },
    ],
    "reviews": [
        {
            "id": "r1", "at": "2026-11-19T08:00:00Z", "source": "Google", "brand": "acme",
            "stars": 4.5,
        },
        {
            "id": "r2", "at": "2026-11-19T09:00:00Z", "source": "app store", "brand": "Rival",
            "stars": 8, "most": 10,
        },
    ],
    "surveys": [
        {"id": "s1", "at": "2026-11-19T08:00:00Z", "survey": "Autumn", "kind": "nps", "score": 9},
        {
            "id": "s2", "at": "2026-11-19T09:00:00Z", "survey": "after chat", "kind": "csat",
            "score": 4, "lowest": 1, "highest": 5, "agent": "mia",
        },
    ],
    "segments": [
        {
            "day": "2026-11-19", "platform": "instagram", "account": "@Acme",
            "measure": "followers", "dimension": "country", "segment": "SE", "people": 700,
        },
        {
            "day": "2026-11-19", "platform": "instagram", "account": "acme",
            "measure": "followers", "dimension": "country", "segment": "VN", "people": 300,
        },
    ],
    "comments": [
        {
            "id": "m1", "at": "2026-11-19T08:00:00Z", "platform": "instagram", "post": "p1",
            "author": "lena", "text": "Så fint 👍🏽",
        },
        {
            "id": "m2", "at": "2026-11-19T09:00:00Z", "platform": "x", "own": True,
            "characters": 12, "words": 3,
        },
    ],
    "mentions": [
        {
            "id": "n1", "at": "2026-11-19T08:00:00Z", "platform": "x", "brand": "Acme",
            "author": "@lena", "followers": 1200, "sentiment": "negative", "topic": "Delivery",
            "text": SAID, "language": "en",
        },
        {"id": "n2", "at": "2026-11-19T09:00:00Z", "platform": "x", "brand": "Rival"},
    ],
    "days": [
        {
            "day": "2026-11-19", "platform": "instagram", "account": "acme", "likes": 12,
            "followers": 1000, "reach": 300, "reach_7d": 900,
        },
        {"day": "2026-11-20", "platform": "instagram", "account": "acme", "likes": 13},
    ],
    "posts": [
        {
            "id": "p1", "platform": "instagram", "account": "acme", "likes": 5,
            "published": "2026-11-19T08:00:00Z", "text": "Hello #Sale", "type": "IG reel",
            "campaign": "autumn",
        },
        {
            "id": "p2", "platform": "instagram", "account": "acme", "likes": 0,
            "published": "2026-11-19T09:00:00Z",
        },
    ],
}  # fmt: skip

HELD: dict[str, tuple[str, list[tuple[Any, ...]]]] = {
    "web": (
        (
            "SELECT channel_group, platform, social, tagged, sessions, bounced, bounce_kind,"
            " revenue, currency FROM web_visits ORDER BY channel_group"
        ),
        [
            ("Direct", "", False, False, 40, 30, "ga4", None, ""),
            ("Organic Social", "instagram", True, True, 120, 40, "ga4", 9950, "EUR"),
        ],
    ),
    "ads": (
        (
            "SELECT platform, campaign, currency, spend, impressions, clicks FROM ad_spend"
            " ORDER BY platform"
        ),
        [
            ("facebook", "autumn", "EUR", 1250, 1000, 20),
            ("tiktok", "autumn", "JPY", 1500, None, None),
        ],
    ),
    "touches": (
        "SELECT external_id, customer, platform, at FROM touch ORDER BY external_id",
        [
            ("t1", "c1", "instagram", 1_795_165_200_000_000),
            ("t2", "c1", "email", 1_795_172_400_000_000),
        ],
    ),
    "conversions": (
        (
            "SELECT external_id, type, value, currency, direct, source FROM conversion"
            " ORDER BY external_id"
        ),
        [("k1", "purchase", 2000, "SEK", True, ""), ("k2", "lead", None, "", None, "fair")],
    ),
    "paths": (
        "SELECT path, conversions, value, currency, others FROM touch_path ORDER BY path",
        [("eta > iota > alpha", 3, 1_250_000, "EUR", 7), ("iota", 1, 0, "", 0)],
    ),
    "orders": (
        (
            "SELECT external_id, value, currency, platform, at FROM customer_order"
            " ORDER BY external_id"
        ),
        [
            ("o1", 1999, "EUR", "instagram", 1_795_141_800_000_000),
            ("o2", 250000, "VND", "", 1_795_170_600_000_000),
        ],
    ),
    "reviews": (
        (
            "SELECT external_id, source, brand.name, stars, most FROM review"
            " JOIN brand ON brand.id = review.brand ORDER BY external_id"
        ),
        [("r1", "google", "Acme", 4.5, 5), ("r2", "app store", "Rival", 8.0, 10)],
    ),
    "surveys": (
        (
            "SELECT external_id, survey, kind, score, lowest, highest, agent FROM survey_answer"
            " ORDER BY external_id"
        ),
        [("s1", "autumn", "nps", 9.0, 0, 10, ""), ("s2", "after chat", "csat", 4.0, 1, 5, "mia")],
    ),
    "segments": (
        (
            "SELECT handle, audience_segment.platform, measure, dimension, segment, people"
            " FROM audience_segment JOIN account ON account.id = audience_segment.account"
            " ORDER BY segment"
        ),
        [
            ("acme", "instagram", "followers", "country", "SE", 700),
            ("acme", "instagram", "followers", "country", "VN", 300),
        ],
    ),
    "comments": (
        (
            "SELECT external_id, platform, post, author, own, characters, words FROM post_comment"
            " ORDER BY external_id"
        ),
        [("m1", "instagram", "p1", "lena", False, 9, 2), ("m2", "x", "", "", True, 12, 3)],
    ),
    "mentions": (
        (
            "SELECT external_id, brand.name, author, followers, sentiment, topic, words, language"
            " FROM mention JOIN brand ON brand.id = mention.brand"
            " LEFT JOIN mention_text ON mention_text.mention = mention.id ORDER BY external_id"
        ),
        [
            ("n1", "Acme", "lena", 1200, "negative", "delivery", SAID, "en"),
            ("n2", "Rival", "", None, "", "", None, None),
        ],
    ),
    "days": (
        (
            "SELECT measure, day, value FROM fact UNION ALL"
            ' SELECT measure, start * 100000 + "end", value FROM window_fact ORDER BY 1, 2'
        ),
        [
            ("followers", 20776, 1000),
            ("likes", 20776, 12),
            ("likes", 20777, 13),
            ("reach", 2077020777, 900),
            ("reach", 2077620777, 300),
        ],
    ),
    "posts": (
        (
            "SELECT external_id, content_type, title, likes, comments, tag, word FROM post"
            " LEFT JOIN post_tag ON post_tag.post = post.id"
            " LEFT JOIN post_mark ON post_mark.post = post.id ORDER BY external_id"
        ),
        [
            ("p1", "reel", "Hello #Sale", 5, None, "sale", "autumn"),
            ("p2", None, None, 0, None, None, None),
        ],
    ),
}
"""What to select, and what that gives: money in minor units, moments in UTC microseconds."""
