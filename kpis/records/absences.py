"""Says why a KPI of records has no number, and what would bring one (kpi-catalogue §1, Z N P)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kpis.absences import without_number
from kpis.answers import Absent, Answer, Reason
from kpis.parsing import repeat
from kpis.periods import say_days, say_unit
from kpis.question import Baseline, Grain, Period
from kpis.records.kinds import kinds_of
from kpis.records.sitting import RecordSitting
from kpis.records.telling import reaching_beyond
from kpis.slots import day_of, next_month
from kpis.titles import inside
from kpis.tongue import listed, say, say_declared
from storage.tables import day_number

HOW = {
    "web": "Drop GA4's Traffic acquisition export in our direct message, or send rows to "
    "/ingest/v1/web.",
    "ads": "Drop an export of your ads manager in our direct message, or send rows to "
    "/ingest/v1/ads.",
    "conversions": "Drop a file of conversions in our direct message, or send them to "
    "/ingest/v1/conversions.",
    "orders": "Drop a file of orders in our direct message, or send them to /ingest/v1/orders.",
    "mentions": "Drop a file of mentions in our direct message, or send them to "
    "/ingest/v1/mentions.",
    "reviews": "Drop a file of reviews in our direct message, or send them to /ingest/v1/reviews.",
    "surveys": "Drop a file of survey answers in our direct message, or send them to "
    "/ingest/v1/surveys.",
    "comments": "Drop a file of comments in our direct message, or send them to "
    "/ingest/v1/comments.",
}
"""Kind → what brings its rows."""


def say_why(sittings: Sequence[RecordSitting], scope: str) -> Answer:
    """Return the answer that tells what is missing; of several ways, what the first one lacks."""
    sitting = sittings[0]
    question, title = sitting.question, sitting.way.title
    readings = [sitting.value(it) for it in sitting.aparts]
    told = [it for it in readings if isinstance(it, Absent) and it.reason is not Reason.NO_DATA]
    if told:
        return without_number(question, title, scope, told[0])
    if len(sitting.aparts) > 1 and sitting.has_money:
        currencies = listed(sorted(sitting.aparts))
        words = say("This needs one currency, and there are {currencies}; I don't convert. "
                    "Ask for its parts alone.", currencies=currencies)  # fmt: skip
        return without_number(question, title, scope, Absent(Reason.REFUSED, words))
    missing = missing_kinds(sitting)
    if not missing or missing[0] not in HOW:
        noun = inside(title)
        asked = say_days(question.period.start, question.period.end, question.today.year)
        said = [say("No {noun} for {days}.", noun=noun, days=asked), *reaching_beyond(sitting)]
        absent = Absent(Reason.NO_DATA, " ".join(said))
        return without_number(question, title, scope, absent)
    return nothing_read(sitting, scope, title, missing)


def missing_kinds(sitting: RecordSitting) -> tuple[str, ...]:
    """Return the kinds, any of which would do, that were read for none of the period's days."""
    cell = sitting.whole(sitting.aparts[0])
    for leaf in sitting.way.formula.leaves():
        kinds = kinds_of(leaf.rows)
        if kinds and not cell.read_days(leaf):
            return kinds
    return ()


def nothing_read(sitting: RecordSitting, scope: str, title: str, kinds: tuple[str, ...]) -> Answer:
    """Return “No web visits for 1–7 Nov; I have 3 Aug – 31 Oct.”, and a month that has some."""
    question, around = sitting.question, sitting.around
    year, noun = question.today.year, inside(title)
    watched = around.records_watched(question.as_of)
    spans = [it for kind in kinds for it in watched.get(kind, ())]
    if not spans:
        words = say("No {noun} yet.", noun=noun) + " " + say_declared(HOW[kinds[0]])
        return without_number(question, title, scope, Absent(Reason.NO_DATA, words))
    first, until = min(it[0] for it in spans), max(it[1] for it in spans)
    asked = say_days(question.period.start, question.period.end, year)
    held = say_days(day_of(first), day_of(until), year)
    words = say("No {noun} for {days}; I have {held}.", noun=noun, days=asked, held=held)
    month = day_of(until - 1).replace(day=1)
    whole = Period(month, next_month(month), say_unit(Grain.MONTH, month), Grain.MONTH)
    other = replace(question, period=whole, baseline=Baseline())
    hints: tuple[tuple[str, str], ...] = ()
    if day_number(question.period.start) >= until or first >= day_number(question.period.end):
        hints = ((say_unit(Grain.MONTH, month), repeat(other, around.directory)),)
    return without_number(question, title, scope, Absent(Reason.NO_DATA, words), hints)
