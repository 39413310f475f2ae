"""Answers a service KPI: how fast customers are answered, how many wait, what was kept.

scope → rows of the period, rows of what it is compared with → a figure, its series, its parts.
A period may hold today: issues are live, and the figures are told up to now (support-spec §9).
"""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from kpis.absences import without_number
from kpis.answers import Absent, Answer, Component, Coverage, Reason, Receipt
from kpis.coverage import SAMPLE
from kpis.declarations import Service
from kpis.names import meaning_of
from kpis.names.periods import say_period
from kpis.options import in_order
from kpis.parsing import repeat
from kpis.periods import DEFAULT_DAYS, FIRST_DAY, say_day
from kpis.question import Question, Refusal
from kpis.service_desks import earliest_issue, has_targets, longest_target
from kpis.service_parts import parts_of, whole_of
from kpis.service_scope import filter_of, say_scope
from kpis.service_shapes import Attainment, Clocked, Portion, Tally
from kpis.service_sitting import IssueSitting
from kpis.service_words import formula_of, say_basis, say_rules
from kpis.surroundings import Surroundings
from kpis.titles import say_split
from kpis.tongue import say, say_declared
from storage.tables import EPOCH, instant_number

NOWHERE = "No tracked channel yet. Set one up: /support setup."
NO_TARGETS = (
    "No target was ever set, so there is nothing to attain. "
    "Set one: /support setup, First answer within."
)
RATINGS_ARE_OFF = "Customer ratings are off here. An admin turns them on: /support ratings on"
IMMATURE = "Immature: some are younger than the longest target, so it may still move."
WHO = "I can't tell who you are here. Ask in Slack for your own figures."


def answer_service(
    question: Question,
    entry: Service,
    connection: Connection,
    around: Surroundings,
    now: datetime | None,
    asker: str = "",
) -> Answer:
    """Return the answer; raises ``Refusal`` where the scope or the split cannot be answered.

    ``now`` is aware; ``asker`` is a Slack user id, for “my first response time”.
    """
    if "mine" in question.options and not asker:
        raise Refusal(say(WHO))
    known_at = question.as_of or now
    if known_at is None:
        raise ValueError("customer issues are told as of a moment")
    moment = instant_number(known_at)
    question = begin_with_data(question, connection, around)
    sitting = IssueSitting(question, entry, around, connection, moment, asker)
    filter_of(question.scope, around, "")
    return say_why_not(sitting) or compose(sitting)


def begin_with_data(question: Question, connection: Connection, around: Surroundings) -> Question:
    """Return “all time” from the day of the first issue; there is nothing before it."""
    period = question.period
    if period.start != FIRST_DAY:
        return question
    first = earliest_issue(connection, around.workspace, around.hidden)
    if first is None:
        return replace(question, period=replace(period, start=period.end - timedelta(DEFAULT_DAYS)))
    day = (EPOCH + timedelta(microseconds=first)).astimezone(ZoneInfo(around.zone)).date()
    since = say_day(day, question.today.year)
    words = say("{period}, since {day}", period=say_period(period), day=since)
    start = min(day, period.last)
    return replace(question, period=replace(period, start=start, words=words))


def say_why_not(sitting: IssueSitting) -> Answer | None:
    """Return the answer where nothing was set up that it could be read from."""
    question, (title, shape) = sitting.question, sitting.titled
    ids = sitting.connection, sitting.around.workspace, sitting.around.hidden
    if not sitting.desks.channels and earliest_issue(*ids) is None:
        return without_number(question, title, "", Absent(Reason.NO_DATA, say(NOWHERE)))
    if sitting.entry.choice and sitting.entry.choice not in sitting.desks.chosen:
        words = say(RATINGS_ARE_OFF)
        return without_number(question, title, "", Absent(Reason.REFUSED, words))
    if isinstance(shape, Attainment) and not has_targets(*ids):
        return without_number(question, title, "", Absent(Reason.REFUSED, say(NO_TARGETS)))
    return None


def compose(sitting: IssueSitting) -> Answer:
    """Return the answer that a sitting's figures make."""
    question, entry, (title, shape) = sitting.question, sitting.entry, sitting.titled
    scope = say_scope(question, sitting.around, sitting.desks.channels)
    parts, said = parts_of(sitting)
    named = say_split(title, question)
    return Answer(
        question=question,
        title=" · ".join(it for it in (named, scope, say_period(question.period)) if it),
        unit=shape.unit,
        kpi_title=title,
        scope_title=scope,
        lines=(whole_of(sitting, scope or title),),
        breakdown=parts,
        coverage=coverage_of(sitting),
        notes=(*notes_of(sitting), *said),
        receipt=receipt_of(sitting),
        chart="bars" if question.by or isinstance(shape, Tally) else "line",
        better=entry.better,
        hints=other_view(sitting),
    )


def notes_of(sitting: IssueSitting) -> tuple[str, ...]:
    """Return what a reader must know beside the number."""
    caveat = (say_declared(sitting.entry.caveat),) if sitting.entry.caveat else ()
    young = (say(IMMATURE),) if is_immature(sitting) else ()
    return (*caveat, *sitting.outcome.notes, *young)


def is_immature(sitting: IssueSitting) -> bool:
    """Whether the cohort is younger than the longest target that it was given."""
    shape, span, moment = sitting.shape, sitting.span, sitting.moment
    if not sitting.follows or not isinstance(shape, Clocked | Portion) or not shape.targets:
        return False
    ids = sitting.connection, sitting.around.workspace, sitting.around.hidden
    longest = longest_target(*ids, shape.targets, span.start, span.end)
    return moment - min(span.end, moment) < longest


def coverage_of(sitting: IssueSitting) -> Coverage:
    """Return the footnote: how many rows, seen how, and until when."""
    question, shape, span = sitting.question, sitting.shape, sitting.span
    signal = ""
    if isinstance(shape, Clocked | Portion) and shape.signal:
        channels = {it.channel for it in sitting.rows if span.holds(it.end)}
        signal = sitting.desks.say_signal(channels & set(sitting.desks.channels))
    runs = sitting.moment < span.end
    return Coverage(
        sample=any(it.format == SAMPLE for it in sitting.around.imports),
        days=question.period.days,
        held=question.period.days,
        unit=f"{shape.noun}s",
        rows=sitting.outcome.n,
        zones=(sitting.around.zone,),
        basis=say_basis(shape, question.options, signal, runs=runs),
        until=f"{sitting.local_now:%H:%M}" if runs else "",
    )


def receipt_of(sitting: IssueSitting) -> Receipt:
    options, outcome = sitting.question.options, sitting.outcome
    return Receipt(
        formula=formula_of(sitting.titled[0], sitting.shape, options),
        meaning=meaning_of(sitting.entry),
        components=tuple(Component(name, value) for name, value in outcome.parts),
        lines=(*outcome.lines, *say_rules(sitting.shape, options)),
    )


def other_view(sitting: IssueSitting) -> tuple[tuple[str, str], ...]:
    """Return the button of the other view of a duration: what ended, or what began."""
    question, shape = sitting.question, sitting.shape
    if question.by or not isinstance(shape, Clocked) or not shape.cohort:
        return ()
    held = set(question.options)
    label = say_declared(shape.view if "cohort" in held else shape.cohort.partition(",")[0])
    other = replace(question, options=in_order(held ^ {"cohort"}))
    return ((label[:1].upper() + label[1:], repeat(other, sitting.around.directory)),)
