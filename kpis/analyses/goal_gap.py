"""How far a value is from the open goals of its KPI and accounts."""

from __future__ import annotations

from datetime import date

from kpis.answers import Figure, Value
from kpis.numbers import write
from kpis.sitting import Sitting
from kpis.tongue import say
from storage.goals import GoalRow, in_state
from storage.measures import Unit


def say_goal_gaps(sitting: Sitting, figure: Figure) -> list[str]:
    """Return a sentence for each open goal that everybody may see, two at most."""
    value = figure.value
    if not isinstance(value, Value) or not value.exact:
        return []
    rows = in_state(sitting.connection, sitting.surroundings.workspace)
    fit = [it for it in rows if is_about(it, sitting)]
    unit = sitting.way.unit
    return [it for row in fit[:2] if (it := say_gap(row, sitting, value.low, unit))]


def is_about(row: GoalRow, sitting: Sitting) -> bool:
    """Whether a goal is of the same KPI and accounts, and runs in these days."""
    question, scoped = sitting.question, row.scoped
    return (
        row.kpi == question.kpi
        and row.variant == (question.variant or "")
        and not scoped.get("private")
        and tuple(scoped.get("platforms", ())) == question.scope.platforms
        and tuple(scoped.get("accounts", ())) == question.scope.accounts
        and tuple(scoped.get("brands", ())) == question.scope.brands
        and row.start <= question.period.start
        and question.period.end <= row.end
    )


def say_gap(row: GoalRow, sitting: Sitting, value: float, unit: Unit) -> str:
    wanted = wanted_of(row, sitting.question.period.start, sitting.question.period.end)
    if wanted is None:
        return ""
    target, gap = write(wanted, unit), value - wanted
    size = write(abs(gap), unit)
    if gap == 0:
        return say("Right on the goal's {target} for these days.", target=target)
    is_good = (gap > 0) == (row.better != "lower")
    if is_good:
        return say("{size} better than the goal's {target} for these days.",
                   size=size, target=target)  # fmt: skip
    return say("{size} short of the goal's {target} for these days.", size=size, target=target)


def wanted_of(row: GoalRow, start: date, end: date) -> float | None:
    """Return what a goal wants of some of its days at an even pace; of rates always the same."""
    days = (row.end - row.start).days
    if row.shape == "total":
        return row.target * (end - start).days / days
    if row.shape == "level":
        if row.baseline is None:
            return None
        return row.baseline + (row.target - row.baseline) * (end - row.start).days / days
    return row.target
