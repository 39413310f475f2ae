"""Which conversations, messages and files the bot may touch, refused as Slack refuses."""

from __future__ import annotations

from bot.playground.arguments import Args, instant
from bot.playground.blocks import FileCheck
from bot.playground.files import IMAGES, may_open
from bot.playground.refusals import Refusal
from bot.playground.workspace import Workspace
from bot.playground.world import Channel, Json, Message, SlackFile


def readable_channel(space: Workspace, name: str) -> Channel:
    """Return a conversation the bot may look at: its own, and public ones by id."""
    channel = space.channels.get(name)
    if channel is None:
        raise Refusal("channel_not_found")
    inside = space.seed.bot_user in channel.members
    if not inside and (channel.is_private or channel.im_with):
        raise Refusal("channel_not_found")
    return channel


def joined_channel(space: Workspace, name: str) -> Channel:
    """Return a conversation the bot is a member of, as history needs."""
    channel = readable_channel(space, name)
    if space.seed.bot_user not in channel.members:
        raise Refusal("not_in_channel")
    return channel


SCOPE_FAMILY = {"channel": "channels", "group": "groups", "im": "im"}


def need_scope(space: Workspace, what: str, kind: str) -> None:
    """Refuse unless the token may `read` or see the `history` of this kind of conversation."""
    needed = f"{SCOPE_FAMILY[kind]}:{what}"
    if needed not in space.seed.scopes:
        raise Refusal("missing_scope", needed=needed, provided=",".join(sorted(space.seed.scopes)))


def writable_channel(space: Workspace, name: str) -> Channel:
    """Return where a post goes; a user id means the direct message with them (§10)."""
    if name[:1] in {"U", "W"}:
        member = space.members.get(name)
        if member is None or member.deleted or member.is_bot or member.is_stranger:
            raise Refusal("channel_not_found")
        return space.direct_message(name)
    channel = readable_channel(space, name)
    if channel.is_archived:
        raise Refusal("is_archived")
    if space.seed.bot_user in channel.members:
        return channel
    if "chat:write.public" not in space.seed.scopes:
        raise Refusal("not_in_channel")
    return channel


def known_message(space: Workspace, channel: Channel, ts: str) -> Message:
    """Return a public message; ephemeral ones cannot be found by anyone."""
    message = space.find_message(channel.id, ts)
    if message is None:
        raise Refusal("message_not_found")
    return message


def thread_parent(space: Workspace, channel: Channel, args: Args) -> str | None:
    """Return the thread to post into; a reply is no parent (§4)."""
    thread_ts = args.text("thread_ts")
    if thread_ts is None:
        return None
    instant(thread_ts, "invalid_thread_ts")
    parent = space.find_message(channel.id, thread_ts)
    if parent is None or parent.is_reply:
        raise Refusal("cannot_reply_to_message")
    return thread_ts


def known_file(space: Workspace, file_id: str) -> SlackFile:
    """Return a file the bot may see."""
    file = space.files.get(file_id)
    if file is None or not may_open(space, file, space.seed.bot_user):
        raise Refusal("file_not_found")
    return file


def shown_file(space: Workspace, named: Json) -> SlackFile | None:
    """Return the file a `slack_file` object names by id or by url."""
    if "id" in named:
        return space.files.get(str(named["id"]))
    parts = str(named.get("url", "")).removeprefix(f"{space.base_url}/").split("/")
    return space.files.get(parts[1].rpartition("-")[2]) if len(parts) > 1 else None


def file_check(space: Workspace) -> FileCheck:
    """Return the test of a `slack_file`: processed, an image, visible to the bot (§4)."""

    def check(named: Json) -> bool:
        file = shown_file(space, named)
        if file is None or not file.is_ready:
            return False
        return file.mimetype in IMAGES and may_open(space, file, space.seed.bot_user)

    return check
