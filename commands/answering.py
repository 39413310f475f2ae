"""Asking the engine from Slack: words in, a reply out, in one thread hop.

The engine is loaded when the first question comes or the bot has connected, not at the start.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands import wording
from commands.context import Context
from commands.names import name_people
from commands.recall import Recall
from commands.who_sees import Readers, channels_of_issues, hidden_among, hidden_from, refuse_guests
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.asking import Answers, Reply
    from kpis.question import Question
    from kpis.surroundings import Surroundings

Revise = Callable[["Question", "Surroundings"], "Question"]


async def ask(context: Context, words: str, user: str) -> Reply:
    """Return what Kepi says to somebody alone; raises ``KepiError`` with what would work."""
    return await ask_for(context, words, Readers(user))


async def ask_for(context: Context, words: str, readers: Readers) -> Reply:
    """Return what Kepi says where ``readers`` see it."""
    reply = await asyncio.to_thread(ask_without_issues, context, words, readers.user)
    if isinstance(reply, frozenset):
        hidden = await hidden_among(context, readers, reply)
        reply = await asyncio.to_thread(ask_engine, context, words, readers.user, hidden)
    await refuse_guests(context, readers.user, reply)
    return await name_people(context, reply)


async def recall_reply(context: Context, recall: Recall, readers: Readers) -> Answers:
    """Return the reply that buttons remember, as it was known when it was given, with receipts."""
    hidden = await hidden_from(context, readers)
    return await name_people(
        context, await asyncio.to_thread(answer_again, context, recall, hidden)
    )


async def ask_revised(
    context: Context, recall: Recall, revise: Revise, readers: Readers
) -> Answers:
    """Ask the first question of ``recall`` as ``revise`` changes it, with what is known now."""
    hidden = await hidden_from(context, readers)
    reply = await asyncio.to_thread(answer_revised, context, recall, revise, hidden)
    return await name_people(context, reply)


def remember(reply: Answers, user: str) -> Recall:
    """Return what the buttons under ``reply`` have to remember."""
    return Recall(user, tuple(answer.receipt.repeat for answer in reply.answers))


def ask_without_issues(context: Context, words: str, user: str) -> Reply | frozenset[str]:
    """Return the reply, in the same hop; or the channels that hold issues, where there are any."""
    with context.database.read() as connection:
        held = channels_of_issues(connection, context.home.workspace)
    return held or ask_engine(context, words, user, held)


def ask_engine(
    context: Context, words: str, user: str, hidden: frozenset[str], *, explained: bool = False
) -> Reply:
    from kpis import asking

    return asking.ask(
        words,
        database=context.database,
        workspace=context.home.workspace,
        now=context.clock(),
        explained=explained,
        asker=user,
        hidden=hidden,
    )


def answer_again(context: Context, recall: Recall, hidden: frozenset[str]) -> Answers:
    from kpis.asking import Answers

    replies = [ask_engine(context, it, recall.user, hidden, explained=True) for it in recall.words]
    answers = [it for reply in replies if isinstance(reply, Answers) for it in reply.answers]
    if not answers:
        raise KepiError(wording.OLD_BUTTON)
    return Answers(tuple(answers))


def answer_revised(
    context: Context, recall: Recall, revise: Revise, hidden: frozenset[str]
) -> Answers:
    from kpis.asking import Answers, work_out

    with context.database.read() as connection:
        question, around = look_again(context, connection, recall, hidden)
        revised = revise(replace(question, as_of=None), around)
        found = work_out(revised, connection, around, context.clock(), asker=recall.user)
        return Answers((found,))


def look_again(
    context: Context, connection: Connection, recall: Recall, hidden: frozenset[str]
) -> tuple[Question, Surroundings]:
    """Return the first question of ``recall``, and what can be asked in this workspace."""
    from kpis.parsing import parse
    from kpis.question import Asked
    from kpis.surroundings import look_around

    around = look_around(context.database, connection, context.home.workspace).without(hidden)
    today = context.clock().astimezone(ZoneInfo(around.zone)).date()
    request = parse(recall.words[0], today, around.directory)
    if not isinstance(request, Asked):
        raise KepiError(wording.OLD_BUTTON)
    return request.questions[0], around
