"""conversations.* and users.conversations (slack-platform §3, §12)."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TypeVar

from bot.playground.api_access import (
    SCOPE_FAMILY,
    need_scope,
    readable_channel,
)
from bot.playground.arguments import Args
from bot.playground.membership import enter
from bot.playground.refusals import Refusal
from bot.playground.workspace import Workspace
from bot.playground.world import Channel, Json

Item = TypeVar("Item")
KINDS = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}


async def info(space: Workspace, args: Args) -> Json:
    """conversations.info."""
    channel = readable_channel(space, args.need("channel"))
    need_scope(space, "read", channel.kind)
    shown = channel.as_json(space.seed.bot_user)
    if not args.flag("include_num_members"):
        shown.pop("num_members", None)
    if channel.is_ext_shared:
        teams = {space.members[each].team for each in channel.members} | {*channel.connected}
        shown["shared_team_ids"] = sorted(teams)
        shown["connected_team_ids"] = sorted(teams - {space.seed.team.id})
    return {"ok": True, "channel": shown}


async def list_all(space: Workspace, args: Args) -> Json:
    """conversations.list: all public ones, and the private ones the bot is in."""
    bot = space.seed.bot_user
    seen = [c for c in _of_kinds(space, args) if c.kind == "channel" or bot in c.members]
    page, rest = paginate(seen, args, 100, 1000)
    return {"ok": True, "channels": [each.as_json(bot) for each in page]} | rest


async def list_mine(space: Workspace, args: Args) -> Json:
    """users.conversations: those the bot is in."""
    bot = space.seed.bot_user
    mine = [c for c in _of_kinds(space, args) if bot in c.members]
    page, rest = paginate(mine, args, 100, 999)
    shown = [each.as_json(bot) for each in page]
    for each in shown:
        each.pop("is_member", None)
        each.pop("num_members", None)
    return {"ok": True, "channels": shown} | rest


def _of_kinds(space: Workspace, args: Args) -> list[Channel]:
    wanted = (args.text("types") or "public_channel").split(",")
    try:
        kinds = {KINDS[each.strip()] for each in wanted}
    except KeyError:
        raise Refusal("invalid_types") from None
    for kind in sorted(kinds & set(SCOPE_FAMILY)):
        need_scope(space, "read", kind)
    archived = not args.flag("exclude_archived")
    return [
        c for c in space.channels.values() if c.kind in kinds and (archived or not c.is_archived)
    ]


async def members(space: Workspace, args: Args) -> Json:
    """conversations.members."""
    channel = readable_channel(space, args.need("channel"))
    need_scope(space, "read", channel.kind)
    page, rest = paginate(channel.members, args, 100, 1000)
    return {"ok": True, "members": list(page)} | rest


async def open_direct(space: Workspace, args: Args) -> Json:
    """conversations.open with one user; group messages are not modelled."""
    users = [each for each in (args.text("users") or "").split(",") if each]
    if not users and args.text("channel"):
        return {"ok": True, "channel": {"id": readable_channel(space, args.need("channel")).id}}
    if len(users) != 1:
        raise Refusal("users_list_not_supplied" if not users else "not_enough_users")
    member = space.members.get(users[0])
    if member is None:
        raise Refusal("user_not_found")
    if member.is_bot:
        raise Refusal("cannot_dm_bot")
    if member.is_stranger:
        raise Refusal("user_not_visible")
    channel = space.direct_message(member.id)
    shown = channel.as_json(space.seed.bot_user) if args.flag("return_im") else {"id": channel.id}
    return {"ok": True, "channel": shown}


async def join(space: Workspace, args: Args) -> Json:
    """conversations.join: public channels only."""
    channel = readable_channel(space, args.need("channel"))
    if channel.kind != "channel":
        raise Refusal("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise Refusal("is_archived")
    answer: Json = {"ok": True}
    if not enter(space, channel, space.seed.bot_user):
        answer["warning"] = "already_in_channel"
    return answer | {"channel": channel.as_json(space.seed.bot_user)}


def paginate(
    items: Sequence[Item], args: Args, default: int, most: int, fewer: int | None = None
) -> tuple[Sequence[Item], Json]:
    """Return one page, and the next_cursor if more follows; never more than `fewer` items."""
    limit = args.whole("limit", default)
    if not 1 <= limit <= most:
        raise Refusal("invalid_limit")
    limit = min(limit, fewer or limit)
    start = 0
    if cursor := args.text("cursor"):
        try:
            start = int(base64.b64decode(cursor).decode().removeprefix("next:"))
        except ValueError:
            raise Refusal("invalid_cursor") from None
    page = items[start : start + limit]
    if start + limit >= len(items):
        return page, {}
    following = base64.b64encode(f"next:{start + limit}".encode()).decode()
    return page, {"response_metadata": {"next_cursor": following}}
