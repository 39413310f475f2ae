"""Putting a message where people see it, exactly once (slack-platform §12).

A post that certainly did not arrive is sent again. When the answer was lost, the message's key is
looked for in the channel; where Kepi may not read the channel nothing is sent twice, and the
caller is told that the post is unconfirmed. Work that is done over after a restart looks first.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from commands.blocks import MESSAGE, Block, cut
from commands.calls import FAULTS, TRIES, error_of, is_final, never_arrived, pause, repeat
from commands.context import Context

log = logging.getLogger(__name__)

EVENT_TYPE = "kepi_answer"
LOOK_BACK_SECONDS = 3600.0
PAGE, PAGES = 200, 25
"""What is read at once, and how often, before a look is given up."""
SETTLE_SECONDS = 1.0
"""Given to a post whose answer was lost, before it is looked for."""
NOT_WELCOME = frozenset(
    {"not_in_channel", "channel_not_found", "is_archived", "restricted_action"}
    | {"restricted_action_read_only_channel", "restricted_action_thread_only_channel"}
)


class NotWelcome(Exception):
    """Slack does not let Kepi post there; the text says why, in Slack's word."""


class Unconfirmed(Exception):
    """The post may or may not have arrived, and Kepi cannot look."""


async def post(
    context: Context,
    *,
    channel: str,
    text: str,
    blocks: Sequence[Block],
    key: str,
    thread: str | None = None,
    look_first: bool = False,
) -> str:
    """Post a message and return its ``ts``; ``key`` names it, so that it is never posted twice.

    ``look_first`` is for work that is done over after a restart. Raises ``NotWelcome`` or
    ``Unconfirmed``, or ``SlackApiError`` for another refusal.
    """
    message = make_message(channel, thread, text, blocks, key)
    if look_first:
        found = await look_for(context, channel, thread, key)
        if found is None:
            raise Unconfirmed
        if found:
            return found
    for attempt in range(TRIES):
        try:
            return str((await context.client.chat_postMessage(**message))["ts"])
        except FAULTS as fault:
            if error_of(fault) == "invalid_blocks" and message.pop("blocks", None):
                log.error("blocks refused; the text is sent alone", extra={"why": str(fault)[:500]})
                continue
            refuse(fault)
            if not never_arrived(fault):
                await asyncio.sleep(SETTLE_SECONDS)
                found = await look_for(context, channel, thread, key)
                if found is None:
                    raise Unconfirmed from fault
                if found:
                    return found
            await pause(attempt)
    raise Unconfirmed


def make_message(
    channel: str, thread: str | None, text: str, blocks: Sequence[Block], key: str
) -> dict[str, Any]:
    """Return what ``chat.postMessage`` is given; ``key`` can be found in the channel later."""
    return {
        "channel": channel,
        "text": cut(text, MESSAGE),
        "blocks": list(blocks),
        "thread_ts": thread,
        "unfurl_links": False,
        "unfurl_media": False,
        "metadata": {"event_type": EVENT_TYPE, "event_payload": {"key": key}},
    }


def refuse(fault: Exception) -> None:
    """Raise what Slack understood and refused; return for faults that pass."""
    if error_of(fault) in NOT_WELCOME:
        raise NotWelcome(error_of(fault)) from fault
    if is_final(fault):
        raise fault


async def look_for(
    context: Context,
    channel: str,
    thread: str | None,
    key: str,
    since: datetime | None = None,
) -> str | None:
    """Return the ``ts`` of the message with ``key``, "" where it is not there, None if unknown.

    Read from ``since`` (aware), or the last hour, up to now.
    """
    try:
        return await search(context, channel, thread, key, since)
    except FAULTS:
        return None


async def search(
    context: Context, channel: str, thread: str | None, key: str, since: datetime | None = None
) -> str:
    """Return the ``ts`` of the message with ``key``, "" where it is not there.

    Raises what Slack refuses, and ``TimeoutError`` where there is more than ``PAGES`` to read.
    """
    client = context.client
    begin = context.clock().timestamp() - LOOK_BACK_SECONDS
    oldest = begin if since is None else min(begin, since.timestamp())
    place: dict[str, Any] = {
        "channel": channel,
        "oldest": f"{oldest:.6f}",
        "include_all_metadata": True,
        "limit": PAGE,
    }
    if thread is not None:
        place["ts"] = thread
    read = client.conversations_history if thread is None else client.conversations_replies
    for _ in range(PAGES):
        answer = await repeat(lambda: read(**place))
        for message in answer.get("messages") or []:
            metadata = message.get("metadata") or {}
            if (metadata.get("event_payload") or {}).get("key") == key:
                return str(message["ts"])
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return ""
        place["cursor"] = cursor
    raise TimeoutError("too much to read")


async def update(
    context: Context, *, channel: str, ts: str, text: str, blocks: Sequence[Block]
) -> None:
    """Change a message of Kepi's; doing it twice changes nothing more."""
    await repeat(
        lambda: context.client.chat_update(
            channel=channel, ts=ts, text=cut(text, MESSAGE), blocks=list(blocks)
        )
    )
