"""Why the number that a digest begins with moved, where the numbers show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from statistics import median

from kpis.answers import Change, Coverage, Value
from kpis.digests.choose import Pick
from kpis.digests.lines import Line
from kpis.digests.naming import capital, point_to, span_of
from kpis.digests.posts import History, Post
from kpis.digests.scene import Scene
from kpis.numbers import write, write_change
from kpis.periods import previous_period
from kpis.question import KnownAccount, Scope
from kpis.titles import account_title, count
from kpis.tongue import say, say_declared
from storage.measures import Unit
from storage.platforms import PLATFORMS

MUCH_OF_IT = 0.25
"""A post's part of the whole from which on it explains a rise."""
MOST_OF_IT = 0.6
"""An account's part of a change from which on it is named."""
OUTLYING, LIKE_USUAL = 0.15, 0.1
FEWER, MORE, ENOUGH_POSTS = 0.7, 1.4, 3

COUNTED = {"reach": "reach", "impressions": "impressions", "engagements": "engagements"}
"""KPIs that a single post has a part in, and its number."""


def say_why(scene: Scene, line: Line, histories: Mapping[int, History]) -> str:
    """Return the sentence that explains a move, where the numbers show it."""
    rose = (line.relative or 0.0) > 0
    base = base_of(line)
    if lacks_days(line) and not rose:
        left = say_left(line.answer.coverage)
        return say("{days} are missing, so part of it may be.", days=left)
    if base is not None and rose:
        return say(
            "{days} of the {span} before are missing, so part of it may be.",
            days=say_left(base),
            span=say_declared(span_of(scene)),
        )
    ways = (one_post,) if rose else (back_to_usual,)
    for way in (*ways, one_account, posting):
        if said := way(scene, line, histories):
            return said
    return ""


def say_left(coverage: Coverage) -> str:
    """Return “3 of 42 account days”."""
    whole = count(coverage.days, coverage.unit.removesuffix("s"))
    return say("{held} of {days}", held=coverage.days - coverage.held, days=whole)


def top_post(
    line: Line, histories: Mapping[int, History], start: date, end: date
) -> tuple[Post, float] | None:
    """Return the post with the largest number of the line's kind among its accounts' posts."""
    measure = COUNTED.get(line.pick.question.kpi)
    if measure is None:
        return None
    held = [
        (post, float(number))
        for account in line.pick.accounts
        if account.id in histories
        for post in histories[account.id].posts
        if start <= post.day < end and (number := post.numbers[measure]) is not None
    ]
    return max(held, key=lambda it: (it[1], -it[0].id), default=None)


def one_post(scene: Scene, line: Line, histories: Mapping[int, History]) -> str:
    """Return “The Tuesday Reel alone reached 6,300.”, where one post made much of it."""
    top = top_post(line, histories, scene.period.start, scene.period.end)
    value = line.row.value
    if top is None or not value or not MUCH_OF_IT <= top[1] / value <= 1:
        return ""
    return capital(say_alone(line, name(line, top[0], histories), top[1]))


def say_alone(line: Line, post: str, number: float) -> str:
    """Return “the Tuesday Reel alone reached 6,300.”"""
    told = {"post": post, "number": write(number, Unit.COUNT)}
    match COUNTED[line.pick.question.kpi]:
        case "reach":
            return say("{post} alone reached {number}.", **told)
        case "impressions":
            return say("{post} alone got {number} impressions.", **told)
        case _:
            return say("{post} alone got {number} engagements.", **told)


def name(line: Line, post: Post, histories: Mapping[int, History]) -> str:
    """Return “the Tuesday Reel”, with its platform where the row has several accounts."""
    if len(line.pick.accounts) == 1:
        return point_to(post)
    platform = PLATFORMS[histories[post.account].account.platform].title
    return say("{post} on {platform}", post=point_to(post), platform=platform)


