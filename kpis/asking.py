"""Words in, reply out: what every surface calls, in one connection and one moment."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from kpis.answer import answer
from kpis.answers import Absent, Answer, Value
from kpis.explain import explain
from kpis.hints import hints_for
from kpis.parsing import parse, repeat
from kpis.question import Guide, Help, Listing, Question
from kpis.surroundings import Surroundings, look_around
from kpis.wording import guide_lines, help_lines, list_lines
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
    text: str, *, database: Database, workspace: int, now: datetime, explained: bool = False
) -> Reply:
    """Return the reply to a person's words; ``explained`` completes the receipts, for *How?*.

    ``now`` is aware. Raises ``KepiError`` with one line that says what would work.
    """
    with database.read() as connection:
        around = look_around(database, connection, workspace)
        today = now.astimezone(ZoneInfo(around.zone)).date()
        request = parse(text, today, around.directory)
        if isinstance(request, Help):
            return Words("\n".join(help_lines(around)), choices=help_choices(around))
        if isinstance(request, Listing):
            return Words("\n".join(list_lines()))
        if isinstance(request, Guide):
            lines = guide_lines(request.key, around.directory)
            return Words("\n".join(lines), notes=request.notes)
        answers = tuple(
            work_out(it, connection, around, now, explained=explained) for it in request.questions
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
) -> Answer:
    """Return one answer with the words that give it again, as it was known at ``now``."""
    found = keep(question, connection, around)
    if explained:
        found = explain(found, connection, around)
    moment = question.as_of or up_to_the_second(now)
    again = repeat(replace(question, as_of=moment), around.directory)
    return replace(found, receipt=replace(found.receipt, repeat=again))


def keep(question: Question, connection: Connection, around: Surroundings) -> Answer:
    """Return the answer, worked out once as long as nothing that it stands on changes."""
    if (held := around.answers.get(question)) is not None:
        return held
    found = answer(question, connection, around)
    if isinstance(found.main.value, Value):
        found = replace(found, hints=hints_for(found, connection, around))
    with KEEPING:  # several threads answer at once
        while len(around.answers) >= MOST_KEPT:
            around.answers.pop(next(iter(around.answers)))
        around.answers[question] = found
    return found


def up_to_the_second(now: datetime) -> datetime:
    """Return the whole second that ends at or after ``now``: short to read, and nothing is lost."""
    whole = now.replace(microsecond=0)
    return whole if whole == now else whole + timedelta(seconds=1)


def help_choices(around: Surroundings) -> tuple[tuple[str, str], ...]:
    choices = (("All KPIs", "list"),)
    return (("Overview", "all"), *choices) if around.imports else choices
