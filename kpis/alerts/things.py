"""What a rule is about, as one stable text: of equal things one incident is open."""

from __future__ import annotations

from collections.abc import Iterable

from kpis.alerts.rules import Rule
from kpis.question import KnownBrand
from kpis.surroundings import Surroundings
from kpis.tongue import joined
from storage.errors import KepiError


def thing_of(rule: Rule, around: Surroundings) -> str:
    """Return what a rule is about: its kind, its brand or scope, and its KPI.

    Two rules on negative mentions of a brand are about one crisis, wherever they are told.
    """
    if rule.kind == "crisis":
        return f"crisis|{ids(it.id for it in brands_of(rule, around))}"
    if rule.kind == "goal":
        return f"goal|{rule.settings.goal}"
    scope = rule.scope
    parts = [
        ",".join(sorted(scope.platforms)),
        ids(scope.accounts),
        ids(scope.brands),
        ",".join(sorted(scope.channels)),
    ]
    where = "/".join(parts)
    if rule.kind == "silence":
        return f"silence|{where}"
    extra = ",".join(it for it in (rule.settings.variant, *rule.settings.options) if it)
    side = rule.settings.side if rule.kind == "threshold" else ""
    return "|".join((rule.kind, rule.kpi, where, extra, side))


def ids(numbers: Iterable[int]) -> str:
    return ",".join(map(str, sorted(numbers)))


def brands_of(rule: Rule, around: Surroundings) -> tuple[KnownBrand, ...]:
    """Return the brands whose mentions a rule reads: those named, else all own ones together.

    Raises ``KepiError`` where there is none.
    """
    named = set(rule.scope.brands)
    found = tuple(it for it in around.brands if (it.id in named if named else it.own))
    if not found:
        known = joined(it.name for it in around.brands)
        if not known:
            raise KepiError(
                "There is no such brand to watch mentions of. Import numbers of an account first."
            )
        raise KepiError(
            "There is no such brand to watch mentions of. Brands: {names}.", names=known
        )
    return found
