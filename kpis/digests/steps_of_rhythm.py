"""Rules about how steadily things go: reach and posting; and the winner to repeat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import log2
from statistics import mean

from kpis.digests.best import rank
from kpis.digests.lines import Line, relative
from kpis.digests.naming import name_post, say_spans, say_times, span_of
from kpis.digests.posts import History
from kpis.digests.report import StepOffer
from kpis.digests.rules import Evidence, subject_of, word
from kpis.digests.trends import run_of
from kpis.numbers import write
from kpis.periods import say_days
from kpis.question import Period
from kpis.titles import count
from kpis.tongue import exact as decimal
from kpis.tongue import say, say_declared
from storage.measures import Unit
from storage.tables import day_number

FALLS, FALLEN, STEADY = 3, 0.1, 0.25
GAP_DAYS, GAP_TIMES, GAP_POSTS = 5, 2.5, 8
LATELY, BEFORE = 28, 84
WINNER = 2.0
FALLBACK = 0.25
"""Weight of the step that nearly every good week has."""


def falling_reach(evidence: Evidence) -> Iterator[StepOffer]:
    """Reach that falls although as much is posted as before.

    Three periods in a row, by 10 % in all; posts a period, over those, within 25 % of the mean of
    the periods before, of which there are at least two. Not of single days: those fall with every
    weekend.
    """
    if evidence.scene.plan.cadence == "daily":
        return
    for line in evidence.lines:
        if line.row.kpi != "reach" or line.held or len(line.pick.accounts) != 1:
            continue
        account = line.pick.accounts[0]
        history = evidence.histories.get(account.id)
        run = run_of(line.history, up=False)
        if history is None or len(run) < FALLS:
            continue
        start, last = before_run(run[0].value or 0.0, relative(run[0]) or 0.0), run[-1].value or 0.0
        rate = posts_a_period(line, history, len(run))
        if not start or last > (1 - FALLEN) * start or rate is None:
            continue
        what = say("Try another format on {where}", where=evidence.where(history))
        reason = say(
            "reach fell {spans} in a row, {start} → {end}, at {rate} posts a {span} as before",
            spans=say_spans(evidence.scene, len(run)),
            start=write(start, Unit.PEOPLE),
            end=write(last, Unit.PEOPLE),
            rate=decimal(round(rate, 1)),
            span=say_declared(span_of(evidence.scene)),
        )
        yield StepOffer(
            rule="falling-reach",
            subject=subject_of(account),
            words=say("{what}: {reason}.", what=what, reason=reason),
            figures={
                "account": account.id, "measure": history.measure, "what": what,
                "from": start, "to": last, "periods": len(run), "posts": round(rate, 2),
            },
            asks=word(evidence.scene, "reach", account),
            strength=2 * log2(start / last),
        )  # fmt: skip


def before_run(first: float, moved: float) -> float:
    """Return the whole number before the first move of a run."""
    return float(round(first / (1 + moved)))


def posts_a_period(line: Line, history: History, run: int) -> float | None:
    """Return how many posts went out a period during a run; nothing where that was not steady."""
    counts = [
        sum(it.period.start <= post.day < it.period.end for post in history.posts)
        for it in line.history
    ]
    during, before = counts[-run:], counts[:-run]
    if len(before) < 2 or not mean(before):
        return None
    return mean(during) if abs(mean(during) / mean(before) - 1) <= STEADY else None


def long_gap(evidence: Evidence) -> Iterator[StepOffer]:
    """Days without a post, longer than any before, that reach into the period's last 4 weeks.

    At least 5 days and 2.5 × the mean gap of the 12 weeks before, with 8 days of posts in those,
    and only where the posts of all the silent days were read.
    """
    for history in evidence.histories.values():
        gap, silent = widest_gap(evidence, history)
        days = sorted({it.day for it in history.posts if it.day < silent.start})
        before = [it for it in days if it >= silent.start - timedelta(days=BEFORE)]
        if gap < GAP_DAYS or len(before) < GAP_POSTS or not was_read(evidence, history, silent):
            continue
        usual = mean(gaps_of(before))
        if gap + 1 < GAP_TIMES * usual or gap + 1 <= max(gaps_of(before)):
            continue
        account = history.account
        what = say("Plan posts ahead on {where}", where=evidence.where(history))
        said = say_days(silent.start, silent.end, evidence.scene.today.year)
        reason = say_silence(gap, said, usual)
        yield StepOffer(
            rule="long-gap",
            subject=subject_of(account),
            words=say("{what}: {reason}.", what=what, reason=reason),
            figures={
                "account": account.id, "measure": history.measure, "what": what,
                "gap": gap, "usual": round(usual, 2), "from": str(silent.start),
            },
            asks=word(evidence.scene, "posts", account),
            strength=log2((gap + 1) / usual) / 2,
        )  # fmt: skip


def say_silence(gap: int, dates: str, usual: float) -> str:
    """Return “nothing went out for 9 days (3–11 Nov); usually every 2 days”."""
    told = {"days": count(gap, "day"), "dates": dates}
    if usual < 1.5:
        return say("nothing went out for {days} ({dates}); usually every day", **told)
    return say(
        "nothing went out for {days} ({dates}); usually every {number} days",
        number=round(usual),
        **told,
    )


def widest_gap(evidence: Evidence, history: History) -> tuple[int, Period]:
    """Return the longest stretch without a post between two posts that reaches into it."""
    period = lately(evidence)
    days = sorted({it.day for it in history.posts})
    found = [
        ((after - day).days - 1, day + timedelta(days=1), after)
        for day, after in pairwise(days)
        if after > period.start
    ]
    gap, start, end = max(found, key=lambda it: it[0], default=(0, period.start, period.start))
    return gap, Period(start, end, "")


def lately(evidence: Evidence) -> Period:
    """Return the period, at most its last four weeks: what came before is no next step."""
    period = evidence.scene.period
    return Period(max(period.start, period.end - timedelta(days=LATELY)), period.end, "")


def gaps_of(days: Sequence[date]) -> list[int]:
    return [(after - day).days for day, after in pairwise(days)]


def was_read(evidence: Evidence, history: History, days: Period) -> bool:
    """Whether the account's posts were read on all of some days."""
    spans = evidence.scene.around.watched(True, evidence.scene.as_of)
    held = {
        day
        for it in spans
        if it.account == history.account.id
        for day in range(max(it.start, day_number(days.start)), min(it.end, day_number(days.end)))
    }
    return len(held) == days.days


