"""chat.*: posting, changing and removing messages (slack-platform §3, §5, §12)."""

from __future__ import annotations

import json

from bot.playground.api_access import (
    file_check,
    joined_channel,
    known_message,
    readable_channel,
    shown_file,
    thread_parent,
    writable_channel,
)
from bot.playground.arguments import Args
from bot.playground.blocks import accept_blocks
from bot.playground.files import share
from bot.playground.message_shapes import message_json
from bot.playground.messages import (
    add_message,
    change_message,
    erase_message,
    wrap_links,
)
from bot.playground.refusals import Refusal
from bot.playground.workspace import Workspace
from bot.playground.world import Json, Message

TEXT_KEPT = 40_000
TEXT_UPDATE = 4_000
MARKDOWN_TEXT = 12_000
METADATA_BYTES = 16_000


async def post_message(space: Workspace, args: Args) -> Json:
    """chat.postMessage."""
    channel = writable_channel(space, args.need("channel"))
    text, blocks = read_content(space, args, files=True)
    message = Message(
        channel.id,
        space.clock.mint_ts(),
        space.seed.bot_user,
        text[:TEXT_KEPT],
        blocks or [],
        args.data("attachments") or [],
        thread_ts=thread_parent(space, channel, args),
        by_bot=True,
        metadata=read_metadata(args),
    )
    if message.is_reply and args.flag("reply_broadcast"):
        message.broadcast, message.subtype = True, "thread_broadcast"
    add_message(space, message)
    _share_images(space, message)
    shown = message_json(space, message, metadata=True)
    answer: Json = {"ok": True, "channel": channel.id, "ts": message.ts, "message": shown}
    if len(text) > TEXT_KEPT:
        answer |= {
            "warning": "message_truncated",
            "response_metadata": {"warnings": ["message_truncated"]},
        }
    return answer


async def post_ephemeral(space: Workspace, args: Args) -> Json:
    """chat.postEphemeral: seen by one member of the channel, without files (§4)."""
    channel = writable_channel(space, args.need("channel"))
    user = args.need("user")
    if user not in channel.members:
        raise Refusal("user_not_in_channel")
    text, blocks = read_content(space, args, files=False)
    message = Message(
        channel.id,
        space.clock.mint_ts(),
        space.seed.bot_user,
        text[:TEXT_KEPT],
        blocks or [],
        thread_ts=thread_parent(space, channel, args),
        by_bot=True,
        only_to=user,
    )
    space.keep_private(message)
    return {"ok": True, "message_ts": message.ts}


async def update_message(space: Workspace, args: Args) -> Json:
    """chat.update: what is not given stays; an empty list of blocks removes them."""
    channel = readable_channel(space, args.need("channel"))
    message = known_message(space, channel, args.need("ts"))
    if channel.is_archived:
        raise Refusal("is_inactive")
    if not message.by_bot:
        raise Refusal("cant_update_message")
    if len(args.text("text") or "") > TEXT_UPDATE:
        raise Refusal("msg_too_long")
    text, blocks = read_content(space, args, files=True)
    before = message_json(space, message)
    if args.has("text"):
        message.text = text
    if blocks is not None:
        message.blocks = blocks
    if args.has("attachments"):
        message.attachments = args.data("attachments")
    if args.has("metadata"):
        message.metadata = read_metadata(args)
    change_message(space, message, before)
    _share_images(space, message)
    return {
        "ok": True,
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": message_json(space, message, metadata=True),
    }


async def delete_message(space: Workspace, args: Args) -> Json:
    """chat.delete: a bot removes only its own."""
    channel = readable_channel(space, args.need("channel"))
    message = known_message(space, channel, args.need("ts"))
    if not message.by_bot or channel.is_archived:
        raise Refusal("cant_delete_message")
    erase_message(space, message)
    return {"ok": True, "channel": channel.id, "ts": message.ts}


async def get_permalink(space: Workspace, args: Args) -> Json:
    """chat.getPermalink."""
    channel = joined_channel(space, args.need("channel"))
    message = known_message(space, channel, args.need("message_ts"))
    link = f"{space.base_url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"ok": True, "channel": channel.id, "permalink": link}


def read_content(space: Workspace, args: Args, *, files: bool) -> tuple[str, list[Json] | None]:
    """Return text and blocks (None if not given), or refuse what cannot be shown."""
    markdown = args.text("markdown_text")
    if markdown and (args.text("text") or args.has("blocks")):
        raise Refusal("markdown_text_conflict")
    if markdown and len(markdown) > MARKDOWN_TEXT:
        raise Refusal("msg_too_long")
    text = wrap_links(markdown or args.text("text") or "")
    blocks = None
    if args.has("blocks"):
        raw = args.data("blocks", "invalid_blocks_format")
        blocks = accept_blocks(raw or [], file_check(space) if files else None)
    if not text and not blocks and not args.data("attachments"):
        raise Refusal("no_text")
    return text, blocks


def read_metadata(args: Args) -> Json | None:
    """Return the message metadata, checked (§12)."""
    metadata = args.data("metadata", "invalid_metadata_format")
    if not metadata:
        return None
    if not isinstance(metadata, dict):
        raise Refusal("invalid_metadata_format")
    kind, payload = metadata.get("event_type"), metadata.get("event_payload")
    if not isinstance(kind, str) or not kind or not isinstance(payload, dict):
        raise Refusal("invalid_metadata_schema")
    if len(json.dumps(metadata)) > METADATA_BYTES:
        raise Refusal("metadata_too_large")
    return metadata


def _share_images(space: Workspace, message: Message) -> None:
    """Let everyone in the channel open the images the message shows."""
    for block in message.blocks:
        for thing in [block, block.get("accessory"), *block.get("elements", [])]:
            if isinstance(thing, dict) and isinstance(thing.get("slack_file"), dict):
                file = shown_file(space, thing["slack_file"])
                if file is not None:
                    share(space, file, space.channels[message.channel], message.ts)
