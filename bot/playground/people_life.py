"""What becomes of people and user groups, told by user_change, team_join and subteam_* (§3)."""

from __future__ import annotations

from collections.abc import Iterable

from bot.playground.changes import Change
from bot.playground.workspace import Workspace
from bot.playground.world import Json, Member, UserGroup


def deactivate(space: Workspace, member: Member) -> None:
    """End somebody's account: out of every channel and group, `deleted` in users.info."""
    member.deleted = True
    for channel in space.channels.values():
        if member.id in channel.members and not channel.im_with:
            channel.members.remove(member.id)
    for group in space.groups.values():
        if member.id in group.users:
            set_members(space, group, [each for each in group.users if each != member.id])
    tell_user(space, member)


def reactivate(space: Workspace, member: Member) -> None:
    """Give an account back; the channels do not come back with it."""
    member.deleted = False
    tell_user(space, member)


def tell_user(space: Workspace, member: Member) -> None:
    """Say that a person's account or profile changed."""
    _tell_of(space, "user_change", member)


def welcome(space: Workspace, member: Member) -> None:
    """Add a person to the workspace, or somebody of another company to those known here."""
    space.members[member.id] = member
    if member.team == space.seed.team.id:
        space.direct_message(member.id)
        _tell_of(space, "team_join", member)
    space.changes.tell(Change("channels"))


def _tell_of(space: Workspace, kind: str, member: Member) -> None:
    now = space.clock.mint_ts()
    event: Json = {
        "type": kind,
        "user": member.as_json(locale=True),
        "cache_ts": int(space.clock.now()),
        "event_ts": now,
    }
    space.changes.tell(Change("channels"))
    space.send_event(event, None, member.id)


def set_group(space: Workspace, handle: str, users: Iterable[str]) -> UserGroup:
    """Make a user group, or change its members."""
    group = space.find_group(handle)
    if group is not None:
        set_members(space, group, list(users))
        return group
    handle = handle.removeprefix("@").lower()
    born = int(space.clock.now())
    group = UserGroup(space.new_id("S"), handle, handle.title(), list(users), born, born)
    space.groups[group.id] = group
    _tell_group(space, "subteam_created", group)
    return group


def set_members(space: Workspace, group: UserGroup, users: list[str]) -> None:
    """Change who is in a group; counts come as text, as Slack sends them."""
    before, last = group.users, group.updated
    group.users, group.updated = users, int(space.clock.now())
    added = [each for each in users if each not in before]
    removed = [each for each in before if each not in users]
    if not added and not removed:
        return
    event: Json = {
        "type": "subteam_members_changed",
        "subteam_id": group.id,
        "team_id": space.seed.team.id,
        "date_previous_update": last,
        "date_update": group.updated,
        "added_users": added,
        "added_users_count": str(len(added)),
        "removed_users": removed,
        "removed_users_count": str(len(removed)),
        "event_ts": space.clock.mint_ts(),
    }
    space.send_event(event, None, None)
    _tell_group(space, "subteam_updated", group)


def _tell_group(space: Workspace, kind: str, group: UserGroup) -> None:
    shown = group.as_json(space.seed.team.id, users=True)
    event: Json = {"type": kind, "subteam": shown, "event_ts": space.clock.mint_ts()}
    space.send_event(event, None, None)
