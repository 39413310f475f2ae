"""Before and after of the steps that somebody took, when their date has come (feature 95)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from kpis.answers import Value
from kpis.digests.calendar import due_at, key_of
from kpis.digests.evidence import Comparison, compare
from kpis.digests.naming import say_measure, say_times, write_times
from kpis.digests.posts import History, Post
from kpis.digests.report import Review
from kpis.digests.scene import Scene
from kpis.numbers import write
from kpis.parsing import parse
from kpis.periods import last_days, previous_period, say_day
from kpis.question import Asked, Period
from kpis.service_figures import FEW
from kpis.titles import count
from kpis.tongue import say
from storage import steps
from storage.errors import KepiError
from storage.measures import Unit
from storage.steps import StepRow

BEFORE_DAYS = 56
TOO_FEW = "too few to be sure"
CHANCE = "may be chance"


def find_reviews(scene: Scene, histories: Mapping[int, History]) -> tuple[Review, ...]:
    """Return what came of the steps whose day has come, oldest first; each is told once."""
    if not scene.plan.id:
        return ()
    rows = steps.due_for_review(
        scene.connection,
        scene.around.workspace,
        scene.plan.id,
        due_until(scene, scene.period),
        due_until(scene, previous_period(scene.period)),
    )
    return tuple(it for row in rows if (it := review(scene, row, histories)))


def due_until(scene: Scene, period: Period) -> date:
    """Return the local day on which the digest about a period goes out."""
    due = due_at(scene.plan, key_of(scene.plan, period.start))
    return due.astimezone(ZoneInfo(scene.plan.zone)).date()


def review(scene: Scene, row: StepRow, histories: Mapping[int, History]) -> Review | None:
    if row.taken is None:
        return None
    since = row.taken.astimezone(ZoneInfo(scene.around.zone)).date()
    until = min(row.due or scene.period.end, scene.period.end)
    what = str(row.figures.get("what") or row.words)
    result = result_of(scene, row, histories, since, until)
    return Review(row.id, what, row.owner, since, say_day(since, scene.today.year), result)


def result_of(
    scene: Scene, row: StepRow, histories: Mapping[int, History], since: date, until: date
) -> str:
    if "channel" in row.figures:
        return of_channel(scene, row, since, until)
    history = histories.get(int(row.figures.get("account") or 0))
    if history is None:
        return say("its account has no posts any more, so nothing can be told.")
    return of_posts(row, history, since, until)


# --- posts


def of_posts(row: StepRow, history: History, since: date, until: date) -> str:
    """Return “median reach 2,100 → 2,900 over 6 posts; too few to be sure.”

    Before: all posts of the account in the eight weeks until the step was taken. After: those
    since that follow it.
    """
    before = history.between(since - timedelta(days=BEFORE_DAYS), since)
    after = [it for it in history.between(since, until) if follows(it, row)]
    if not after:
        return say("no post has followed it yet, so there is nothing to compare.")
    if not before:
        n = count(len(after), "post")
        return say("{posts} since; none of the weeks before to compare with.", posts=n)
    found = compare(history.results(after), history.results(before))
    then, now = (write(it, Unit.COUNT) for it in (found.median_others, found.median))
    return say(
        "median {measure} {before} → {after} over {posts}; {verdict}.",
        measure=say_measure(history.measure),
        before=then,
        after=now,
        posts=count(found.n, "post"),
        verdict=say_verdict(found),
    )


def follows(post: Post, row: StepRow) -> bool:
    """Whether a post is one that the step asked for."""
    figures = row.figures
    hour, hours = figures.get("hour"), figures.get("hours")
    return (
        (not figures.get("kind") or post.kind == figures["kind"])
        and ("weekday" not in figures or post.weekday == figures["weekday"])
        and (hour is None or int(hour) <= post.hour < int(hour) + int(hours or 1))
        and (not figures.get("tag") or figures["tag"] in post.tags)
    )


def say_verdict(found: Comparison) -> str:
    """Return how sure the difference is: its 95 % interval, or why nothing is claimed."""
    if min(found.n, found.others) < FEW:
        return say(TOO_FEW)
    if not found.is_sure or not found.times:
        return say(CHANCE)
    return say(
        "{times} as much (19 in 20: {low} to {high})",
        times=say_times(found.times),
        low=write_times(found.low),
        high=say_times(found.high),
    )


# --- customers


def of_channel(scene: Scene, row: StepRow, since: date, until: date) -> str:
    """Return “median 3 h 10 m → 1 h 05 m over 24 answers.” of the days before and since."""
    days = (until - since).days
    if days <= 0:
        return say("no day has passed since.")
    after = median_of(scene, row, Period(since, until, ""))
    before = median_of(scene, row, last_days(days, since))
    if after is None:
        return say("nothing was answered there since.")
    said, n = after
    answers = count(n, "answer")
    if before is None:
        return say(
            "{time} over {answers}; nothing before to compare with.", time=said, answers=answers
        )
    told = {"before": before[0], "after": said, "answers": answers}
    if min(n, before[1]) < 2 * FEW:
        verdict = say(TOO_FEW)
        return say("median {before} → {after} over {answers}; {verdict}.", verdict=verdict, **told)
    return say("median {before} → {after} over {answers}.", **told)


def median_of(scene: Scene, row: StepRow, period: Period) -> tuple[str, int] | None:
    """Return the median of a channel's answers, and how many; fewer than five have none."""
    try:
        asked = parse(
            f"{row.asks} {period.start} to {period.last}", scene.today, scene.around.directory
        )
    except KepiError:
        return None
    if not isinstance(asked, Asked):
        return None
    answer = scene.answer(asked.questions[0])
    value = None if answer is None else answer.main.value
    if not isinstance(value, Value) or not value.exact:
        return None
    return write(value.low, Unit.SECONDS), value.n
