"""The next question that an answer offers as a button."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection

from kpis.answer import answer as work_out
from kpis.answers import Answer, Value
from kpis.catalogue import CATALOGUE
from kpis.names import title_of
from kpis.numbers import write
from kpis.parsing import repeat
from kpis.question import Period
from kpis.surroundings import Surroundings
from kpis.tongue import say

RELATED = {
    "engagements": "engagement-rate",
    "interactions": "interaction-rate",
    "engagement-rate": "average-engagement-rate",
    "likes": "applause-rate",
    "shares": "amplification-rate",
    "comments": "conversation-rate",
    "followers": "follower-growth",
    "net-followers": "follower-growth",
    "posts": "best-times",
    "impressions": "frequency",
}
"""A KPI, and the one that people ask for next."""


def hints_for(
    answer: Answer, connection: Connection, surroundings: Surroundings
) -> tuple[tuple[str, str], ...]:
    """Return label and words of the buttons; none beside a breakdown or a variant.

    Bounds offer the period that is exact; “engagements”, which many call the rate by, its value.
    """
    question = answer.question
    days = answer.main.exact_days
    if days and days < question.period.days:
        start = question.period.end - timedelta(days=days)
        exact = replace(question, period=Period(start, question.period.end, ""))
        return ((say("Use {days} days", days=days), repeat(exact, surroundings.directory)),)
    related = RELATED.get(question.kpi)
    if related is None or question.by or question.variant:
        return ()
    other = replace(question, kpi=related)
    label = title_of(CATALOGUE[related])
    if question.kpi == "engagements":
        rate = work_out(other, connection, surroundings)
        if isinstance(rate.main.value, Value):
            label = f"{rate.kpi_title} {write(rate.main.value.low, rate.unit)}"
    return ((label, repeat(other, surroundings.directory)),)
