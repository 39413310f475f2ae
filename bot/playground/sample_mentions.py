"""Mentions of the sample's brands: a usual week, day by day, and a crisis when one is asked for.

Every day is drawn from a seed of its own, so that the days that come in while the demo's time
passes are the same whenever they are asked for. One in ten has words and no label yet: Kepi
labels it while one looks on (``/kpi labels``).
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from bot.playground.sample_sayings import say_something
from storage.batch import Batch, MentionRow

WEEKS = 10
OWN = "Acme"
A_DAY = {"Acme": 80.0, "Nordkaffe": 95.0, "Bluebird": 35.0}
WEEKDAYS = (1.15, 1.1, 1.05, 1.05, 1.0, 0.75, 0.8)
HOURS = (1, 1, 1, 1, 1, 2, 4, 7, 9, 10, 10, 11, 12, 11, 9, 9, 9, 10, 11, 12, 10, 7, 4, 2)
"""How lively each hour is, UTC."""
SENTIMENTS = {"positive": 0.36, "neutral": 0.40, "negative": 0.14, "": 0.10}
PLATFORMS = {"x": 0.45, "instagram": 0.35, "facebook": 0.12, "tiktok": 0.08}
TOPICS = {
    "negative": ("delivery", "price", "taste", "app", "opening hours"),
    "positive": ("taste", "service", "latte art", "new roast"),
    "neutral": ("new roast", "opening hours", "events"),
    "": ("",),
}
SURGE_DAYS_AGO, SURGE_SIZE = 33, 26
"""An earlier afternoon of complaints, for a rule to be tried on."""
NEGATIVE, OTHERS = 58, 26
"""Mentions of a crisis."""
CRISIS = timedelta(hours=2, minutes=50)
DELIVERY = 0.6
"""The part of a crisis that is about delivery."""


def draw_mentions(began: date, first: date, end: date) -> Batch:
    """Return the mentions of the days from ``first`` until before ``end`` of a demo."""
    rows: list[MentionRow] = []
    for number in range((end - first).days):
        day = first + timedelta(days=number)
        for brand in A_DAY:
            rows += draw_day(brand, day)
        if began - day == timedelta(days=SURGE_DAYS_AGO):
            rows += draw_surge(datetime.combine(day, time(16), UTC), SURGE_SIZE, 0)
    return batch_of(rows, f"sample-mentions-{first}")


def past_mentions(today: date) -> Batch:
    """Return the mentions before a demo that begins today."""
    return draw_mentions(today, today - timedelta(weeks=WEEKS), today)


def draw_day(brand: str, day: date) -> Iterator[MentionRow]:
    """Yield a brand's mentions of a day."""
    dice = random.Random(f"{brand} {day}")
    mean = A_DAY[brand] * WEEKDAYS[day.weekday()]
    for number in range(round(dice.gauss(mean, mean**0.5))):
        second = dice.choices(range(24), HOURS)[0] * 3600 + dice.randrange(3600)
        at = datetime.combine(day, time(), UTC) + timedelta(seconds=second)
        sentiment = dice.choices(list(SENTIMENTS), list(SENTIMENTS.values()))[0]
        topic = dice.choice(TOPICS[sentiment])
        yield make(f"{brand.lower()}-{day}-{number}", brand, at, sentiment, topic, dice)


def draw_surge(end: datetime, negative: int, others: int) -> Iterator[MentionRow]:
    """Yield a wave of mentions of our brand that ends with a moment and grows towards it."""
    dice = random.Random(f"surge {end}")
    for number in range(negative + others):
        at = end - CRISIS * (1 - dice.random() ** 0.6)
        sentiment = "negative" if number < negative else dice.choice(("neutral", "positive", ""))
        topic = dice.choice(TOPICS[sentiment])
        if sentiment == "negative" and number < round(negative * DELIVERY):
            topic = "delivery"
        name = f"surge-{end:%Y%m%d%H%M%S}-{number}"
        yield make(name, OWN, min(at, end), sentiment, topic, dice)


def make(
    name: str, brand: str, at: datetime, sentiment: str, topic: str, dice: random.Random
) -> MentionRow:
    platform = dice.choices(list(PLATFORMS), list(PLATFORMS.values()))[0]
    return MentionRow(
        line=0,
        brand=brand,
        platform=platform,
        external_id=name,
        at=at,
        author=f"sample{dice.randrange(4000)}",
        followers=round(dice.lognormvariate(5.5, 1.2)),
        tagged=dice.random() < 0.7,
        sentiment=sentiment,
        topic=topic,
        words="" if sentiment else say_something(name),
    )


def crisis(now: datetime) -> Batch:
    """Return the mentions of a crisis that broke out within the last three hours."""
    return batch_of(list(draw_surge(now, NEGATIVE, OTHERS)), f"crisis-{now:%Y-%m-%d-%H%M}.csv")


def batch_of(rows: Sequence[MentionRow], name: str) -> Batch:
    return Batch(
        format="sample",
        title="Sample mentions",
        file_name=name,
        file_hash=hashlib.sha256(repr(rows).encode()).hexdigest(),
        mentions=tuple(rows),
        notes=("This is a sample: all of it is made up.",),
    )
