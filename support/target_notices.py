"""What the team is to be told about promises, and when (support-spec §10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from support.hours import Calendar, opens_next
from support.policies import Clock, Escalation, Policy
from support.targets import TargetInstance, TargetState


class NoticeDue(NamedTuple):
    """Something to tell once, at ``due`` (µs)."""

    key: str
    """``target|issue|kind|position|step``: a notice is given at most once."""
    kind: str
    """``warning``, ``breach`` or ``escalation``."""
    due: int
    step: str
    """``warn``, or the multiple of the promise: ``1``, ``1.5``, ``2``."""
    target: TargetInstance
    whom: str
    where: str


def notices_of(
    issue: int,
    instances: Iterable[TargetInstance],
    policy: Policy,
    calendar: Calendar,
    priority: str = "normal",
    snoozed_until: int | None = None,
) -> list[NoticeDue]:
    """Return what is due now or will be, if nothing else happens, about the issue of a row.

    A promise that is met, cancelled, paused, or answered after its breach gives none: what was
    written down for it before is dropped. Look again when a notice falls due.
    """
    found: list[NoticeDue] = []
    for target in instances:
        is_quiet = policy.quiet and target.clock is Clock.BUSINESS and priority != "urgent"
        for kind, step, due, told in moments(target, policy, snoozed_until):
            key = f"target|{issue}|{target.kind.value}|{target.position}|{step}"
            when = opens_next(calendar, due) if is_quiet else due
            if kind == "warning" and when >= (target.due or 0):
                continue
            found.append(NoticeDue(key, kind, when, step, target, told.whom, told.where))
    return sorted(found, key=lambda it: (it.due, it.key))


def moments(
    target: TargetInstance, policy: Policy, snoozed_until: int | None
) -> Iterator[tuple[str, str, int, Escalation]]:
    """Yield kind, step, instant and receivers; a snooze mutes what comes before a breach."""
    breach = next((it for it in policy.escalate if it.at == 1), Escalation())
    is_waiting = target.state is TargetState.BREACHED and target.overrun is None
    if target.state is TargetState.RUNNING and target.due is not None:
        warn = None if target.warn is None else max(target.warn, snoozed_until or 0)
        if warn is not None:
            yield "warning", "warn", warn, breach
        yield "breach", "1", target.due, breach
    elif is_waiting and target.decided is not None:
        yield "breach", "1", target.decided, breach
    if target.state is TargetState.RUNNING or is_waiting:
        told = {it.at: it for it in policy.escalate}
        for share, at in target.steps:
            if share > 1 and share in told:
                yield "escalation", f"{share:g}", max(at, target.decided or 0), told[share]
