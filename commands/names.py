"""People in an answer, by the names that Slack shows: figures by person come by user id."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, overload

from slack_sdk.errors import SlackApiError

from commands.calls import FAULTS
from commands.context import Context
from commands.saying import say

if TYPE_CHECKING:
    from kpis.answers import Answer
    from kpis.asking import Answers, Reply

USER = re.compile(r"[UW][A-Z0-9]{2,20}")
FORGOTTEN = "gone-"
"""What ids of people begin with who were forgotten (``storage.kept.people.MARK``)."""


@overload
async def name_people(context: Context, reply: Answers) -> Answers: ...
@overload
async def name_people(context: Context, reply: Reply) -> Reply: ...
async def name_people(context: Context, reply: Reply) -> Reply:
    """Return a reply in which the parts of a split by person carry names instead of ids."""
    from kpis.asking import Answers

    if not isinstance(reply, Answers):
        return reply
    return replace(reply, answers=tuple([await name_parts(context, it) for it in reply.answers]))


async def name_parts(context: Context, answer: Answer) -> Answer:
    if answer.question.by != "person":
        return answer
    figures = []
    for figure in answer.breakdown:
        found = USER.fullmatch(figure.name) or figure.name.startswith(FORGOTTEN)
        name = await find_name(context, figure.name) if found else figure.name
        figures.append(replace(figure, name=name))
    return replace(answer, breakdown=tuple(figures))


async def find_name(context: Context, user: str) -> str:
    """Return a person's name; the id of one whom Slack does not tell about."""
    if user.startswith(FORGOTTEN):
        return say("someone who was forgotten")
    try:
        return (await context.people.find(user)).name or user
    except (SlackApiError, *FAULTS):
        return user
