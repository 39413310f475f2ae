"""What a team promises, for which issues, and which promise holds for one (support-spec §10)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from storage.errors import KepiError
from support.rules import DAY, HOUR, MINUTE
from support.timeline import Timeline

PRIORITIES = ("urgent", "high", "normal", "low")
LONGEST = 366 * DAY


class TargetKind(StrEnum):
    """What is promised."""

    ACKNOWLEDGE = "acknowledge"
    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    """One for each wait after the first response."""
    FIRST_RESOLUTION = "first_resolution"
    TOTAL_RESOLUTION = "total_resolution"


class Clock(StrEnum):
    BUSINESS = "business"
    CALENDAR = "calendar"


class Promise(NamedTuple):
    """Seconds of a clock."""

    seconds: int
    clock: Clock = Clock.BUSINESS


class Escalation(NamedTuple):
    """Whom a missed promise is told, and where, once so many times its length have passed."""

    at: float = 1.0
    """1 is the breach itself; 1.5, 2 …"""
    whom: str = "assignee"
    """``assignee``, ``responders``, ``manager`` or ``channel``."""
    where: str = "thread"
    """``thread``, ``alerts`` (the team's own channel) or ``dm``."""


WHOM, WHERE = ("assignee", "responders", "manager", "channel"), ("thread", "alerts", "dm")


class Facts(NamedTuple):
    """What a policy is chosen by."""

    channel: str = ""
    priority: str = "normal"
    platform: str = ""
    brand: str = ""
    customer: str = ""


class Scope(NamedTuple):
    """Which issues a policy is for; what is empty is any."""

    channel: str = ""
    priority: str = ""
    platform: str = ""
    brand: str = ""
    customer: str = ""

    @property
    def size(self) -> int:
        """How many fields must match: the more, the more specific."""
        return sum(map(bool, self))

    def covers(self, facts: Facts) -> bool:
        return all(not mine or mine == its for mine, its in zip(self, facts, strict=True))

    def meets(self, other: Scope) -> bool:
        """Tell whether one issue may be of both scopes."""
        return all(not a or not b or a == b for a, b in zip(self, other, strict=True))


EVERY_ISSUE = Scope()


@dataclass(frozen=True)
class Policy:
    """Promises for the issues of a scope; the defaults are those of support-spec §10."""

    name: str
    targets: Mapping[TargetKind, Promise]
    scope: Scope = EVERY_ISSUE
    pause_in_waiting: bool = True
    """Resolution targets stand still while waiting on the customer."""
    warn_at: float = 0.75
    """Share of a promise after which the team is warned; 0 is never."""
    escalate: tuple[Escalation, ...] = (Escalation(),)
    quiet: bool = True
    """Notices of business clocks come in working hours alone; of urgent issues always."""
    order: int = 0
    """Of policies that are equally specific, the lowest holds."""
    exclude_resolved_gap: bool = True
    """Total resolution stands still between a resolution and a reopening."""
    applies_to_open: bool = False
    """Also issues that are open when it is saved get it, not new ones alone."""
    calendar: int | None = None
    """Working hours that count; without, those of the channel."""

    def __hash__(self) -> int:
        return hash((self.name, self.scope, self.order))


def facts_of(timeline: Timeline, priority: str = "") -> Facts:
    return Facts(
        channel=timeline.key.channel,
        priority=priority or timeline.priority or "normal",
        platform=timeline.platform,
        brand=timeline.brand,
        customer=timeline.customer,
    )


def choose(policies: Iterable[Policy], facts: Facts) -> Policy | None:
    """Return the most specific policy for an issue: most matched fields, then lowest order."""
    fitting = [policy for policy in policies if policy.scope.covers(facts)]
    return min(fitting, key=lambda it: (-it.scope.size, it.order, it.name), default=None)


def check_tie(policies: Iterable[Policy], new: Policy) -> None:
    """Raise ``KepiError`` where nothing says which of two policies would hold for an issue."""
    for other in policies:
        if (
            other.name != new.name
            and (other.scope.size, other.order) == (new.scope.size, new.order)
            and other.scope.meets(new.scope)
        ):
            raise KepiError(
                "“{name}” and “{other}” could both hold for the same issue. Give one of "
                "them another order (both have {order}), or a narrower scope.",
                name=new.name,
                other=other.name,
                order=new.order,
            )


def propose_by_priority() -> tuple[Policy, ...]:
    """Return first-response and resolution targets for each priority, for a team to confirm.

    Business seconds; “5 d” of a low priority is five working days of eight hours.
    """
    lengths = {
        "urgent": (15 * MINUTE, 4 * HOUR),
        "high": (HOUR, 8 * HOUR),
        "normal": (4 * HOUR, 24 * HOUR),
        "low": (8 * HOUR, 40 * HOUR),
    }
    return tuple(
        Policy(
            name=f"{priority.capitalize()} priority",
            scope=Scope(priority=priority),
            order=100,
            targets={
                TargetKind.FIRST_RESPONSE: Promise(first),
                TargetKind.FIRST_RESOLUTION: Promise(resolution),
            },
        )
        for priority, (first, resolution) in lengths.items()
    )


def check(policy: Policy) -> Policy:
    """Return the policy; raise ``KepiError`` for what it cannot mean."""
    name = policy.name.strip()
    if not 1 <= len(name) <= 60 or "\n" in name:
        raise KepiError("Give the policy a name of 1 to 60 letters on one line.")
    if not policy.targets:
        raise KepiError(
            "“{name}” promises nothing. Set at least one target, such as 1 h.", name=name
        )
    for kind, promise in policy.targets.items():
        if not MINUTE <= promise.seconds <= LONGEST:
            words = kind.value.replace("_", " ")
            raise KepiError("A target for {words} is between one minute and 366 days.", words=words)
    if policy.scope.priority not in ("", *PRIORITIES):
        raise KepiError("A priority is one of {priorities}.", priorities=", ".join(PRIORITIES))
    if not 0 <= policy.warn_at < 1:
        raise KepiError("Warn at a share of the target below 1, such as 0.75, or 0 for never.")
    for step in policy.escalate:
        if not 1 <= step.at <= 100 or step.whom not in WHOM or step.where not in WHERE:
            raise KepiError(
                "Tell a missed target at 1 to 100 times its length, to {whom}, in {where}.",
                whom=", ".join(WHOM),
                where=", ".join(WHERE),
            )
    if len({step.at for step in policy.escalate}) < len(policy.escalate):
        raise KepiError("Each step of an escalation has a time of its own, such as 1, 1.5 and 2.")
    return replace(policy, name=name)


def write_policy(policy: Policy) -> str:
    """Return a policy as JSON; what is as by default is left out."""
    plain = Policy(policy.name, {})
    changed = [
        it.name for it in fields(policy) if getattr(policy, it.name) != getattr(plain, it.name)
    ]
    held: dict[str, Any] = {"name": policy.name}
    held |= {name: getattr(policy, name) for name in changed}
    held["targets"] = {kind.value: list(promise) for kind, promise in policy.targets.items()}
    if "scope" in held:
        held["scope"] = {name: value for name, value in policy.scope._asdict().items() if value}
    return json.dumps(held, ensure_ascii=False)


@lru_cache(256)
def read_policy(words: str) -> Policy:
    """Return the policy that JSON holds, checked; ``KepiError`` where it is none."""
    try:
        held = dict(json.loads(words))
        targets = {
            TargetKind(kind): Promise(int(seconds), Clock(clock))
            for kind, (seconds, clock) in dict(held.pop("targets")).items()
        }
        scope = Scope(**held.pop("scope", {}))
        if "escalate" in held:
            held["escalate"] = tuple(Escalation(*step) for step in held["escalate"])
        policy = Policy(targets=targets, scope=scope, **held)
        return check(policy)
    except (ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise KepiError("That is not a policy: it needs a name and targets.") from wrong
