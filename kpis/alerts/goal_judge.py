"""A goal at risk: it is behind, and two settled days agree on that."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from kpis.alerts.rules import Rule
from kpis.alerts.things import thing_of
from kpis.alerts.verdict import Verdict
from kpis.goals.judge import judge as judge_goal
from kpis.goals.state import Standing
from kpis.surroundings import Surroundings
from kpis.tongue import say
from storage.errors import KepiError
from storage.goals import GoalRow
from storage.goals import find as find_goal

AT_RISK = "behind"


def judge_risk(rule: Rule, connection: Connection, around: Surroundings, now: datetime) -> Verdict:
    """Return whether a rule's goal is at risk; raises ``KepiError`` where there is no such goal."""
    standing = judge_goal(goal_of(rule, connection, around), connection, around, now)
    said = " ".join(standing.words)
    return Verdict(
        is_firing=is_at_risk(standing),
        good=False,
        thing=thing_of(rule, around),
        began=now,
        title=say("Goal at risk: {name}", name=standing.name),
        lines=standing.words,
        words=said,
        facts={"pace": standing.pace, "value": standing.actual, "share": standing.share},
        picture=standing.picture,
        is_known=bool(standing.pace) or standing.state != "open",
    )


def is_at_risk(standing: Standing) -> bool:
    return standing.state == "open" and standing.steady == AT_RISK


def goal_of(rule: Rule, connection: Connection, around: Surroundings) -> GoalRow:
    number = rule.settings.goal
    row = None if number is None else find_goal(connection, around.workspace, number)
    if row is None:
        raise KepiError("That goal is gone. See what there is: /kpi goal")
    return row
