"""The sample's posts: what, when and how well each did, as shares of what its account got."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import numpy as np

from bot.playground.sample_audience import Counts, Scene
from storage.batch import AccountName, PostRow
from storage.measures import COUNTERS
from storage.sources.captions import find_hashtags, make_title

CONTENT = {
    "instagram": (("photo", 3, 0.8), ("reel", 3, 1.3), ("carousel", 3, 1.1), ("story", 1, 0.6)),
    "facebook": (("photo", 4, 1.0), ("video", 2, 1.2), ("link", 2, 0.7), ("text", 1, 0.8)),
    "x": (("text", 5, 1.0), ("photo", 3, 1.1), ("link", 2, 0.8)),
    "linkedin": (("text", 2, 1.0), ("photo", 3, 1.0), ("link", 2, 0.7), ("video", 1, 1.2)),
    "youtube": (("video", 2, 1.0), ("reel", 3, 1.2)),
    "tiktok": (("video", 1, 1.0),),
}
"""Content types of each platform: how often, and how well they do."""

MOVING = frozenset({"video", "reel", "story"})

HOURS = ((7, 0.8), (9, 0.9), (12, 1.25), (15, 0.9), (18, 1.3), (20, 1.1), (22, 0.7))
"""Hours of posting, and how well they do on weekdays."""

SUBJECTS = (
    "A new roast is in the shop #coffee #newroast",
    "How we brew at home #coffee #brewtips",
    "Behind the counter on a busy morning #behindthescenes",
    "Meet the people who grow our beans #fairtrade #coffee",
    "Fika hos oss i helgen #fika #räksmörgås",
    "Giveaway: tell us your favourite cup #giveaway #coffee",
    "Recipe of the week #recipe #brewtips",
    "Cà phê sữa đá cho ngày nắng #càphê",
    "新品上架 #咖啡",
)
VIRAL = "Our barista drew the whole town in milk foam #latteart #viral #coffee"


def draw_posts(
    account: AccountName,
    scene: Scene,
    totals: Mapping[str, Counts],
    random: np.random.Generator,
    *,
    per_day: float,
    viral: int | None = None,
    skipped: frozenset[int] = frozenset(),
) -> list[PostRow]:
    """Return one post on some days; its counters are shares of ``totals`` on that day.

    So a post reaches no more people than its account did, and posts together got no more likes
    than the account. A total that is absent leaves the counter blank.
    """
    posts: list[PostRow] = []
    kinds = CONTENT[account.platform]
    often = np.array([it[1] for it in kinds], dtype=float)
    for index in range(scene.days):
        drawn = random.random() < per_day
        kind = kinds[random.choice(len(kinds), p=often / often.sum())]
        hour, good = HOURS[random.integers(len(HOURS))]
        subject = SUBJECTS[random.integers(len(SUBJECTS))]
        minute, chance = int(random.integers(60)), random.uniform(0.75, 1.25)
        funded = random.random() < 0.15
        if index in skipped or not (drawn or index == viral):
            continue
        day = scene.day(index)
        share = min(0.95, 0.42 * kind[2] * (good if day.weekday() < 5 else 1.0) * chance)
        if index == viral:
            kind, subject, share = ("reel", 1, 1.0), VIRAL, 0.95
        blank = () if kind[0] in MOVING else ("video_views",)
        caption = f"Sample · {subject}"
        posts.append(
            PostRow(
                line=len(posts) + 1,
                account=account,
                external_id=f"sample-{account.handle}-{account.platform}-{day:%Y%m%d}",
                published=datetime(day.year, day.month, day.day, tzinfo=UTC)
                + timedelta(hours=hour, minutes=minute),
                counters=tuple(
                    int(totals[name][index] * share)
                    if name in totals and name not in blank
                    else None
                    for name in COUNTERS
                ),
                content_type=kind[0],
                paid=funded if account.platform == "facebook" else None,
                title=make_title(caption),
                hashtags=find_hashtags(caption),
            )
        )
    return posts
