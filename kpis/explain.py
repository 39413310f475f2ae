"""Adds to an answer what only its receipt shows: other definitions with their values."""

from dataclasses import replace

from sqlalchemy import Connection

from kpis.answer import answer as work_out
from kpis.answers import Answer, Value
from kpis.catalogue import CATALOGUE, Kpi
from kpis.names import title_of
from kpis.numbers import write, write_with_unit
from kpis.question import Baseline, Beside
from kpis.sitting import Sitting
from kpis.surroundings import Surroundings
from kpis.titles import count
from kpis.tongue import say
from kpis.ways import ways_to
from storage.measures import Unit

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
    others = (
        *average_day(answer),
        *post_reach(answer, connection, surroundings),
        *other_definitions(answer, connection, surroundings),
    )
    return replace(answer, receipt=replace(answer.receipt, definitions=others))


def average_day(answer: Answer) -> list[tuple[str, str]]:
    """Return the mean of the daily reach that is stored, of one account."""
    days = [it.value for it in answer.main.series if it.value is not None]
    if answer.question.kpi != "reach" or answer.unit is not Unit.PEOPLE or not days:
        return []
    return [(say("Average day"), write_with_unit(round(sum(days) / len(days)), Unit.PEOPLE))]


def post_reach(
    answer: Answer, connection: Connection, surroundings: Surroundings
) -> list[tuple[str, str]]:
    """Return the reach of the posts in sum, beside reach itself."""
    question = answer.question
    entry = surroundings.entry(question.kpi)
    if question.kpi != "reach" or answer.unit is not Unit.PEOPLE or not isinstance(entry, Kpi):
        return []
    plain = replace(question, by=None, baseline=Baseline(Beside.PREVIOUS))
    way = ways_to(entry, plain)[1]
    value = Sitting(plain, way, surroundings.choose(plain.scope), surroundings, connection).value()
    if not isinstance(value, Value):
        return []
    posts = count(value.n, "post")
    number = write(value.low, Unit.COUNT)
    name = say("Post reach, {posts}", posts=posts)
    return [(name, say("{number} (counted once per post)", number=number))]


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
            if isinstance(value, Value) and said.kpi_title == title_of(entry):
                words = say("at least {value}", value=write(value.low, said.unit))
                if value.exact:
                    words = write_with_unit(value.low, said.unit)
                found.append((title_of(entry), words))
    return found
