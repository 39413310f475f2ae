"""What an answer leads on to: *Alert me*, *Set a goal*, *Add to digest*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands import wording
from commands.alerts.command import answer as answer_alert
from commands.answering import look_again
from commands.context import Context
from commands.digests.setup import open_adding
from commands.goals.opening import open_about
from commands.pressed import Pressed
from commands.rights import require_member
from commands.saying import say
from commands.who_sees import hidden_from, readers_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.question import Question


async def alert_me(context: Context, pressed: Pressed) -> None:
    """Open the form of an alert rule about the number of an answer."""
    words = pressed.recall.words[0].partition(" as of ")[0]
    await answer_alert(context, pressed.asker, words, trigger=pressed.trigger)


async def set_goal(context: Context, pressed: Pressed) -> None:
    """Open the form of a goal about the number of an answer."""
    question = await find_question(context, pressed)
    await open_about(context, pressed.asker, pressed.trigger, question)


async def add_to_digest(context: Context, pressed: Pressed) -> None:
    """Open the form of the channel's digest, or of a new one, with the answer's KPI in it."""
    question = await find_question(context, pressed)
    await open_adding(context, pressed.asker, pressed.trigger, question.kpi)


async def find_question(context: Context, pressed: Pressed) -> Question:
    """Return the first question of the answer under which the press was made."""
    await require_member(context, pressed.asker.user, say(wording.GUEST_PRESSES))
    hidden = await hidden_from(context, readers_of(pressed))

    def read(connection: Connection) -> Question:
        return look_again(context, connection, pressed.recall, hidden)[0]

    return await context.read(read)
