"""How often a token may ask: so many requests in any minute, counted in memory."""

from __future__ import annotations

import math
from collections import defaultdict, deque

REQUESTS, SECONDS = 60, 60.0


class Pace:
    """The requests of the last minute, by token."""

    def __init__(self, requests: int = REQUESTS, seconds: float = SECONDS) -> None:
        self._requests, self._seconds = requests, seconds
        self._asked: defaultdict[int, deque[float]] = defaultdict(deque)

    def wait(self, token: int, now: float) -> int:
        """Count a request at a moment in seconds; return for how many more it is too early."""
        asked = self._asked[token]
        while asked and now - asked[0] >= self._seconds:
            asked.popleft()
        if len(asked) >= self._requests:
            return max(1, math.ceil(self._seconds - (now - asked[0])))
        asked.append(now)
        return 0
