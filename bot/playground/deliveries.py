"""What the workspace sends to the bot, and what it does when no ack comes back.

Events are sent again (slack-platform §2); commands and interactions are sent once, and the person
is told that nothing came back (§1).
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from bot.playground.faults import Faults
from bot.playground.world import Json

Kind = Literal["events_api", "slash_commands", "interactive"]


@dataclass(frozen=True)
class Delivery:
    """One payload on its way; an event keeps its identity through every retry."""

    kind: Kind
    payload: Json
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def name(self) -> str:
        """Return what it is about: the event type, the command or the interaction type."""
        if self.kind == "events_api":
            return str(self.payload["event"]["type"])
        return str(self.payload.get("command") or self.payload.get("type"))


@dataclass(frozen=True)
class Answer:
    """What one attempt got: `ok` is an ack in time; `body` what the bot said in it."""

    ok: bool
    latency: float
    body: Json = field(default_factory=dict)
    reason: str = ""
    status: int | None = None
    no_retry: bool = False


@dataclass(frozen=True)
class Acked:
    """The record of one attempt, for tests: latency in seconds, `reason` why it failed."""

    name: str
    kind: Kind
    attempt: int
    delivery: Delivery
    answer: Answer
    when: float

    @property
    def ok(self) -> bool:
        """Say whether the bot acked in time."""
        return self.answer.ok

    @property
    def latency(self) -> float:
        """Return the seconds the ack took."""
        return self.answer.latency


class Transport(Protocol):
    """A way to the bot: Socket Mode or signed HTTP."""

    @property
    def retries(self) -> tuple[float, ...]:
        """Return the waits before each retry of an event."""

    async def attempt(self, delivery: Delivery, retry: int, reason: str) -> Answer:
        """Send once; `retry` counts from 0."""

    async def ready(self, within: float) -> bool:
        """Wait until the bot can be reached."""

    async def close(self) -> None:
        """Stop."""


class Deliveries:
    """Sends in the background, retries events (§2), and keeps a record of every attempt."""

    def __init__(self, transport: Transport, faults: Faults) -> None:
        self.transport = transport
        self.faults = faults
        self.acks: deque[Acked] = deque(maxlen=100_000)
        self.held: list[Delivery] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def send_event(self, delivery: Delivery) -> None:
        """Start delivering an event, or keep it back while events are held."""
        if self.held is not None:
            self.held.append(delivery)
        else:
            self.start(self._deliver(delivery))

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` in the background until the workspace closes."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def attempt(self, delivery: Delivery, retry: int = 0, reason: str = "") -> Answer:
        """Send once and record it."""
        answer = await self.transport.attempt(delivery, retry, reason)
        self.acks.append(
            Acked(delivery.name, delivery.kind, retry, delivery, answer, time.monotonic())
        )
        return answer

    async def _deliver(self, delivery: Delivery) -> None:
        answer = await self.attempt(delivery)
        waits = iter(self.transport.retries)
        retry = 0
        while not answer.ok and not answer.no_retry:
            wait = next(waits, None)
            if wait is None:
                return
            await asyncio.sleep(wait * self.faults.retry_scale)
            retry += 1
            answer = await self.attempt(delivery, retry, answer.reason)
        if answer.ok and self.faults.duplicate_events > 0:
            self.faults.duplicate_events -= 1
            await self.attempt(delivery, retry + 1, "timeout")

    async def settle(self, within: float) -> None:
        """Wait until nothing is on its way; raise TimeoutError if something still is."""
        async with asyncio.timeout(within):
            while self._tasks:
                await asyncio.wait(set(self._tasks))

    async def close(self) -> None:
        """Give up what is on its way."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.transport.close()
