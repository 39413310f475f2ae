"""How a digest calls things: itself, its periods, and single posts."""

from __future__ import annotations

import re
from datetime import date
from zoneinfo import ZoneInfo

from kpis.digests.posts import Post
from kpis.digests.scene import Scene
from kpis.numbers import write
from kpis.periods import number_week, say_day, say_days
from kpis.periods import say_weekday as name_weekday
from kpis.titles import listed
from kpis.tongue import ENGLISH, exact, joined, say, say_declared, say_noun, spoken
from kpis.wording import say_zone
from storage.measures import Unit

SPANS = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter"}
LONGEST_TITLE = 40
HASHTAG = re.compile(r"#\w+")
PROPER = {"reel": "Reel", "story": "Story", "short": "Short"}
"""Content types that platforms named: they keep their capital."""


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
    return listed(names) if len(names) <= 2 else say("{number} brands", number=len(names))


def say_period(scene: Scene) -> str:
    """Return “week 47”, “November 2026”, “Q4 2026”, “22 Nov”."""
    period = scene.period
    if scene.plan.cadence == "weekly":
        return say("week {week}", week=number_week(period.start)[1])
    return say_day(period.start, scene.today.year) if period.days == 1 else period.words


def say_weekday(day: date, year: int) -> str:
    """Return “Tue 17 Nov”."""
    weekday = name_weekday(day.weekday(), short=True)
    return say("{weekday} {day}", weekday=weekday, day=say_day(day, year))


def span_of(scene: Scene) -> str:
    """Return “week”, “month”, …: what the digest counts in, to be said by ``say_declared``."""
    return SPANS[scene.plan.cadence]


def say_spans(scene: Scene, number: int) -> str:
    """Return “8 weeks”."""
    match scene.plan.cadence:
        case "daily":
            return say_noun("day", number)
        case "weekly":
            return say_noun("week", number)
        case "monthly":
            return say_noun("month", number)
        case _:
            return say_noun("quarter", number)


def say_footnote(scene: Scene, zones: list[str], start: date | None = None) -> str:
    """Return “16–22 Nov, Pacific and UTC · as of 23 Nov 09:00, Stockholm time”.

    ``start``: the first day that is told of, where that is before the period.
    """
    period, year = scene.period, scene.today.year
    days = say_days(start or period.start, period.end, year)
    at = scene.now.astimezone(ZoneInfo(scene.plan.zone))
    moment = say(
        "as of {day} {time}, {zone}",
        day=say_day(at.date(), year),
        time=f"{at:%H:%M}",
        zone=say_zone(scene.plan.zone),
    )
    return f"{joined([days, listed([say_zone(it) for it in zones])])} · {moment}"


# --- posts


def name_post(post: Post, year: int) -> str:
    """Return “Reel “Latte art””, or “Reel of Tue 17 Nov” where it has no title."""
    title, kind = shorten(post.title), capital(say_kind(post))
    if title:
        return say("{kind} “{title}”", kind=kind, title=title)
    return say("{kind} of {day}", kind=kind, day=say_weekday(post.day, year))


def point_to(post: Post) -> str:
    """Return “the Tuesday Reel”."""
    weekday = name_weekday(post.day.weekday())
    return say("the {weekday} {kind}", weekday=weekday, kind=say_kind(post))


def say_kind(post: Post) -> str:
    """Return “Reel”, “photo”: what platforms named keeps its capital."""
    if not post.kind:
        return say("post")
    said = say_declared(post.kind)
    return PROPER.get(said, said)


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def plural(kind: str) -> str:
    """Return “Reels”, “photos”, “text posts”; a kind that a file named by its own word."""
    match kind:
        case "photo":
            return say("photos")
        case "video":
            return say("videos")
        case "reel":
            return say("Reels")
        case "carousel":
            return say("carousels")
        case "story":
            return say("Stories")
        case "text":
            return say("text posts")
        case "link":
            return say("links")
        case "live":
            return say("lives")
    if spoken() != ENGLISH:
        return say("{kind} posts", kind=kind)
    return english_plural(PROPER.get(kind, kind))


def english_plural(word: str) -> str:
    """Return a file's own word in the plural; one without a regular plural with “posts”."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word} posts" if word.endswith(("s", "t")) or " " in word else f"{word}s"


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
    number = write(value, Unit.COUNT)
    if measure == "reach":
        return say("{number} reached", number=number)
    if measure == "impressions":
        return say("{number} impressions", number=number)
    return say("{number} engagements", number=number)


def say_measure(measure: str) -> str:
    """Return “reach”: what a post's success is measured in, within a sentence."""
    if measure == "reach":
        return say("reach")
    return say("impressions") if measure == "impressions" else say("engagements")


def say_times(times: float) -> str:
    """Return “3 ×”, “2.1 ×”, “12 ×”."""
    return say("{number} ×", number=write_times(times))


def write_times(times: float) -> str:
    """Return “3”, “2.1”, “12”."""
    return exact(round(times, 0 if times >= 9.95 else 1))
