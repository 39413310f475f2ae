"""What becomes of channels: archived, renamed, shared with a company, given another id (§3).

Each is told to a bot that is in the channel. Calls on a channel are refused afterwards as Slack
refuses them: `is_archived`, `not_in_channel`, `channel_not_found`.
"""

from __future__ import annotations

from bot.playground.changes import Change
from bot.playground.membership import enter, say_itself
from bot.playground.workspace import Workspace
from bot.playground.world import Channel, Json


def archive(space: Workspace, channel: Channel, by: str) -> None:
    """Archive a channel: nobody posts or reacts there any more."""
    if channel.is_archived:
        return
    say_itself(space, channel, by, "archive", "archived the channel")
    channel.is_archived = True
    _tell(space, channel, f"{channel.kind}_archive", by, channel=channel.id, user=by)


def unarchive(space: Workspace, channel: Channel, by: str) -> None:
    """Open an archived channel again; its members are those it had."""
    if not channel.is_archived:
        return
    channel.is_archived = False
    _tell(space, channel, f"{channel.kind}_unarchive", by, channel=channel.id, user=by)
    say_itself(space, channel, by, "unarchive", "un-archived the channel")


def delete(space: Workspace, channel: Channel, by: str) -> None:
    """Delete a channel with all that was said in it."""
    _tell(space, channel, f"{channel.kind}_deleted", by, channel=channel.id, actor_id=by)
    del space.channels[channel.id], space.messages[channel.id]
    for lines in space.private.values():
        lines[:] = [each for each in lines if each.channel != channel.id]
    space.changes.tell(Change("channels", channel.id))


def rename(space: Workspace, channel: Channel, name: str, by: str) -> None:
    """Give a channel another name; its id stays."""
    channel.name = name.removeprefix("#")
    shown = channel.as_json(space.seed.bot_user)
    told = {key: shown[key] for key in ("id", "name", "name_normalized", "created", "is_channel")}
    _tell(space, channel, f"{channel.kind}_rename", by, channel=told)
    say_itself(space, channel, by, "name", f"has renamed the channel to “{channel.name}”")


def change_id(space: Workspace, channel: Channel) -> str:
    """Give a channel another id, as Slack may when it is shared; return the new one."""
    old, new = channel.id, space.new_id("C")
    channel.id = new
    space.channels = {each.id: each for each in space.channels.values()}
    space.messages[new] = space.messages.pop(old)
    for messages in [list(space.messages[new].values()), *space.private.values()]:
        for message in messages:
            if message.channel == old:
                message.channel = new
    for place, root in [each for each in space.threads if each[0] == old]:
        space.threads[new, root] = space.threads.pop((place, root))
    for file in space.files.values():
        if old in file.shares:
            file.shares[new] = file.shares.pop(old)
    _tell(space, channel, "channel_id_changed", None, old_channel_id=old, new_channel_id=new)
    return new


def share(space: Workspace, channel: Channel, team: str) -> None:
    """Share a channel with another company: all of its people that are known here come in."""
    channel.is_ext_shared = True
    if team not in channel.connected:
        channel.connected.append(team)
    _tell(space, channel, "channel_shared", None, channel=channel.id, connected_team_id=team)
    for member in list(space.members.values()):
        if member.team == team and not member.deleted:
            enter(space, channel, member.id)


def unshare(space: Workspace, channel: Channel, team: str) -> None:
    """Take a company out of a channel again, its people with it."""
    channel.connected = [each for each in channel.connected if each != team]
    channel.members = [each for each in channel.members if space.members[each].team != team]
    ours = space.seed.team.id
    channel.is_ext_shared = any(space.members[each].team != ours for each in channel.members)
    _tell(
        space,
        channel,
        "channel_unshared",
        None,
        channel=channel.id,
        previously_connected_team_id=team,
        is_ext_shared=channel.is_ext_shared,
    )


def _tell(space: Workspace, place: Channel, kind: str, by: str | None, /, **more: object) -> None:
    """Send the event of one happening and let the page know."""
    space.changes.tell(Change("channels", place.id))
    event: Json = {"type": kind, **more, "event_ts": space.clock.mint_ts()}
    space.send_event(event, place, by)
