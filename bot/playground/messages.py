"""What can happen to messages, each told to the bot as an event (slack-platform §3)."""

from __future__ import annotations

import re

from bot.playground.changes import Change
from bot.playground.message_shapes import message_json, replies
from bot.playground.workspace import SLACKBOT, Workspace
from bot.playground.world import Channel, Json, Message

BARE_URL = re.compile(r"(?<![<|\w])https?://[^\s<>|]+[^\s<>|.,;:!?)\"'\]}]")
GONE = "This message was deleted."
OWN_LINES = ("channel_", "group_")
"""Subtypes of what Slack itself writes, which mentions nobody."""


def wrap_links(text: str) -> str:
    """Return `text` as Slack gives it back: bare addresses in angle brackets (§5)."""
    return BARE_URL.sub(lambda found: f"<{found.group()}>", text)


def add_message(space: Workspace, message: Message) -> Message:
    """Store a message and tell everyone, the bot included (its own posts too)."""
    space.keep(message)
    space.changes.tell(Change("message", message.channel, message.ts))
    channel = space.channels[message.channel]
    event = message_json(space, message)
    space.send_event(_told(event, channel, message.ts), channel, message.user)
    by_itself = (message.subtype or "").startswith(OWN_LINES)
    if not message.by_bot and not by_itself and f"<@{space.seed.bot_user}" in message.text:
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


def change_message(space: Workspace, message: Message, before: Json, *, edit: bool = True) -> None:
    """Tell that `message` changed; `before` is its JSON from before.

    What Slack itself adds, such as the preview of a link, is no `edit`: it leaves no `edited`.
    """
    now = space.clock.mint_ts()
    if edit:
        message.edited_ts = now
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
        "ts": now,
    }
    space.send_event(_told(event, channel, now), channel, message.user)


def erase_message(space: Workspace, message: Message) -> None:
    """Remove a message, public or ephemeral; one with replies leaves a tombstone in its place.

    The bot hears of a tombstone as message_changed, and of message_deleted when it goes as well
    (42wim/matterbridge#600, slack-edge/slack-edge#10).
    """
    if message.only_to is not None:
        space.private[message.only_to].remove(message)
        space.changes.tell(Change("erased", message.channel, message.ts, message.only_to))
    elif replies(space, message):
        _bury(space, message)
    else:
        _remove(space, message)
        parent = space.find_message(message.channel, message.thread_ts or "")
        if parent is not None and parent.is_tombstone and not replies(space, parent):
            _remove(space, parent)


def _bury(space: Workspace, message: Message) -> None:
    before = message_json(space, message)
    stone = Message(message.channel, message.ts, SLACKBOT, GONE, subtype="tombstone")
    space.messages[message.channel][message.ts] = stone
    change_message(space, stone, before, edit=False)


def _remove(space: Workspace, message: Message) -> None:
    before = message_json(space, message)
    space.drop(message)
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
    """Add or take away a reaction; return False when nothing changed.

    The event of a message that an incoming webhook posted names no `item_user` (§3).
    """
    users = message.reactions.setdefault(name, [])
    changed = (user in users) != add
    if changed and add:
        users.append(user)
    elif changed:
        users.remove(user)
    if not users:
        del message.reactions[name]
    if not changed:
        return False
    space.changes.tell(Change("message", message.channel, message.ts))
    event: Json = {
        "type": "reaction_added" if add else "reaction_removed",
        "user": user,
        "reaction": name,
        "item": {"type": "message", "channel": message.channel, "ts": message.ts},
        "event_ts": space.clock.mint_ts(),
    }
    if message.user:
        event["item_user"] = message.user
    space.send_event(event, space.channels[message.channel], user)
    return True


def _told(event: Json, channel: Channel, event_ts: str) -> Json:
    return event | {
        "channel": channel.id,
        "channel_type": channel.kind,
        "event_ts": event_ts,
    }
