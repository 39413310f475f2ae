"""The next question that an answer offers as a button."""

from dataclasses import replace

from kpis.catalogue import CATALOGUE
from kpis.parsing import repeat
from kpis.question import Question
from kpis.surroundings import Surroundings

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


def hints_for(question: Question, surroundings: Surroundings) -> tuple[tuple[str, str], ...]:
    """Return label and words of the buttons; none beside a breakdown or a variant."""
    related = RELATED.get(question.kpi)
    if related is None or question.by or question.variant:
        return ()
    other = replace(question, kpi=related)
    return ((CATALOGUE[related].title, repeat(other, surroundings.directory)),)
