"""Whether Slack is still heard: sockets can be stuck without an error (support-spec §6)."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

PATIENCE = 900.0
"""Seconds of silence after which an open socket is doubted."""
LONGEST = 4 * 3600.0
"""A quiet place is doubted ever less often, up to this."""


async def is_up() -> bool:
    return True


async def do_nothing() -> None:
    return None


@dataclass
class Pulse:
    """When something came from Slack last; and how the way to Slack is looked at and renewed."""

    is_connected: Callable[[], Awaitable[bool]] = is_up
    renew: Callable[[], Awaitable[None]] = do_nothing
    """Open the connection anew."""
    now: Callable[[], float] = time.monotonic
    patience: float = PATIENCE
    heard: float = field(init=False)
    has_heard: bool = False
    """Something came at all since the start."""
    silence_before: float = 0.0
    """Seconds without anything before the last greeting."""
    greetings: int = 0
    """Connections that Slack has greeted."""
    is_planned: bool = False
    """Slack said that it would close the connection: nothing is lost by that."""

    def __post_init__(self) -> None:
        self.heard = self.now()

    def hear(self) -> None:
        """Something came."""
        self.heard, self.patience, self.has_heard = self.now(), PATIENCE, True

    @property
    def silence(self) -> float:
        """Return the seconds since something came."""
        return self.now() - self.heard

    def is_too_quiet(self) -> bool:
        """Say whether nothing came for longer than it is believed."""
        return self.silence >= self.patience

    def doubt(self) -> None:
        """Wait again, and longer: it was looked at, and a quiet place stays quiet."""
        self.heard, self.patience = self.now(), min(2 * self.patience, LONGEST)

    def greet(self) -> bool:
        """Take a connection's hello; say whether something may have been missed before it."""
        self.greetings += 1
        self.silence_before = self.silence
        missed = self.greetings > 1 and not self.is_planned
        self.is_planned = False
        return missed
