"""What may be told of a number beside itself, chosen by the first word: ``trend``, ``why``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection

from kpis.analyses.ground import no_single_number
from kpis.analyses.record_variance import answer_why_of_records
from kpis.analyses.series import trend_of
from kpis.analyses.service_why import answer_why_of_service
from kpis.analyses.trend import answer_trend, widen
from kpis.analyses.variance import answer_why
from kpis.answers import Answer
from kpis.catalogue import Entry, Kpi, Service, Table
from kpis.names import title_of
from kpis.question import Question, Refusal
from kpis.records.kinds import reads_records
from kpis.surroundings import Surroundings
from kpis.tongue import say
from storage.measures import AccountDays, Posts


def answer_view(
    question: Question,
    connection: Connection,
    around: Surroundings,
    plain: Callable[[Question], Answer],
) -> Answer:
    """Return a question's view; ``plain`` answers questions that have none.

    Raises ``KepiError`` where the KPI has no such view.
    """
    entry = around.entry(question.kpi)
    if isinstance(entry, Table):
        raise no_single_number(entry)
    if is_counted_here(entry):
        view = answer_trend if question.view == "trend" else answer_why
        return view(question, connection, around)
    if question.view == "trend":
        wide = widen(question)
        return trend_of(replace(plain(replace(wide, view="", by=None)), question=wide))
    if isinstance(entry, Kpi) and reads_records(entry.formula):
        return answer_why_of_records(question, connection, around, plain)
    if isinstance(entry, Service):
        return answer_why_of_service(question, entry, plain)
    raise Refusal(
        say("{kpi} is not made of parts that add up, so its change can't be split. "
            "Try: /kpi {key} by platform.", kpi=title_of(entry), key=entry.key)
    )  # fmt: skip


def is_counted_here(entry: Entry) -> bool:
    """Whether a KPI reads account days and posts alone."""
    return isinstance(entry, Kpi) and all(
        isinstance(it.rows, AccountDays | Posts) for it in entry.formula.leaves()
    )
