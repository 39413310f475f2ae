"""The workspace's own clock: message times may lie in another week than the machine's."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime


class SlackClock:
    """Wall clock shifted by `offset` seconds, from which every `ts` is minted.

    Only what Slack writes into data is shifted (`ts`, `event_time`, `created`). Request signatures,
    trigger and `response_url` lifetimes stay on real time, or a bot could not verify a request
    (slack-platform §9).
    """

    def __init__(self, offset: float = 0.0) -> None:
        self.offset = offset
        self._last = 0
        self._jumped = asyncio.Event()

    def now(self) -> float:
        """Return the shifted time in seconds since the epoch."""
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass at once; what waited for less is due now. Time never goes back."""
        if seconds < 0:
            raise ValueError("Slack's time does not go back")
        self.offset += seconds
        self._jumped.set()
        self._jumped = asyncio.Event()

    def instant(self) -> datetime:
        """Return the shifted time; its `isoformat()` is a KEPI_CLOCK for a bot started now."""
        return datetime.fromtimestamp(self.now(), UTC)

    async def sleep_until(self, due: float, longest: float) -> None:
        """Wait until the shifted time is `due`, but no longer than `longest` real seconds."""
        deadline = time.monotonic() + longest
        while (left := min(due - self.now(), deadline - time.monotonic())) > 0:
            jumped = self._jumped
            try:
                await asyncio.wait_for(jumped.wait(), left)
            except TimeoutError:
                return

    def mint_ts(self) -> str:
        """Return a new message `ts`: a string, later than every one before it (§3)."""
        self._last = max(int(self.now() * 1_000_000), self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"
