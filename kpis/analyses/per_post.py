"""What a KPI is of one single post: the number that ranks posts and tells variants apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kpis.catalogue import CATALOGUE, Kpi
from kpis.language import Formula, Mean, Median, Quotient, Together, Total
from kpis.names import title_of
from kpis.tongue import say
from storage.measures import Each, Posts, Unit, posts


class PerPost(NamedTuple):
    """A KPI's number of a post."""

    title: str
    unit: Unit
    number: Each
    better: str


def per_post(key: str) -> Iterator[PerPost]:
    """Yield the ways to count a KPI by the post, best first; none where posts do not have it."""
    entry = CATALOGUE.get(key)
    if not isinstance(entry, Kpi):
        return
    for formula in (entry.formula, entry.instead):
        if isinstance(formula, Kpi):
            yield from per_post(formula.key)
        elif formula is not None and (number := number_of(formula)) is not None:
            title = say("Post reach") if entry.key == "reach" else title_of(entry)
            yield PerPost(title, entry.unit, number, entry.better)


def number_of(formula: Formula) -> Each | None:
    """Return the number of a row that a formula over posts adds up, averages or divides."""
    if isinstance(formula, Together):
        return together(formula)
    if isinstance(formula, Quotient):
        top, bottom = number_of(formula.top), number_of(formula.bottom)
        if top is None or bottom is None or top.over or bottom.over:
            return None
        return Each(top.rows, top.columns, over=Each(bottom.rows, bottom.columns))
    if isinstance(formula, Total | Mean | Median) and isinstance(formula.rows, Posts):
        return Each(formula.rows, formula.number.columns, formula.number.over,
                    formula.number.within)  # fmt: skip
    return None


def together(formula: Together) -> Each | None:
    """Return a post's own sum of the parts: its source's parts are added when it is stored."""
    columns = [column for it in formula.leaves() if isinstance(it, Total) and
               isinstance(it.rows, Posts) for column in it.number.columns]  # fmt: skip
    for name, measure in Posts.measures().items():
        if measure.parts and set(measure.parts) == set(columns):
            return Each(posts, (name,))
    return None
