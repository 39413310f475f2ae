"""Rules that compare an account's own posts with each other: when, what kind, which hashtag."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from kpis.digests.evidence import Comparison
from kpis.digests.naming import plural, say_times
from kpis.digests.posts import History, Post
from kpis.digests.report import StepOffer
from kpis.digests.rules import (
    FEWEST,
    FEWEST_OTHERS,
    Evidence,
    beside,
    figures_of,
    stands_out,
    strength_of,
    subject_of,
    word,
)
from kpis.numbers import write
from kpis.periods import say_weekday
from kpis.slots import WEEKDAYS
from kpis.tongue import say
from storage.measures import Unit

RECENT_DAYS, LONG_DAYS = 84, 182
BLOCK = 2
"""Hours that are looked at together."""

Mark = TypeVar("Mark", bound=Hashable)
Cell = tuple[str, int, int]
"""Content type or nothing, weekday, first hour."""


def best_hours(evidence: Evidence) -> Iterator[StepOffer]:
    """Two hours of a weekday whose posts do best, of one content type if that says more.

    Last 26 weeks, at least 5 posts in the hours and 10 others, median ≥ 1.3 × the others'.
    """
    for history in evidence.histories.values():
        posts = evidence.recent(history, LONG_DAYS)
        cells = gather(posts, cells_of)
        found = strongest(history, posts, cells, 1.3)
        if found is None:
            continue
        (kind, weekday, hour), result = found
        yield offer(
            evidence, history, result, "best-hours",
            say_when_to_post(kind, say_slot(weekday, hour), evidence.where(history)),
            reason=say_of_last(history, result),
            subject=(slot_key(weekday, hour), kind),
            asks=("best times", ""),
            kind=kind or None, weekday=weekday, hour=hour, hours=BLOCK,
        )  # fmt: skip


def weekday_effect(evidence: Evidence) -> Iterator[StepOffer]:
    """A weekday whose posts do better than those of all others.

    Last 12 weeks, at least 5 posts on the day and 10 on others, median ≥ 1.25 × the others'.
    """
    for history in evidence.histories.values():
        posts = evidence.recent(history, RECENT_DAYS)
        found = strongest(history, posts, gather(posts, weekday_of), 1.25)
        if found is None:
            continue
        weekday, result = found
        name, where = say_weekday(weekday), evidence.where(history)
        yield offer(
            evidence, history, result, "weekday-effect",
            say("Post more on {weekday}s on {where}", weekday=name, where=where),
            reason=say_of_last(history, result),
            subject=(WEEKDAYS[weekday].lower(),),
            asks=("impressions", "by weekday"),
            weekday=weekday,
        )  # fmt: skip


def content_type(evidence: Evidence) -> Iterator[StepOffer]:
    """A content type that does better than the others and is not half of the posts yet.

    Last 12 weeks, at least 5 posts of it and 5 others, median ≥ 1.3 × the others'.
    """
    for history in evidence.histories.values():
        posts = [it for it in evidence.recent(history, RECENT_DAYS) if it.kind]
        groups = gather(posts, kind_of)
        rare = {kind: held for kind, held in groups.items() if 2 * len(held) <= len(posts)}
        found = strongest(history, posts, rare, 1.3, fewest_others=FEWEST)
        if found is None:
            continue
        kind, result = found
        where = evidence.where(history)
        yield offer(
            evidence, history, result, "content-type",
            say("Make more {kinds} on {where}", kinds=plural(kind), where=where),
            reason=say(
                "{number} of them {effect}, and they are {share} % of your posts",
                number=result.n,
                effect=say_effect(history, result),
                share=round(100 * result.n / len(posts)),
            ),
            subject=(kind,),
            asks=("content mix", ""),
            kind=kind,
        )  # fmt: skip


def hashtag(evidence: Evidence) -> Iterator[StepOffer]:
    """A hashtag whose posts do better than those without it.

    Last 12 weeks, at least 5 posts with it and 5 without, median ≥ 1.3 × the others'.
    """
    for history in evidence.histories.values():
        posts = evidence.recent(history, RECENT_DAYS)
        found = strongest(history, posts, gather(posts, tags_of), 1.3, fewest_others=FEWEST)
        if found is None:
            continue
        tag, result = found
        where, effect = evidence.where(history), say_effect(history, result)
        yield offer(
            evidence, history, result, "hashtag",
            say("Use #{tag} where it fits on {where}", tag=tag, where=where),
            reason=say("{number} posts with it {effect}", number=result.n, effect=effect),
            subject=(f"#{tag}",),
            asks=("hashtags", ""),
            tag=tag,
        )  # fmt: skip


# --- shared


def cells_of(post: Post) -> list[Cell]:
    """Return the two hours of a weekday that a post went out in, and those of its type."""
    weekday, hour = post.weekday, post.hour // BLOCK * BLOCK
    whole: Cell = ("", weekday, hour)
    return [whole, (post.kind, weekday, hour)] if post.kind else [whole]


def weekday_of(post: Post) -> tuple[int]:
    return (post.weekday,)


def kind_of(post: Post) -> tuple[str]:
    return (post.kind,)


def tags_of(post: Post) -> frozenset[str]:
    return post.tags


def slot_key(weekday: int, hour: int) -> str:
    """Return “tue 18–20”, whatever is spoken: a step's subject is a key."""
    return f"{WEEKDAYS[weekday][:3]} {hour}–{hour + BLOCK}".lower()


