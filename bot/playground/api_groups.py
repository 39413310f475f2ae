"""usergroups.* and bots.info (slack-platform §3)."""

from __future__ import annotations

from bot.playground.arguments import Args
from bot.playground.refusals import Refusal
from bot.playground.workspace import Workspace
from bot.playground.world import Json


async def list_groups(space: Workspace, args: Args) -> Json:
    """usergroups.list; members come only with include_users."""
    shown = [
        each.as_json(
            space.seed.team.id, users=args.flag("include_users"), count=args.flag("include_count")
        )
        for each in space.groups.values()
    ]
    return {"ok": True, "usergroups": shown}


async def list_members(space: Workspace, args: Args) -> Json:
    """usergroups.users.list."""
    group = space.groups.get(args.need("usergroup"))
    if group is None:
        raise Refusal("no_such_subteam")
    return {"ok": True, "users": list(group.users)}


async def bot_info(space: Workspace, args: Args) -> Json:
    """bots.info: which app a `bot_id` belongs to."""
    app = space.apps.get(args.need("bot"))
    if app is None:
        raise Refusal("bot_not_found")
    return {"ok": True, "bot": app.as_json()}
