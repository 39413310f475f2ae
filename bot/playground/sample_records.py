"""The sample's site, ads, customers, reviews and surveys: made up day by day from a seed.

Every day is drawn from a seed of its own, so that the days that come in while the demo's time
passes are the same whenever they are asked for. They agree with each other: a conversion follows
its touches, an order is a conversion, sessions are more than the conversions that came of them.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from storage.batch import AccountName, Batch, RecordRow, RecordRows
from storage.record_kinds import EVERY_KIND

DAYS = 200
BRAND, CURRENCY = "Acme", "EUR"
WEEKDAYS = (1.1, 1.05, 1.0, 1.0, 1.05, 0.9, 0.9)
DAY = timedelta(days=1)


class Way(NamedTuple):
    """A way to the site: how GA4 calls it, and how it does on a usual day."""

    group: str
    platform: str
    source: str
    medium: str
    keyword: str
    sessions: int
    bounce: float
    converting: float


WAYS = (
    Way("Organic Social", "instagram", "instagram.com", "social", "coffee beans", 240, 0.46, 0.021),
    Way(
        "Organic Social",
        "facebook",
        "facebook.com",
        "social",
        "coffee subscription",
        130,
        0.52,
        0.018,
    ),
    Way("Organic Social", "tiktok", "tiktok.com", "social", "latte art", 110, 0.63, 0.007),
    Way("Organic Social", "linkedin", "linkedin.com", "social", "office coffee", 35, 0.41, 0.026),
    Way(
        "Paid Social", "instagram", "instagram.com", "paid_social", "coffee beans", 90, 0.49, 0.029
    ),
    Way("Organic Video", "youtube", "youtube.com", "video", "espresso machine", 45, 0.44, 0.015),
    Way("Organic Search", "", "google", "organic", "", 380, 0.38, 0.031),
    Way("Email", "", "newsletter", "email", "", 95, 0.33, 0.048),
    Way("Direct", "", "(direct)", "(none)", "", 210, 0.40, 0.027),
)
SOCIAL = ("Organic Social", "Paid Social", "Organic Video")
ADS = {
    "instagram": ("Autumn roast", 42.0, 6.4, 0.011),
    "facebook": ("Autumn roast", 24.0, 5.1, 0.009),
    "linkedin": ("Office coffee", 18.0, 21.0, 0.006),
}
"""Platform → campaign, spend a day, price of 1,000 impressions, clicks per impression."""
MEDIA = {"instagram": 0.34, "facebook": 0.17, "tiktok": 0.14, "youtube": 0.07, "email": 0.12,
         "search": 0.16}  # fmt: skip
TYPES = {"purchase": 0.55, "sign-up": 0.27, "lead": 0.12, "download": 0.06}
CONVERSIONS, CUSTOMERS = 9.0, 900
REVIEWS = {"google": 1.1, "app store": 0.5, "facebook": 0.4}
STARS = {5: 0.52, 4: 0.25, 3: 0.10, 2: 0.05, 1: 0.08}
AGENTS = ("mia", "omar")


def draw_records(began: date, first: date, end: date) -> Batch:
    """Return everything but what is declared, of the days from ``first`` until before ``end``."""
    days = [first + timedelta(days=it) for it in range((end - first).days)]
    rows = {
        name: [row for day in days for row in draw(day)]
        for name, draw in DRAWN.items()
    }  # fmt: skip
    rows["segments"] = [row for day in days if day.weekday() == 6 for row in draw_segments(day)]
    return seal(f"sample-records-{first}", rows, first, end)


def past_records(today: date) -> Batch:
    """Return what there is before a demo that begins today, with what Acme declared."""
    return draw_records(today, today - timedelta(days=DAYS), today)


def draw_web(day: date) -> Iterator[dict[str, object]]:
    dice = random.Random(f"web {day}")
    for way in WAYS:
        mean = way.sessions * WEEKDAYS[day.weekday()]
        sessions = max(1, round(dice.gauss(mean, mean**0.5 * 2)))
        converting = sum(dice.random() < way.converting for _ in range(sessions))
        yield {
            "start": day, "end": day + DAY, "channel_group": way.group, "platform": way.platform,
            "source": way.source, "medium": way.medium, "keyword": way.keyword,
            "social": way.group in SOCIAL, "tagged": way.group != "Direct", "sessions": sessions,
            "bounced": min(sessions, round(sessions * dice.gauss(way.bounce, 0.03))),
            "bounce_kind": "ga4", "converting": converting, "key_events": converting,
            "page_views": round(sessions * dice.gauss(2.6, 0.2)),
        }  # fmt: skip


def draw_ads(day: date) -> Iterator[dict[str, object]]:
    dice = random.Random(f"ads {day}")
    for platform, (campaign, spend, cpm, ctr) in ADS.items():
        cents = round(spend * 100 * dice.gauss(1, 0.08))
        impressions = round(cents / 100 / (cpm * dice.gauss(1, 0.06)) * 1000)
        yield {
            "platform": platform, "account": "Acme ads", "start": day, "end": day + DAY,
            "campaign": campaign, "currency": CURRENCY, "spend": cents,
            "impressions": impressions, "clicks": round(impressions * ctr * dice.gauss(1, 0.1)),
        }  # fmt: skip


class Sale(NamedTuple):
    """A conversion with the contacts before it."""

    name: str
    at: datetime
    type: str
    customer: str
    value: int
    touches: tuple[tuple[str, datetime, bool], ...]
    """Medium, when, paid."""


def sales(day: date) -> Iterator[Sale]:
    """Yield the conversions of a day; one in eight came without a contact that is known."""
    dice = random.Random(f"sales {day}")
    for number in range(max(0, round(dice.gauss(CONVERSIONS * WEEKDAYS[day.weekday()], 2.5)))):
        at = datetime.combine(day, time(), UTC) + timedelta(minutes=dice.randrange(8 * 60, 22 * 60))
        kind = dice.choices(list(TYPES), list(TYPES.values()))[0]
        touches = []
        for _ in range(0 if dice.random() < 0.125 else dice.choices((1, 2, 3, 4), (4, 3, 2, 1))[0]):
            medium = dice.choices(list(MEDIA), list(MEDIA.values()))[0]
            ago = timedelta(minutes=round(dice.expovariate(1 / (4 * 1440))))
            touches.append((medium, at - ago, medium == "instagram" and dice.random() < 0.3))
        customer = f"c{dice.randrange(CUSTOMERS)}"
        value = round(dice.lognormvariate(3.6, 0.5) * 100) if kind == "purchase" else 0
        yield Sale(f"{day}-{number}", at, kind, customer, value, tuple(sorted(touches, key=second)))


def second(touch: tuple[str, datetime, bool]) -> datetime:
    return touch[1]


def draw_touches(day: date) -> Iterator[dict[str, object]]:
    for sale in sales(day):
        for number, (medium, at, paid) in enumerate(sale.touches):
            yield {
                "external_id": f"t-{sale.name}-{number}", "customer": sale.customer, "at": at,
                "platform": medium, "paid": paid, "campaign": "Autumn roast" if paid else "",
                "session": f"s-{sale.name}-{number}",
            }  # fmt: skip


def draw_conversions(day: date) -> Iterator[dict[str, object]]:
    for sale in sales(day):
        last = len(sale.touches) - 1
        is_direct = bool(sale.touches) and sale.at - sale.touches[last][1] < timedelta(hours=6)
        yield {
            "external_id": f"v-{sale.name}", "at": sale.at, "type": sale.type,
            "customer": sale.customer, "session": f"s-{sale.name}-{last}" if is_direct else "",
            "source": sale.touches[last][0] if sale.touches else "",
            "referral": sale.name.endswith("7"), "value": sale.value or None,
            "currency": CURRENCY if sale.value else "",
        }  # fmt: skip


def draw_orders(day: date) -> Iterator[dict[str, object]]:
    for sale in sales(day):
        if sale.value:
            medium = sale.touches[-1][0] if sale.touches else ""
            yield {
                "external_id": f"o-{sale.name}", "at": sale.at, "customer": sale.customer,
                "platform": medium, "value": sale.value, "currency": CURRENCY,
            }  # fmt: skip


def draw_reviews(day: date) -> Iterator[dict[str, object]]:
    dice = random.Random(f"reviews {day}")
    for source, a_day in REVIEWS.items():
        for number in range(int(a_day + dice.random())):
            yield {
                "source": source, "external_id": f"r-{day}-{number}", "at": noon(day, dice),
                "brand": BRAND, "stars": float(dice.choices(list(STARS), list(STARS.values()))[0]),
                "most": 5, "author": f"sample{dice.randrange(4000)}",
            }  # fmt: skip


def draw_surveys(day: date) -> Iterator[dict[str, object]]:
    dice = random.Random(f"surveys {day}")
    for number in range(dice.randrange(2, 7)):
        score = min(10, max(0, round(dice.gauss(8.1, 2.0))))
        yield answer("nps", "nps", f"n-{day}-{number}", noon(day, dice), score, 0, 10)
    for number in range(dice.randrange(1, 5)):
        score = min(5, max(1, round(dice.gauss(4.2, 0.9))))
        asked = answer("care", "csat", f"c-{day}-{number}", noon(day, dice), score, 1, 5)
        yield {**asked, "agent": dice.choice(AGENTS)}


def answer(
    survey: str, kind: str, name: str, at: datetime, score: float, lowest: int, highest: int
) -> dict[str, object]:
    return {
        "survey": survey, "kind": kind, "external_id": name, "at": at, "score": float(score),
        "lowest": lowest, "highest": highest,
    }  # fmt: skip


def draw_comments(day: date) -> Iterator[dict[str, object]]:
    dice = random.Random(f"comments {day}")
    for number in range(dice.randrange(4, 14)):
        words = max(1, round(dice.lognormvariate(1.9, 0.8)))
        yield {
            "platform": dice.choice(("instagram", "facebook", "tiktok")),
            "external_id": f"k-{day}-{number}", "at": noon(day, dice),
            "author": f"sample{dice.randrange(4000)}", "own": dice.random() < 0.2,
            "characters": round(words * dice.gauss(5.4, 0.4)), "words": words,
        }  # fmt: skip


SEGMENTS = {
    "country": {"SE": 0.52, "NO": 0.14, "FI": 0.09, "DK": 0.08, "DE": 0.06, "GB": 0.04},
    "age": {"18-24": 0.22, "25-34": 0.37, "35-44": 0.21, "45-54": 0.10, "55-64": 0.04},
    "gender": {"female": 0.58, "male": 0.36},
}
FOLLOWERS = {"instagram": 18_000, "facebook": 12_500}
REACHED = {"follower": 9_100, "non-follower": 5_600}
"""Of a window of 28 days, those whom Instagram can tell."""


def draw_segments(day: date) -> Iterator[dict[str, object]]:
    """Yield a Sunday's segments; they add up to less than all, as platforms tell them."""
    dice = random.Random(f"segments {day}")
    for platform, followers in FOLLOWERS.items():
        for dimension, shares in SEGMENTS.items():
            for segment, share in shares.items():
                yield {
                    "account": AccountName(platform, BRAND.lower()), "platform": platform,
                    "measure": "followers", "dimension": dimension, "segment": segment,
                    "start": day, "end": day + DAY,
                    "people": round(followers * share * dice.gauss(1, 0.01)),
                }  # fmt: skip
    for segment, people in REACHED.items():
        yield {
            "account": AccountName("instagram", BRAND.lower()), "platform": "instagram",
            "measure": "reach", "dimension": "follow-type", "segment": segment,
            "start": day - 27 * DAY, "end": day + DAY,
            "people": round(people * dice.gauss(1, 0.02)),
        }  # fmt: skip


