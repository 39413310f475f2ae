"""auth.test, users.*, team.info and reactions.* (slack-platform §3, §7)."""

from __future__ import annotations

import re

from bot.playground.api_access import joined_channel, known_message
from bot.playground.api_conversations import paginate
from bot.playground.arguments import Args
from bot.playground.messages import mark, message_json
from bot.playground.refusals import Refusal
from bot.playground.workspace import Workspace
from bot.playground.world import Json, Member, Message

EMOJI = re.compile(r"^[a-z0-9_+'-]+(::skin-tone-[2-6])?$")


async def auth_test(space: Workspace, args: Args) -> Json:
    """auth.test: who this token is."""
    seed = space.seed
    return {
        "ok": True,
        "url": f"https://{seed.team.domain}.slack.com/",
        "team": seed.team.name,
        "user": space.bot.name,
        "team_id": seed.team.id,
        "user_id": seed.bot_user,
        "bot_id": seed.bot_id,
        "is_enterprise_install": False,
    }


async def team_info(space: Workspace, args: Args) -> Json:
    """team.info of this workspace, or of a company connected to it."""
    team = space.teams.get(args.text("team") or space.seed.team.id)
    if team is None:
        raise Refusal("team_not_found")
    return {"ok": True, "team": team.as_json()}


async def user_info(space: Workspace, args: Args) -> Json:
    """users.info."""
    member = space.members.get(args.need("user"))
    if member is None:
        raise Refusal("user_not_found")
    return {"ok": True, "user": _shown(space, member, args)}


async def user_list(space: Workspace, args: Args) -> Json:
    """users.list."""
    page, rest = paginate(list(space.members.values()), args, 1000, 1000)
    shown = [_shown(space, each, args) for each in page]
    return {"ok": True, "members": shown, "cache_ts": int(space.clock.now())} | rest


def _shown(space: Workspace, member: Member, args: Args) -> Json:
    email = "users:read.email" in space.seed.scopes
    return member.as_json(locale=args.flag("include_locale"), email=email)


async def add_reaction(space: Workspace, args: Args) -> Json:
    """reactions.add; `already_reacted` is a success for most callers (§3)."""
    message = _target(space, args)
    if not mark(space, message, space.seed.bot_user, _emoji(args), add=True):
        raise Refusal("already_reacted")
    return {"ok": True}


async def remove_reaction(space: Workspace, args: Args) -> Json:
    """reactions.remove."""
    message = _target(space, args)
    if not mark(space, message, space.seed.bot_user, _emoji(args), add=False):
        raise Refusal("no_reaction")
    return {"ok": True}


async def get_reactions(space: Workspace, args: Args) -> Json:
    """reactions.get of a message."""
    message = _target(space, args)
    shown = message_json(space, message)
    return {"ok": True, "type": "message", "channel": message.channel, "message": shown}


def _target(space: Workspace, args: Args) -> Message:
    channel = joined_channel(space, args.need("channel"))
    return known_message(space, channel, args.need("timestamp"))


def _emoji(args: Args) -> str:
    name = args.need("name").strip(":")
    if not EMOJI.match(name):
        raise Refusal("invalid_name")
    return name
