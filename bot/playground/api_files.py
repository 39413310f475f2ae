"""files.*: the three steps of an upload, looking, deleting (slack-platform §4)."""

from __future__ import annotations

from bot.playground.api_access import file_check, known_file, thread_parent, writable_channel
from bot.playground.arguments import Args
from bot.playground.blocks import accept_blocks
from bot.playground.files import (
    MAX_FILE,
    file_json,
    file_shared_event,
    finish_processing,
    new_file,
    share,
)
from bot.playground.messages import add_message
from bot.playground.refusals import Refusal
from bot.playground.workspace import Workspace
from bot.playground.world import Channel, Json, Message, SlackFile


async def get_upload_url(space: Workspace, args: Args) -> Json:
    """files.getUploadURLExternal: step 1."""
    length = args.whole("length", 0)
    if length <= 0:
        raise Refusal("invalid_arguments", ["[ERROR] length must be greater than 0"])
    if length > MAX_FILE:
        raise Refusal("file_upload_size_restricted")
    file = new_file(space, args.need("filename"), space.seed.bot_user, length)
    file.alt_txt = args.text("alt_txt") or ""
    address = f"{space.base_url}/upload/v1/{file.upload_key}"
    return {"ok": True, "upload_url": address, "file_id": file.id}


async def complete_upload(space: Workspace, args: Args) -> Json:
    """files.completeUploadExternal: step 3, once only; sharing happens after the answer."""
    listed = args.data("files")
    if not isinstance(listed, list) or not listed:
        raise Refusal("invalid_arguments", ["[ERROR] missing required field: files"])
    files = [_uploaded(space, each) for each in listed]
    channels = _destinations(space, args)
    blocks: list[Json] = []
    if args.has("blocks") and not args.text("initial_comment"):
        blocks = accept_blocks(args.data("blocks", "invalid_blocks_format"), file_check(space))
    threads = {each.id: thread_parent(space, each, args) for each in channels}
    for file, asked in zip(files, listed, strict=True):
        file.completed = True
        file.title = str(asked.get("title") or file.name)

    def process() -> None:
        for file in files:
            finish_processing(space, file)
        for channel in channels:
            comment = args.text("initial_comment") or ""
            _post(space, channel, files, comment, blocks, threads[channel.id])

    space.later(space.faults.file_processing, process)
    return {"ok": True, "files": [file_json(space, each) for each in files]}


def _uploaded(space: Workspace, asked: object) -> SlackFile:
    file = space.files.get(str(asked.get("id"))) if isinstance(asked, dict) else None
    if file is None or file.data is None or file.completed or file.deleted:
        raise Refusal("file_not_found")
    return file


def _destinations(space: Workspace, args: Args) -> list[Channel]:
    named = args.text("channels") or args.text("channel_id") or ""
    names = [each.strip() for each in named.split(",") if each.strip()]
    if len(names) > 100:
        raise Refusal("too_many_channels")
    if any(each[:1] not in {"C", "D", "G"} for each in names):
        raise Refusal("channel_not_found")
    return [writable_channel(space, each) for each in names]


def _post(
    space: Workspace,
    channel: Channel,
    files: list[SlackFile],
    comment: str,
    blocks: list[Json],
    thread_ts: str | None,
) -> None:
    """Share processed files as a message of the bot, and tell about each."""
    ts = space.clock.mint_ts()
    for file in files:
        share(space, file, channel, ts)
    message = Message(
        channel.id,
        ts,
        space.seed.bot_user,
        comment,
        blocks,
        thread_ts=thread_ts,
        by_bot=True,
        files=[each.id for each in files],
    )
    add_message(space, message)
    for file in files:
        space.send_event(file_shared_event(space, file, channel), channel, file.owner)


async def file_info(space: Workspace, args: Args) -> Json:
    """files.info: mimetype is empty until the file is processed."""
    file = known_file(space, args.need("file"))
    return {"ok": True, "file": file_json(space, file), "comments": []}


async def delete_file(space: Workspace, args: Args) -> Json:
    """files.delete: a bot deletes only its own."""
    file = known_file(space, args.need("file"))
    if file.owner != space.seed.bot_user:
        raise Refusal("cant_delete_file")
    file.deleted = True
    file.data = None
    return {"ok": True}
