"""Joining and leaving a channel, as people and the bot are told of it (slack-platform §3)."""

from __future__ import annotations

from bot.playground.changes import Change
from bot.playground.messages import add_message
from bot.playground.workspace import Workspace
from bot.playground.world import Channel, Json, Message


def enter(space: Workspace, channel: Channel, user: str, inviter: str | None = None) -> bool:
    """Let `user` join; return False if already in. Posts Slack's own line and tells the bot."""
    if user in channel.members:
        return False
    channel.members.append(user)
    space.changes.tell(Change("channels", channel.id))
    event = _moved(space, "member_joined_channel", channel, user)
    if inviter:
        event["inviter"] = inviter
    space.send_event(event, channel, user)
    say_itself(space, channel, user, "join", "has joined the channel")
    return True


def leave(space: Workspace, channel: Channel, user: str, remover: str | None = None) -> bool:
    """Take `user` out; return False if not in. The bot is told of its own removal, then no more.

    Its own is also `channel_left` (`group_left` of a private channel).
    """
    if user not in channel.members:
        return False
    space.send_event(_moved(space, "member_left_channel", channel, user), channel, user)
    if user == space.seed.bot_user:
        left: Json = {
            "type": f"{channel.kind}_left",
            "channel": channel.id,
            "actor_id": remover or user,
            "event_ts": space.clock.mint_ts(),
        }
        space.send_event(left, channel, user)
    channel.members.remove(user)
    space.changes.tell(Change("channels", channel.id))
    say_itself(space, channel, user, "leave", "has left the channel")
    return True


def say_itself(space: Workspace, channel: Channel, user: str, what: str, words: str) -> None:
    """Post Slack's own line about `user`: a message whose subtype says that nobody wrote it."""
    line = Message(
        channel.id,
        space.clock.mint_ts(),
        user,
        f"<@{user}> {words}",
        subtype=f"{channel.kind}_{what}",
    )
    add_message(space, line)


def _moved(space: Workspace, kind: str, channel: Channel, user: str) -> Json:
    return {
        "type": kind,
        "user": user,
        "channel": channel.id,
        "channel_type": "G" if channel.is_private else "C",
        "team": space.members[user].team,
        "event_ts": space.clock.mint_ts(),
    }
