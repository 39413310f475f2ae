"""A channel as it is when something happens there: who answers, what its rules and relays are."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from commands.context import Context
from commands.support.people import find_person, own_ids, people_who_answer
from storage.errors import KepiError
from support.entries import Role
from support.relays import Extracted, RelayRule, match, rule_of
from support.roles import Direction, Speaker, role_of
from support.rules import Mode, Rules

if TYPE_CHECKING:
    from sqlalchemy import Connection

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """What decides roles and readings in a channel."""

    channel: str
    is_tracked: bool
    """It has a desk."""
    rules: Rules
    relays: tuple[RelayRule, ...]
    answering: frozenset[str]
    """Members of its responder groups and of its responders' channel."""
    ours: frozenset[str]

    @property
    def opens_by_itself(self) -> bool:
        return self.rules.mode in (Mode.AUTO, Mode.RELAY)


@dataclass(frozen=True)
class Held:
    """What the tables hold about a channel, read at once."""

    is_tracked: bool
    is_set_up: bool
    rules: Rules
    relays: tuple[str, ...]
    others: tuple[Rules, ...]
    """Of the other tracked channels, where this one was never set up."""


async def look(context: Context, channel: str) -> Place:
    """Return a channel as it is now.

    Where nobody set a channel up, those answer who answer anywhere.
    """
    held = await context.read(read_held, context.home.workspace, channel)
    ours = await own_ids(context)
    answering = await people_who_answer(
        context, held.rules.responder_groups, held.rules.responders_channel
    )
    for other in held.others:
        answering |= {*other.responders} | await people_who_answer(
            context, other.responder_groups, other.responders_channel
        )
    relays = tuple(rule for words in held.relays if (rule := read_rule(words)) is not None)
    return Place(channel, held.is_tracked, held.rules, relays, answering, ours)


def read_held(connection: Connection, workspace: int, channel: str) -> Held:
    """Read what is held about a channel."""
    from storage import desks
    from support.rulebook import read_book

    desk = desks.find(connection, workspace, channel)
    is_set_up = bool(desks.rules_of(connection, workspace, channel))
    rules = read_book(connection, workspace, channel).latest
    relays = tuple(it.rule for it in desks.relay_rules(connection, workspace, channel))
    others: tuple[Rules, ...] = ()
    if not is_set_up:
        others = tuple(
            read_book(connection, workspace, it.channel).latest
            for it in desks.all_desks(connection, workspace)
            if it.channel != channel
        )
    return Held(desk is not None, is_set_up, rules, relays, others)


@lru_cache(maxsize=256)
def read_rule(words: str) -> RelayRule | None:
    """Return a stored rule; one that cannot be read any more is left out, and logged."""
    try:
        return rule_of(words)
    except KepiError as fault:
        log.warning("a relay rule cannot be used", extra={"why": fault.english})
        return None


@dataclass(frozen=True)
class Author:
    """Who wrote a message, and what a relay rule read in it."""

    speaker: Speaker
    role: Role
    extracted: Extracted | None = None
    is_strange: bool = False
    """A program that no rule knows."""


async def author_of(context: Context, place: Place, message: Mapping[str, Any]) -> Author:
    """Return the role of a message's author, as things are now (support-spec §2)."""
    speaker = await speaker_of(context, message)
    relayed = match(place.relays, message, place.channel) if speaker.is_program else None
    role = role_of(
        speaker,
        place.rules,
        ours=place.ours,
        team=context.home.team,
        responders=place.answering,
        relay=relayed[0].direction if relayed else None,
    )
    extracted = relayed[1] if relayed and relayed[0].direction is not Direction.IGNORE else None
    strange = speaker.is_program and relayed is None and role is Role.IGNORED
    return Author(speaker, role, extracted, strange)


async def role_now(context: Context, place: Place, user: str, team: str = "") -> Role:
    """Return the role of somebody who reacts, presses or types, as things are now.

    ``team`` is their company's id where the event says it.
    """
    person = await find_person(context, user)
    if team and not person.team:
        person = Speaker(user, team=team, is_stranger=person.is_stranger)
    return role_of(
        person,
        place.rules,
        ours=place.ours,
        team=context.home.team,
        responders=place.answering,
    )


async def speaker_of(context: Context, message: Mapping[str, Any]) -> Speaker:
    """Return who a message is by: what it says itself, and what Slack knows of the person."""
    user, subtype = text_of(message, "user"), text_of(message, "subtype")
    bot, app = text_of(message, "bot_id"), text_of(message, "app_id")
    if bot or subtype == "bot_message" or not user:
        return Speaker(user=user, bot=bot, app=app, is_bot=True, subtype=subtype)
    person = await find_person(context, user)
    told = text_of(message, "user_team") or text_of(message, "source_team")
    return Speaker(
        user=user,
        team=told or person.team,
        is_bot=person.is_bot,
        is_stranger=person.is_stranger,
        is_guest=person.is_guest,
        subtype=subtype,
    )


def text_of(holder: Mapping[str, Any], name: str) -> str:
    """Return a text of a payload; nothing where it is something else."""
    value = holder.get(name)
    return value if isinstance(value, str) else ""
