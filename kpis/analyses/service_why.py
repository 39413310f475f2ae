"""What moved a figure of customer issues: its parts now and before, side by side.

Medians and rates of parts do not add up, so no part is given a share of the change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kpis.analyses.variance import require_in_time
from kpis.answers import Absent, Answer, Figure, Reason, Value
from kpis.declarations import Service
from kpis.periods import last_year, previous_period
from kpis.question import Beside, Question
from kpis.service_shapes import Tally
from kpis.titles import say_dimension
from kpis.tongue import say
from kpis.wording import say_value

BY = ("channel", "platform", "brand", "priority")
"""Looked at in this order; the first that has two parts is shown."""


def answer_why_of_service(
    question: Question, entry: Service, plain: Callable[[Question], Answer]
) -> Answer:
    """Return the parts now and before; raises ``Refusal`` for what cannot be compared."""
    require_in_time(question)
    asked = replace(question, view="", by=None)
    base = plain(asked)
    if isinstance(base.main.value, Absent):
        return replace(base, question=question)
    splits = [question.by] if question.by else [it for it in BY if it in entry.figure.splits]
    held = ((by, parts_beside(replace(asked, by=by), plain)) for by in splits)
    by, parts = next(((by, it) for by, it in held if len(it) > 1), ("", ()))
    title = say("Why {kpi} moved", kpi=base.kpi_title)
    return replace(
        base,
        question=replace(question, by=by or None),
        title=base.title.replace(base.kpi_title, title, 1),
        breakdown=parts,
        notes=(*base.notes, *say_what_it_tells(entry, by)),
        chart="bars" if parts else base.chart,
    )


def parts_beside(question: Question, plain: Callable[[Question], Answer]) -> tuple[Figure, ...]:
    """Return each part with its value before, also those that only one of the periods has."""
    is_year = question.baseline.kind is Beside.LAST_YEAR
    before = (last_year if is_year else previous_period)(question.period)
    now = plain(question)
    then = {it.name: it for it in plain(replace(question, period=before)).breakdown}
    shown = {it.name: it for it in now.breakdown}
    gone = {name: replace(it, value=NOTHING) for name, it in then.items() if name not in shown}
    return tuple(beside(now, it, then.get(name)) for name, it in (shown | gone).items())


NOTHING = Absent(Reason.NO_DATA, "")


def beside(answer: Answer, part: Figure, then: Figure | None) -> Figure:
    """Return a part whose words tell what it was before."""
    said = say("none now") if part.value is NOTHING else say_value(part, answer.unit)
    was = say_value(then, answer.unit) if then else say("none")
    previous = then.value if then and isinstance(then.value, Value) else None
    words = say("{now}; before: {then}", now=said, then=was)
    return Figure(part.name, part.value, previous=previous, headline=words)


def say_what_it_tells(entry: Service, by: str) -> list[str]:
    """Return what such parts do not prove."""
    if not by:
        return [say("There are no two parts to tell apart.")]
    where = say("Where it happened, not what caused it.")
    if isinstance(entry.figure, Tally):
        return [where]
    parts = say("Each {dimension} stands for itself: such figures don't add up to the whole.",
                dimension=say_dimension(by))  # fmt: skip
    return [parts, where]