def say_slot(weekday: int, hour: int) -> str:
    """Return “Tue 18–20”."""
    return say(
        "{weekday} {hour}–{end}",
        weekday=say_weekday(weekday, short=True),
        hour=hour,
        end=hour + BLOCK,
    )


def say_when_to_post(kind: str, slot: str, where: str) -> str:
    """Return “Post Reels Tue 18–20 on Instagram”."""
    if not kind:
        return say("Post more {slot} on {where}", slot=slot, where=where)
    return say("Post {kinds} {slot} on {where}", kinds=plural(kind), slot=slot, where=where)


def say_of_last(history: History, result: Comparison) -> str:
    """Return “your last 6 there reached …”."""
    effect = say_effect(history, result)
    return say("your last {number} there {effect}", number=result.n, effect=effect)


def gather(
    posts: Sequence[Post], marks: Callable[[Post], Iterable[Mark]]
) -> dict[Mark, list[Post]]:
    """Return the posts by each mark that they have."""
    groups: dict[Mark, list[Post]] = defaultdict(list)
    for post in posts:
        for mark in marks(post):
            groups[mark].append(post)
    return groups


def strongest(
    history: History,
    posts: Sequence[Post],
    groups: Mapping[Mark, Sequence[Post]],
    times: float,
    *,
    fewest_others: int = FEWEST_OTHERS,
) -> tuple[Mark, Comparison] | None:
    """Return the group that stands out most, by the lower end of its interval.

    Of equal ones the last by name: a content type before the same posts without it.
    """
    found = [
        (mark, result)
        for mark, group in sorted(groups.items(), key=lambda it: str(it[0]), reverse=True)
        if (result := beside(history, posts, group, fewest_others=fewest_others)) is not None
        and stands_out(result, times)
    ]
    return max(found, key=lambda it: strength_of(it[1]), default=None)


def say_effect(history: History, result: Comparison) -> str:
    """Return “reached 2.1 × the median of the others (2,900 against 1,400)”."""
    told = {
        "times": say_times(result.times),
        "median": write(result.median, Unit.COUNT),
        "others": write(result.median_others, Unit.COUNT),
    }
    match history.measure:
        case "reach":
            return say(
                "reached {times} the median of the others ({median} against {others})", **told
            )
        case "impressions":
            return say(
                "got {times} the median impressions of the others ({median} against {others})",
                **told,
            )
        case _:
            return say(
                "got {times} the median engagements of the others ({median} against {others})",
                **told,
            )


def offer(
    evidence: Evidence,
    history: History,
    result: Comparison,
    rule: str,
    what: str,
    *,
    reason: str,
    subject: Sequence[str],
    asks: tuple[str, str],
    **figures: float | int | str | None,
) -> StepOffer:
    return StepOffer(
        rule=rule,
        subject=subject_of(history.account, *filter(None, subject)),
        words=say("{what}: {reason}.", what=what, reason=reason),
        figures=figures_of(history, result, what=what, **figures),
        asks=word(evidence.scene, asks[0], history.account, asks[1]),
        strength=strength_of(result),
    )
