"""The action log: what was tried, by whom, and what the numbers did before and after (S4's
“iterative improvement”, feature 95)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from kpis.analyses.ranks import difference_of_medians, mann_whitney
from kpis.analyses.top_posts import tags_of
from kpis.numbers import write
from kpis.question import KnownAccount, Period, Question, Scope
from kpis.readers.post_numbers import PostLine, read_posts
from kpis.surroundings import Surroundings
from kpis.tongue import say, say_count
from storage.measures import Each, Unit, posts
from storage.steps import StepRow, log

BEFORE_DAYS = 56
ENOUGH = 5
MEASURES = {
    "reach": Each(posts, ("reach",)),
    "impressions": Each(posts, ("impressions",)),
    "engagements": Each(posts, ("engagements",)),
}
"""What a post's success is, the first that its account's posts have."""


class Action(NamedTuple):
    """One step that somebody took, and what came of it so far."""

    what: str
    owner: str
    since: date
    result: str
    """A sentence; empty where nothing can be told of such a step."""


def list_actions(
    connection: Connection, around: Surroundings, now: datetime, limit: int = 10
) -> list[Action]:
    """Return the steps that were taken, the latest first; none about hidden channels."""
    rows = [
        row
        for row in log(connection, around.workspace, 2 * limit)
        if row.taken is not None and row.figures.get("channel") not in around.hidden
    ]
    return [describe(row, connection, around, now) for row in rows[:limit]]


def describe(row: StepRow, connection: Connection, around: Surroundings, now: datetime) -> Action:
    zone = ZoneInfo(around.zone)
    assert row.taken is not None
    since, today = row.taken.astimezone(zone).date(), now.astimezone(zone).date()
    what = str(row.figures.get("what") or row.words)
    account = around.by_id.get(int(row.figures.get("account") or 0))
    if account is None:
        return Action(what, row.owner, since, "")
    until = min(row.due or today, today)
    return Action(what, row.owner, since, compare(row, account, connection, around, since, until))


def compare(
    row: StepRow,
    account: KnownAccount,
    connection: Connection,
    around: Surroundings,
    since: date,
    until: date,
) -> str:
    """Return “Median reach 2,100 → 2,900 over 6 posts; may be chance.”

    Before: all posts of the account in the eight weeks until the step was taken. After: those
    since that follow it.
    """
    start = since - timedelta(days=BEFORE_DAYS)
    until = max(until, since + timedelta(days=1))
    question = Question("posts", Scope(accounts=(account.id,)), Period(start, until, ""), until)
    lines = read_posts(connection, around.request((account,), start, until, question), MEASURES)
    first = (since - date(1970, 1, 1)).days
    name = next((it for it in MEASURES if any(line.numbers[it] for line in lines)), "reach")
    later = [it for it in lines if it.day >= first]
    tags = tags_of(connection, around.workspace, later) if row.figures.get("tag") else {}
    before = numbers([it for it in lines if it.day < first], name)
    after = numbers([it for it in later if follows(it, row, tags)], name)
    if not after:
        return say("No post has followed it yet.")
    posts_since = say_count("{number} post", "{number} posts", len(after))
    if not before:
        return say("{posts} since; none before to compare with.", posts=posts_since)
    size, low, high = difference_of_medians(after, before)
    now = middle(after)
    said = say(
        "Median {measure} {before} → {after} over {posts}",
        measure=measure_words(name),
        before=write(now - size, Unit.COUNT),
        after=write(now, Unit.COUNT),
        posts=posts_since,
    )
    return f"{said}; {verdict(after, before, low, high)}."


def measure_words(name: str) -> str:
    return {
        "reach": say("reach"),
        "impressions": say("impressions"),
        "engagements": say("engagements"),
    }[name]


def middle(values: list[float]) -> float:
    from statistics import median

    return median(values)


def numbers(lines: list[PostLine], name: str) -> list[float]:
    return [it for line in lines if (it := line.numbers[name]) is not None]


def verdict(after: list[float], before: list[float], low: float, high: float) -> str:
    if min(len(after), len(before)) < ENOUGH:
        return say("too few to be sure")
    if mann_whitney(after, before).p >= 0.05 or low <= 0 <= high:
        return say("may be chance")
    return say("19 in 20: {low} to {high} a post", low=signed(low), high=signed(high))


def signed(size: float) -> str:
    text = write(size, Unit.COUNT)
    return f"+{text}" if size > 0 else text


def follows(line: PostLine, row: StepRow, tags: Mapping[int, set[str]]) -> bool:
    """Whether a post is one that the step asked for."""
    figures = row.figures
    hour, hours = figures.get("hour"), figures.get("hours")
    return (
        (not figures.get("kind") or line.kind == figures["kind"])
        and ("weekday" not in figures or line.weekday == figures["weekday"])
        and (hour is None or int(hour) <= line.hour < int(hour) + int(hours or 1))
        and (not figures.get("tag") or figures["tag"] in tags.get(line.id, ()))
    )
