"""Ranks the posts of a period, each beside its own account's usual (features 31 and 101)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import NamedTuple

from sqlalchemy import Connection, select

from kpis.analyses.per_post import PerPost, per_post
from kpis.periods import say_weekday
from kpis.question import KnownAccount, Question
from kpis.readers.columns import POST, POST_TAG
from kpis.readers.post_numbers import PostLine, read_posts
from kpis.statistics import SMALL_POSTS, SMALL_RATE
from kpis.surroundings import Surroundings
from kpis.tongue import say, say_count
from storage.measures import Each
from storage.tables import day_number

BEST, FEWEST = 5, 3
USUAL_DAYS = 90
BELOW = "below"
"""Name of what a rate is out of, among the numbers that are read."""


class Ranked(NamedTuple):
    """A post of the period with how it did."""

    post: PostLine
    value: float
    usual: float | None
    """Median of its account's posts in the ``USUAL_DAYS`` before the period, of five or more."""
    is_small: bool
    """A rate over fewer than 100: it is ranked after the others."""

    @property
    def times(self) -> float | None:
        return self.value / self.usual if self.usual else None


@dataclass(frozen=True)
class Ranking:
    """The posts of a period, best first."""

    way: PerPost
    posts: tuple[Ranked, ...]
    traits: tuple[str, ...]
    left_out: int
    """Posts without the number."""


def rank_posts(
    question: Question,
    accounts: tuple[KnownAccount, ...],
    connection: Connection,
    around: Surroundings,
) -> Ranking | None:
    """Return the ranking in the first way that any post has; nothing where none has one."""
    asked = (question.variant or "by engagement-rate").removeprefix("by ")
    key = asked.replace(" ", "-")
    period = question.period
    request = around.request(accounts, period.start, period.end, question)
    before = replace(request, start=request.start - USUAL_DAYS)
    for way in per_post(key):
        numbers = {way.title: way.number}
        if isinstance(way.number.over, Each):
            numbers[BELOW] = way.number.over
        lines = read_posts(connection, before, numbers)
        here = [it for it in lines if it.day >= day_number(period.start)]
        held = [it for it in here if it.numbers[way.title] is not None]
        if held:
            ranked = rank(held, usual_of(lines, way, request.start), way)
            tags = tags_of(connection, around.workspace, here)
            traits = find_traits(ranked, here, tags, period.days)
            return Ranking(way, ranked, traits, len(here) - len(held))
    return None


def usual_of(lines: Sequence[PostLine], way: PerPost, start: int) -> dict[int, float]:
    """Return each account's median before a day, of accounts that have posts enough."""
    held: dict[int, list[float]] = {}
    for line in lines:
        value = line.numbers[way.title]
        if line.day < start and value is not None:
            held.setdefault(line.account, []).append(value)
    return {it: median(values) for it, values in held.items() if len(values) >= SMALL_POSTS}


def rank(lines: Sequence[PostLine], usual: Mapping[int, float], way: PerPost) -> tuple[Ranked, ...]:
    found = []
    for line in lines:
        value = line.numbers[way.title] or 0.0
        below = line.numbers.get(BELOW)
        is_small = BELOW in line.numbers and (below is None or below < SMALL_RATE)
        found.append(Ranked(line, value, usual.get(line.account), is_small))
    sign = 1 if way.better == "lower" else -1
    return tuple(sorted(found, key=lambda it: (it.is_small, sign * it.value, it.post.id)))


def tags_of(
    connection: Connection, workspace: int, lines: Sequence[PostLine]
) -> dict[int, set[str]]:
    """Return the hashtags of some posts; of those posts alone, read by the days they span."""
    if not lines:
        return {}
    statement = (
        select(POST_TAG.c.post, POST_TAG.c.tag)
        .join(POST, POST.c.id == POST_TAG.c.post)
        .where(
            POST_TAG.c.workspace == workspace,
            POST.c.workspace == workspace,
            POST.c.published >= lines[0].published,
            POST.c.published <= lines[-1].published,
        )
    )
    found: dict[int, set[str]] = {}
    for post, tag in connection.execute(statement):
        found.setdefault(post, set()).add(tag)
    return found


# --- what the best share ---------------------------------------------------------------------


def find_traits(
    ranked: Sequence[Ranked], every: Sequence[PostLine], tags: Mapping[int, set[str]], days: int
) -> tuple[str, ...]:
    """Return what the best posts share and the others do not: type, hashtag, weekday.

    At least three of the five best, and more than half of them, share it, and among all posts of
    the period it is at most half as common.
    """
    best = [it.post for it in ranked[:BEST] if not it.is_small]
    if len(best) < FEWEST or len(every) < 2 * len(best):
        return ()
    traits = ("kind", "tag", "weekday") if days > 7 else ("kind", "tag")
    found = []
    for trait in traits:
        ours = [marks_of(trait, it, tags) for it in best]
        theirs = [marks_of(trait, it, tags) for it in every]
        if said := say_trait(trait, ours, theirs):
            found.append(said)
    return tuple(found)


def marks_of(trait: str, line: PostLine, tags: Mapping[int, set[str]]) -> frozenset[str]:
    if trait == "kind":
        return frozenset({line.kind} - {""})
    if trait == "weekday":
        return frozenset({str(line.weekday)})
    return frozenset(tags.get(line.id, ()))


def say_trait(trait: str, best: Sequence[frozenset[str]], every: Sequence[frozenset[str]]) -> str:
    counted = Counter(mark for marks in best for mark in marks)
    for mark, n in sorted(counted.items(), key=lambda it: (-it[1], it[0])):
        common = sum(mark in marks for marks in every) / len(every)
        if n < FEWEST or n * 2 <= len(best) or common > n / len(best) / 2:
            continue
        if trait == "kind":
            return say("{n} of the {best} best are of type {kind}.", n=n, best=len(best),
                       kind=mark)  # fmt: skip
        if trait == "weekday":
            return say("{n} of the {best} best went out on a {weekday}.", n=n, best=len(best),
                       weekday=say_weekday(int(mark)))  # fmt: skip
        return say("{n} of the {best} best carry #{tag}.", n=n, best=len(best), tag=mark)
    return ""


def say_left_out(ranking: Ranking) -> list[str]:
    """Return which posts could not be ranked, or stand lower than their number."""
    said = []
    if ranking.left_out:
        said.append(
            say_count(
                "{number} post without {measure} is not ranked.",
                "{number} posts without {measure} are not ranked.",
                ranking.left_out,
                measure=ranking.way.title.lower(),
            )
        )
    if small := sum(it.is_small for it in ranking.posts):
        said.append(
            say_count(
                "{number} post that fewer than 100 saw is ranked last.",
                "{number} posts that fewer than 100 saw are ranked last.",
                small,
            )
        )
    if not any(it.usual for it in ranking.posts):
        said.append(say("No usual to compare with: five posts in the 90 days before are needed."))
    return said
