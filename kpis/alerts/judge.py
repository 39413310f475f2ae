"""How a rule stands at a moment: each kind by the one who judges it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from kpis.alerts.crisis_judge import judge_crisis
from kpis.alerts.daily import judge_days
from kpis.alerts.goal_judge import judge_risk
from kpis.alerts.rules import Rule
from kpis.alerts.silence_judge import judge_silence
from kpis.alerts.verdict import Verdict
from kpis.surroundings import Surroundings


def judge(rule: Rule, connection: Connection, around: Surroundings, now: datetime) -> Verdict:
    """Return how a rule stands at ``now`` (aware), by what is known now.

    Crises and late data are judged to the minute; all else by the last day that no longer
    changes, so nothing is new before new data are. Raises ``KepiError`` where what it watches is
    gone: an account, a goal, a brand.
    """
    match rule.kind:
        case "crisis":
            return judge_crisis(rule, connection, around, now)
        case "silence":
            return judge_silence(rule, around, now)
        case "goal":
            return judge_risk(rule, connection, around, now)
        case _:
            return judge_days(rule, connection, around, now)
