"""A workspace to ask in: one brand, two competitors, every account on every platform.

“Acme” is a brand and a handle, “latte_lab” has two words, KPIs have names in four languages.
"""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from kpis.options import OPTIONS
from kpis.parsing import parse
from kpis.question import (
    DIMENSIONS,
    Asked,
    Directory,
    KnownAccount,
    KnownBrand,
    KnownChannel,
    Question,
    Request,
)
from storage.platforms import PLATFORMS

TODAY = date(2026, 11, 23)
"""A Monday."""

GUIDE = Path(__file__).parents[2] / "docs" / "asking.md"

KPIS = (
    *("reach", "likes", "comments", "shares", "engagement rate", "engagements", "impressions"),
    *("followers", "posts", "applause rate", "best times", "hashtag usage", "reach sum"),
    *("average engagement rate", "share of voice"),
)
ALIASES = {
    "views": "impressions",
    "engagement": "engagements",
    "er": "engagement-rate",
    "räckvidd": "reach",
    "jangkauan": "reach",
    "覆蓋": "reach",
    "tiếp cận": "reach",
    "total reach": "reach-sum",
    "sov": "share-of-voice",
}
VARIANTS = ("by followers", "by post")
POSTS = tuple(it for it in DIMENSIONS if it not in ("type", "agent"))
"""What a count of posts is split by; types and agents are of conversions and surveys."""
ISSUES = {
    name: name.replace(" ", "-")
    for name in (
        *("first response time", "resolution time", "open issues", "sla attainment", "issues"),
    )
}
CHANNELS = (KnownChannel("C1", "care"), KnownChannel("C2", "shop-se"))

DIRECTORY = Directory(
    accounts=(
        KnownAccount(1, "instagram", "acme", "Acme Coffee", 1, True),
        KnownAccount(2, "facebook", "acmecoffee", "Acme Coffee", 1, True),
        KnownAccount(3, "tiktok", "acme", "Acme on TikTok", 1, True),
        KnownAccount(4, "instagram", "nordkaffe", "Nordkaffe", 2, False),
        KnownAccount(5, "facebook", "nordkaffe.se", "Nordkaffe Sverige", 2, False),
        KnownAccount(6, "instagram", "latte_lab", "The Latte Lab", 3, False),
        KnownAccount(7, "x", "latte-lab", "Latte Lab, Oslo", 3, False),
        KnownAccount(8, "youtube", "may", "May Tea", 4, True),
    ),
    brands=(
        KnownBrand(1, "Acme", True),
        KnownBrand(2, "Nordkaffe", False),
        KnownBrand(3, "Latte Lab", False),
        KnownBrand(4, "Reach", True),
    ),
    zone="Europe/Stockholm",
    channels=CHANNELS,
    names={name: name.replace(" ", "-") for name in KPIS} | ALIASES | ISSUES,
    variants={"applause-rate": VARIANTS, "likes": ("per post",)},
    dimensions={name.replace(" ", "-"): POSTS for name in KPIS}
    | {"reach": ("platform", "account", "brand", "day"), "best-times": ()},
    options=dict.fromkeys(ISSUES.values(), tuple(OPTIONS)),
    levels=frozenset({"open-issues"}),
    overview=("reach", "engagement-rate", "followers", "posts"),
)

EVERYWHERE = Directory(
    accounts=tuple(
        KnownAccount(10 * place + number, platform, handle, name, number, own)
        for place, platform in enumerate(PLATFORMS)
        for number, (handle, name, own) in enumerate(
            (("acme", "Acme Coffee", True), ("nordkaffe", "Nordkaffe", False)), 1
        )
    ),
    brands=(KnownBrand(1, "Acme", True), KnownBrand(2, "Nordkaffe", False)),
    channels=CHANNELS,
    names=DIRECTORY.names,
    variants={name.replace(" ", "-"): VARIANTS for name in KPIS},
    options=DIRECTORY.options,
    overview=DIRECTORY.overview,
)
"""Every name on every platform, every variant for every KPI: what the grammar cannot say."""


def read(text: str, today: date = TODAY, directory: Directory = DIRECTORY) -> Request:
    """Return what the words ask for."""
    return parse(text, today, directory)


def ask(text: str, today: date = TODAY, directory: Directory = DIRECTORY) -> Asked:
    """Return the questions that the words ask."""
    asked = parse(text, today, directory)
    assert isinstance(asked, Asked), asked
    return asked


def ask_one(text: str, today: date = TODAY, directory: Directory = DIRECTORY) -> Question:
    """Return the only question that the words ask."""
    asked = ask(text, today, directory)
    assert len(asked.questions) == 1, asked
    return asked.questions[0]


def wordless(question: Question) -> Question:
    """Return the question without its wording."""
    return replace(
        question,
        period=replace(question.period, words=""),
        baseline=replace(question.baseline, words=""),
    )


def table(drawn: str) -> list[tuple[str, ...]]:
    """Return the rows of a drawn table, without its head and its rule."""
    lines = [line.strip() for line in drawn.strip().splitlines()]
    rows = [line for line in lines[1:] if line and not re.fullmatch(r"[-+]+", line)]
    return [tuple(cell.strip() for cell in line.split("|")) for line in rows]
