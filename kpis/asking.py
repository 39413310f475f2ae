"""Words in, reply out: what every surface calls, in one connection and one moment."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from kpis.answer import answer
from kpis.answers import Absent, Answer, Value
from kpis.audit.holding import held_back
from kpis.catalogue import Service
from kpis.explain import explain
from kpis.help_words import guide_lines, help_lines, list_lines, more_lines
from kpis.hints import hints_for
from kpis.parsing import parse, repeat
from kpis.periods import say_days
from kpis.question import Guide, Help, Listing, Period, Question
from kpis.surroundings import Surroundings, look_around
from kpis.tongue import say, spoken
from storage.database import Database

KEEPING = Lock()
MOST_KEPT = 64
"""Answers kept for a workspace."""


@dataclass(frozen=True)
class Answers:
    """One to four answers, or the overview."""

    answers: tuple[Answer, ...]
    notes: tuple[str, ...] = ()
    """What was read into the words: “Read “reech” as reach”."""
    private: bool = False


@dataclass(frozen=True)
class Words:
    """Help, the list or the guide; ``choices`` are buttons: label and what it asks."""

    text: str
    choices: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


Reply = Answers | Words


def ask(
    text: str,
    *,
    database: Database,
    workspace: int,
    now: datetime,
    explained: bool = False,
    asker: str = "",
    hidden: frozenset[str] = frozenset(),
) -> Reply:
    """Return the reply to a person's words; ``explained`` completes the receipts, for *How?*.

    ``now`` is aware; ``asker`` is who asks, for their own figures; ``hidden`` are Slack channels
    that those who read the reply may not see into: they are left out as if nobody tracked them.
    Raises ``KepiError`` with one line that says what would work.
    """
    with database.read() as connection:
        around = look_around(database, connection, workspace).without(hidden)
        today = now.astimezone(ZoneInfo(around.zone)).date()
        request = parse(text, today, around.directory)
        if isinstance(request, Help) and request.more:
            return Words("\n".join(more_lines()), choices=help_choices())
        if isinstance(request, Help):
            return Words("\n".join(help_lines(around, today.year)), choices=help_choices())
        if isinstance(request, Listing):
            return Words("\n".join(list_lines()))
        if isinstance(request, Guide):
            lines = guide_lines(request.key, around.directory)
            return Words("\n".join(lines), notes=request.notes)
        answers = tuple(
            work_out(it, connection, around, now, explained=explained, asker=asker)
            for it in request.questions
        )
        if len(answers) > 1 and all(isinstance(it.main.value, Absent) for it in answers):
            answers = answers[:1]
        elif len(answers) > 1:
            answers = tuple(replace(it, hints=()) for it in answers)
        return Answers(answers, request.notes, request.private)


def work_out(
    question: Question,
    connection: Connection,
    around: Surroundings,
    now: datetime,
    *,
    explained: bool = False,
    asker: str = "",
) -> Answer:
    """Return one answer with the words that give it again, as it was known at ``now``."""
    question = fit(question, around)
    if isinstance(around.entry(question.kpi), Service):
        found = answer(question, connection, around, now, asker)  # a moment later it is another
    else:
        found = keep(question, connection, around)
    if explained:
        found = explain(found, connection, around)
    moment = question.as_of or up_to_the_second(now)
    again = repeat(replace(found.question, as_of=moment), around.directory)
    return replace(found, receipt=replace(found.receipt, repeat=again))


def fit(question: Question, around: Surroundings) -> Question:
    """Return the question without what its KPI does not take: a form may change the KPI alone."""
    taken = around.directory.options.get(question.kpi)
    if taken is not None:
        kept = tuple(it for it in question.options if it in taken)
        return question if kept == question.options else replace(question, options=kept)
    if question.options or question.scope.channels:
        question = replace(question, options=(), scope=replace(question.scope, channels=()))
    if question.period.end > question.today:  # only issues are told up to now
        last = question.today - timedelta(days=1)
        start = min(question.period.start, last)
        said = say_days(start, question.today, question.today.year)
        question = replace(question, period=Period(start, question.today, said))
    return question


def keep(question: Question, connection: Connection, around: Surroundings) -> Answer:
    """Return the answer, worked out once as long as nothing that it stands on changes."""
    key = question, spoken()
    if (held := around.answers.get(key)) is not None:
        return held
    found = answer(question, connection, around)
    if why := held_back(connection, around.workspace).why(question, around):
        found = replace(found, notes=(why, *found.notes))
    if isinstance(found.main.value, Value):
        found = replace(found, hints=hints_for(found, connection, around))
    with KEEPING:  # several threads answer at once
        while len(around.answers) >= MOST_KEPT:
            around.answers.pop(next(iter(around.answers)))
        around.answers[key] = found
    return found


def up_to_the_second(now: datetime) -> datetime:
    """Return the whole second that ends at or after ``now``: short to read, and nothing is lost."""
    whole = now.replace(microsecond=0)
    return whole if whole == now else whole + timedelta(seconds=1)


def help_choices() -> tuple[tuple[str, str], ...]:
    return (say("All KPIs"), "list"), (say("Set up"), "start")
