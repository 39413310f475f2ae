"""Makes a KPI of the language from what a team declared."""

from __future__ import annotations

from kpis.counting import latest
from kpis.custom.expression import read_expression
from kpis.declarations import Kpi
from kpis.language import Formula, total
from kpis.question import Refusal
from storage.custom_kpis import CustomRow
from storage.measures import Unit
from storage.record_measures import custom

UNITS = {
    "count": Unit.COUNT,
    "people": Unit.PEOPLE,
    "percent": Unit.PERCENT,
    "ratio": Unit.RATIO,
    "seconds": Unit.SECONDS,
}
"""What an own KPI may count."""


def entry_of(row: CustomRow) -> Kpi:
    """Return the KPI; raises ``Refusal`` where its formula can no longer be read."""
    return Kpi(
        key=row.key,
        title=row.title,
        meaning=row.meaning or f"{row.title}, as {row.owner or 'the team'} declared it.",
        why=row.aim or "Your team chose it.",
        formula=formula_of(row),
        unit=UNITS.get(row.unit, Unit.COUNT),
        better=row.better,
        bars=row.kind == "A",
    )


def formula_of(row: CustomRow) -> Formula:
    own = custom.only(custom.kpi.is_(row.key))
    if row.kind == "R":
        return read_expression(row.formula)
    return total(own.value) if row.kind == "A" else latest(own.value)


def entries(rows: list[CustomRow]) -> dict[str, Kpi]:
    """Return the KPIs by key; one that cannot be read any more is left out."""
    found = {}
    for row in rows:
        try:
            found[row.key] = entry_of(row)
        except Refusal:
            continue
    return found
