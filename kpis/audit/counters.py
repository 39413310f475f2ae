"""Checks of counts beside each other: views and people, clicks and views, followers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kpis.audit.ground import MOST, Fault, Ground, Row, count_people, platforms, runs
from storage.said import Counted, Grouped, Words

RISING = {
    "impressions": Words("impressions"),
    "reach": Words("reach"),
    "video_views": Words("video views"),
}
"""Counters of posts that only rise. Likes may be taken back, so only these are looked at."""


def find_more_people_than_views(ground: Ground) -> Iterator[Fault]:
    """Impressions ≥ reach on every settled day of every account."""
    marks, names = platforms()
    found = ground.rows(
        f"""
        SELECT account, day, sum(views), sum(people) FROM (
            SELECT account, day, value AS views, 0 AS people FROM fact
            WHERE workspace = ? AND measure = 'impressions' AND platform IN ({marks})
                AND day >= ? AND day < ?
            UNION ALL
            SELECT account, start, 0, value FROM window_fact
            WHERE workspace = ? AND measure = 'reach' AND "end" = start + 1
                AND start >= ? AND start < ?
        ) AS told GROUP BY account, day
        HAVING count(*) = 2 AND sum(views) < sum(people) ORDER BY day DESC LIMIT {MOST}
        """,
        *(ground.workspace, *names, ground.since, ground.settled),
        *(ground.workspace, ground.since, ground.settled),
    )
    for account, start, end, rows in runs(row_of(it) for it in found):
        views, people = rows[0].figures
        words = Words(
            "fewer impressions than people reached, {days}: {views} for {people} on {day}",
            days=ground.say(start, end),
            views=count_impressions(views),
            people=count_people(people),
            day=ground.say(start, start + 1),
        )
        yield Fault(account, "impressions", start, end, words)


def find_more_clicks_than_views(ground: Ground) -> Iterator[Fault]:
    """Clicks ≤ impressions on every settled day of every account."""
    marks, names = platforms()
    clicks_of, views_of = (sum_of(it) for it in ("clicks", "impressions"))
    found = ground.rows(
        f"""
        SELECT account, day, {clicks_of}, {views_of} FROM fact
        WHERE workspace = ? AND measure IN ('clicks', 'impressions') AND platform IN ({marks})
            AND day >= ? AND day < ?
        GROUP BY account, day
        HAVING count(*) = 2 AND {clicks_of} > {views_of} ORDER BY day DESC LIMIT {MOST}
        """,
        *(ground.workspace, *names, ground.since, ground.settled),
    )
    for account, start, end, rows in runs(row_of(it) for it in found):
        clicks, views = rows[0].figures
        words = Words(
            "more clicks than impressions, {days}: {clicks} of {views} on {day}",
            days=ground.say(start, end),
            clicks=Counted("{number} click", "{number} clicks", clicks),
            views=Grouped(views),
            day=ground.say(start, start + 1),
        )
        yield Fault(account, "clicks", start, end, words)


def count_impressions(number: int) -> Counted:
    return Counted("{number} impression", "{number} impressions", number)


def sum_of(measure: str) -> str:
    return f"sum(CASE WHEN measure = '{measure}' THEN value ELSE 0 END)"


def row_of(found: tuple[Any, ...]) -> Row:
    """Return a day's row; PostgreSQL gives sums as decimals."""
    return Row(found[0], found[1], tuple(map(int, found[2:])))


def find_posts_with_more_people(ground: Ground) -> Iterator[Fault]:
    """Impressions ≥ reach of every post."""
    found = posts_where(ground, "impressions", "reach", "impressions < reach")
    for account, start, end, rows in runs(found):
        views, people = rows[0].figures
        words = Counted(
            "{number} post of {days} with fewer impressions than people reached,"
            " such as {views} for {people}",
            "{number} posts of {days} with fewer impressions than people reached,"
            " such as {views} for {people}",
            len(rows),
            days=ground.say(start, end),
            views=Grouped(views),
            people=count_people(people),
        )
        yield Fault(account, "post.impressions", start, end, words)


