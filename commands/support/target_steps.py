"""Whom a missed promise is told, and where, step by step (support-spec §10, *escalate*)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import UserSelectElement

from commands import forms
from commands.blocks import Block, field
from commands.saying import declare, joined, say, say_declared
from support.policies import Escalation, Policy

MANAGER = "support-manager"
"""The choice that names whom a missed promise is told at last."""
NAMES: Mapping[float, str] = {1: "step_1", 1.5: "step_1_5", 2: "step_2"}
LABELS: Mapping[float, str] = {
    1: declare("When it is late, tell"),
    1.5: declare("After one and a half times as long"),
    2: declare("After twice as long"),
}
NOBODY = "nobody"
WHOM: Mapping[str, str] = {
    "assignee": declare("who has it"),
    "responders": declare("all who answer"),
    "manager": declare("the manager"),
    "channel": declare("the team’s channel"),
}
WHERE: Mapping[str, str] = {
    "thread": declare("where the team is warned"),
    "alerts": declare("in the team’s channel"),
    "dm": declare("in private"),
}
PAIRS = (
    *(("assignee", "thread"), ("assignee", "dm"), ("responders", "thread"), ("responders", "dm")),
    *(("manager", "thread"), ("manager", "dm"), ("channel", "alerts")),
)
NAME_MANAGER = "Name the manager, or tell somebody else."


def fields(policy: Policy, manager: str) -> list[Block]:
    """Return the form's fields, filled in."""
    held = {it.at: it for it in policy.escalate}
    blocks = []
    for at, name in NAMES.items():
        step = held.get(at)
        options = [(value_of(Escalation(at, *it)), name_step(Escalation(at, *it))) for it in PAIRS]
        if at > 1:
            options.insert(0, (NOBODY, say("Nobody more")))
        chosen = value_of(step) if step else NOBODY if at > 1 else value_of(Escalation())
        if step and chosen not in dict(options):
            options.append((chosen, name_step(step)))
        blocks.append(forms.choice(say_declared(LABELS[at]), name, options, chosen))
    element = UserSelectElement(action_id="manager", initial_user=manager or None)
    blocks.append(field(say("The manager is"), element, "manager", optional=True))
    return blocks


def value_of(step: Escalation) -> str:
    return f"{step.whom}|{step.where}"


def name_step(step: Escalation) -> str:
    """Return “Who has it, in private”; where the team is warned goes without saying."""
    words = say_declared(WHOM.get(step.whom, step.whom))
    if step.where == "dm" or (step.where == "alerts" and step.whom != "channel"):
        words = joined((words, say_declared(WHERE[step.where])))
    return words[:1].upper() + words[1:]


def read(filled: Mapping[str, Any]) -> tuple[tuple[Escalation, ...], dict[str, str]]:
    """Return the steps that were chosen, and complaints by field."""
    steps = []
    for at, name in NAMES.items():
        whom, _, where = str(filled.get(name) or "").partition("|")
        if where:
            steps.append(Escalation(at, whom, where))
    missing = any(it.whom == "manager" for it in steps) and not filled.get("manager")
    return tuple(steps) or (Escalation(),), {"manager": say(NAME_MANAGER)} if missing else {}


def tells_team(policy: Policy) -> bool:
    """Say whether a step is told in the team's own channel."""
    return any(it.whom == "channel" or it.where == "alerts" for it in policy.escalate)


def merge(chosen: Policy, before: Policy) -> tuple[Escalation, ...]:
    """Return the steps of the form, with those of before that it does not show."""
    others = [it for it in before.escalate if it.at not in NAMES]
    return tuple(sorted([*chosen.escalate, *others]))


def describe(policy: Policy) -> str:
    """Return “Late: who has it, in private · 1.5 ×: the manager”; nothing where it is as usual."""
    if policy.escalate == (Escalation(),):
        return ""
    parts = []
    for it in sorted(policy.escalate):
        when = say("Late") if it.at == 1 else f"{it.at:g} ×"
        words = name_step(it)
        lower = words[:1].lower() + words[1:]
        parts.append(say("{when}: {whom}", when=when, whom=lower))
    return " · ".join(parts)
