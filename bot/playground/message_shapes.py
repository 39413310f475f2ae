"""How messages look to the bot, in events and in history (slack-platform §3)."""

from __future__ import annotations

import uuid

from bot.playground.files import file_json
from bot.playground.workspace import SLACKBOT, Workspace
from bot.playground.world import Json, Message

REPLY_USERS = 5


def message_json(space: Workspace, message: Message, *, metadata: bool = False) -> Json:
    """Return a message as history and events show it; a bot's has no subtype but `bot_id` (§3)."""
    shown: Json = {"type": "message", "text": message.text, "ts": message.ts}
    if message.user:
        shown["user"] = message.user
    if message.subtype:
        shown["subtype"] = message.subtype
    if message.is_tombstone:
        return shown | {"hidden": True} | thread_fields(space, message)
    shown |= _author(space, message)
    if message.blocks:
        shown["blocks"] = message.blocks
    if message.attachments:
        shown["attachments"] = message.attachments
    if message.edited_ts:
        shown["edited"] = {"user": message.author, "ts": message.edited_ts}
    if message.files:
        shown["files"] = [file_json(space, space.files[each]) for each in message.files]
        shown["upload"] = False
    if message.reactions:
        shown["reactions"] = reactions_json(message, space.faults.reaction_users)
    if metadata and message.metadata:
        shown["metadata"] = message.metadata
    return shown | thread_fields(space, message)


def reactions_json(message: Message, most: int | None = None) -> list[Json]:
    """Return the `reactions` of a message, without times; at most `most` users of each are named.

    `count` is right all the same (§3).
    """
    return [
        {"name": name, "users": users[:most], "count": len(users)}
        for name, users in message.reactions.items()
    ]


def _author(space: Workspace, message: Message) -> Json:
    if message.app is not None:
        return _other_app(space, message)
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


def _other_app(space: Workspace, message: Message) -> Json:
    """Return who posted it: a bot_message is named by `username`, others by `bot_profile`."""
    assert message.app is not None
    shown: Json = {"bot_id": message.app.bot_id}
    if message.subtype == "bot_message":
        return shown | {"username": message.username or message.app.name}
    team = space.seed.team.id
    profile = message.app.profile(team)
    return shown | {"app_id": message.app.id, "team": team, "bot_profile": profile}


def thread_fields(space: Workspace, message: Message) -> Json:
    """Return thread fields: a reply names its parent; a parent carries its own ts and counts."""
    if message.is_reply and message.thread_ts:
        return _reply_fields(space, message, message.thread_ts)
    below = replies(space, message)
    if not below and not message.is_tombstone:
        return {}
    authors = list(dict.fromkeys(each.author for each in below))
    return {
        "thread_ts": message.ts,
        "reply_count": len(below),
        "reply_users": authors[:REPLY_USERS],
        "reply_users_count": len(authors),
        "latest_reply": below[-1].ts if below else "0000000000.000000",
        "is_locked": False,
        "subscribed": any(each.by_bot for each in below),
    }


def _reply_fields(space: Workspace, message: Message, root: str) -> Json:
    fields: Json = {"thread_ts": root}
    parent = space.find_message(message.channel, root)
    if parent is None or parent.is_tombstone:
        fields["parent_user_id"] = SLACKBOT
    elif parent.user:
        fields["parent_user_id"] = parent.user
    if message.broadcast and parent:
        fields["root"] = message_json(space, parent)
    return fields


def replies(space: Workspace, parent: Message) -> list[Message]:
    """Return the replies under `parent`, oldest first."""
    return [space.messages[parent.channel][ts] for ts in space.threads_of(parent)]
