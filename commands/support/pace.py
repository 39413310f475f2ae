"""How fast history may be read: so many calls a minute, some at once (support-spec §6.7)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

CALLS_A_MINUTE = 50
"""Tier 3, for apps that a company made for itself; distributed ones have 1 (slack-platform §6)."""
AT_ONCE = 20


class Pace:
    """A bucket of calls that fills up again; no minute sees more than ``calls``."""

    def __init__(
        self,
        calls: int = CALLS_A_MINUTE,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.calls = max(1, calls)
        self._size = max(1, min(AT_ONCE, self.calls // 2))
        # What is there at once and what is filled in within a minute make ``calls`` together.
        self._a_second = max(1, self.calls - self._size) / 60
        self._left, self._since = float(self._size), now()
        self._now, self._sleep = now, sleep
        self._turn = asyncio.Lock()

    @property
    def page(self) -> int:
        """Messages a call: distributed apps are given 15 at most."""
        return 200 if self.calls >= AT_ONCE else 15

    async def wait(self) -> None:
        """Wait until one more call is allowed."""
        async with self._turn:
            self._fill()
            if self._left < 1:
                await self._sleep((1 - self._left) / self._a_second)
                self._fill()
            self._left -= 1

    def _fill(self) -> None:
        now = self._now()
        self._left = min(self._size, self._left + (now - self._since) * self._a_second)
        self._since = now
