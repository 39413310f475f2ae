"""Knobs that make the workspace misbehave the way Slack sometimes does."""

from __future__ import annotations

import random
import time
from collections import deque
from dataclasses import dataclass, field
from enum import Enum


class Trouble(Enum):
    """What happens to a Web API call."""

    RATE_LIMITED = "429 with Retry-After (slack-platform §6)"
    DROP_REQUEST = "the connection is cut and nothing is stored"
    DROP_REPLY = "the call is carried out, then the connection is cut before the answer (§6, §12)"
    ERROR_STATUS = "an HTTP error page, nothing stored"
    BAD_JSON = "200 with a body that is not JSON, nothing stored"
    OK_FALSE = "200 with ok:false and a transient error, nothing stored (§12)"
    HANG = "no answer for `seconds`, then the real one"


@dataclass
class Fault:
    """One trouble for the next `times` calls of `method` (any if None) in `channel` (any if None).

    `method` also takes the names the bot's other requests are recorded under: `response_url`,
    `upload` and `download`.
    """

    trouble: Trouble
    method: str | None = None
    channel: str | None = None
    times: int = 1
    seconds: float = 1.0
    status: int = 500
    error: str = "internal_error"

    def hits(self, method: str, channel: str | None) -> bool:
        """Say whether this call is one of those it waits for."""
        return self.times > 0 and self.method in (None, method) and self.channel in (None, channel)


@dataclass
class Faults:
    """All knobs of one workspace; the defaults are a healthy Slack.

    `file_processing` is the time in seconds during which `files.info` has no mimetype (§4).
    `ack_seconds` is the 3 s rule (§1, §2); `trigger_seconds` the life of a `trigger_id`.
    `http_retries` and `socket_retries` are the waits before each retry of an event, multiplied by
    `retry_scale` (§2). `posts_per_second` limits posting per channel, as Slack may (§6).

    Events: `drop_events` loses each of them on its way, retries too, while it is on: nothing is
    there to take them. `copies` is how often each one that was acked comes in all (Slack: up to
    4). `shuffle` sends each after a random wait of up to `shuffle_seconds`, so that they overtake
    each other. `duplicate_events` doubles so many.

    Calls: `per_minute` maps a method to how many calls a minute it takes, then 429 (§6): tier 3
    is `{"conversations.history": 50, "conversations.replies": 50}`. `page_items` is the most that
    history and replies give at once: 15 for apps sold outside the Marketplace (§6).
    `reaction_users` is how many users of a reaction are named; `count` is right (§3).
    """

    file_processing: float = 0.3
    ack_seconds: float = 3.0
    trigger_seconds: float = 3.0
    response_url_seconds: float = 1800.0
    response_url_uses: int = 5
    http_retries: tuple[float, ...] = (0.0, 60.0, 300.0)
    socket_retries: tuple[float, ...] = (1.0, 60.0, 300.0)
    retry_scale: float = 1.0
    duplicate_events: int = 0
    drop_events: bool = False
    copies: int = 1
    shuffle: bool = False
    shuffle_seconds: float = 0.05
    per_minute: dict[str, int] = field(default_factory=dict)
    page_items: int | None = None
    reaction_users: int = 25
    posts_per_second: float | None = None
    warning_seconds: float = 10.0
    pending: list[Fault] = field(default_factory=list)
    dice: random.Random = field(default_factory=lambda: random.Random(5))
    _recent: dict[str, deque[float]] = field(default_factory=dict)

    def add(self, fault: Fault) -> None:
        """Arm `fault` after those already waiting."""
        self.pending.append(fault)

    def storm(self, calls: int, retry_after: float = 1.0, method: str | None = None) -> None:
        """Answer the next `calls` calls with 429; Slack names whole seconds only."""
        self.add(Fault(Trouble.RATE_LIMITED, method, times=calls, seconds=retry_after))

    def drop_reply(self, method: str = "chat.postMessage", times: int = 1) -> None:
        """Carry out the next calls of `method`, but cut the connection instead of answering."""
        self.add(Fault(Trouble.DROP_REPLY, method, times=times))

    def take(self, method: str, channel: str | None) -> Fault | None:
        """Return the trouble this call runs into, and count it."""
        for fault in self.pending:
            if fault.hits(method, channel):
                fault.times -= 1
                self.pending = [each for each in self.pending if each.times > 0]
                return fault
        return self._too_many_calls(method) or self._too_many_posts(method, channel)

    def _too_many_calls(self, method: str) -> Fault | None:
        most = self.per_minute.get(method)
        return None if most is None else self._count(method, most, 60.0, method, None)

    def _too_many_posts(self, method: str, channel: str | None) -> Fault | None:
        if self.posts_per_second is None or method != "chat.postMessage" or channel is None:
            return None
        return self._count(f"post {channel}", max(1, self.posts_per_second), 1.0, method, channel)

    def _count(
        self, what: str, most: float, span: float, method: str, channel: str | None
    ) -> Fault | None:
        """Count one call; return the refusal of one too many within `span` real seconds."""
        recent = self._recent.setdefault(what, deque())
        now = time.monotonic()
        while recent and now - recent[0] > span:
            recent.popleft()
        if len(recent) >= most:
            wait = max(1.0, span - (now - recent[0]))
            return Fault(Trouble.RATE_LIMITED, method, channel, seconds=wait)
        recent.append(now)
        return None
