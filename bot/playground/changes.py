"""Tells waiting tests and the web page that something in the workspace changed."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

Found = TypeVar("Found")


@dataclass(frozen=True)
class Change:
    """What changed: a `kind` (message, erased, view, home, channels, notice, status,
    people, clock).

    `channel` and `ts` name a message; `only` the one person who can notice the change.
    """

    kind: str
    channel: str | None = None
    ts: str | None = None
    only: str | None = None


class Changes:
    """A broadcast without memory: late listeners read the state, then wait for what comes next."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Change]] = set()

    def tell(self, change: Change) -> None:
        """Pass `change` on; a listener that stopped reading loses the oldest ones."""
        for listener in self._listeners:
            if listener.full():
                listener.get_nowait()
            listener.put_nowait(change)

    @contextlib.contextmanager
    def listen(self, size: int = 1000) -> Iterator[asyncio.Queue[Change]]:
        """Give a queue of changes for as long as the block lasts."""
        queue: asyncio.Queue[Change] = asyncio.Queue(size)
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    async def until(self, look: Callable[[], Found | None], within: float) -> Found | None:
        """Return what `look` finds, now or after a change, or None after `within` seconds."""
        with self.listen() as queue:
            deadline = asyncio.get_running_loop().time() + within
            while (found := look()) is None:
                left = deadline - asyncio.get_running_loop().time()
                if left <= 0:
                    return None
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(queue.get(), min(left, 0.5))
            return found
