"""The goals' lines: how those stand that are about the digest's accounts."""

from __future__ import annotations

from kpis.digests.plan import scope_of
from kpis.digests.scene import Scene
from kpis.goals.standing import Standing, standings
from kpis.question import Refusal, Scope


def say_goals(scene: Scene) -> tuple[str, ...]:
    """Return a line for each open goal, those that end first before the others."""
    if "goals" in scene.plan.left_out:
        return ()
    found = standings(scene.connection, scene.around, scene.now, drawn=False)
    return tuple(" ".join(it.words) for it in found if it.words and concerns(scene, it))


def concerns(scene: Scene, standing: Standing) -> bool:
    """Whether a goal is about an account of the digest; one of a lost account says so itself.

    One about a Slack channel that the readers may not see into is as if it were not there.
    """
    if scene.around.hidden & set(standing.goal.scoped.get("channels", ())):
        return False
    scope = scope_of(standing.goal.scoped)
    if scope == Scope():
        return True
    try:
        accounts = scene.around.choose(scope)
    except Refusal:
        return True
    return bool({it.id for it in accounts} & {it.id for it in scene.accounts})
