"""Turns: of the work on one thing, one at a time; other things are not held up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Locks:
    """A lock for each key, made when it is asked for and forgotten when nobody wants it."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        """Wait for the others who want ``key``, and keep it for the block."""
        lock, wanted = self._held.get(key, (asyncio.Lock(), 0))
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
