"""The sentence that a digest begins with: what moved most for what it is, and why.

A move tells the more, the more it is beside the usual move of the same row; what moved by less
than ``TELLING`` is steady.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from statistics import median

from kpis.answers import Change, Coverage, Value
from kpis.digests.choose import Pick
from kpis.digests.lines import Line, is_level
from kpis.digests.naming import capital, point_to, say_period, span_of
from kpis.digests.posts import History, Post
from kpis.digests.scene import Scene
from kpis.numbers import write, write_change
from kpis.periods import previous_period, say_day
from kpis.question import KnownAccount, Scope
from kpis.slots import day_of
from kpis.titles import account_title, count
from kpis.tongue import joined, say, say_declared
from kpis.wording import small_sample
from storage.measures import Unit
from storage.platforms import PLATFORMS

TELLING, TELLING_LEVEL = 0.05, 0.01
LEAST_USUAL = 0.03
"""A row whose usual move is smaller is judged as if it were this."""
UNCOVERED = 0.3
"""Weight of a row that lacks days, now or before: its move may be the gap's."""
MUCH_OF_IT = 0.25
"""A post's part of the whole from which on it explains a rise."""
MOST_OF_IT = 0.6
"""An account's part of a change from which on it is named."""
OUTLYING, LIKE_USUAL = 0.15, 0.1
FEWER, MORE, ENOUGH_POSTS = 0.7, 1.4, 3

COUNTED = {"reach": "reach", "impressions": "impressions", "engagements": "engagements"}
"""KPIs that a single post has a part in, and its number."""
ALONE = {
    "reach": "alone reached {}",
    "impressions": "alone got {} impressions",
    "engagements": "alone got {} engagements",
}
GONE = "The accounts of this digest are no longer here. Choose others: /kpi digest."
NO_ACCOUNTS = "No accounts yet. Drop an export in our direct message and I'll make one."


def most_telling(lines: Sequence[Line]) -> Line | None:
    """Return the row that moved most for what it is, if any did."""
    telling = [it for it in lines if not it.held and is_telling(it)]
    return max(telling, key=weigh, default=None)


def say_headline(scene: Scene, lines: Sequence[Line], histories: Mapping[int, History]) -> str:
    """Return one or two sentences."""
    told = [it for it in lines if not it.held]
    if not told:
        return say_nothing(scene, lines)
    line = most_telling(told)
    if line is not None:
        why = say_why(scene, line, histories)
        return " ".join(it for it in (say_move(line), why) if it)
    moved = [it for it in told if it.relative is not None]
    if moved:
        line = moved[0]
        share = write_change(Change("percent", TELLING), Unit.COUNT).lstrip("+")
        shown = {"span": say_declared(span_of(scene)), "share": share}
        # A row without a change may have moved by anything.
        if all(it.row.change for it in told):
            steady = say("A steady {span}: nothing moved by {share} or more.", **shown)
        else:
            steady = say(
                "A steady {span}: nothing that can be compared moved by {share} or more.", **shown
            )
        value = joined([line.row.shown, line.row.change])
        return f"{steady} {say('{name} {value}.', name=capital(line.pick.subject), value=value)}"
    line = told[0]
    plain = say(
        "{name}: {value} in {period}.",
        name=capital(line.pick.subject),
        value=line.row.shown,
        period=say_period(scene),
    )
    span = say_declared(span_of(scene))
    return f"{plain} {say('There is no {span} before to compare it with.', span=span)}"


def say_nothing(scene: Scene, lines: Sequence[Line]) -> str:
    """Return why there is no number to begin with."""
    if lines:
        period = say_period(scene)
        return say("The figures of {period} are held back; below is why.", period=period)
    if not scene.accounts:
        return GONE if any(it.own for it in scene.around.accounts) else NO_ACCOUNTS
    held = scene.around.held(tuple(it.id for it in scene.accounts), scene.as_of)
    if held is None:
        return say("No numbers yet. Drop an export in our direct message, and I'll read it.")
    newest = say_day(day_of(held[1]), scene.today.year)
    period = say_period(scene)
    return say("No numbers for {period}; the newest are of {day}.", period=period, day=newest)


# --- which row


def threshold(line: Line) -> float:
    return TELLING_LEVEL if is_level(line.answer) else TELLING


def is_telling(line: Line) -> bool:
    moved = abs(line.relative or 0.0)
    return moved >= threshold(line) and not small_sample(line.answer)


def weigh(line: Line) -> float:
    """Return how unusual a move is."""
    usual = max(line.usual_move, LEAST_USUAL)
    is_sure = not lacks_days(line) and base_of(line) is None
    return abs(line.relative or 0.0) / usual * (1.0 if is_sure else UNCOVERED)


def lacks_days(line: Line) -> bool:
    coverage = line.answer.coverage
    return coverage.unit.endswith("days") and coverage.held < coverage.days


def base_of(line: Line) -> Coverage | None:
    """Return the coverage of the period before, where its sum lacks days."""
    return line.history[-2].coverage if len(line.history) > 1 else None


def say_move(line: Line) -> str:
    """Return “Instagram reach rose 12 % to 18,900.”"""
    row, change = line.row, line.answer.main.change
    assert change is not None
    rose = (line.relative or 0.0) > 0
    size = row.change.lstrip("+\N{MINUS SIGN}") or write_change(change, line.unit)
    told = {"name": capital(line.pick.subject), "size": size, "value": row.shown}
    if is_level(line.answer):
        if rose:
            return say("{name} rose by {size} to {value}.", **told)
        return say("{name} fell by {size} to {value}.", **told)
    if rose:
        return say("{name} rose {size} to {value}.", **told)
    return say("{name} fell {size} to {value}.", **told)


# --- why


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
    return f"{capital(name(line, top[0], histories))} {say_alone(line, top[1])}."


def say_alone(line: Line, number: float) -> str:
    return ALONE[COUNTED[line.pick.question.kpi]].format(write(number, Unit.COUNT))


def name(line: Line, post: Post, histories: Mapping[int, History]) -> str:
    """Return “the Tuesday Reel”, with its platform where the row has several accounts."""
    if len(line.pick.accounts) == 1:
        return point_to(post)
    return f"{point_to(post)} on {PLATFORMS[histories[post.account].account.platform].title}"


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
    said = f"That is its usual {span_of(scene)} again"
    previous = past[-1].period
    top = top_post(line, histories, previous.start, previous.end)
    if top is not None and MUCH_OF_IT <= top[1] / before <= 1:
        post = name(line, top[0], histories)
        return f"{said}: the one before had {post}, which {say_alone(line, top[1])}."
    return f"{said} (median {write(usual, line.unit)})."


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
