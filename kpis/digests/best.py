"""The best posts of a period, each against what its own account usually gets (features 31, 101)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpis.digests.choose import say_where
from kpis.digests.evidence import ENOUGH
from kpis.digests.naming import capital, name_post, plural, say_result, say_times, say_weekday
from kpis.digests.posts import History, Post
from kpis.digests.report import BestPost
from kpis.digests.scene import Scene
from kpis.periods import say_weekday as name_weekday
from kpis.tongue import say

MOST, FEWEST = 5, 3
USUAL_DAYS = 90
WEEK = 7
GOOD = 1.5
"""A post this many times the usual went well."""


@dataclass(frozen=True)
class Ranked:
    """A post of the period with how it did."""

    post: Post
    history: History
    result: float
    times: float | None
    """Against the median of its account's posts in the ``USUAL_DAYS`` before the period."""


def rank(scene: Scene, histories: Mapping[int, History]) -> list[Ranked]:
    """Return the period's posts, best first: against the usual, then those without a usual."""
    period = scene.period
    found = []
    for history in histories.values():
        usual, n = history.usual(period.start, USUAL_DAYS)
        for post in history.between(period.start, period.end):
            result = float(history.result(post) or 0)
            times = result / usual if n >= ENOUGH and usual > 0 else None
            found.append(Ranked(post, history, result, times))
    return sorted(
        found, key=lambda it: (it.times is None, -(it.times or 0), -it.result, it.post.id)
    )


def pick_best(scene: Scene, ranked: Sequence[Ranked]) -> tuple[BestPost, ...]:
    """Return the three best posts, and two more that beat the usual."""
    first, more = ranked[:FEWEST], ranked[FEWEST:MOST]
    shown = [*first, *(it for it in more if it.times is None or it.times > 1)]
    return tuple(describe(scene, it) for it in shown)


def describe(scene: Scene, ranked: Ranked) -> BestPost:
    post, year = ranked.post, scene.today.year
    result = say_result(ranked.history.measure, ranked.result)
    words = say("{sentence}.", sentence=result)
    if ranked.times is not None:
        words = say("{result}, {times} usual.", result=result, times=say_times(ranked.times))
    return BestPost(
        name=name_post(post, year),
        where=say_where(scene, (ranked.history.account,)),
        day=post.day,
        said_day=say_weekday(post.day, year),
        words=words,
        link=post.link,
        times=ranked.times,
    )


def say_best(scene: Scene, ranked: Sequence[Ranked]) -> str:
    """Return “Reel “Latte art” on Instagram, 3 × usual.”, where the best post was that good."""
    best = ranked[0] if ranked else None
    if best is None or best.times is None or best.times < GOOD:
        return ""
    name = name_post(best.post, scene.today.year)
    if len(scene.accounts) > 1:
        where = say_where(scene, (best.history.account,))
        name = say("{post} on {platform}", post=name, platform=where)
    return say("{post}, {times} usual.", post=name, times=say_times(best.times))


def find_traits(scene: Scene, ranked: Sequence[Ranked]) -> tuple[str, ...]:
    """Return what the best posts share and the others do not: type, hashtag; of months weekdays.

    At least three of the best that beat the usual, and more than half of them, share it, and
    among all posts of the same accounts it is at most half as common.
    """
    best = [it for it in ranked[:MOST] if it.times is not None and it.times > 1]
    if len(best) < FEWEST:
        return ()
    accounts = {it.history.account.id: it.history for it in best}.values()
    traits = ("kind", "weekday", "tag") if scene.period.days > WEEK else ("kind", "tag")
    every = [post for history in accounts for post in history.posts]
    return tuple(
        said
        for trait in traits
        if (
            said := say_trait(
                trait,
                [marks_of(trait, it.post) for it in best],
                [marks_of(trait, it) for it in every],
            )
        )
    )


def marks_of(trait: str, post: Post) -> frozenset[object]:
    if trait == "kind":
        return frozenset({post.kind} - {""})
    return frozenset({post.weekday} if trait == "weekday" else post.tags)


def say_trait(
    trait: str, best: Sequence[frozenset[object]], every: Sequence[frozenset[object]]
) -> str:
    counted = Counter(mark for marks in best for mark in marks)
    for mark, n in sorted(counted.items(), key=lambda it: (-it[1], str(it[0]))):
        common = sum(mark in marks for marks in every) / len(every)
        if n < FEWEST or n * 2 <= len(best) or common > n / len(best) / 2:
            continue
        posts = say_how_many(n, len(best))
        if trait == "kind":
            return capital(say("{posts} are {kinds}.", posts=posts, kinds=plural(str(mark))))
        if trait == "weekday":
            weekday = name_weekday(int(str(mark)))
            return capital(say("{posts} went out on a {weekday}.", posts=posts, weekday=weekday))
        return capital(say("{posts} carry #{tag}.", posts=posts, tag=mark))
    return ""


def say_how_many(number: int, best: int) -> str:
    """Return “all the 5 best”, “4 of the 5 best”."""
    if number == best:
        return say("all the {best} best", best=best)
    return say("{number} of the {best} best", number=number, best=best)
