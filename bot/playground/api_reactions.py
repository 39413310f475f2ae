"""reactions.*: marks of the bot itself, and reading everybody's (slack-platform §3)."""

from __future__ import annotations

import re

from bot.playground.api_access import joined_channel, known_message
from bot.playground.arguments import Args
from bot.playground.message_shapes import message_json, reactions_json
from bot.playground.messages import mark
from bot.playground.refusals import Refusal
from bot.playground.workspace import Workspace
from bot.playground.world import Json, Message

EMOJI = re.compile(r"^[a-z0-9_+'-]+(::skin-tone-[2-6])?$")


async def add_reaction(space: Workspace, args: Args) -> Json:
    """reactions.add; `already_reacted` is a success for most callers (§3)."""
    message = _target(space, args)
    _check_open(space, message)
    if not mark(space, message, space.seed.bot_user, _emoji(args), add=True):
        raise Refusal("already_reacted")
    return {"ok": True}


async def remove_reaction(space: Workspace, args: Args) -> Json:
    """reactions.remove: the bot takes away its own, never anybody else's."""
    message = _target(space, args)
    _check_open(space, message)
    if not mark(space, message, space.seed.bot_user, _emoji(args), add=False):
        raise Refusal("no_reaction")
    return {"ok": True}


async def get_reactions(space: Workspace, args: Args) -> Json:
    """reactions.get of a message: all who reacted only with `full`; never when they did."""
    message = _target(space, args)
    shown = message_json(space, message)
    if message.reactions and args.flag("full"):
        shown["reactions"] = reactions_json(message)
    return {"ok": True, "type": "message", "channel": message.channel, "message": shown}


def _target(space: Workspace, args: Args) -> Message:
    channel = joined_channel(space, args.need("channel"))
    return known_message(space, channel, args.need("timestamp"))


def _check_open(space: Workspace, message: Message) -> None:
    if space.channels[message.channel].is_archived:
        raise Refusal("is_archived")
    if message.is_tombstone:
        raise Refusal("message_not_found")


def _emoji(args: Args) -> str:
    name = args.need("name").strip(":")
    if not EMOJI.match(name):
        raise Refusal("invalid_name")
    return name
