"""The workspace's own clock: message times may lie in another week than the machine's."""

from __future__ import annotations

import time


class SlackClock:
    """Wall clock shifted by `offset` seconds, from which every `ts` is minted.

    Only what Slack writes into data is shifted (`ts`, `event_time`, `created`). Request signatures,
    trigger and `response_url` lifetimes stay on real time, or a bot could not verify a request
    (slack-platform §9).
    """

    def __init__(self, offset: float = 0.0) -> None:
        self.offset = offset
        self._last = 0

    def now(self) -> float:
        """Return the shifted time in seconds since the epoch."""
        return time.time() + self.offset

    def mint_ts(self) -> str:
        """Return a new message `ts`: a string, later than every one before it (§3)."""
        self._last = max(int(self.now() * 1_000_000), self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"
