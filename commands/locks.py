"""Turns: of the work on one thing, so many at a time; other things are not held up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

Gate = asyncio.Lock | asyncio.Semaphore


class Locks:
    """A lock for each key, made when it is asked for and forgotten when nobody wants it."""

    def __init__(self, make: Callable[[], Gate] = asyncio.Lock) -> None:
        self._make = make
        self._held: dict[str, tuple[Gate, int]] = {}

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        """Wait for the others who want ``key``, and keep it for the block."""
        lock, wanted = self._held.get(key, (self._make(), 0))
        self._held[key] = lock, wanted + 1
        try:
            async with lock:
                yield
        finally:
            lock, wanted = self._held[key]
            if wanted == 1:
                del self._held[key]
            else:
                self._held[key] = lock, wanted - 1

    def is_held(self, key: str) -> bool:
        """Say whether somebody works on ``key`` now."""
        return key in self._held
