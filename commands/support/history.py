"""Reading a channel back from Slack: messages, threads and who reacted (support-spec §6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError

from commands.calls import Call, error_of, repeat
from commands.context import Context
from commands.support.pace import Pace

Json = Mapping[str, Any]

ARCHIVED = frozenset({"is_archived"})
REMOVED = frozenset({"not_in_channel", "channel_not_found"})
FORBIDDEN = frozenset({"missing_scope", "no_permission", "not_allowed_token_type", "access_denied"})
MISSING = frozenset({"thread_not_found", "message_not_found"})


class Gone(Exception):
    """Kepi cannot be in the channel any more; ``word`` is a ``Life``."""

    def __init__(self, word: str) -> None:
        self.word = word
        super().__init__(word)


class Forbidden(Exception):
    """Slack does not let Kepi read it: a permission is missing."""


class Missing(Exception):
    """The thread cannot be found: deleted, or older than what Slack still shows."""


class History:
    """What is read goes through here, at a pace, each method of Slack's at its own."""

    def __init__(self, context: Context, pace: int) -> None:
        self._client = context.client
        self._paces: dict[str, Pace] = {}
        self._pace = pace
        self.calls = 0

    async def top(self, channel: str, oldest: str) -> list[Json]:
        """Return top-level messages since a moment, newest first."""
        return await self._pages(
            "history",
            lambda more: self._client.conversations_history(
                channel=channel, oldest=oldest, inclusive=True, **more
            ),
        )

    async def thread(self, channel: str, root: str) -> list[Json]:
        """Return a thread, its first message first."""
        found = await self._pages(
            "replies",
            lambda more: self._client.conversations_replies(channel=channel, ts=root, **more),
        )
        return list({str(it.get("ts")): it for it in found}.values())

    async def is_limited(self, channel: str, ts: str) -> bool:
        """Say whether Slack hides messages as old as this one."""
        answer = await self._ask(
            "history",
            lambda: self._client.conversations_history(
                channel=channel, latest=ts, inclusive=True, limit=1
            ),
        )
        return bool(answer.get("is_limited"))

    async def reactions(self, channel: str, ts: str) -> Json:
        """Return a message with everybody who reacted."""
        answer = await self._ask(
            "reactions",
            lambda: self._client.reactions_get(channel=channel, timestamp=ts, full=True),
        )
        return dict(answer.get("message") or {})

    async def _pages(self, method: str, call: Any) -> list[Json]:
        found: list[Json] = []
        cursor = ""
        while True:
            more = {"limit": self._pace_of(method).page} | ({"cursor": cursor} if cursor else {})
            answer = await self._ask(method, lambda more=more: call(more))  # type: ignore[misc]
            found += answer.get("messages") or []
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return found

    async def _ask(self, method: str, call: Call) -> Json:
        await self._pace_of(method).wait()
        self.calls += 1
        try:
            answer = await repeat(call)
        except SlackApiError as refusal:
            word = error_of(refusal)
            if word in ARCHIVED | REMOVED:
                raise Gone("archived" if word in ARCHIVED else "removed") from refusal
            if word in FORBIDDEN:
                raise Forbidden(word) from refusal
            if word in MISSING:
                raise Missing(word) from refusal
            raise
        return dict(answer.data) if isinstance(answer.data, dict) else {}

    def _pace_of(self, method: str) -> Pace:
        return self._paces.setdefault(method, Pace(self._pace))