def find_posts_with_more_clicks(ground: Ground) -> Iterator[Fault]:
    """Clicks ≤ impressions of every post."""
    found = posts_where(ground, "clicks", "impressions", "clicks > impressions")
    for account, start, end, rows in runs(found):
        clicks, views = rows[0].figures
        words = Counted(
            "{number} post of {days} with more clicks than impressions,"
            " such as {clicks} of {views}",
            "{number} posts of {days} with more clicks than impressions,"
            " such as {clicks} of {views}",
            len(rows),
            days=ground.say(start, end),
            clicks=Grouped(clicks),
            views=Grouped(views),
        )
        yield Fault(account, "post.clicks", start, end, words)


def posts_where(ground: Ground, one: str, other: str, condition: str) -> list[Row]:
    found = ground.rows(
        f"""
        SELECT account, published, {one}, {other} FROM post
        WHERE workspace = ? AND published >= ? AND {condition}
        ORDER BY published DESC LIMIT {MOST}
        """,
        *(ground.workspace, ground.begin_of(ground.since)),
    )
    return [Row(it[0], ground.local_day(it[1]), it[2:]) for it in found]


def find_followers_apart(ground: Ground) -> Iterator[Fault]:
    """Gained − lost is what the number of followers moved by, within 1 % of it, in four weeks.

    The 1 % is that of *net followers* (kpi-catalogue §4); days without all four numbers are left
    out of both sides, and what differs by ten or less is chance.
    """
    marks, names = platforms()
    gained, lost = sum_of("gained"), sum_of("lost")
    apart = "abs(sum(level - before) - sum(told))"
    found = ground.rows(
        f"""
        SELECT account, min(day), max(day), sum(level - before), sum(told) FROM (
            SELECT account, day, level, told,
                lag(level) OVER (PARTITION BY account ORDER BY day) AS before,
                lag(day) OVER (PARTITION BY account ORDER BY day) AS last
            FROM (
                SELECT account, day, {sum_of("followers")} AS level, {gained} - {lost} AS told
                FROM fact
                WHERE workspace = ? AND measure IN ('followers', 'gained', 'lost')
                    AND platform IN ({marks}) AND day >= ? AND day < ?
                GROUP BY account, day HAVING count(*) = 3
            ) AS whole
        ) AS moving WHERE last = day - 1
        GROUP BY account, day / 28
        HAVING {apart} > 10 AND 100 * {apart} > max(before)
        ORDER BY account, min(day)
        """,
        *(ground.workspace, *names, ground.since, ground.settled),
    )
    for account, first, last, moved, told in found:
        words = Words(
            "followers moved by {moved} in {days}, but gained less lost is {told}",
            moved=sign(int(moved)),
            days=ground.say(first, last + 1),
            told=sign(int(told)),
        )
        yield Fault(account, "followers", first, last + 1, words)


def sign(number: int) -> Grouped:
    """Return “+1,200”, “−100”."""
    return Grouped(abs(number), "−" if number < 0 else "+")


def find_falling_counters(ground: Ground) -> Iterator[Fault]:
    """Lifetime counters of posts only rise: what is known now is not below what was known.

    Platforms do remove a little.
    """
    for measure, noun in RISING.items():
        found = ground.rows(
            f"""
            SELECT post.account, post.published, max(seen.{measure}), post.{measure} FROM post
            JOIN post_snapshot AS seen ON seen.post = post.id
            WHERE post.workspace = ? AND seen.workspace = ? AND post.published >= ?
                AND seen.{measure} > post.{measure}
            GROUP BY post.id, post.account, post.published, post.{measure}
            HAVING max(seen.{measure}) - post.{measure} > 10
                AND 20 * (max(seen.{measure}) - post.{measure}) > max(seen.{measure})
            ORDER BY post.published DESC LIMIT {MOST}
            """,
            *(ground.workspace, ground.workspace, ground.begin_of(ground.since)),
        )
        rows = [Row(it[0], ground.local_day(it[1]), it[2:]) for it in found]
        for account, start, end, some in runs(rows):
            before, now = some[0].figures
            words = Counted(
                "{what} of {number} post of {days} fell, such as {before} to {now}",
                "{what} of {number} posts of {days} fell, such as {before} to {now}",
                len(some),
                what=noun,
                days=ground.say(start, end),
                before=Grouped(before),
                now=Grouped(now),
            )
            yield Fault(account, f"post.{measure}", start, end, words)
