"""Adds to an answer what only its receipt shows: other definitions with their values."""

from dataclasses import replace

from sqlalchemy import Connection

from kpis.answer import answer as work_out
from kpis.answers import Answer, Value
from kpis.catalogue import CATALOGUE, Kpi
from kpis.numbers import write, write_with_unit
from kpis.question import Baseline, Beside
from kpis.surroundings import Surroundings

ALIKE = (
    (
        "engagement-rate",
        "average-engagement-rate",
        "engagement-rate-impressions",
        "engagement-rate-followers",
    ),
    ("interaction-rate", "average-interaction-rate", "engagement-rate"),
    ("engagements", "interactions"),
    ("reach", "reach-sum"),
    ("net-followers", "follower-growth"),
)
"""Definitions that people call by one name."""


def explain(answer: Answer, connection: Connection, surroundings: Surroundings) -> Answer:
    """Return the answer with the other definitions of the same thing in its receipt."""
    others = tuple(other_definitions(answer, connection, surroundings))
    return replace(answer, receipt=replace(answer.receipt, definitions=others))


def other_definitions(
    answer: Answer, connection: Connection, surroundings: Surroundings
) -> list[tuple[str, str]]:
    """Return the other definitions of the same thing with their values."""
    question = answer.question
    found = []
    for family in ALIKE:
        if question.kpi not in family or question.variant:
            continue
        for key in family:
            entry = CATALOGUE[key]
            if key == question.kpi or not isinstance(entry, Kpi):
                continue
            other = replace(question, kpi=key, by=None, baseline=Baseline(Beside.PREVIOUS))
            said = work_out(other, connection, surroundings)
            value = said.main.value
            if isinstance(value, Value) and said.kpi_title == entry.title:
                words = write_with_unit(value.low, said.unit) if value.exact else ""
                found.append((entry.title, words or f"at least {write(value.low, said.unit)}"))
    return found
