"""A workspace's clock that stands still between acts, so that drawn times hold to the microsecond.

The first thing that happens after ``stand`` happens at exactly that moment; whatever follows, such
as the bot's own line, comes a microsecond later, as the workspace's clock orders it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.playground.clock import SlackClock
from storage.tables import EPOCH
from support.entries import MICROSECONDS, ts_of


class DrawnClock(SlackClock):
    """Microseconds that only a drawing moves; scenarios in other channels may begin anew."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at
        self.is_exact = False

    def now(self) -> float:
        return self.at / MICROSECONDS

    def instant(self) -> datetime:
        return EPOCH + timedelta(microseconds=self.at)

    def stand(self, at: int) -> None:
        """Let it be ``at``; what is minted next has that time."""
        self.at, self.is_exact = at, True

    def begin(self, at: int) -> None:
        """Let another scenario begin, whatever time it was in the last one."""
        self._last = 0
        self.stand(at)

    def advance(self, seconds: float) -> None:
        self.at += round(seconds * MICROSECONDS)
        super().advance(seconds)

    def mint_ts(self) -> str:
        minted = self.at if self.is_exact else max(self.at, self._last) + 1
        self.is_exact = False
        self._last = max(self._last, minted)
        return ts_of(minted)
