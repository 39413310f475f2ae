"""What can happen to messages, each told to the bot as an event (slack-platform §3)."""

from __future__ import annotations

import re
import uuid

from bot.playground.changes import Change
from bot.playground.files import file_json
from bot.playground.workspace import Workspace, trim
from bot.playground.world import Channel, Json, Message

MESSAGES_KEPT = 50_000
BARE_URL = re.compile(r"(?<![<|\w])https?://[^\s<>|]+[^\s<>|.,;:!?)\"'\]}]")


def wrap_links(text: str) -> str:
    """Return `text` as Slack gives it back: bare addresses in angle brackets (§5)."""
    return BARE_URL.sub(lambda found: f"<{found.group()}>", text)


def message_json(space: Workspace, message: Message, *, metadata: bool = False) -> Json:
    """Return a message as history and events show it; a bot's has no subtype but `bot_id` (§3)."""
    shown: Json = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    if message.subtype:
        shown["subtype"] = message.subtype
    shown |= _author(space, message)
    if message.blocks:
        shown["blocks"] = message.blocks
    if message.attachments:
        shown["attachments"] = message.attachments
    if message.edited_ts:
        shown["edited"] = {"user": message.user, "ts": message.edited_ts}
    if message.files:
        shown["files"] = [file_json(space, space.files[each]) for each in message.files]
        shown["upload"] = False
    if message.reactions:
        shown["reactions"] = reactions_json(message)
    if metadata and message.metadata:
        shown["metadata"] = message.metadata
    return shown | _thread(space, message)


def reactions_json(message: Message) -> list[Json]:
    """Return the `reactions` list of a message."""
    return [
        {"name": name, "users": list(users), "count": len(users)}
        for name, users in message.reactions.items()
    ]


def _author(space: Workspace, message: Message) -> Json:
    if not message.by_bot:
        author = space.members.get(message.user)
        return {
            "team": author.team if author else space.seed.team.id,
            "client_msg_id": str(uuid.uuid5(uuid.NAMESPACE_OID, message.channel + message.ts)),
        }
    seed = space.seed
    profile = {
        "id": seed.bot_id,
        "app_id": seed.app_id,
        "user_id": seed.bot_user,
        "name": space.bot.real_name,
        "team_id": seed.team.id,
        "deleted": False,
    }
    return {
        "team": seed.team.id,
        "bot_id": seed.bot_id,
        "app_id": seed.app_id,
        "bot_profile": profile,
    }


def _thread(space: Workspace, message: Message) -> Json:
    """Return thread fields: a reply names its parent; a parent carries its own ts and counts."""
    if message.is_reply and message.thread_ts:
        parent = space.find_message(message.channel, message.thread_ts)
        fields: Json = {
            "thread_ts": message.thread_ts,
            "parent_user_id": parent.user if parent else message.user,
        }
        if message.broadcast and parent:
            fields["root"] = message_json(space, parent)
        return fields
    below = replies(space, message)
    if not below:
        return {}
    return {
        "thread_ts": message.ts,
        "reply_count": len(below),
        "reply_users": sorted({each.user for each in below}),
        "reply_users_count": len({each.user for each in below}),
        "latest_reply": below[-1].ts,
    }


def replies(space: Workspace, parent: Message) -> list[Message]:
    """Return the replies under `parent`, oldest first."""
    return [
        each
        for each in space.messages.get(parent.channel, {}).values()
        if each.thread_ts == parent.ts and each.ts != parent.ts
    ]


def add_message(space: Workspace, message: Message) -> Message:
    """Store a message and tell everyone, the bot included (its own posts too)."""
    space.messages[message.channel][message.ts] = message
    trim(space.messages[message.channel], MESSAGES_KEPT)
    space.changes.tell(Change("message", message.channel, message.ts))
    channel = space.channels[message.channel]
    event = message_json(space, message)
    space.send_event(_told(event, channel, message.ts), channel, message.user)
    if not message.by_bot and f"<@{space.seed.bot_user}" in message.text:
        _tell_mention(space, message, channel)
    return message


def _tell_mention(space: Workspace, message: Message, channel: Channel) -> None:
    """Send `app_mention` beside the message event; never in a direct message."""
    if channel.im_with:
        return
    event = message_json(space, message) | {"type": "app_mention"}
    event.pop("subtype", None)
    told = event | {"channel": channel.id, "event_ts": message.ts}
    space.send_event(told, channel, message.user)


def change_message(space: Workspace, message: Message, before: Json) -> None:
    """Tell that `message` was edited; `before` is its JSON from before the edit."""
    message.edited_ts = space.clock.mint_ts()
    space.changes.tell(Change("message", message.channel, message.ts, message.only_to))
    if message.is_private:
        return
    channel = space.channels[message.channel]
    event = {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "message": message_json(space, message),
        "previous_message": before,
        "ts": message.edited_ts,
    }
    space.send_event(_told(event, channel, message.edited_ts), channel, message.user)


def erase_message(space: Workspace, message: Message) -> None:
    """Remove a message, public or ephemeral."""
    if message.only_to is not None:
        space.private[message.only_to].remove(message)
        change = Change("erased", message.channel, message.ts, message.only_to)
        space.changes.tell(change)
        return
    before = message_json(space, message)
    del space.messages[message.channel][message.ts]
    space.changes.tell(Change("erased", message.channel, message.ts))
    channel = space.channels[message.channel]
    now = space.clock.mint_ts()
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "deleted_ts": message.ts,
        "previous_message": before,
        "ts": now,
    }
    space.send_event(_told(event, channel, now), channel, message.user)


def mark(space: Workspace, message: Message, user: str, name: str, *, add: bool) -> bool:
    """Add or take away a reaction; return False when nothing changed."""
    users = message.reactions.setdefault(name, [])
    if (user in users) == add:
        if not users:
            del message.reactions[name]
        return False
    if add:
        users.append(user)
    else:
        users.remove(user)
    if not users:
        del message.reactions[name]
    space.changes.tell(Change("message", message.channel, message.ts))
    event = {
        "type": "reaction_added" if add else "reaction_removed",
        "user": user,
        "reaction": name,
        "item": {"type": "message", "channel": message.channel, "ts": message.ts},
        "item_user": message.user,
        "event_ts": space.clock.mint_ts(),
    }
    space.send_event(event, space.channels[message.channel], user)
    return True


def enter(space: Workspace, channel: Channel, user: str, inviter: str | None = None) -> bool:
    """Let `user` join; return False if already in. Posts Slack's own line and tells the bot."""
    if user in channel.members:
        return False
    channel.members.append(user)
    space.changes.tell(Change("channels", channel.id))
    event: Json = {
        "type": "member_joined_channel",
        "user": user,
        "channel": channel.id,
        "channel_type": "G" if channel.is_private else "C",
        "team": space.members[user].team,
        "event_ts": space.clock.mint_ts(),
    }
    if inviter:
        event["inviter"] = inviter
    space.send_event(event, channel, user)
    line = Message(
        channel.id,
        space.clock.mint_ts(),
        user,
        f"<@{user}> has joined the channel",
        subtype="group_join" if channel.is_private else "channel_join",
    )
    add_message(space, line)
    return True


def _told(event: Json, channel: Channel, event_ts: str) -> Json:
    return event | {
        "channel": channel.id,
        "channel_type": channel.kind,
        "event_ts": event_ts,
    }