def back_to_usual(scene: Scene, line: Line, histories: Mapping[int, History]) -> str:
    """Return that a fall only ends an unusual period, and what had made that one unusual."""
    value, past = line.row.value, line.history[:-1]
    earlier = [it.value for it in past[:-1] if it.value is not None]
    before = past[-1].value if past else None
    if value is None or before is None or len(earlier) < 4:
        return ""
    usual = median(earlier)
    if before < usual * (1 + OUTLYING) or abs(value - usual) > usual * LIKE_USUAL:
        return ""
    span = say_declared(span_of(scene))
    previous = past[-1].period
    top = top_post(line, histories, previous.start, previous.end)
    if top is not None and MUCH_OF_IT <= top[1] / before <= 1:
        post = name(line, top[0], histories)
        return say_before(line, span, post, top[1])
    number = write(usual, line.unit)
    return say("That is its usual {span} again (median {number}).", span=span, number=number)


def say_before(line: Line, span: str, post: str, number: float) -> str:
    """Return which post made the period before unusual."""
    told = {"span": span, "post": post, "number": write(number, Unit.COUNT)}
    match COUNTED[line.pick.question.kpi]:
        case "reach":
            return say(
                "That is its usual {span} again: the one before had {post}, "
                "which alone reached {number}.",
                **told,
            )
        case "impressions":
            return say(
                "That is its usual {span} again: the one before had {post}, "
                "which alone got {number} impressions.",
                **told,
            )
        case _:
            return say(
                "That is its usual {span} again: the one before had {post}, "
                "which alone got {number} engagements.",
                **told,
            )


def one_account(scene: Scene, line: Line, histories: Mapping[int, History]) -> str:
    """Return “Instagram made most of it: −3,146.”, of a sum over several accounts."""
    answer = line.answer
    if answer.unit is not Unit.COUNT or len(answer.lines) < 2 or answer.main.change is None:
        return ""
    moves: list[tuple[float, str]] = []
    for figure in answer.lines:
        now, then = figure.value, figure.previous
        if not (isinstance(now, Value) and isinstance(then, Value) and now.exact and then.exact):
            return ""
        moves.append((now.low - then.low, figure.name))
    whole = sum(it for it, _ in moves)
    part, who = max(moves, key=lambda it: it[0] * (1 if whole > 0 else -1))
    if not whole or part / whole < MOST_OF_IT:
        return ""
    size = write_change(Change("absolute", part), Unit.COUNT)
    return say("{name} made most of it: {size}.", name=shorten_account(scene, who), size=size)


def shorten_account(scene: Scene, title: str) -> str:
    """Return “Instagram” for “Instagram acme”, where there is one account on it."""
    account = next((it for it in scene.accounts if account_title(it) == title), None)
    if account is None or sum(it.platform == account.platform for it in scene.accounts) > 1:
        return title
    return PLATFORMS[account.platform].title


def posting(scene: Scene, line: Line, histories: Mapping[int, History]) -> str:
    """Return “3 posts went out, 6 the week before.”, where that may be why."""
    if not line.pick.accounts:
        return ""
    now = posts_in(scene, line.pick, line.pick.accounts)
    before = posts_in(scene, line.pick, line.pick.accounts, earlier=True)
    if now is None or before is None:
        return ""
    rose = (line.relative or 0.0) > 0
    fewer = not rose and before >= ENOUGH_POSTS and now <= FEWER * before
    more = rose and now >= ENOUGH_POSTS and now >= MORE * before
    if not (fewer or more):
        return ""
    return say(
        "{posts} went out, {before} the {span} before.",
        posts=count(now, "post"),
        before=before,
        span=say_declared(span_of(scene)),
    )


def posts_in(
    scene: Scene, pick: Pick, accounts: Sequence[KnownAccount], *, earlier: bool = False
) -> int | None:
    """Return how many posts some accounts published in this period, or in the one before."""
    period = previous_period(scene.period) if earlier else scene.period
    scope = pick.question.scope
    if not scope.accounts and len(accounts) == 1:
        scope = Scope(accounts=(accounts[0].id,))
    answer = scene.ask("posts", scope, period)
    value = None if answer is None else answer.main.value
    return int(value.low) if isinstance(value, Value) else None


def lacks_days(line: Line) -> bool:
    coverage = line.answer.coverage
    return coverage.unit.endswith("days") and coverage.held < coverage.days


def base_of(line: Line) -> Coverage | None:
    """Return the coverage of the period before, where its sum lacks days."""
    return line.history[-2].coverage if len(line.history) > 1 else None
