"""conversations.history and conversations.replies (slack-platform §3, §6, §12)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.playground.api_access import joined_channel, known_message, need_scope
from bot.playground.api_conversations import paginate
from bot.playground.arguments import Args, instant
from bot.playground.message_shapes import message_json, replies
from bot.playground.refusals import Refusal
from bot.playground.workspace import Workspace
from bot.playground.world import Json, Message

MOST, MOST_REPLIES = 999, 1000
UNTHREADED = ("_join", "_leave")


async def history(space: Workspace, args: Args) -> Json:
    """conversations.history: newest first, without replies unless broadcast."""
    channel = joined_channel(space, args.need("channel"))
    need_scope(space, "history", channel.kind)
    stored = space.messages[channel.id].values()
    top = [each for each in stored if not each.is_reply or each.broadcast]
    chosen = sorted(_within(top, args), key=lambda each: instant(each.ts), reverse=True)
    page, rest = paginate(chosen, args, 100, MOST, space.faults.page_items)
    return {
        "ok": True,
        "messages": _shown(space, page, args),
        "has_more": bool(rest),
        "pin_count": 0,
    } | rest


async def thread(space: Workspace, args: Args) -> Json:
    """conversations.replies: the parent, whatever the times asked for, then replies, oldest first.

    Slack's own lines about joining and leaving cannot have a thread.
    """
    channel = joined_channel(space, args.need("channel"))
    need_scope(space, "history", channel.kind)
    found = space.find_message(channel.id, args.need("ts"))
    if found is None or (found.subtype or "").endswith(UNTHREADED):
        raise Refusal("thread_not_found")
    if found.is_reply and found.thread_ts:
        found = known_message(space, channel, found.thread_ts)
    below = _within(replies(space, found), args)
    items = [found, *below]
    page, rest = paginate(items, args, MOST_REPLIES, MOST_REPLIES, space.faults.page_items)
    return {"ok": True, "messages": _shown(space, page, args), "has_more": bool(rest)} | rest


def _shown(space: Workspace, page: Sequence[Message], args: Args) -> list[Json]:
    metadata = args.flag("include_all_metadata")
    return [message_json(space, each, metadata=metadata) for each in page]


def _within(messages: list[Message], args: Args) -> list[Message]:
    """Return the messages between oldest and latest; the bounds count only if inclusive."""
    oldest = instant(args.text("oldest") or "0", "invalid_ts_oldest")
    latest = instant(args.text("latest") or "99999999999", "invalid_ts_latest")
    if not args.flag("inclusive"):
        oldest, latest = oldest + 1, latest - 1
    if not args.has("oldest"):
        oldest = 0
    return [each for each in messages if oldest <= instant(each.ts) <= latest]