def noon(day: date, dice: random.Random) -> datetime:
    """Return a moment of a day, in its waking hours."""
    return datetime.combine(day, time(8), UTC) + timedelta(minutes=dice.randrange(13 * 60))


DRAWN: dict[str, Callable[[date], Iterator[dict[str, object]]]] = {
    "web": draw_web,
    "ads": draw_ads,
    "touches": draw_touches,
    "conversions": draw_conversions,
    "orders": draw_orders,
    "reviews": draw_reviews,
    "surveys": draw_surveys,
    "comments": draw_comments,
}


def seal(
    name: str,
    rows: dict[str, list[dict[str, object]]],
    first: date | None = None,
    end: date | None = None,
) -> Batch:
    """Return rows as a batch whose hash is that of what it holds."""
    records = tuple(
        RecordRows(kind, tuple(row_of(kind, at, it) for at, it in enumerate(some, 1)), first, end)
        for kind, some in rows.items()
    )
    return Batch(
        format="sample",
        title="Sample records",
        file_name=name,
        file_hash=hashlib.sha256(repr(records).encode()).hexdigest(),
        records=records,
        notes=("This is a sample: all of it is made up.",),
    )


USUAL: dict[str, object] = {"referral": False, "own": False, "social": False, "tagged": True}


def row_of(kind: str, line: int, told: dict[str, object]) -> RecordRow:
    """Return a row with every column of its kind: words that are not told are empty."""
    table = EVERY_KIND[kind].table
    values = []
    for name in EVERY_KIND[kind].columns:
        column = table.c[name]
        blank = USUAL.get(name, None if column.nullable else "")
        values.append(told.get(name, blank))
    return RecordRow(line, tuple(values))
