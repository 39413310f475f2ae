"""Threads that the ledger does not know: read back whole, each message at its own time (S23)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError

from commands.calls import error_of
from commands.context import Context
from commands.support.excerpts import keep_words
from commands.support.fetching import read_replies
from commands.support.messages import read_message, root_of
from commands.support.place import Place, text_of
from support.entries import Entry

log = logging.getLogger(__name__)

LOST = frozenset({"thread_not_found", "message_not_found"})
CLOSED = frozenset(
    {"not_in_channel", "channel_not_found", "missing_scope", "no_permission", "is_archived"}
    | {"access_denied", "not_allowed_token_type"}
)
"""Slack will not show it, however often it is asked."""


class NotThere(Exception):
    """Slack does not know the message, or not yet: a reaction may come before it (§5.2)."""


@dataclass(frozen=True)
class Thread:
    """A thread as it was read back."""

    root: str
    entries: tuple[Entry, ...] = ()
    """Its messages, the first one first; without our own."""


async def read_thread(context: Context, place: Place, ts: str) -> Thread:
    """Return the whole thread of the message ``ts``, which may be a reply.

    What Slack will never show has its message as root, and no entries. Raises ``NotThere`` for a
    message that it does not know.
    """
    key = f"{place.channel}:{ts}"
    try:
        messages = await read_replies(context, place.channel, ts)
        found = next((it for it in messages if text_of(it, "ts") == ts), None)
        if found is None:
            raise NotThere(key)
        root = root_of(found)
        if root != ts and not any(text_of(it, "ts") == root for it in messages):
            messages = await read_replies(context, place.channel, root)
    except SlackApiError as refusal:
        word = error_of(refusal)
        if word in LOST:
            raise NotThere(key) from refusal
        if word not in CLOSED:
            raise
        log.warning("a thread cannot be read", extra={"channel": place.channel, "why": word})
        return Thread(ts)
    return Thread(root, await read_entries(context, place, messages))


async def read_entries(
    context: Context, place: Place, messages: list[Mapping[str, Any]]
) -> tuple[Entry, ...]:
    """Return messages that were read back as entries; roles are as of now."""
    found: list[Entry] = []
    for message in messages:
        try:
            entry = await read_message(context, place, message, late=True)
        except ValueError:
            log.warning("a message cannot be read", extra={"channel": place.channel})
            continue
        if entry is not None:
            await keep_words(context, place, entry, message)
            found.append(entry)
    return tuple(found)
