"""Posting through a response_url: five times in thirty minutes, private by default (§1)."""

from __future__ import annotations

import time

from bot.playground.api_chat import read_content
from bot.playground.arguments import Args
from bot.playground.message_shapes import message_json
from bot.playground.messages import add_message, change_message, erase_message
from bot.playground.refusals import Refusal
from bot.playground.workspace import Hook, Workspace
from bot.playground.world import Json, Message


def use_hook(space: Workspace, key: str, args: Args) -> None:
    """Do what one request asks, or refuse; every refusal is an HTTP 404 (§1)."""
    hook = space.hooks.get(key)
    if hook is None:
        raise Refusal("no_such_hook")
    if time.monotonic() - hook.born > space.faults.response_url_seconds:
        raise Refusal("expired_url")
    if hook.uses >= space.faults.response_url_uses:
        raise Refusal("used_url")
    hook.uses += 1
    if args.flag("delete_original"):
        _delete_original(space, hook)
    elif args.flag("replace_original") and hook.source is not None:
        _replace(space, hook.source, args)
    else:
        show_answer(space, hook.user, hook.channel, args)


def show_answer(space: Workspace, user: str, channel: str, args: Args) -> Message:
    """Post an answer to `user`, visible to all only with response_type in_channel.

    It needs no membership; `slack_file` is refused, and a thread must be named (§1, §4).
    """
    text, blocks = read_content(space, args, files=False)
    message = Message(
        channel,
        space.clock.mint_ts(),
        space.seed.bot_user,
        text,
        blocks or [],
        thread_ts=args.text("thread_ts"),
        by_bot=True,
    )
    if args.text("response_type") == "in_channel":
        return add_message(space, message)
    message.only_to = user
    space.keep_private(message)
    return message


def _delete_original(space: Workspace, hook: Hook) -> None:
    """Remove the message whose button was pressed; a typed command cannot be removed."""
    if hook.source is None or not _exists(space, hook.source):
        raise Refusal("message_not_found")
    erase_message(space, hook.source)


def _replace(space: Workspace, source: Message, args: Args) -> None:
    """Replace the message in place; a private one stays private whatever is asked (§1)."""
    if not _exists(space, source):
        raise Refusal("message_not_found")
    text, blocks = read_content(space, args, files=False)
    before: Json = message_json(space, source)
    source.text = text
    source.blocks = blocks or []
    change_message(space, source, before)


def _exists(space: Workspace, message: Message) -> bool:
    if message.only_to is not None:
        return message in space.private.get(message.only_to, [])
    return space.find_message(message.channel, message.ts) is message
