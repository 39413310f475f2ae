"""The work that goes on after Slack has its acknowledgement: tracked, and drained at the end."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from storage.errors import KepiError

log = logging.getLogger(__name__)

Tell = Callable[[KepiError | str], Awaitable[None]]
"""Says one thing to the person who asked, and to nobody else."""

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that are not taken for each other when read out."""

BROKEN = "Something broke on my side ({reference}). Nothing is lost."


def new_reference() -> str:
    """Return a short mark, such as 7F3K, that ties a person's line to the log."""
    return "".join(secrets.choice(ALPHABET) for _ in range(4))


class Tasks:
    """Background work of one process; what fails is logged and told, never dropped silently."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None], tell: Tell | None = None) -> None:
        """Run ``work``; a ``KepiError`` goes to ``tell`` as it is, a fault as a reference."""
        task = asyncio.get_running_loop().create_task(self._guard(work, tell))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _guard(self, work: Coroutine[Any, Any, None], tell: Tell | None) -> None:
        try:
            await work
        except KepiError as refusal:
            await self._say(tell, refusal)
        except Exception:
            reference = new_reference()
            log.exception("task failed", extra={"reference": reference})
            await self._say(tell, KepiError(BROKEN, reference=reference))

    async def _say(self, tell: Tell | None, words: KepiError | str) -> None:
        if tell is None:
            return
        try:
            await tell(words)
        except Exception:
            log.exception("the asker could not be told")

    async def settle(self) -> None:
        """Wait until nothing runs, including what running work has started."""
        while self._running:
            await asyncio.wait(set(self._running))

    async def drain(self, seconds: float) -> int:
        """Give running work ``seconds`` to finish; cancel the rest and return how many that was."""
        try:
            async with asyncio.timeout(seconds):
                await self.settle()
        except TimeoutError:
            left = set(self._running)
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)
            return len(left)
        return 0
