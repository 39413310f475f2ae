"""Answers a question: the only hop that reads.

Each kind of KPI has its own engine: account days and posts (``kpis.account_answer``), records,
customer issues, tables. What every answer has besides is added here.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from kpis import tables
from kpis.account_answer import answer_of_accounts
from kpis.analyses.benchmarks import with_benchmarks
from kpis.analyses.views import answer_view
from kpis.answers import Answer, Value
from kpis.attribution.answer import answer_attribution
from kpis.attribution.retention import referral_notes, retention_notes
from kpis.beginning import begin_with_data
from kpis.catalogue import Entry, Kpi, Service, Table
from kpis.date_marks import with_notes
from kpis.names import title_of as title_in_tongue
from kpis.question import Question, Refusal
from kpis.records.answer import answer_records
from kpis.records.audience import answer_audience_fit
from kpis.records.kinds import dimensions_of, reads_records
from kpis.sentiment.notes import labelling_notes, theme_notes
from kpis.service import answer_service
from kpis.surroundings import Surroundings
from kpis.titles import say_dimension
from kpis.tongue import joined, say


def answer(
    question: Question,
    connection: Connection,
    surroundings: Surroundings,
    now: datetime | None = None,
    asker: str = "",
) -> Answer:
    """Return the answer; raises ``KepiError`` where the scope holds nothing to ask.

    Customer issues are told up to ``now`` (aware), and to ``asker`` (a Slack user id) their own.
    """

    def plain(question: Question) -> Answer:
        return answer(question, connection, surroundings, now, asker)

    if question.view:
        return with_notes(answer_view(question, connection, surroundings, plain), surroundings)
    entry = surroundings.entry(question.kpi)
    check_split(question, surroundings)
    if isinstance(entry, Service):
        found = answer_service(question, entry, connection, surroundings, now, asker)
    else:
        question = begin_with_data(question, entry, surroundings)
        found = find_engine(entry)(question, entry, connection, surroundings)
    return with_notes(with_benchmarks(found, connection, surroundings), surroundings)


Engine = Callable[[Question, Any, Connection, Surroundings], Answer]


def find_engine(entry: Entry) -> Engine:
    """Return what answers an entry: by its key, by the rows that it reads."""
    if entry.key in BY_KEY:
        return BY_KEY[entry.key]
    if isinstance(entry, Table):
        return answer_grid
    assert isinstance(entry, Kpi)
    return answer_of_records if reads_records(entry.formula) else answer_of_accounts


BY_KEY: dict[str, Engine] = {
    "attribution": answer_attribution,
    "audience-fit": answer_audience_fit,
}


def answer_of_records(
    question: Question, entry: Kpi, connection: Connection, surroundings: Surroundings
) -> Answer:
    found = answer_records(question, entry, connection, surroundings)
    return tell_more(found, connection, surroundings)


def answer_grid(
    question: Question, entry: Table, connection: Connection, surroundings: Surroundings
) -> Answer:
    accounts = surroundings.choose(question.scope)
    return tables.answer_table(question, entry, accounts, connection, surroundings)


def tell_more(found: Answer, connection: Connection, surroundings: Surroundings) -> Answer:
    """Return an answer with what touches and labels tell beside it, where anything is."""
    question = found.question
    if question.kpi in LABELLED or question.by == "sentiment":
        waiting = labelling_notes(connection, surroundings)
        found = replace(found, notes=(*found.notes, *waiting))
    more = MORE.get(found.question.kpi)
    if more is None or found.question.by or not isinstance(found.main.value, Value):
        return found
    if found.question.variant not in (None, "", "referred"):
        return found  # a note of all conversions says nothing of those assisted
    told = more(connection, surroundings, found.question)
    return replace(found, notes=(*found.notes, *told))


LABELLED = ("sentiment", "negative-mentions", "negative-share")
"""KPIs that stand on the labels of mentions."""
MORE = {
    "repeat-rate": retention_notes,
    "conversions": referral_notes,
    "negative-mentions": theme_notes,
}


def check_split(question: Question, surroundings: Surroundings) -> None:
    """Refuse a split that the KPI does not have, whoever asks: words or a form."""
    splits = splits_of(question, surroundings)
    if question.by is None or question.by in splits:
        return
    title = title_in_tongue(surroundings.entry(question.kpi))
    if not splits:
        raise Refusal(say("{kpi} can't be split any further.", kpi=title))
    shown = joined(map(say_dimension, splits))
    raise Refusal(
        say(
            "{kpi} can't be split by {dimension}. Try: {splits}.",
            kpi=title,
            dimension=say_dimension(question.by),
            splits=shown,
        )
    )


def splits_of(question: Question, surroundings: Surroundings) -> tuple[str, ...]:
    """Return what the question's own formula can be split by: a variant may read other rows."""
    entry = surroundings.entry(question.kpi)
    if isinstance(entry, Kpi) and reads_records(entry.formula):
        variant = (entry.variants or {}).get(question.variant or "")
        return dimensions_of(variant.formula if variant else entry.formula)
    return surroundings.directory.dimensions.get(question.kpi, ())
