"""The goals' lines: how those stand that are about the digest's accounts."""

from __future__ import annotations

from kpis.digests.scene import Scene
from kpis.goals.measure import scope_of
from kpis.goals.standing import standings
from kpis.question import Refusal
from storage.goals import GoalRow


def say_goals(scene: Scene) -> tuple[str, ...]:
    """Return a line for each open goal, those that end first before the others."""
    if "goals" in scene.plan.left_out:
        return ()
    found = standings(scene.connection, scene.around, scene.now, drawn=False)
    return tuple(" ".join(it.words) for it in found if it.words and concerns(scene, it.goal))


def concerns(scene: Scene, row: GoalRow) -> bool:
    """Whether a goal is about an account of the digest; one of a lost account says so itself.

    One about a Slack channel that the readers may not see into is as if it were not there.
    """
    scope = scope_of(row)
    if scene.around.hidden & set(scope.channels):
        return False
    if not (scope.platforms or scope.accounts or scope.brands):
        return True
    try:
        accounts = scene.around.choose(scope)
    except Refusal:
        return True
    return bool({it.id for it in accounts} & {it.id for it in scene.accounts})
