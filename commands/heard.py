"""One thing that happened in Slack, and the key it is known by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Heard:
    """An event, once, however often Slack delivers it."""

    key: str
    inner: Mapping[str, Any]
    """The ``event`` of the envelope."""
    again: bool = False
    """It was begun before a restart, so some of it may be done already."""


def read_envelope(body: Mapping[str, Any]) -> Heard:
    """Return what an Events API envelope tells."""
    inner = dict(body["event"])
    return Heard(key_of(inner, str(body.get("event_id"))), inner)


def key_of(inner: Mapping[str, Any], event_id: str) -> str:
    """Return Slack's identity of the thing: a message by channel and ``ts``, a file by its id.

    A dropped file is told twice, as a message and as ``file_shared``; both have one key.
    """
    files = inner.get("files") or []
    if inner.get("type") == "file_shared":
        return f"file:{inner.get('channel_id')}:{inner.get('file_id')}"
    if inner.get("subtype") == "file_share" and files:
        return f"file:{inner.get('channel')}:{files[0].get('id')}"
    if inner.get("type") in ("message", "app_mention"):
        return f"message:{inner.get('channel')}:{inner.get('ts')}"
    return f"event:{event_id}"


def is_by_bot(said: Mapping[str, Any]) -> bool:
    """Say whether a program wrote it: modern bot posts have ``bot_id`` and no subtype (§3)."""
    return bool(said.get("bot_id")) or not said.get("user")


def without_kepi(text: str, bot_user: str) -> str:
    """Return a text without the mentions of Kepi; the grammar reads all other markup."""
    return re.sub(rf"<@{re.escape(bot_user)}(?:\|[^<>]*)?>", " ", text).strip()