def repeat_winner(evidence: Evidence) -> Iterator[StepOffer]:
    """The best post of the period, where it is worth another like it (feature 101).

    At least 2 × the median of its account's posts of the 90 days before, with 5 of those; of
    longer periods in the last 4 weeks.
    """
    days = lately(evidence)
    ranked = rank(evidence.scene, evidence.histories)
    best = next((it for it in ranked if it.post.day >= days.start), None)
    if best is None or best.times is None or best.times < WINNER:
        return
    post, history = best.post, best.history
    name = name_post(post, evidence.scene.today.year)
    where = evidence.where(history)
    what = say("Make another like {post} on {where}", post=name, where=where)
    reason = say_success(history.measure, say_times(best.times))
    yield StepOffer(
        rule="repeat-winner",
        subject=subject_of(history.account, f"post {post.id}"),
        words=say("{what}: {reason}.", what=what, reason=reason),
        figures={
            "account": history.account.id, "measure": history.measure, "what": what,
            "kind": post.kind or None, "times": round(best.times, 3), "post": post.id,
        },
        asks=word(evidence.scene, "content mix", history.account),
        strength=FALLBACK * log2(best.times),
    )  # fmt: skip


def say_success(measure: str, times: str) -> str:
    """Return “it reached 3 × usual”."""
    match measure:
        case "reach":
            return say("it reached {times} usual", times=times)
        case "impressions":
            return say("it got {times} the usual impressions", times=times)
        case _:
            return say("it got {times} the usual engagements", times=times)
