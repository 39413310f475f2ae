"""The one clock: it starts where ``KEPI_CLOCK`` says, and runs on from there."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def start_clock(starts: datetime | None) -> Callable[[], datetime]:
    """Return a function that tells the time in UTC, counted on from ``starts`` where it is given.

    Timeouts, retries and request signatures stay on real time.
    """
    if starts is None:
        return lambda: datetime.now(UTC)
    begun, first = time.monotonic(), starts.astimezone(UTC)
    return lambda: first + timedelta(seconds=time.monotonic() - begun)
