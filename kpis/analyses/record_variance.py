"""``/kpi why revenue``: where the difference of a number of records comes from (feature 91).

As ``kpis.analyses.variance`` does for account days and posts; the parts add up to the difference.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection

from kpis.analyses.drivers import Cells, can_split, split_difference
from kpis.analyses.variance import (
    Split,
    bars_of,
    require_in_time,
    say_missing,
    say_pushes,
    signed,
)
from kpis.answers import Absent, Answer
from kpis.catalogue import Kpi
from kpis.counting import Assumed
from kpis.question import Question, Refusal
from kpis.records.answer import ways_to
from kpis.records.kinds import dimensions_of
from kpis.records.parts import say_part
from kpis.records.sitting import RecordSitting
from kpis.surroundings import Surroundings
from kpis.titles import say_dimension
from kpis.tongue import say
from storage.measures import Unit

BY = ("platform", "campaign", "source", "type", "channel-group", "topic", "sentiment", "agent")


def answer_why_of_records(
    question: Question,
    connection: Connection,
    around: Surroundings,
    plain: Callable[[Question], Answer],
) -> Answer:
    """Return the difference with its drivers; raises ``Refusal`` for what cannot be split."""
    require_in_time(question)
    asked = replace(question, view="", by=None)
    entry, base = around.entry(question.kpi), plain(asked)
    if isinstance(base.main.value, Absent):
        return replace(base, question=question)
    assert isinstance(entry, Kpi)
    sitting = RecordSitting(asked, ways_to(entry, asked)[0], around, connection)
    formula = sitting.way.formula
    declared = any(isinstance(it, Assumed) for it in formula.leaves())
    if declared or len(base.lines) > 1 or not can_split(formula):
        raise Refusal(
            say(
                "{kpi} is not made of parts that add up, so its change can't be split. "
                "Try: /kpi {key} by platform.",
                kpi=sitting.way.title,
                key=question.kpi,
            )
        )
    apart = sitting.aparts[0]
    unit, found = sitting.unit(apart), splits(sitting, apart)
    then = formula.value(sitting.before(apart))
    details = [] if isinstance(then, Absent) else say_all(found, unit)
    if details and base.main.previous is None and not isinstance(then, Absent):
        details.insert(0, say_missing(base.main.value.low - then.low, unit))
    ending = say("Where it happened, not what caused it.")
    if not details:
        ending = say("Nothing before to compare with.")
    return replace(
        base,
        question=question,
        title=base.title.replace(base.kpi_title, say("Why {kpi} moved", kpi=base.kpi_title), 1),
        lines=(replace(base.main, details=tuple(details)),),
        beside=(),
        parts=(),
        breakdown=bars_of(found[0], unit) if details else (),
        notes=(*base.notes, ending),
        chart="bars" if details else "line",
    )


def splits(sitting: RecordSitting, apart: str) -> list[Split]:
    """Return the splits that have two parts or more, the most telling first."""
    formula, found = sitting.way.formula, []
    seen: list[tuple[set[float], int]] = []
    for by in dimensions_of(formula):
        if by not in BY:
            continue
        parted = sitting.parted(by)
        groups = dict.fromkeys([*parted.now.groups(), *parted.then.groups()])
        cells: Cells = {
            say_part(by, it): (parted.whole(apart, it), parted.before(apart, it)) for it in groups
        }
        drivers = tuple(split_difference(formula, cells))
        sizes = {round(it.size, 9) for it in drivers}, len(drivers)
        if len(drivers) > 1 and sizes not in seen:  # reviews have a source for a platform
            seen.append(sizes)
            found.append(Split(by, drivers))
    return sorted(found, key=lambda it: -it.telling)


def say_all(found: list[Split], unit: Unit) -> list[str]:
    """Return what pushed and pulled by the most telling split, and the others in a line each."""
    if not found:
        return []
    said = say_pushes(found[0], unit)
    for split in found[1:]:
        parts = ", ".join(f"{it.name} {signed(it.size, unit)}" for it in split.drivers[:4])
        said.append(say("By {dimension}: {parts}.", dimension=say_dimension(split.by), parts=parts))
    return said
