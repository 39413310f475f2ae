"""How was the help? Asked of the customer in private, after the solution (support-spec §9.5).

Only a person with a Slack account is asked, once for an issue and once in seven days; never
customers behind a relay, and never in a channel that is shared with another company. Nothing is
asked until an admin turns ratings on.
"""

from __future__ import annotations

import logging
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from slack_bolt.async_app import AsyncApp

from commands.asker import tell_blocks
from commands.blocks import Block, actions, button, escape, section
from commands.calls import FAULTS, repeat
from commands.context import Context
from commands.pressed import Pressed, number_of, on_press
from commands.saying import say
from commands.support import wording
from commands.support.line_words import slack_id
from commands.tongues import in_own_language, language_of_person
from storage.errors import KepiError
from support.outcome import Change, Outcome
from support.reading import excerpt
from support.rules import RATINGS, Mode
from support.timeline import LIVE, State

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.issues import IssueRow

log = logging.getLogger(__name__)

DELAY = timedelta(minutes=30)
NEWS = timedelta(days=1)
"""Nobody is asked about what was solved longer ago."""
REST = timedelta(days=7)
"""A customer is left alone for so long after a question."""
VALIDITY = timedelta(days=7)
SCORES = range(1, 6)

QUESTION = "How was the help with {what}? 1 is poor, 5 is great. Only you see this."
QUESTION_OF_NONE = "How was the help with your request? 1 is poor, 5 is great. Only you see this."
THANKS = "Thank you: {score} of 5."
NOT_YOURS = "Only the customer who was asked can rate this."
TOO_LATE = "This question was open for seven days. Thank you all the same."
OPEN_AGAIN = "This was opened again after the question, so it cannot be rated here now."


class Request(NamedTuple):
    """A question that is due."""

    issue: int
    channel: str
    root: str
    customer: str
    """``slack:U…``."""
    words: str
    """The first words of the message that it is about, while they are kept.

    Not a title: that is the team's own.
    """


# --- asking


async def ask_customers(context: Context) -> None:
    """Ask the customers of what was solved a while ago, and stayed so."""
    workspace, now = context.home.workspace, context.clock()
    for request in await context.read(read_requests, workspace, now):
        if await context.write(note_request, workspace, request, now):
            await ask(context, request)


def read_requests(connection: Connection, workspace: int, now: datetime) -> list[Request]:
    """Return the questions that are due, the oldest solution first."""
    from storage import issues, ratings, support_notes

    if not support_notes.chosen(connection, workspace, RATINGS, False):
        return []
    found = []
    for issue in ratings.to_ask(connection, workspace, now - NEWS, now - DELAY):
        row = issues.by_id(connection, workspace, issue)
        if row is not None and may_ask(connection, workspace, row, now):
            words = support_notes.excerpt_of(connection, workspace, row.channel, row.opening)
            found.append(Request(row.id, row.channel, row.root, row.customer, words))
    return found


def may_ask(connection: Connection, workspace: int, row: IssueRow, now: datetime) -> bool:
    """Say whether a question may be put in the issue's channel, and to its customer."""
    from storage import desks
    from support.rulebook import read_book

    desk = desks.find(connection, workspace, row.channel)
    if desk is None or desk.gone is not None or desk.catching_up:
        return False
    rules = read_book(connection, workspace, row.channel).latest
    if rules.is_shared or rules.mode is Mode.OFF:
        return False
    return is_rested(connection, workspace, row.customer, now)


def is_rested(connection: Connection, workspace: int, customer: str, now: datetime) -> bool:
    """Say whether a customer was asked nothing lately."""
    from storage import ratings

    last = ratings.last_asked(connection, workspace, customer)
    return last is None or last + REST <= now


def note_request(connection: Connection, workspace: int, request: Request, now: datetime) -> bool:
    """Write down that the customer is asked, before it is done: a crash costs the question alone.

    Says whether it is to be asked: of two issues of one customer only the first is.
    """
    from storage import ratings
    from storage.workspaces import mark_changed

    issue, customer = request.issue, request.customer
    if not is_rested(connection, workspace, customer, now):
        return False
    mark_changed(connection, workspace)
    return ratings.ask_rating(connection, workspace, issue, customer, now)


async def ask(context: Context, request: Request) -> None:
    """Put the question in the thread, for the customer alone; one who left is not run after."""
    from kpis.tongue import speaking

    customer = slack_id(request.customer)
    with speaking(await language_of_person(context, customer)):
        blocks = compose(request)
    try:
        await repeat(
            lambda: context.client.chat_postEphemeral(
                channel=request.channel,
                user=customer,
                thread_ts=request.root,
                text=blocks[0]["text"]["text"],
                blocks=blocks,
            )
        )
    except FAULTS as fault:
        why = repr(fault)[:200]
        log.info("a customer was not asked", extra={"issue": request.issue, "why": why})


def compose(request: Request) -> list[Block]:
    """Return the question with a button for each score."""
    words = excerpt(request.words, 60)
    asked = say(QUESTION, what=f"“{escape(words)}”") if words else say(QUESTION_OF_NONE)
    row = [button(str(it), f"csat:{it}:{request.issue}", f"{it}|{request.issue}") for it in SCORES]
    return [section(asked), actions(row)]


# --- answers


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, re.compile("^csat:"), in_own_language(answer))


async def answer(context: Context, pressed: Pressed) -> None:
    """Keep a score, and thank in the place of the question.

    Raises ``KepiError`` with why it does not count.
    """
    score, issue = (number_of(it) for it in pressed.value.partition("|")[::2])
    if score not in SCORES:
        raise KepiError(wording.OLD_BUTTON)
    given = Given(issue, score, pressed.asker.user)
    await context.write(keep, context.home.workspace, given, context.clock())
    words = say(THANKS, score=score)
    await tell_blocks(context, pressed.asker, words, [section(words)], replace=True)


class Given(NamedTuple):
    """A score that somebody pressed."""

    issue: int
    score: int
    user: str


def keep(connection: Connection, workspace: int, given: Given, now: datetime) -> None:
    """Store a score; raises ``KepiError`` where it does not count."""
    from storage import issues, ratings
    from storage.workspaces import mark_changed

    mark_changed(connection, workspace)  # first: two presses, or a press and a reopening, in turn
    held = ratings.rating_of(connection, workspace, given.issue)
    row = issues.by_id(connection, workspace, given.issue)
    if held is None or held.asked is None or row is None:
        raise KepiError(wording.OLD_BUTTON)
    if slack_id(held.customer) != given.user:
        raise KepiError(NOT_YOURS)
    if held.asked + VALIDITY < now:
        raise KepiError(TOO_LATE)
    if held.invalid or (held.score is None and row.state in LIVE):
        raise KepiError(OPEN_AGAIN)
    ratings.rate(connection, workspace, given.issue, given.score, now, held.customer)


# --- reopening


async def withdraw(context: Context, outcome: Outcome) -> None:
    """Let questions about what was opened again count no longer; a given rating stays."""
    for change in outcome.changes:
        if is_reopened(change):
            await context.write(forget_request, context.home.workspace, change.issue)


def is_reopened(change: Change) -> bool:
    """Say whether a solution was taken back, though another may stand already."""
    before, after = change.before, change.after
    if before is None or before.state is not State.RESOLVED:
        return False
    return after.is_live or len(after.spells) > len(before.spells)


def forget_request(connection: Connection, workspace: int, issue: int) -> None:
    from storage import ratings
    from storage.workspaces import mark_changed

    mark_changed(connection, workspace)
    ratings.invalidate_rating(connection, workspace, issue)
