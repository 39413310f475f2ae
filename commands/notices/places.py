"""Where a notice belongs: the team's own channel, the issue's thread, or a person (§10).

Nothing is ever visible to another company: where a channel is shared, or its lines are private,
a notice goes to the team's own channel or to people alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from commands.calls import FAULTS
from commands.context import Context
from commands.support.line_words import slack_id
from commands.support.people import people_who_answer
from commands.support.sight import may_see
from commands.support.target_steps import MANAGER
from commands.who_sees import is_public
from support.rules import Rules

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.desks import DeskRow
    from storage.issues import IssueRow

MOST = 8
"""People who get one notice."""
NAMED = 5


@dataclass(frozen=True)
class Place:
    """Where a notice goes."""

    channel: str
    """Or a person: a direct message."""
    thread: str = ""
    ping: str = ""
    """Whom it is for, as Slack calls them."""
    is_blank: bool = False
    """Its readers may not see into the issue's channel: neither name nor words are told."""


@dataclass(frozen=True)
class Ground:
    """What decides where a notice about a channel goes."""

    channel: str
    desk: DeskRow | None
    issue: IssueRow | None
    rules: Rules
    manager: str
    keeper: str
    """Who set the channel up."""


def read_ground(
    connection: Connection, workspace: int, issue: int | None, channel: str
) -> Ground | None:
    """Return the ground of a notice; nothing where its issue is gone."""
    from storage import desks, issues, support_notes, upkeep
    from support.rulebook import read_book

    row = issues.by_id(connection, workspace, issue) if issue else None
    if issue and row is None:
        return None
    channel = row.channel if row else channel
    keeper = upkeep.who_set_up(connection, workspace, channel)
    chosen = support_notes.chosen(connection, workspace, MANAGER, "")
    return Ground(
        channel,
        desks.find(connection, workspace, channel),
        row,
        read_book(connection, workspace, channel).latest,
        str(chosen or "") or keeper,
        keeper,
    )


async def find_places(
    context: Context, ground: Ground, details: Mapping[str, Any]
) -> tuple[Place, ...]:
    """Return where a notice goes; nowhere where nobody is known who may be told."""
    whom, where = str(details.get("whom") or "assignee"), str(details.get("where") or "thread")
    people = await find_people(context, ground, whom)
    if where == "dm" and people:
        return await to_people(context, ground, people)
    ping = await find_ping(ground, whom)
    team = ground.rules.alerts_channel
    if team and team != ground.channel and not await is_shared(context, team):
        is_blank = await is_public(context, team) and not await is_public(context, ground.channel)
        return (Place(team, ping=ping, is_blank=is_blank),)
    if await may_speak(context, ground):
        return (Place(ground.channel, ground.issue.root if ground.issue else "", ping),)
    return await to_people(context, ground, people or await find_people(context, ground, "manager"))


async def may_speak(context: Context, ground: Ground) -> bool:
    """Say whether a channel's own thread is a place for what concerns the team alone."""
    rules = ground.rules
    if rules.is_shared or rules.lines != "thread":
        return False
    if ground.desk is not None and ground.desk.gone is not None:
        return False
    if await is_shared(context, ground.channel):
        return False
    customer = slack_id(ground.issue.customer) if ground.issue else ""
    return not customer or not await is_outside(context, customer)


async def is_shared(context: Context, channel: str) -> bool:
    """Say whether another company reads a channel; where Slack does not say, it may."""
    try:
        return (await context.channels.find(channel)).is_shared
    except FAULTS:
        return True


async def is_outside(context: Context, user: str) -> bool:
    try:
        return (await context.people.find(user)).is_guest
    except FAULTS:
        return True


async def find_people(context: Context, ground: Ground, whom: str) -> list[str]:
    """Return the people of a step; whose issue nobody has, all who answer."""
    rules, issue = ground.rules, ground.issue
    if whom == "manager":
        return await colleagues(context, [ground.manager])
    if whom == "channel":
        return []
    if issue is None:  # about a channel: whoever set it up
        return await colleagues(context, [ground.keeper or ground.manager])
    if whom == "assignee" and issue.assignee:
        return await colleagues(context, [issue.assignee])
    answering = await people_who_answer(context, rules.responder_groups, "")
    return await colleagues(context, [*rules.responders, *sorted(answering)])


async def colleagues(context: Context, users: Iterable[str]) -> list[str]:
    """Return those of some people who are of this company, some of them at most."""
    wanted = [it for it in dict.fromkeys(users) if it]
    return [it for it in wanted[:MOST] if not await is_outside(context, it)]


async def to_people(context: Context, ground: Ground, people: list[str]) -> tuple[Place, ...]:
    return tuple(
        [
            Place(it, is_blank=not await may_see(context, it, ground.channel))
            for it in dict.fromkeys(people)
        ]
    )


async def find_ping(ground: Ground, whom: str) -> str:
    """Return whom a notice calls in a channel: people and groups, as Slack writes them."""
    if whom == "assignee":
        return f"<@{ground.issue.assignee}>" if ground.issue and ground.issue.assignee else ""
    if whom == "manager":
        return f"<@{ground.manager}>" if ground.manager else ""
    if whom == "channel":
        return ""
    groups = [f"<!subteam^{it}>" for it in ground.rules.responder_groups]
    return " ".join([*groups, *(f"<@{it}>" for it in ground.rules.responders)][:NAMED])
