"""The single posts of a digest's accounts: best ones, and what the named rules compare.

Read once, with the readers' own cut into local days and, where an earlier moment is asked of,
with the counters as they were known then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

from sqlalchemy import Select, and_, select

from kpis.digests.scene import Scene
from kpis.question import KnownAccount
from kpis.readers.as_of import posts_then
from kpis.readers.columns import CALENDAR, POST, POST_TAG, number
from kpis.slots import day_of
from storage.tables import day_number

HISTORY_DAYS = 182
"""Posts this long before the period's end are looked at."""

MEASURES = ("reach", "impressions", "engagements")
"""What a post's success is, the first that most posts of an account have."""
MOSTLY = 0.8


@dataclass(frozen=True)
class Post:
    """One post; ``result`` is its account's measure of success."""

    id: int
    account: int
    day: date
    weekday: int
    """0 is Monday, in the workspace's zone."""
    hour: int
    kind: str
    """Content type; empty where nobody said."""
    title: str
    link: str
    numbers: dict[str, int | None]
    tags: frozenset[str]


@dataclass(frozen=True)
class History:
    """The posts of one account in order of time, and what their success is measured in."""

    account: KnownAccount
    posts: tuple[Post, ...]
    measure: str

    def result(self, post: Post) -> float | None:
        return post.numbers[self.measure]

    def between(self, start: date, end: date) -> tuple[Post, ...]:
        """Return the posts from a day until before another that have a result."""
        return tuple(
            it for it in self.posts if start <= it.day < end and self.result(it) is not None
        )

    def results(self, posts: Sequence[Post]) -> list[float]:
        return [float(it) for post in posts if (it := self.result(post)) is not None]

    def usual(self, before: date, days: int = 90) -> tuple[float, int]:
        """Return the median result of the posts in the days before one, and how many they are."""
        held = self.results(self.between(before - timedelta(days=days), before))
        return (float(median(held)) if held else 0.0), len(held)


def read_histories(scene: Scene) -> dict[int, History]:
    """Return the posts of each account that has any, over the last ``HISTORY_DAYS``."""
    if not scene.accounts:
        return {}
    rows = read_posts(scene)
    return {
        account.id: History(account, tuple(rows[account.id]), choose_measure(rows[account.id]))
        for account in scene.accounts
        if rows.get(account.id)
    }


def choose_measure(posts: Sequence[Post]) -> str:
    """Return the first measure that most posts have; engagements where none is had by most."""
    for measure in MEASURES:
        held = sum(it.numbers[measure] is not None for it in posts)
        if held >= MOSTLY * len(posts):
            return measure
    return max(MEASURES, key=lambda it: sum(post.numbers[it] is not None for post in posts))


def read_posts(scene: Scene) -> dict[int, list[Post]]:
    connection = scene.connection
    tags: dict[int, set[str]] = defaultdict(set)
    for post, tag in connection.execute(tags_statement(scene)):
        tags[post].add(tag)
    found: dict[int, list[Post]] = defaultdict(list)
    for row in connection.execute(posts_statement(scene)):
        numbers = {name: getattr(row, name) for name in MEASURES}
        found[row.account].append(
            Post(
                id=row.id,
                account=row.account,
                day=day_of(row.day),
                weekday=row.weekday,
                hour=row.hour,
                kind=row.content_type or "",
                title=row.title or "",
                link=row.permalink or "",
                numbers=numbers,
                tags=frozenset(tags[row.id]),
            )
        )
    return found


def posts_statement(scene: Scene) -> Select[Any]:
    """Return the statement of the posts, each with the local day that the calendar gives it."""
    end = scene.period.end
    request = scene.around.request(
        scene.accounts,
        end - timedelta(days=HISTORY_DAYS),
        end,
        scene.question("posts", scene.scope, scene.period),
    )
    post = posts_then(request) if request.later else POST
    day = number(CALENDAR.c.day)
    return (
        select(
            post.c.id,
            post.c.account,
            day.label("day"),
            post.c.weekday,
            post.c.hour,
            post.c.content_type,
            post.c.title,
            post.c.permalink,
            *(post.c[name] for name in MEASURES),
        )
        .select_from(CALENDAR)
        .join(post, and_(post.c.published >= CALENDAR.c.start, post.c.published < CALENDAR.c.end))
        .where(
            CALENDAR.c.zone == scene.around.zone,
            day >= request.start,
            day < day_number(end),
            post.c.workspace == scene.around.workspace,
            post.c.platform.in_(request.platforms),
            post.c.account.in_(request.accounts),
        )
        .order_by(post.c.published, post.c.id)
    )


def tags_statement(scene: Scene) -> Select[Any]:
    accounts = [it.id for it in scene.accounts]
    return (
        select(POST_TAG.c.post, POST_TAG.c.tag)
        .join(POST, POST.c.id == POST_TAG.c.post)
        .where(
            POST_TAG.c.workspace == scene.around.workspace,
            POST.c.workspace == scene.around.workspace,
            POST.c.account.in_(accounts),
        )
    )
