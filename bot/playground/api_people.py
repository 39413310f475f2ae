"""auth.test, users.* and team.info (slack-platform §3, §7)."""

from __future__ import annotations

from bot.playground.api_conversations import paginate
from bot.playground.arguments import Args
from bot.playground.refusals import Refusal
from bot.playground.workspace import Workspace
from bot.playground.world import Json, Member


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
    """users.info; a stranger is seen while a channel is shared with their company."""
    member = space.members.get(args.need("user"))
    if member is None:
        raise Refusal("user_not_found")
    if member.is_stranger and not any(member.id in c.members for c in space.channels.values()):
        raise Refusal("user_not_visible")
    return {"ok": True, "user": _shown(space, member, args)}


async def user_list(space: Workspace, args: Args) -> Json:
    """users.list."""
    page, rest = paginate(list(space.members.values()), args, 1000, 1000)
    shown = [_shown(space, each, args) for each in page]
    return {"ok": True, "members": shown, "cache_ts": int(space.clock.now())} | rest


def _shown(space: Workspace, member: Member, args: Args) -> Json:
    email = "users:read.email" in space.seed.scopes
    return member.as_json(locale=args.flag("include_locale"), email=email)
