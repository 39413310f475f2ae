"""Survival curves: how long things take, with what has not ended counted in.

A pending issue is data (support-spec §9.4): how long it has run so far is less than what it will
take, so it is censored and never left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

ROUNDING = 1e-9
"""Products of shares miss 0.5 by less than this; steps are far apart."""


@dataclass(frozen=True)
class Curve:
    """A Kaplan–Meier estimate: the share that is still without the event after each time."""

    n: int
    events: int
    pending: int
    steps: tuple[tuple[float, float], ...]
    """Time of each event, and the share that is left after it; it starts at 1."""
    longest: float
    """The longest time observed, ended or not: what “not reached” is more than."""

    def quantile(self, share: float) -> float | None:
        """Return the first time by which ``share`` had the event; ``None``: not reached.

        A quantile that is not reached is more than ``longest``.
        """
        left = 1 - share + ROUNDING
        return next((time for time, survival in self.steps if survival <= left), None)

    def survival(self, time: float) -> float:
        """Return the share without the event just after ``time``."""
        left = 1.0
        for at, survival in self.steps:
            if at > time:
                break
            left = survival
        return left


def kaplan_meier(samples: Iterable[tuple[float, bool]]) -> Curve:
    """Return the curve of (time, whether the event came); otherwise it was pending at that time.

    At equal times events come before censorings: what is pending at ``t`` was at risk at ``t``.
    """
    ordered = sorted((float(time), bool(came)) for time, came in samples)
    at_risk, left = len(ordered), 1.0
    steps: list[tuple[float, float]] = []
    for time, group in groupby(ordered, key=itemgetter(0)):
        came = [event for _, event in group]
        if events := sum(came):
            left *= 1 - events / at_risk
            steps.append((time, left))
        at_risk -= len(came)
    events = sum(event for _, event in ordered)
    longest = ordered[-1][0] if ordered else 0.0
    return Curve(len(ordered), events, len(ordered) - events, tuple(steps), longest)
