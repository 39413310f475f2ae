"""A rule, tried on history before it is saved.

Each day is judged by the very functions that judge now. Approximated is one thing: numbers are
taken as they are known today, not as they were known on each day; what a file brought late, or
corrected since, is judged as if it had been there. The cool-down is kept, so that what is counted
is what would have been told.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from kpis.alerts.rules import Rule
from kpis.alerts.trials import Trial, sum_up
from kpis.alerts.trials_of_days import try_days
from kpis.alerts.trials_of_moments import try_crisis, try_goal, try_silence
from kpis.alerts.verdict import Replay
from kpis.surroundings import Surroundings

DAYS = 90
Way = Callable[[Rule, Connection, Surroundings, datetime, int], Trial]

WAYS: dict[str, Way] = {
    "threshold": try_days,
    "change": try_days,
    "anomaly": try_days,
    "crisis": try_crisis,
    "silence": try_silence,
    "goal": try_goal,
}


def replay(
    rule: Rule, connection: Connection, around: Surroundings, now: datetime, days: int = DAYS
) -> Replay:
    """Return when a rule would have fired in the ``days`` before ``now`` (aware).

    All three sensitivities are tried in one pass. Raises ``KepiError`` where there is nothing to
    ask: an account, a goal or a brand that is gone.
    """
    trial = WAYS[rule.kind](rule, connection, around, now, days)
    return sum_up(rule, trial, days)
