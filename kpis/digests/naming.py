"""How a digest calls things: itself, its periods, and single posts."""

from __future__ import annotations

import re
from datetime import date
from zoneinfo import ZoneInfo

from kpis.digests.posts import Post
from kpis.digests.scene import Scene
from kpis.numbers import write
from kpis.periods import say_day, say_days, say_unit
from kpis.question import Grain
from kpis.slots import WEEKDAYS
from kpis.titles import listed
from kpis.wording import say_zone
from storage.measures import Unit

SPANS = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter"}
LONGEST_TITLE = 40
HASHTAG = re.compile(r"#\w+")
PROPER = {"reel": "Reel", "story": "Story", "short": "Short"}
RESULTS = {
    "reach": "{} reached",
    "impressions": "{} impressions",
    "engagements": "{} engagements",
}
"""How a post's result is said, by its measure."""


def say_title(scene: Scene) -> str:
    """Return “Acme · week 47 · 16–22 Nov”."""
    period, year = scene.period, scene.today.year
    brands = say_brands(scene)
    match scene.plan.cadence:
        case "weekly":
            week = say_period(scene)
            parts = [brands, week, say_days(period.start, period.end, year)]
        case "daily":
            parts = [brands, say_weekday(period.start, year)]
        case _:
            parts = [brands, period.words]
    return " · ".join(it for it in parts if it)


def say_brands(scene: Scene) -> str:
    ids = dict.fromkeys(it.brand for it in scene.accounts)
    names = [scene.around.brand_names[it] for it in ids]
    if not names:
        names = [it.name for it in scene.around.brands if it.own][:1]
    return listed(names) if len(names) <= 2 else f"{len(names)} brands"


def say_period(scene: Scene) -> str:
    """Return “week 47”, “November 2026”, “Q4 2026”, “22 Nov”."""
    period = scene.period
    if scene.plan.cadence == "weekly":
        return say_unit(Grain.WEEK, period.start).partition(",")[0]
    return say_day(period.start, scene.today.year) if period.days == 1 else period.words


def say_weekday(day: date, year: int) -> str:
    """Return “Tue 17 Nov”."""
    return f"{WEEKDAYS[day.weekday()][:3]} {say_day(day, year)}"


def span_of(scene: Scene) -> str:
    """Return “week”, “month”, …: what the digest counts in."""
    return SPANS[scene.plan.cadence]


def say_footnote(scene: Scene, zones: list[str], start: date | None = None) -> str:
    """Return “16–22 Nov, Pacific and UTC · as of 23 Nov 09:00, Stockholm time”.

    ``start``: the first day that is told of, where that is before the period.
    """
    period, year = scene.period, scene.today.year
    days = say_days(start or period.start, period.end, year)
    cut = listed([say_zone(it) for it in zones])
    at = scene.now.astimezone(ZoneInfo(scene.plan.zone))
    moment = f"as of {say_day(at.date(), year)} {at:%H:%M}, {say_zone(scene.plan.zone)}"
    return f"{days}, {cut} · {moment}" if cut else f"{days} · {moment}"


# --- posts


def name_post(post: Post, year: int) -> str:
    """Return “Reel “Latte art””, or “Reel of Tue 17 Nov” where it has no title."""
    title, kind = shorten(post.title), capital(say_kind(post))
    if title:
        return f"{kind} “{title}”"
    return f"{kind} of {say_weekday(post.day, year)}"


def point_to(post: Post) -> str:
    """Return “the Tuesday Reel”."""
    return f"the {WEEKDAYS[post.day.weekday()]} {say_kind(post)}"


def say_kind(post: Post) -> str:
    """Return “Reel”, “photo”: what platforms named keeps its capital."""
    return PROPER.get(post.kind, post.kind) or "post"


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def plural(kind: str) -> str:
    """Return “Reels”, “Stories”, “photos”; a kind without a regular plural with “posts”."""
    said = PROPER.get(kind, kind)
    if said.endswith("y") and said[-2:-1] not in "aeiou":
        return f"{said[:-1]}ies"
    return f"{said} posts" if said.endswith(("s", "t")) or " " in said else f"{said}s"


def shorten(title: str, longest: int = LONGEST_TITLE) -> str:
    """Return a title without its hashtags, cut between words."""
    words = HASHTAG.sub("", title).replace("“", "").replace("”", "").split()
    said = " ".join(words).strip(" .,;:–-")
    if len(said) <= longest:
        return said
    cut = said[: longest - 1]
    kept = cut.rpartition(" ")[0] if " " in cut[longest // 2 :] else cut
    return f"{kept.rstrip(' .,;:–-')}…"


def say_result(measure: str, value: float) -> str:
    """Return “6,300 reached”."""
    return RESULTS[measure].format(write(value, Unit.COUNT))


def say_times(times: float) -> str:
    """Return “3 ×”, “2.1 ×”, “12 ×”."""
    said = f"{times:.0f}" if times >= 9.95 else f"{times:.1f}".removesuffix(".0")
    return f"{said} ×"
