"""Messages as Slack has them now."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from commands.calls import FAULTS, repeat
from commands.context import Context
from commands.support.place import text_of

log = logging.getLogger(__name__)

PAGES = 200
PAGE = 200


async def read_replies(
    context: Context, channel: str, ts: str, **more: Any
) -> list[Mapping[str, Any]]:
    """Return what ``conversations.replies`` gives, page after page, each message once."""
    found: dict[str, Mapping[str, Any]] = {}
    cursor = ""
    for _ in range(PAGES):
        answer = await repeat(
            lambda cursor=cursor: context.client.conversations_replies(  # type: ignore[misc]
                channel=channel, ts=ts, limit=PAGE, **more, **({"cursor": cursor} if cursor else {})
            )
        )
        for message in answer.get("messages") or []:
            if isinstance(message, Mapping):
                found.setdefault(text_of(message, "ts"), message)
        cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            break
    return list(found.values())


async def find_message(context: Context, channel: str, ts: str) -> Mapping[str, Any] | None:
    """Return a message as Slack has it now; nothing where it cannot be read."""
    try:
        found = await read_replies(context, channel, ts)
    except FAULTS as fault:
        log.info("a message cannot be read", extra={"why": str(fault)[:200]})
        return None
    return next((it for it in found if text_of(it, "ts") == ts), None)
