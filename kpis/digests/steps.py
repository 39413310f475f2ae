"""The next steps that a digest proposes: named rules, each with the figures that triggered it.

A rule is a function of what was read, in ``RULES`` under its name; its docstring states threshold
and least number. Rules about posts ask for 5 posts in the group and p ≤ 0.01 by Mann–Whitney,
since many groups are looked at; they are ordered by the lower end of the 95 % interval of their
effect, so a small sure effect goes before a large doubtful one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from kpis.digests.lines import Line
from kpis.digests.posts import History
from kpis.digests.report import StepOffer
from kpis.digests.rules import Evidence, Rule
from kpis.digests.scene import Scene
from kpis.digests.steps_of_channels import slow_channel
from kpis.digests.steps_of_posts import best_hours, content_type, hashtag, weekday_effect
from kpis.digests.steps_of_rhythm import falling_reach, long_gap, repeat_winner
from storage import steps

RULES: Mapping[str, Rule] = {
    "best-hours": best_hours,
    "weekday-effect": weekday_effect,
    "content-type": content_type,
    "hashtag": hashtag,
    "falling-reach": falling_reach,
    "long-gap": long_gap,
    "slow-channel": slow_channel,
    "repeat-winner": repeat_winner,
}
MOST, MOST_OF_A_RULE = 5, 2
DECLINED_FOR = timedelta(weeks=8)
FRESH_FOR = {"daily": 3, "weekly": 28, "monthly": 92, "quarterly": 280}
"""Days for which a step that a digest showed first, and nobody answered, gives way to others."""


def propose(
    scene: Scene, lines: Sequence[Line], histories: Mapping[int, History]
) -> tuple[StepOffer, ...]:
    """Return the steps, the one to show first first; at most ``MOST``.

    Left out: what somebody is at until it was told, and what was declined within 8 weeks.
    """
    evidence = Evidence(scene, tuple(lines), histories)
    found = [offer for rule in RULES.values() for offer in rule(evidence)]
    found = without_repeats(found)
    closed, stale = closed_steps(scene), stale_steps(scene)
    open_ones = [it for it in found if (it.rule, it.subject) not in closed]
    open_ones.sort(key=lambda it: ((it.rule, it.subject) in stale, -it.strength, it.subject))
    return tuple(thin_out(open_ones)[:MOST])


def thin_out(offers: Sequence[StepOffer]) -> list[StepOffer]:
    """Return the first steps of each rule: the same advice for every account tires."""
    kept: list[StepOffer] = []
    for it in offers:
        if sum(one.rule == it.rule for one in kept) < MOST_OF_A_RULE:
            kept.append(it)
    return kept


def without_repeats(offers: Sequence[StepOffer]) -> list[StepOffer]:
    """Return the steps without a weekday that another names with its hours."""
    timed = {
        (it.figures["account"], it.figures["weekday"]) for it in offers if it.rule == "best-hours"
    }
    return [
        it
        for it in offers
        if it.rule != "weekday-effect"
        or (it.figures["account"], it.figures["weekday"]) not in timed
    ]


def closed_steps(scene: Scene) -> set[tuple[str, str]]:
    """Return rule and subject of what is not offered; what this very digest offered still is."""
    workspace = scene.around.workspace
    rows = [
        *steps.taken_now(scene.connection, workspace),
        *steps.declined_since(scene.connection, workspace, scene.now - DECLINED_FOR),
    ]
    mine = (scene.plan.id, scene.key)
    return {(it.rule, it.subject) for it in rows if (it.digest, it.period) != mine}


def stale_steps(scene: Scene) -> set[tuple[str, str]]:
    since = scene.now - timedelta(days=FRESH_FOR[scene.plan.cadence])
    rows = steps.shown_first(scene.connection, scene.around.workspace, scene.plan.id, since)
    return {(it.rule, it.subject) for it in rows if it.period != scene.key}
