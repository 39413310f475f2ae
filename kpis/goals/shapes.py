"""What kind of goal a KPI makes: added up, a level, or a value; and which make none.

A total (A) is added up over the days, a level (L) is read at the end, a value (R, E, U) is told
of its days as a whole and never by their share (kpi-catalogue §1, *Goal pace*).
"""

from __future__ import annotations

from kpis.catalogue import CATALOGUE, SECTIONS, Kpi, Service, Table, declared
from kpis.language import Added, Count, Difference, Formula, Levels, People, Sum
from kpis.names import title_of
from kpis.question import Refusal
from kpis.service_shapes import Backlog, Tally
from kpis.tongue import say
from storage.goals import GoalRow
from storage.measures import Unit, money_in

RECENT_DAYS = 28
"""“By 31 March” a rate, a time or a reach is to be so over this many days."""


def shape_of(kpi: str, variant: str = "", *, by_then: bool = False) -> str:
    """Return ``total``, ``level``, ``value`` or, said as “by DAY”, ``recent``."""
    entry = CATALOGUE[kpi]
    if isinstance(entry, Service):
        figure = entry.figure
        if isinstance(figure, Backlog):
            return "level"
        adds = isinstance(figure, Tally)
    else:
        formula = formula_of(kpi, variant)
        if isinstance(formula, Levels) and formula.at == "last":
            return "level"
        adds = formula is not None and adds_up(formula)
    return "total" if adds else "recent" if by_then else "value"


def formula_of(kpi: str, variant: str = "") -> Formula | None:
    entry = CATALOGUE[kpi]
    if not isinstance(entry, Kpi):
        return None
    return entry.variants[variant].formula if variant and entry.variants else entry.formula


def adds_up(formula: Formula) -> bool:
    """Whether the days of a formula may be added: sums, counts, and changes of a level."""
    if isinstance(formula, Levels):
        return formula.at == "change"
    if isinstance(formula, Sum):
        return all(map(adds_up, formula.parts))
    if isinstance(formula, Difference):
        return adds_up(formula.left) and adds_up(formula.right)
    return isinstance(formula, Added | Count)


def is_of_people(kpi: str) -> bool:
    """Whether the KPI counts different people, who are never added up."""
    return isinstance(formula_of(kpi), People)


def unit_of(kpi: str, variant: str = "") -> Unit:
    entry = CATALOGUE[kpi]
    if isinstance(entry, Service):
        return entry.figure.unit
    if isinstance(entry, Kpi):
        return entry.variants[variant].unit if variant and entry.variants else entry.unit
    return Unit.COUNT


def unit_of_goal(row: GoalRow) -> Unit:
    """Return what a goal's numbers count; of money, in its currency."""
    unit = unit_of(row.kpi, row.variant)
    return money_in(str(row.scoped.get("currency", ""))) if unit is Unit.MONEY else unit


def better_of(kpi: str) -> str:
    """Return ``higher``, ``lower`` or ``neither``."""
    return CATALOGUE[kpi].better


def check_goal(kpi: str) -> None:
    """Refuse a KPI that makes no goal, with what would work."""
    if kpi not in CATALOGUE:
        raise Refusal(say("A goal is set for a KPI of mine, not for one of your own."))
    entry = CATALOGUE[kpi]
    if kpi == "ave":
        raise Refusal(
            say(
                "Ad value makes no goal: it is an estimate that the Barcelona Principles reject. "
                "Reach or impressions say what was seen."
            )
        )
    if isinstance(entry, Table):
        raise Refusal(
            say(
                "{title} is a table, not one number to reach. "
                "Try engagement rate, reach or followers.",
                title=title_of(entry),
            )
        )


AIMS = ("awareness", "engagement", "conversion", "service", "loyalty")
"""What a goal can be for (features rows 73, 74)."""

AIM_BY_KPI = {
    "clicks": "conversion",
    "ctr": "conversion",
    "csat": "service",
    "followers-lost": "loyalty",
    **dict.fromkeys(("nps", "survey-score", "clv", "annual-customer-value"), "loyalty"),
    **dict.fromkeys(("repeat-rate", "review-rating", "reviews", "positive-reviews"), "loyalty"),
    **dict.fromkeys(("mentions", "share-of-voice", "sphere-of-influence"), "awareness"),
    **dict.fromkeys(("sentiment", "negative-mentions", "negative-share"), "loyalty"),
}
AIM_BY_SECTION = {
    "kpis.catalogue.reach": "awareness",
    "kpis.catalogue.audience": "awareness",
    "kpis.catalogue.engagement": "engagement",
    "kpis.catalogue.traffic": "conversion",
    "kpis.catalogue.value": "conversion",
    "kpis.catalogue.voice": "awareness",
    "kpis.catalogue.loyalty": "loyalty",
    "kpis.catalogue.service": "service",
}


def aim_of(kpi: str) -> str:
    """Return what a KPI is usually wanted for."""
    if kpi in AIM_BY_KPI:
        return AIM_BY_KPI[kpi]
    for module in SECTIONS.values():
        if any(it.key == kpi for it in declared(module)):
            return AIM_BY_SECTION.get(module.__name__, "awareness")
    return "conversion"
