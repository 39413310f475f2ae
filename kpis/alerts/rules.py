"""What a rule is: its kind, what it watches, its settings, and what each setting means.

How often a rule speaks is one choice of three, *fewer*, *as now* and *more*, whatever its kind;
``BARS`` is the one table of what each of them means.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

from kpis.question import Scope
from kpis.scopes import pack_scope, unpack_scope
from kpis.tongue import say
from storage.alerts import RuleRow

Kind = Literal["threshold", "change", "anomaly", "crisis", "silence", "goal"]
Side = Literal["above", "below", "both"]
Sensitivity = Literal["fewer", "as now", "more"]

KINDS: tuple[Kind, ...] = get_args(Kind)

ANYWHERE = Scope()
"""All own accounts."""

SENSITIVITIES: tuple[Sensitivity, ...] = ("fewer", "as now", "more")


def say_kind(kind: Kind) -> str:
    """Return what a form calls a kind of rule."""
    match kind:
        case "threshold":
            return say("A number passes a limit")
        case "change":
            return say("A number rises or falls")
        case "anomaly":
            return say("A day is unusual")
        case "crisis":
            return say("Many negative mentions")
        case "silence":
            return say("Data stop coming")
        case "goal":
            return say("A goal is at risk")


def say_sensitivity(sensitivity: Sensitivity) -> str:
    """Return what a form calls how often a rule speaks."""
    match sensitivity:
        case "fewer":
            return say("Fewer alerts")
        case "as now":
            return say("As now")
        case "more":
            return say("More alerts")


class Bar(NamedTuple):
    """What one sensitivity means to each kind of rule."""

    limit: float
    """Threshold: how far the limit is moved away, as a part of it. Change: by what the percent
    is multiplied, less one."""
    z: float
    """Anomaly: the robust z from which a day is unusual (3.5: Iglewicz and Hoaglin 1993)."""
    least: int
    """Crisis: negative mentions in 3 hours, at the least (kpi-catalogue §4, *Crisis rule*)."""
    spread: float
    """Crisis: MADs above the median."""
    ratio: float
    """Crisis: the negative share against that of 28 days."""
    plain: float
    """Crisis: the negative share with less than two weeks of history."""
    gap: float
    """Silence: how many of its own usual gaps a source may be late, beside the platform's lag."""


BARS: Mapping[Sensitivity, Bar] = MappingProxyType(
    {
        "fewer": Bar(0.25, 5.0, 15, 6.0, 2.0, 0.6, 2.0),
        "as now": Bar(0.0, 3.5, 10, 4.0, 1.5, 0.4, 1.0),
        "more": Bar(-0.2, 2.5, 6, 3.0, 1.25, 0.3, 0.75),
    }
)


@dataclass(frozen=True)
class Settings:
    """What a rule was told beside its KPI and scope; kinds ignore what is not theirs."""

    side: Side = "both"
    """Threshold: ``above`` or ``below``. Change and anomaly: up, down, or both."""
    limit: float = 0.0
    """Threshold: in the unit of the KPI's values (0.04 is 4 %, seconds of durations). Change: a
    fraction (0.2 is 20 %), of shares in points (0.02 is 2 points)."""
    days: int = 1
    """The number is that of so many days to the one judged; 1: of each day."""
    sensitivity: Sensitivity = "as now"
    cool_hours: int = 24
    """After it is over, the same thing opens nothing new for so long."""
    is_live: bool = False
    """Days that may still change are judged too."""
    every_time: bool = True
    """Else the rule ends with the first time."""
    goal: int | None = None
    """Id of the goal that a ``goal`` rule watches."""
    variant: str = ""
    options: tuple[str, ...] = ()
    """Variant and options of the question, as ``kpis.question.Question`` has them."""
    currency: str = ""
    """The code that stood beside a limit of money; only amounts in it are judged."""


@dataclass(frozen=True)
class Rule:
    """When somebody is to be told, and where. A draft that is tried out has the id 0."""

    id: int
    workspace: int
    channel: str
    kind: Kind
    name: str = ""
    kpi: str = ""
    scope: Scope = ANYWHERE
    settings: Settings = field(default_factory=Settings)
    owner: str = ""
    by: str = ""
    made: datetime | None = None
    """Aware; nothing that began before is told. Empty for a draft: it has no such moment."""
    paused: datetime | None = None
    muted: datetime | None = None
    removed: datetime | None = None

    @property
    def bar(self) -> Bar:
        return BARS[self.settings.sensitivity]

    def at(self, sensitivity: Sensitivity) -> Rule:
        """Return the same rule, speaking less or more often."""
        return replace(self, settings=replace(self.settings, sensitivity=sensitivity))


def read_rule(row: RuleRow) -> Rule:
    """Return a stored rule; what an older Kepi did not write has its default."""
    told = json.loads(row.settings)
    known = {name: told[name] for name in Settings.__dataclass_fields__ if name in told}
    if "options" in known:
        known["options"] = tuple(known["options"])
    return Rule(
        id=row.id,
        workspace=row.workspace,
        channel=row.channel,
        kind=row.kind,  # type: ignore[arg-type]
        name=row.name,
        kpi=row.kpi,
        scope=unpack_scope(json.loads(row.scope)),
        settings=Settings(**known),
        owner=row.owner,
        by=row.by,
        made=row.made,
        paused=row.paused,
        muted=row.muted,
        removed=row.removed,
    )


def pack_settings(settings: Settings) -> str:
    """Return the JSON of ``alert_rule.settings``: what differs from the default."""
    plain = asdict(Settings())
    said = {key: value for key, value in asdict(settings).items() if value != plain[key]}
    return json.dumps(said, ensure_ascii=False)


def write_scope(scope: Scope) -> str:
    """Return the JSON of ``alert_rule.scope``."""
    return json.dumps(pack_scope(scope))
