"""The receipt under every number: formula, parts, windows, and the command that repeats it."""

from kpis.answers import Absent, Component, Receipt
from kpis.language import Count, Grown, Leaf, Levels, People, Total
from kpis.names import meaning_of
from kpis.people import derivation
from kpis.sitting import Sitting
from kpis.titles import account_title
from kpis.tongue import say
from storage.measures import Unit


def receipt_of(sitting: Sitting) -> Receipt:
    """Return how the sitting's number was worked out; definitions are added by ``explain``."""
    way, cell = sitting.way, sitting.whole()
    parts = []
    for leaf in way.formula.leaves():
        reading = leaf.value(cell)
        if not isinstance(leaf, People):
            number = None if isinstance(reading, Absent) else reading.low
            parts.append(Component(leaf.words, number, rows_of(sitting, leaf), unit_of(leaf)))
    return Receipt(
        formula=f"{way.title} = {way.formula.words}",
        meaning=meaning_of(way.kpi),
        components=tuple(parts),
        lines=tuple(derivations(sitting)),
    )


def rows_of(sitting: Sitting, leaf: Leaf) -> int:
    cell = sitting.whole()
    if isinstance(leaf, Total | Count | Grown):
        return cell.sums(leaf)[1]
    return cell.levels(leaf)[1] if isinstance(leaf, Levels) else len(cell.values(leaf))


def unit_of(leaf: Leaf) -> Unit:
    return Unit.PEOPLE if isinstance(leaf, Levels) else Unit.COUNT


def derivations(sitting: Sitting) -> list[str]:
    """Return which windows proved the bounds, account by account."""
    people = [it for it in sitting.way.formula.leaves() if isinstance(it, People)]
    if not people:
        return []
    measure = people[0].unique.column
    said: list[str] = []
    for account in sitting.accounts[:5]:
        lines = derivation(sitting.now, measure, account.id, sitting.question.period)
        if len(sitting.accounts) > 1 and lines:
            lines[0] = say("{name}: {value}", name=account_title(account), value=lines[0])
        said += lines
    return said
