"""The rule about channels where customers write: how soon they are answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import log2
from statistics import median

from kpis.answers import Answer, Figure, Value
from kpis.digests.report import StepOffer
from kpis.digests.rules import Evidence
from kpis.digests.steps_of_rhythm import LATELY
from kpis.numbers import write
from kpis.periods import last_days
from kpis.question import Scope
from kpis.tongue import say
from storage.measures import Unit

SLOW_TIMES, SLOWER_TIMES, SLOW_SECONDS, SLOW_ENOUGH = 2.0, 1.5, 1800, 10


def slow_channel(evidence: Evidence) -> Iterator[StepOffer]:
    """A support channel that answers far slower than the others, or than it did.

    Over the last four weeks with 10 answers: the median is 2 × that of all other channels' medians
    and over 30 minutes; where one channel alone is tracked, 1.5 × its four weeks before.
    """
    scene = evidence.scene
    if "customers" in scene.plan.left_out or not scene.around.channels:
        return
    period = last_days(LATELY, scene.period.end)
    answer = scene.ask("first-response-time", Scope(), period, by="channel")
    figures = [] if answer is None else [it for it in answer.breakdown if is_measured(it)]
    if answer is None or not figures:
        return
    slow = max(figures, key=lambda it: low(it))
    others = [low(it) for it in figures if it is not slow]
    if others:
        usual, times = median(others), SLOW_TIMES
    else:
        usual, times = before_of(evidence, answer), SLOWER_TIMES
    if not usual or low(slow) < times * usual or low(slow) < SLOW_SECONDS:
        return
    channel = slow.name if slow.name.startswith("#") else f"#{slow.name}"
    what = say("Answer sooner in {channel}", channel=channel)
    n = slow.value.n if isinstance(slow.value, Value) else 0
    yield StepOffer(
        rule="slow-channel",
        subject=channel,
        words=say("{what}: {reason}.", what=what, reason=say_slow(slow, n, usual, bool(others))),
        figures={"channel": channel, "what": what, "median": low(slow), "usual": usual, "n": n},
        asks=f"first response time {channel}",
        strength=log2(low(slow) / usual),
    )


def say_slow(slow: Figure, n: int, usual: float, has_others: bool) -> str:
    """Return “in the last four weeks half of 31 took 3 h 10 m; 40 min in the other channels”."""
    told = {
        "number": n,
        "time": write(low(slow), Unit.SECONDS),
        "usual": write(usual, Unit.SECONDS),
    }
    if has_others:
        return say(
            "in the last four weeks half of {number} took {time}; {usual} in the other channels",
            **told,
        )
    return say(
        "in the last four weeks half of {number} took {time}; {usual} in the four weeks before",
        **told,
    )


def is_measured(figure: Figure) -> bool:
    value = figure.value
    return isinstance(value, Value) and value.exact and value.n >= SLOW_ENOUGH


def low(figure: Figure) -> float:
    return figure.value.low if isinstance(figure.value, Value) else 0.0


def before_of(evidence: Evidence, answer: Answer) -> float:
    """Return the median of the four weeks before, where it stands on enough answers."""
    period = last_days(LATELY, answer.question.period.start)
    then = evidence.scene.answer(replace(answer.question, period=period, by=None))
    if then is None or not is_measured(then.main):
        return 0.0
    return low(then.main)
